import type { ReactNode } from 'react';
import type { RunSetting, TrainingRun } from '../../../state/training/trainingRun';
import type { TrainingStore } from '../../../state/training/types';
import { useText, type Translate } from '../../app/context';
import { CloseIcon } from '../../app/icons';
import { formatCount, formatNumber } from '../../charts/format';
import buttons from '../../theme/buttons.module.css';
import { PanelPart } from '../Panel';
import { runLine, runWords, settingChanges } from './runNames';
import styles from './train.module.css';

/** All runs, as the loss chart draws them: to look at one, and to put one away. */
export function RunList({ training }: { readonly training: TrainingStore }): ReactNode {
  const text = useText();
  const runs = training.runs();
  const current = training.current();
  if (runs.length === 0) return null;
  return (
    <PanelPart title={text('train.runs')}>
      <ul className={styles.runs}>
        {runs.map((run) => (
          <li key={run.id} data-current={run === current}>
            <Line run={run} runs={runs} current={current} />
            <button
              type="button"
              className={styles.run}
              aria-pressed={run === current}
              aria-label={text('train.runShow', { run: run.id })}
              onClick={() => training.show(run, run.step)}
            >
              <b>{text('train.run', { run: run.id })}</b>
              <span>{runWords(run, runs, text)}</span>
            </button>
            <span className={styles.runLoss}>{formatNumber(run.records.last('loss'))}</span>
            <button
              type="button"
              className={buttons.icon}
              aria-label={text('train.runRemove', { run: run.id })}
              title={text('train.runRemove', { run: run.id })}
              onClick={() => training.remove(run)}
            >
              <CloseIcon />
            </button>
          </li>
        ))}
      </ul>
      {current !== null && current.settings.length > 1 && (
        <Changes settings={current.settings} text={text} />
      )}
    </PanelPart>
  );
}

function Line(props: {
  readonly run: TrainingRun;
  readonly runs: readonly TrainingRun[];
  readonly current: TrainingRun | null;
}): ReactNode {
  const line = runLine(props.run, props.runs, props.current);
  return (
    <svg width="18" height="8" aria-hidden="true">
      {line !== null && (
        <path d="M0 4H18" stroke={line.colour} strokeWidth="2" strokeDasharray={line.dash} />
      )}
    </svg>
  );
}

/** What was changed while it trained. */
function Changes(props: {
  readonly settings: readonly RunSetting[];
  readonly text: Translate;
}): ReactNode {
  const { settings, text } = props;
  return (
    <div className={styles.changes}>
      <h4>{text('train.changes')}</h4>
      <ul>
        {settings.slice(1).map((setting, i) => (
          <li key={i}>
            {text('train.changeAt', {
              step: formatCount(setting.step),
              what: settingChanges(settings[i]!, setting, text),
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}
