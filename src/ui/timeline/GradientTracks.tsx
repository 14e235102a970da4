import { memo, useMemo, type ReactNode } from 'react';
import { decimate } from '../../analysis/decimate';
import { useAppState, useText, type Translate } from '../app/context';
import { formatCount, formatLog2, formatNumber } from '../charts/format';
import { ghostNorms, relativeBars } from '../charts/ghosts';
import { GradientChart } from '../charts/GradientChart';
import { logRanges, LOG10_OF_2, stretches, zeroRuns, type Point } from '../charts/series';
import { StepBars } from '../charts/StepBars';
import type { TimeScale } from '../charts/timeScale';
import { endOf, ghostKeys, useGhosts, type Ghost } from '../lab/compare/ghosts';
import { GhostLegend } from '../lab/compare/GhostLegend';
import { useSentBackCurve, type SentBackCurve } from '../lab/flow/sentBack';
import type { Result } from '../../state/types';
import { FORMAT_BANDS, flowOf } from './flow';
import type { ResultTrackProps } from './HeatTracks';
import { MOST_POINTS } from './limits';
import { batchOf, keyNumber } from './readout';
import { Track } from './Track';
import { contributionData, gradientData } from './trackFiles';
import { useFlow } from './useFlow';
import styles from './GradientTracks.module.css';

export const GradientTrack = memo(function GradientTrack(props: ResultTrackProps): ReactNode {
  const { result, shown, end, readoutAt } = props;
  const text = useText();
  const { flow } = useFlow();
  const sent = useSentBackCurve();
  const ghosts = useGhosts();
  const series = result?.summary.series.log2StateGradient;
  const last = Math.min(shown.to, end - 1);
  return (
    <Track
      id="gradient"
      shown={shown}
      direction="backward"
      name={text('track.gradient')}
      caption={text('track.gradientCaption')}
      figure={
        flow !== null &&
        flow.factor !== null && (
          <>
            ×{formatNumber(flow.factor)} <br />
            {text('track.perStep')}
          </>
        )
      }
      readout={(step) => readoutAt?.(step)?.gradient ?? null}
      readoutOf={batchOf(result, text)}
      chart={
        result === null ? null : { data: () => gradientData(result, sent, ghosts, shown, text) }
      }
    >
      {(scale, height) =>
        result !== null && (
          <div
            role="group"
            aria-label={[
              text('track.gradientAccessible', {
                first: formatLog2(series?.[shown.from - 1] ?? NaN),
                last: formatLog2(series?.[last - 1] ?? NaN),
              }),
              ...namesOf(ghosts, text),
            ].join(' ')}
          >
            <BelowLegend {...{ ghosts, T: result.problem.T, width: scale.width, height }}>
              {(rest) => <GradientPlot {...{ result, scale, height: rest, end, ghosts, sent }} />}
            </BelowLegend>
          </div>
        )
      }
    </Track>
  );
});

/** A row of the legend above a plot, in CSS pixels */
const ROW = 17;
/** In less width than this, no more than two names can be read side by side. */
const NARROW = 480;

/** The plot in what a legend leaves of the track: so the legend covers neither curve nor label. */
function BelowLegend(props: {
  readonly ghosts: readonly Ghost[];
  readonly T: number;
  readonly width: number;
  readonly height: number;
  readonly children: (height: number) => ReactNode;
}): ReactNode {
  const { ghosts, T, width, height, children } = props;
  const isNarrow = width < NARROW && ghosts.length > 2;
  const strip = ghosts.length === 0 ? 0 : isNarrow ? 2 * ROW : ROW;
  return (
    <>
      <GhostLegend ghosts={ghosts} T={T} isNarrow={isNarrow} />
      <div className={styles.below} style={{ top: `${strip}px` }}>
        {children(height - strip)}
      </div>
    </>
  );
}

/** What a screen reader says of the ghosts; nothing where there are none. */
function namesOf(ghosts: readonly Ghost[], text: Translate): string[] {
  if (ghosts.length === 0) return [];
  const names = ghosts.map(({ name }) => name).join(text('compare.and'));
  return [text('compare.ghosts', { names })];
}

interface PlotProps {
  readonly result: Result;
  readonly scale: TimeScale;
  readonly height: number;
  readonly end: number;
  readonly ghosts: readonly Ghost[];
}

function GradientPlot(props: PlotProps & { readonly sent: SentBackCurve | null }): ReactNode {
  const text = useText();
  const { result, scale, height, end, ghosts, sent } = props;
  const { log2StateGradient } = result.summary.series;
  const { bound } = flowOf(result);
  const cuts = useAppState(({ configuration }) => configuration.cuts);
  const drawn = useMemo(() => {
    const parts = stretches(log2StateGradient, scale, MOST_POINTS, end);
    return { points: logRanges(parts), zeros: zeroRuns(parts) };
  }, [log2StateGradient, scale, end]);
  const limit = useMemo(
    () =>
      !bound.holds
        ? []
        : drawn.points.map(({ step }) => {
            const log2 = bound.log2[Math.round(step) - 1] ?? NaN;
            return { step, value: Number.isFinite(log2) ? log2 * LOG10_OF_2 : null };
          }),
    [bound, drawn],
  );
  const ghostCurves = useMemo(
    () =>
      ghosts.map((ghost) => {
        const norms = ghost.run.summary.series.log2StateGradient;
        return { slot: ghost.slot, points: ghostNorms(norms, scale, MOST_POINTS, endOf(ghost)) };
      }),
    [ghosts, scale],
  );
  const last = Math.min(end - 1, log2StateGradient.length);
  const sentLine = useMemo(
    () => (sent === null ? null : sentPoints(sent, scale, last)),
    [sent, scale, last],
  );
  const bands = useMemo(
    () =>
      FORMAT_BANDS.map(({ low, high, kind, format }) => ({
        kind,
        low,
        high,
        text: text(kind === 'below' ? 'track.below' : 'track.above', { format }),
      })),
    [text],
  );
  return (
    <GradientChart
      points={drawn.points}
      bound={limit}
      boundText={text('track.bound', { factor: formatNumber(bound.factor) })}
      sent={sentLine ?? NO_POINTS}
      sentText={sent === null ? '' : text('track.unitError', { step: formatCount(sent.from) })}
      sentFrom={sent?.from ?? null}
      ghosts={ghostCurves}
      cuts={cuts}
      bands={bands}
      zeros={drawn.zeros}
      zeroText={text('track.exactZero')}
      scale={scale}
      height={height}
      last={last}
    />
  );
}

const NO_POINTS: readonly Point[] = [];

/** The greatest norm of each stretch, cut like the gradient's own; nothing beyond a cut. */
function sentPoints({ log2Norm }: SentBackCurve, scale: TimeScale, last: number): Point[] {
  const to = Math.min(scale.to, last);
  if (to < scale.from) return [];
  return decimate(log2Norm, scale.from, to, MOST_POINTS).map(({ step, lastStep, max }) => ({
    step: (step + lastStep) / 2,
    value: max === null ? null : max * LOG10_OF_2,
  }));
}

export const ContributionTrack = memo(function ContributionTrack(
  props: ResultTrackProps,
): ReactNode {
  const { result, shown, end, readoutAt } = props;
  const text = useText();
  const ghosts = useGhosts();
  return (
    <Track
      id="contribution"
      shown={shown}
      direction="backward"
      name={text('track.contribution')}
      caption={text('track.contributionCaption')}
      figure={result !== null && `Σ ${keyNumber(result.summary.log2Gradient.recurrentWeights)}`}
      readout={(step) => readoutAt?.(step)?.contribution ?? null}
      readoutOf={batchOf(result, text)}
      chart={
        result === null
          ? null
          : {
              data: () => contributionData(result, shown, text),
              keys: ghostKeys(ghosts, result.problem.T),
            }
      }
    >
      {(scale, height) =>
        result !== null && (
          <div role="group" aria-label={text('track.contributionAccessible')}>
            <ContributionPlot {...{ result, scale, height, end, ghosts }} />
          </div>
        )
      }
    </Track>
  );
});

/** Every run relative to its own largest step: shares, which is what the bars are. */
function ContributionPlot(props: PlotProps): ReactNode {
  const { result, scale, height, end, ghosts } = props;
  const { log2Contribution } = result.summary.series;
  const bars = useMemo(
    () => relativeBars(log2Contribution, scale, MOST_POINTS, end),
    [log2Contribution, scale, end],
  );
  const ghostBars = useMemo(
    () =>
      ghosts.map((ghost) => {
        const norms = ghost.run.summary.series.log2Contribution;
        return { slot: ghost.slot, bars: relativeBars(norms, scale, MOST_POINTS, endOf(ghost)) };
      }),
    [ghosts, scale],
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
