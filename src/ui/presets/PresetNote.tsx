import type { ReactNode } from 'react';
import { useAppState, useText } from '../app/context';
import { MathText } from '../charts/MathText';
import { presetOf } from './presets';
import styles from './presets.module.css';

/** What the example shows, for as long as the configuration is that example. */
export function PresetNote(): ReactNode {
  const text = useText();
  const id = useAppState((state) => presetOf(state.configuration));
  if (id === null) return null;
  return (
    <section className={styles.note} aria-label={text('preset.note')}>
      <h2>
        <MathText text={text(`preset.${id}`)} />
      </h2>
      <p>
        <MathText text={text(`preset.${id}About`)} />
      </p>
      <p className={styles.look}>
        <MathText text={text(`preset.${id}Look`)} />
      </p>
    </section>
  );
}
