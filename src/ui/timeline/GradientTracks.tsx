import { memo, useMemo, type ReactNode } from 'react';
import { decimate } from '../../analysis/decimate';
import { useText } from '../app/context';
import { formatCount, formatLog2, formatNumber } from '../charts/format';
import { GradientChart } from '../charts/GradientChart';
import {
  logRanges,
  LOG10_OF_2,
  relativeHeight,
  stretches,
  zeroRuns,
  type Point,
} from '../charts/series';
import { StepBars } from '../charts/StepBars';
import { TimeFrame } from '../charts/TimeFrame';
import type { TimeScale } from '../charts/timeScale';
import { useThrottled } from '../charts/useThrottled';
import { useSentBackCurve, type SentBackCurve } from '../lab/flow/sentBack';
import type { Result } from '../../state/types';
import { FORMAT_BANDS, flowOf } from './flow';
import type { ResultTrackProps } from './HeatTracks';
import { CHART_INTERVAL, MOST_POINTS } from './limits';
import { Track } from './Track';
import { contributionData, gradientData } from './trackFiles';
import { useFlow } from './useFlow';

export const GradientTrack = memo(function GradientTrack(props: ResultTrackProps): ReactNode {
  const { result, shown, end, readoutAt } = props;
  const text = useText();
  const { flow } = useFlow();
  const sent = useSentBackCurve();
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
      chart={result === null ? null : { data: () => gradientData(result, sent, shown, text) }}
    >
      {(scale, height) =>
        result !== null && (
          <div
            role="group"
            aria-label={text('track.gradientAccessible', {
              first: formatLog2(series?.[shown.from - 1] ?? NaN),
              last: formatLog2(series?.[last - 1] ?? NaN),
            })}
          >
            <GradientPlot result={result} scale={scale} height={height} end={end} sent={sent} />
          </div>
        )
      }
    </Track>
  );
});

interface PlotProps {
  readonly result: Result;
  readonly scale: TimeScale;
  readonly height: number;
  readonly end: number;
}

function GradientPlot(props: PlotProps & { readonly sent: SentBackCurve | null }): ReactNode {
  const text = useText();
  const { result, scale, height, end, sent } = useThrottled(props, CHART_INTERVAL);
  const { log2StateGradient } = result.summary.series;
  const { bound } = flowOf(result);
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
  const T = log2StateGradient.length;
  const sentLine = useMemo(
    () => (sent === null ? null : sentPoints(sent, scale, Math.min(end - 1, T))),
    [sent, scale, end, T],
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
    <TimeFrame drawn={scale} scale={props.scale}>
      <GradientChart
        points={drawn.points}
        bound={limit}
        boundText={text('track.bound', { factor: formatNumber(bound.factor) })}
        sent={sentLine ?? NO_POINTS}
        sentText={sent === null ? '' : text('track.unitError', { step: formatCount(sent.from) })}
        sentFrom={sent?.from ?? null}
        bands={bands}
        zeros={drawn.zeros}
        zeroText={text('track.exactZero')}
        scale={scale}
        height={height}
      />
    </TimeFrame>
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
  return (
    <Track
      id="contribution"
      shown={shown}
      direction="backward"
      name={text('track.contribution')}
      caption={text('track.contributionCaption')}
      figure={result !== null && `Σ ${formatLog2(result.summary.log2Gradient.recurrentWeights)}`}
      readout={(step) => readoutAt?.(step)?.contribution ?? null}
      chart={result === null ? null : { data: () => contributionData(result, shown, text) }}
    >
      {(scale, height) =>
        result !== null && (
          <div role="group" aria-label={text('track.contributionAccessible')}>
            <ContributionPlot result={result} scale={scale} height={height} end={end} />
          </div>
        )
      }
    </Track>
  );
});

function ContributionPlot(props: PlotProps): ReactNode {
  const { result, scale, height, end } = useThrottled(props, CHART_INTERVAL);
  const { log2Contribution } = result.summary.series;
  const bars = useMemo(() => {
    const parts = stretches(log2Contribution, scale, MOST_POINTS, end);
    const largest = parts.reduce((most, { max }) => Math.max(most, max ?? -Infinity), -Infinity);
    return parts.map(({ step, lastStep, max }) => ({
      from: step,
      to: lastStep,
      height: relativeHeight(max ?? -Infinity, largest),
    }));
  }, [log2Contribution, scale, end]);
  return (
    <TimeFrame drawn={scale} scale={props.scale}>
      <StepBars bars={bars} scale={scale} height={height} colour="var(--backward)" />
    </TimeFrame>
  );
}
