import { useRef, type ReactNode } from 'react';
import { PIN_LIMITS } from '../../../model/configuration';
import { useText } from '../../app/context';
import { Panel, PanelPart } from '../Panel';
import { DifferenceTable } from './DifferenceTable';
import { usePins } from './ghosts';
import { PinButton } from './PinButton';
import { useRemovePin } from './pinning';
import { PinRow } from './PinRow';
import styles from './compare.module.css';

/** Runs that stay on the axes, and what they differ in. */
export function ComparePanel(): ReactNode {
  const text = useText();
  const pins = usePins();
  const remove = useRemovePin();
  const topRef = useRef<HTMLDivElement>(null);
  return (
    <Panel
      title={text('compare.title')}
      formula={text('compare.formula')}
      about={text('compare.about')}
    >
      <div ref={topRef} className={styles.top}>
        <PinButton />
        <span className={styles.count}>
          {text('compare.count', { count: pins.length, most: PIN_LIMITS.pins })}
        </span>
      </div>
      {pins.length === 0 ? (
        <p className={styles.empty}>{text('compare.empty')}</p>
      ) : (
        <>
          <ul className={styles.pins} aria-label={text('compare.pins')}>
            {pins.map((view) => (
              <PinRow
                key={view.slot}
                view={view}
                onRemove={() => {
                  remove(view.slot);
                  // The row under the focus is gone, or is another pin's now.
                  topRef.current?.querySelector('button')?.focus();
                }}
              />
            ))}
          </ul>
          <PanelPart title={text('compare.differences')}>
            <DifferenceTable pins={pins} />
          </PanelPart>
        </>
      )}
    </Panel>
  );
}
