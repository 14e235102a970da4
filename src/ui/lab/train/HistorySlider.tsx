import type { ReactNode } from 'react';
import type { TrainingStore } from '../../../state/training/types';
import { useText } from '../../app/context';
import { formatCount } from '../../charts/format';
import { nearestIndex } from '../../charts/lineAxis';
import styles from './train.module.css';

/** Every recorded network of the current run, to go through by mouse, finger and arrow keys. */
export function HistorySlider({ training }: { readonly training: TrainingStore }): ReactNode {
  const text = useText();
  const run = training.current();
  const steps = run?.steps() ?? [];
  const shown = training.shown();
  const step = shown !== null && shown.run === run ? shown.step : null;
  // What is shown while it trains need not be a recorded step.
  const at = step === null ? steps.length - 1 : nearestIndex(steps, step);
  return (
    <label className={styles.history}>
      <span className={styles.historyName}>{text('train.history')}</span>
      <input
        type="range"
        min={0}
        max={Math.max(1, steps.length - 1)}
        step={1}
        value={Math.max(0, at)}
        disabled={steps.length < 2}
        data-away={step === null}
        aria-valuetext={
          run === null
            ? text('train.historyNone')
            : text('train.historyValue', {
                step: formatCount(step ?? steps[at] ?? 0),
                last: formatCount(run.step),
              })
        }
        onChange={(event) => {
          const next = steps[Number(event.target.value)];
          if (run !== null && next !== undefined) training.show(run, next);
        }}
      />
      <output className={styles.historyStep}>{step === null ? '–' : formatCount(step)}</output>
    </label>
  );
}
