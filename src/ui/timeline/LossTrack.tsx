import { memo, useMemo, type ReactNode } from 'react';
import { missesLosses } from '../../analysis/gradientFlow';
import type { Result } from '../../state/types';
import { useServices, useText, type Translate } from '../app/context';
import { coloursOf, plainLegend } from '../charts/export/legends';
import { formatNumber } from '../charts/format';
import { barScale, ghostOutputs, plainBars, scaledBars } from '../charts/ghosts';
import { HeatCanvas } from '../charts/HeatCanvas';
import { divergingScale, type ColourScale } from '../charts/heatMap';
import { plainMath } from '../charts/MathText';
import { valueRows, type ValueRow } from '../charts/prediction';
import { PredictionChart } from '../charts/PredictionChart';
import { targetSign } from '../charts/PredictionCurves';
import { StepBars } from '../charts/StepBars';
import type { LegendKey, Sign } from '../charts/Swatch';
import type { TimeScale } from '../charts/timeScale';
import { endOf, ghostKeys, useGhosts, type Ghost } from '../lab/compare/ghosts';
import type { ResultTrackProps } from './HeatTracks';
import { TargetMarks } from './TargetMarks';
import type { ResolvedTheme } from '../theme/colors';
import { useTheme } from '../theme/useTheme';
import { batchOf } from './readout';
import { Track, type TrackChart } from './Track';
import { lossData } from './trackFiles';
import { wholeView } from './wholeView';
import { MOST_POINTS } from './limits';
import styles from './LossTrack.module.css';

/** Up to this many outputs are lines; more are a heat map. */
const MOST_LINES = 3;

export const LossTrack = memo(function LossTrack(props: ResultTrackProps): ReactNode {
  const { result, shown, end, readoutAt } = props;
  const text = useText();
  const ghosts = useGhosts();
  const services = useServices();
  const theme = useTheme();
  const L = result === null ? '' : formatNumber(totalOf(result));
  const rows = useMemo(() => (result === null ? null : lineRows(result, end)), [result, end]);
  const hasResult = result !== null;
  const outputs = result === null || rows !== null ? null : probabilityScale(result).kind;
  const target = rows === null ? CLASS_SIGN : targetSign(rows);
  // Of what it says, not of the numbers: a drag leaves the names as they are.
  const legend = useMemo(
    () => (hasResult ? legendOf(outputs, target, theme, text) : []),
    [hasResult, outputs, target, theme, text],
  );
  const chart: TrackChart | null =
    result === null
      ? null
      : {
          data: () => lossData(result, result.view, shown, text),
          wholeData: async () => {
            const latest = services.results.get() ?? result;
            return lossData(latest, await wholeView(latest, services), shown, text);
          },
          keys: ghostKeys(ghosts, result.problem.T),
          ...(rows === null && {
            legend: (shownTheme: ResolvedTheme) =>
              plainLegend(probabilityScale(result), shownTheme),
          }),
        };
  return (
    <Track
      id="loss"
      shown={shown}
      direction="forward"
      name={text('track.loss')}
      caption=""
      legend={legend}
      figure={
        result !== null && (
          <>
            <i>L</i> {L}
          </>
        )
      }
      readout={(step) => readoutAt?.(step)?.loss ?? null}
      readoutOf={batchOf(result, text)}
      chart={chart}
    >
      {(scale, height) =>
        result !== null && (
          <LossStage
            result={result}
            rows={rows}
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

/** L, or NaN where an overflow has kept some of its terms from being computed. */
function totalOf({ summary, problem }: Result): number {
  return missesLosses(problem, summary.overflowAt) ? NaN : summary.totalLoss;
}

/** The points of y_t and ŷ_t where the outputs are lines; null where they are a heat map. */
function lineRows({ view, problem }: Result, end: number): readonly ValueRow[] | null {
  const { outputs, targets, window } = view;
  if (outputs.rows > MOST_LINES) return null;
  return valueRows(outputs, targets, window, problem.lossWeights, end);
}

/** Some of the colours of an output's heat map, from small to large */
const HEAT_SIGNS = [4, 12, 20, 28];

const LINE_SIGN: Sign = { kind: 'line', colour: 'var(--forward)' };

/** A target over a heat map */
const CLASS_SIGN: Sign = { kind: 'line', colour: 'var(--ink)' };

function heatSign(kind: ColourScale['kind'], theme: ResolvedTheme): Sign {
  const colours = coloursOf(kind, theme);
  return { kind: 'heat', colours: HEAT_SIGNS.map((i) => colours[i]!) };
}

/** `outputs`: the colours of y_t where it is a heat map, null where it is lines */
function legendOf(
  outputs: ColourScale['kind'] | null,
  target: Sign,
  theme: ResolvedTheme,
  text: Translate,
): LegendKey[] {
  const prediction: Sign = outputs === null ? LINE_SIGN : heatSign(outputs, theme);
  return [
    { ...prediction, text: text('track.prediction') },
    { ...target, text: text('track.target') },
    { kind: 'bar', colour: 'var(--backward)', text: text('track.lossBars') },
  ];
}

interface LossStageProps {
  readonly result: Result;
  readonly rows: readonly ValueRow[] | null;
  readonly scale: TimeScale;
  readonly height: number;
  readonly end: number;
  readonly ghosts: readonly Ghost[];
  readonly label: string;
}

function LossStage({ label, ...props }: LossStageProps): ReactNode {
  const { height } = props;
  const upper = Math.round(height * 0.6);
  return (
    <div role="group" aria-label={label}>
      <div className={styles.half} style={{ top: 0, height: `${upper}px` }}>
        <Prediction {...props} height={upper} />
      </div>
      <div className={styles.half} data-lower style={{ top: `${upper}px`, bottom: 0 }}>
        <LossBars {...props} height={height - upper} />
      </div>
    </div>
  );
}

type PanelProps = Omit<LossStageProps, 'label'>;

function Prediction(props: PanelProps): ReactNode {
  const text = useText();
  const { result, rows, scale, height, end } = props;
  const { outputs, targets, window } = result.view;
  const colours = useMemo(() => probabilityScale(result), [result]);
  const ghosts = useMemo(() => outputGhosts(props), [props]);
  if (rows === null) {
    return (
      <>
        <HeatCanvas
          map={outputs}
          data={window}
          scale={scale}
          height={height}
          colours={colours}
          end={end}
          label={plainMath(text('track.prediction'))}
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
      rows={rows}
      count={outputs.rows}
      ghosts={ghosts}
      scale={scale}
      height={height}
    />
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
  const { result, scale, height, end, ghosts } = props;
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
    <StepBars
      bars={bars}
      scale={scale}
      height={height}
      colour="var(--backward)"
      ghosts={ghostBars}
    />
  );
}
