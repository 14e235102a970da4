import { memo, useMemo, type ReactNode } from 'react';
import type { Result } from '../../state/types';
import { useText } from '../app/context';
import { formatNumber } from '../charts/format';
import { HeatCanvas } from '../charts/HeatCanvas';
import { divergingScale, type ColourScale } from '../charts/heatMap';
import { MathText } from '../charts/MathText';
import { PredictionChart } from '../charts/PredictionChart';
import { stretches } from '../charts/series';
import { StepBars } from '../charts/StepBars';
import type { TimeScale } from '../charts/timeScale';
import type { ResultTrackProps } from './HeatTracks';
import { TargetMarks } from './TargetMarks';
import { Track } from './Track';
import { MOST_POINTS } from './limits';
import styles from './LossTrack.module.css';

/** Up to this many outputs are lines; more are a heat map. */
const MOST_LINES = 3;

export const LossTrack = memo(function LossTrack(props: ResultTrackProps): ReactNode {
  const { result, shown, end, readoutAt } = props;
  const text = useText();
  const L = result === null ? '' : formatNumber(result.summary.totalLoss);
  return (
    <Track
      id="loss"
      shown={shown}
      direction="forward"
      name={text('track.loss')}
      caption={text('track.lossCaption')}
      figure={
        result !== null && (
          <>
            <i>L</i> {L}
          </>
        )
      }
      readout={(step) => readoutAt?.(step)?.loss ?? null}
    >
      {(scale, height) =>
        result !== null && (
          <LossStage
            result={result}
            scale={scale}
            height={height}
            end={end}
            label={text('track.lossAccessible', { L })}
          />
        )
      }
    </Track>
  );
});

interface LossStageProps {
  readonly result: Result;
  readonly scale: TimeScale;
  readonly height: number;
  readonly end: number;
  readonly label: string;
}

function LossStage({ result, scale, height, end, label }: LossStageProps): ReactNode {
  const text = useText();
  const upper = Math.round(height * 0.6);
  const lines = result.view.outputs.rows <= MOST_LINES;
  return (
    <div role="group" aria-label={label}>
      <div className={styles.half} style={{ top: 0, height: `${upper}px` }}>
        <Prediction result={result} scale={scale} height={upper} end={end} />
        <span className={styles.legend} aria-hidden="true">
          <span className={lines ? styles.legendForward : undefined}>
            <MathText text={text('track.prediction')} />
          </span>
          <span className={lines ? styles.legendTarget : styles.legendMark}>
            <MathText text={text('track.target')} />
          </span>
        </span>
      </div>
      <div className={styles.half} data-lower style={{ top: `${upper}px`, bottom: 0 }}>
        <LossBars result={result} scale={scale} height={height - upper} end={end} />
        <span className={styles.legend} aria-hidden="true">
          <span className={styles.legendBackward}>
            <MathText text={text('track.lossBars')} />
          </span>
        </span>
      </div>
    </div>
  );
}

type PanelProps = Omit<LossStageProps, 'label'>;

function Prediction(props: PanelProps): ReactNode {
  const { result, scale, height, end } = props;
  const { outputs, targets, window } = result.view;
  const colours = useMemo(() => probabilityScale(result), [result]);
  if (outputs.rows > MOST_LINES) {
    return (
      <>
        <HeatCanvas
          map={outputs}
          data={window}
          scale={scale}
          height={height}
          colours={colours}
          end={end}
          label=""
        />
        <TargetMarks
          targets={targets}
          data={window}
          lossWeights={result.problem.lossWeights}
          scale={scale}
          height={height}
          end={end}
        />
      </>
    );
  }
  return (
    <PredictionChart
      outputs={outputs}
      targets={targets}
      data={window}
      lossWeights={result.problem.lossWeights}
      end={end}
      scale={scale}
      height={height}
    />
  );
}

/** Softmax and sigmoid outputs are magnitudes 0…1; others have a sign. */
function probabilityScale({ problem, view }: Result): ColourScale {
  const { outputActivation } = problem;
  return outputActivation === 'softmax' || outputActivation === 'sigmoid'
    ? { kind: 'sequential', low: 0, high: 1 }
    : divergingScale(view.outputs);
}

function LossBars(props: PanelProps): ReactNode {
  const { result, scale, height, end } = props;
  const { stepLosses } = result.summary.series;
  const bars = useMemo(() => {
    const parts = stretches(stepLosses, scale, MOST_POINTS, end);
    const most = parts.reduce((m, { max }) => Math.max(m, max ?? 0), 0);
    return parts.map(({ step, lastStep, max }) => ({
      from: step,
      to: lastStep,
      height: most > 0 ? Math.max(0, max ?? 0) / most : 0,
    }));
  }, [stepLosses, scale, end]);
  return <StepBars bars={bars} scale={scale} height={height} colour="var(--backward)" />;
}
