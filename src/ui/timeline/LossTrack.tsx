import { memo, useMemo, type ReactNode } from 'react';
import type { Result } from '../../state/types';
import { useText } from '../app/context';
import { formatNumber } from '../charts/format';
import { barScale, ghostOutputs, plainBars, scaledBars } from '../charts/ghosts';
import { HeatCanvas } from '../charts/HeatCanvas';
import { divergingScale, type ColourScale } from '../charts/heatMap';
import { MathText } from '../charts/MathText';
import { PredictionChart } from '../charts/PredictionChart';
import { StepBars } from '../charts/StepBars';
import { TimeFrame } from '../charts/TimeFrame';
import type { TimeScale } from '../charts/timeScale';
import { useThrottled } from '../charts/useThrottled';
import { endOf, useGhosts, type Ghost } from '../lab/compare/ghosts';
import type { ResultTrackProps } from './HeatTracks';
import { TargetMarks } from './TargetMarks';
import { Track } from './Track';
import { CHART_INTERVAL, MOST_POINTS } from './limits';
import styles from './LossTrack.module.css';

/** Up to this many outputs are lines; more are a heat map. */
const MOST_LINES = 3;

export const LossTrack = memo(function LossTrack(props: ResultTrackProps): ReactNode {
  const { result, shown, end, readoutAt } = props;
  const text = useText();
  const ghosts = useGhosts();
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
            ghosts={ghosts}
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
  readonly ghosts: readonly Ghost[];
  readonly label: string;
}

function LossStage({ result, scale, height, end, ghosts, label }: LossStageProps): ReactNode {
  const text = useText();
  const upper = Math.round(height * 0.6);
  const lines = result.view.outputs.rows <= MOST_LINES;
  return (
    <div role="group" aria-label={label}>
      <div className={styles.half} style={{ top: 0, height: `${upper}px` }}>
        <Prediction {...{ result, scale, height: upper, end, ghosts }} />
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
        <LossBars {...{ result, scale, height: height - upper, end, ghosts }} />
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
  const drawn = useThrottled(props, CHART_INTERVAL);
  const colours = useMemo(() => probabilityScale(result), [result]);
  const ghosts = useMemo(() => outputGhosts(drawn), [drawn]);
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
  const view = drawn.result.view;
  return (
    <TimeFrame drawn={drawn.scale} scale={scale}>
      <PredictionChart
        outputs={view.outputs}
        targets={view.targets}
        data={view.window}
        lossWeights={drawn.result.problem.lossWeights}
        end={drawn.end}
        ghosts={ghosts}
        scale={drawn.scale}
        height={drawn.height}
      />
    </TimeFrame>
  );
}

/** y_t of pinned runs beside the present one's, where both are one line. */
function outputGhosts({ result, scale, ghosts }: PanelProps) {
  if (result.problem.O > 1) return [];
  return ghosts.flatMap((ghost) => {
    const { outputs } = ghost.run;
    if (outputs === null) return [];
    const points = ghostOutputs(outputs, ghost.T, scale, MOST_POINTS, endOf(ghost));
    return [{ slot: ghost.slot, points }];
  });
}

/** Softmax and sigmoid outputs are magnitudes 0…1; others have a sign. */
function probabilityScale({ problem, view }: Result): ColourScale {
  const { outputActivation } = problem;
  return outputActivation === 'softmax' || outputActivation === 'sigmoid'
    ? { kind: 'sequential', low: 0, high: 1 }
    : divergingScale(view.outputs);
}

function LossBars(props: PanelProps): ReactNode {
  const drawn = useThrottled(props, CHART_INTERVAL);
  const { result, scale, height, end, ghosts } = drawn;
  const { stepLosses } = result.summary.series;
  const present = useMemo(
    () => plainBars(stepLosses, scale, MOST_POINTS, end),
    [stepLosses, scale, end],
  );
  const pinned = useMemo(
    () =>
      ghosts.map((ghost) => {
        const losses = ghost.run.summary.series.stepLosses;
        return { slot: ghost.slot, ...plainBars(losses, scale, MOST_POINTS, endOf(ghost)) };
      }),
    [ghosts, scale],
  );
  // One scale for all: a loss has a unit.
  const most = pinned.map((ghost) => ghost.largest);
  const largest = barScale(present.largest, most);
  const bars = useMemo(() => scaledBars(present.bars, largest), [present, largest]);
  const ghostBars = useMemo(
    () => pinned.map(({ slot, bars: own }) => ({ slot, bars: scaledBars(own, largest) })),
    [pinned, largest],
  );
  return (
    <TimeFrame drawn={scale} scale={props.scale}>
      <StepBars
        bars={bars}
        scale={scale}
        height={height}
        colour="var(--backward)"
        ghosts={ghostBars}
      />
    </TimeFrame>
  );
}
