import type { ReactNode } from 'react';
import type { TrainingRun } from '../../../state/training/trainingRun';
import type { TrainingStore } from '../../../state/training/types';
import { Button } from '../../app/Button';
import { useAppState, useText, type Translate } from '../../app/context';
import { formatCount, formatNumber } from '../../charts/format';
import buttons from '../../theme/buttons.module.css';
import { useErrorText } from '../../app/useErrorText';
import styles from './train.module.css';

/** Start, pause, one update, back to the first weights; and how it stands. */
export function TrainButtons({ training }: { readonly training: TrainingStore }): ReactNode {
  const text = useText();
  const steps = useAppState((state) => state.configuration.training.steps);
  const pins = useAppState((state) => state.configuration.pins);
  const run = training.current();
  const running = run?.isRunning === true;
  const shown = training.shown();
  const rewound =
    shown !== null && run !== null && shown.run === run && shown.step === run.start.step;
  const isNew = shown === null || shown.step === 0;
  const start = isNew ? 'start' : shown.step === shown.run.step ? 'goOn' : 'branch';
  const label = running ? 'pause' : start;
  return (
    <div className={styles.buttons} role="group" aria-label={text('train.title')}>
      <button
        type="button"
        className={`${buttons.primary} ${styles.start}`}
        data-running={running}
        onClick={() => (running ? training.pause() : training.start())}
      >
        <Glyph path={running ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5 13 8l-9 5.5z'} />
        {text(`train.${label}`)}
      </button>
      <Button
        className={buttons.icon}
        unavailable={running}
        aria-label={text('train.one')}
        title={text('train.one')}
        onClick={() => training.start(1)}
      >
        <Glyph path="M3 3l6 5-6 5zM11 3h2v10h-2z" />
      </Button>
      <Button
        className={buttons.icon}
        unavailable={run === null || rewound}
        aria-label={text('train.rewind')}
        title={text('train.rewind')}
        onClick={() => training.rewind()}
      >
        <Glyph path="M3 3h2v10H3zM13 3 6 8l7 5z" />
      </Button>
      <p className={styles.position}>
        <span>
          {run === null || (shown?.run !== run && !running)
            ? text('train.progressNone', { steps: formatCount(steps) })
            : text('train.progress', {
                step: formatCount(running ? run.step : shown!.step),
                until: formatCount(Math.max(run.until, run.step)),
              })}
        </span>
        {running && run.updatesPerSecond !== null && (
          <span>{text('train.speed', { speed: formatSpeed(run.updatesPerSecond) })}</span>
        )}
      </p>
      {pins.length > 0 && !running && (
        <button
          type="button"
          className={`${buttons.small} ${styles.all}`}
          onClick={() => training.startAll()}
        >
          {text('train.all')}
        </button>
      )}
    </div>
  );
}

/** Two digits, as a count from 100 on. */
function formatSpeed(speed: number): string {
  return speed < 100 ? formatNumber(speed, 2) : formatCount(Number(speed.toPrecision(2)));
}

function Glyph({ path }: { readonly path: string }): ReactNode {
  return (
    <svg className={styles.glyph} viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

/** What it is doing or why it does nothing, in one sentence. */
export function TrainStatus({ training }: { readonly training: TrainingStore }): ReactNode {
  const text = useText();
  const errorText = useErrorText();
  const engine = useAppState((state) => state.engine);
  const run = training.current();
  if (run === null) return <p className={styles.status}>{text('train.status.none')}</p>;
  const { status } = run;
  if (!run.isRunning && training.shown()?.run !== run) {
    // What had become of it stands in the list of runs; the sentence is about what is on the page.
    const isEdited = status.kind === 'paused' && status.why === 'edited';
    return (
      <div role="status" className={styles.status}>
        <p>{text(isEdited ? 'train.status.edited' : 'train.status.elsewhere', { run: run.id })}</p>
      </div>
    );
  }
  const level =
    status.kind === 'failed' || (status.kind === 'stopped' && status.stop.reason === 'non-finite')
      ? 'bad'
      : undefined;
  const on = run.engine === 'webgpu' && engine.state === 'ready' ? engine.adapter.name : 'CPU';
  return (
    <div role="status" className={styles.status} data-level={level}>
      <p>{statusText(run, on, text, errorText)}</p>
    </div>
  );
}

function statusText(
  run: TrainingRun,
  engine: string,
  text: Translate,
  errorText: ReturnType<typeof useErrorText>,
): string {
  const { status } = run;
  const step = formatCount(run.step);
  switch (status.kind) {
    case 'running':
      return text('train.status.running', { engine });
    case 'paused':
      return text(`train.status.${status.why}`, { step, run: run.id });
    case 'finished':
      return text('train.status.finished', { step });
    case 'failed':
      return text('train.status.failed', { message: errorText(status.error.code) });
    case 'stopped': {
      const { stop } = status;
      const key = stop.reason === 'non-finite' ? stop.what : stop.reason;
      return text(`train.stop.${key}`, {
        step,
        patience: formatCount(run.present.training.patience ?? 0),
        timeStep: stop.reason === 'non-finite' && stop.timeStep !== null ? stop.timeStep : '–',
      });
    }
  }
}
