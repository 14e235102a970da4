import { memo, useMemo, type ReactNode } from 'react';
import type { Result } from '../../state/types';
import { useServices, useText } from '../app/context';
import { plainLegend } from '../charts/export/legends';
import { formatNumber } from '../charts/format';
import { HeatCanvas } from '../charts/HeatCanvas';
import { divergingScale, type ColourScale } from '../charts/heatMap';
import { MathText } from '../charts/MathText';
import { PredictionChart } from '../charts/PredictionChart';
import { stretches } from '../charts/series';
import { StepBars } from '../charts/StepBars';
import { Swatch } from '../charts/Swatch';
import { TimeFrame } from '../charts/TimeFrame';
import type { TimeScale } from '../charts/timeScale';
import { useThrottled } from '../charts/useThrottled';
import type { ResultTrackProps } from './HeatTracks';
import { TargetMarks } from './TargetMarks';
import type { ResolvedTheme } from '../theme/colors';
import { Track, type TrackChart } from './Track';
import { lossData } from './trackFiles';
import { wholeView } from './wholeView';
import { CHART_INTERVAL, MOST_POINTS } from './limits';
import styles from './LossTrack.module.css';

/** Up to this many outputs are lines; more are a heat map. */
const MOST_LINES = 3;

export const LossTrack = memo(function LossTrack(props: ResultTrackProps): ReactNode {
  const { result, shown, end, readoutAt } = props;
  const text = useText();
  const services = useServices();
  const L = result === null ? '' : formatNumber(result.summary.totalLoss);
  const chart: TrackChart | null =
    result === null
      ? null
      : {
          data: () => lossData(result, result.view, shown, text),
          wholeData: async () => {
            const latest = services.results.get() ?? result;
            return lossData(latest, await wholeView(latest, services), shown, text);
          },
          ...(result.view.outputs.rows > MOST_LINES && {
            legend: (theme: ResolvedTheme) => plainLegend(probabilityScale(result), theme),
          }),
        };
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
      chart={chart}
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
          <span>
            {lines && <Swatch kind="line" colour="var(--forward)" />}
            <MathText text={text('track.prediction')} />
          </span>
          <span>
            <Swatch kind={lines ? 'dot' : 'line'} colour="var(--ink)" />
            <MathText text={text('track.target')} />
          </span>
        </span>
      </div>
      <div className={styles.half} data-lower style={{ top: `${upper}px`, bottom: 0 }}>
        <LossBars result={result} scale={scale} height={height - upper} end={end} />
        <span className={styles.legend} aria-hidden="true">
          <span>
            <Swatch kind="bar" colour="var(--backward)" />
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
        scale={drawn.scale}
        height={drawn.height}
      />
    </TimeFrame>
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
  const drawn = useThrottled(props, CHART_INTERVAL);
  const { result, scale, height, end } = drawn;
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
  return (
    <TimeFrame drawn={scale} scale={props.scale}>
      <StepBars bars={bars} scale={scale} height={height} colour="var(--backward)" />
    </TimeFrame>
  );
}
