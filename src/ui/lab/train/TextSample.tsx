import { useId, type ReactNode } from 'react';
import { useText } from '../../app/context';
import { NumberRow } from '../../controls/NumberRow';
import type { NumberScale } from '../../controls/numberScale';
import { SeedRow } from '../../controls/SeedRow';
import field from '../../controls/Field.module.css';
import { OTHER_MARK } from '../../../tasks/characters';
import lab from '../lab.module.css';
import { PanelPart } from '../Panel';
import type { Sample, SampleSettings } from './scoring';
import styles from './score.module.css';

const TEMPERATURES: NumberScale = {
  ...{ least: 0, most: 2, step: 0.05, whole: false, logarithmic: false },
};

interface TextSampleProps {
  readonly sample: Sample | null;
  readonly isStale: boolean;
  readonly settings: SampleSettings;
  readonly onChange: (change: Partial<SampleSettings>) => void;
}

/** What the network writes, one character after the other. */
export function TextSample({ sample, isStale, settings, onChange }: TextSampleProps): ReactNode {
  const text = useText();
  const id = useId();
  const hasOther = sample !== null && (sample.prime + sample.drawn).includes(OTHER_MARK);
  return (
    <PanelPart title={text('score.sample')}>
      <div
        className={styles.sample}
        role="group"
        tabIndex={0}
        aria-label={text('score.sampleLabel')}
        data-stale={isStale}
      >
        {sample !== null && (
          <>
            <span className={styles.prime}>{sample.prime}</span>
            <span>{sample.drawn}</span>
          </>
        )}
      </div>
      <div>
        <div className={field.row}>
          <label htmlFor={id} className={field.label}>
            {text('score.prime')}
          </label>
          <input
            id={id}
            className={styles.input}
            type="text"
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            value={settings.prime}
            onChange={(event) => onChange({ prime: event.currentTarget.value })}
          />
        </div>
        <NumberRow
          name={text('score.temperature')}
          value={settings.temperature}
          scale={TEMPERATURES}
          onChange={(temperature) => onChange({ temperature })}
          slider
        />
        <SeedRow
          name={text('score.seed')}
          newSeed={text('score.newSeed')}
          seed={settings.seed}
          onChange={(seed) => onChange({ seed })}
        />
      </div>
      <p className={lab.note}>
        {text('score.sampleNote')} {hasOther && text('score.otherMark')}
      </p>
    </PanelPart>
  );
}
