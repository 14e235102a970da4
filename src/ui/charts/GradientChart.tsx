import { memo, useMemo, type ReactNode } from 'react';
import { formatLog2, powerOfTen } from './format';
import { GhostChart } from './GhostChart';
import type { GhostCurve } from './ghosts';
import { GradientCurves, sketchGradient, type GradientCurvesProps } from './GradientCurves';
import { GradientLabels, ZeroRuns, type RangeBand } from './GradientLabels';
import { LivePicture } from './LivePicture';
import { LOG10_OF_2, logDomain } from './series';
import { yOf, type PlotFrame } from './sketchPaths';
import { labelWidth } from './textWidth';
import { AxisLabels } from './AxisLabels';
import { logTicks, plotSpan, SHORT_AXIS, type TimeScale } from './timeScale';
import styles from './charts.module.css';

interface GradientChartProps extends Omit<GradientCurvesProps, 'frame'> {
  readonly boundText: string;
  readonly sentText: string;
  /** log10 of the norms of pinned runs, each at its own steps */
  readonly ghosts: readonly GhostCurve[];
  /** Cuts by hand, drawn over the chart */
  readonly cuts: readonly number[];
  readonly bands: readonly RangeBand[];
  readonly zeros: readonly { readonly from: number; readonly to: number }[];
  readonly zeroText: string;
  readonly scale: TimeScale;
  readonly height: number;
  /** The last step that has been computed: beyond it nothing is said. */
  readonly last: number;
}

/** Around the labels of the axis */
const TICK_LEFT = 8;
/** Room at the bottom for the strip of exact zeros */
const STRIP = 22;

/** log10 of a norm over time on a linear axis: values far outside any float are ordinary numbers. */
export const GradientChart = memo(function GradientChart(props: GradientChartProps): ReactNode {
  const { points, bound, sent, sentFrom, ghosts, bands, zeros, zeroText, scale, height, last } =
    props;
  const { low, high } = useMemo(
    () => logDomain(points, bound, sent, ghosts),
    [points, bound, sent, ghosts],
  );
  const frame = useMemo(() => ({ low, high, height, scale }), [low, high, height, scale]);
  const curves = useMemo(
    () => ({ points, bound, sent, sentFrom, frame }),
    [points, bound, sent, sentFrom, frame],
  );
  // Nothing but exact zeros has no place on a logarithmic axis, and needs none.
  const isEmpty = ghosts.length === 0 && points.every(({ high: value }) => value === null);
  const ticks = isEmpty ? [] : logTicks(low, high, height / 22);
  const shownBands = useMemo(
    () =>
      bands
        .map((band) => ({ ...band, low: Math.max(low, band.low), high: Math.min(high, band.high) }))
        .filter((band) => band.high > band.low),
    [bands, low, high],
  );
  const known = useMemo(() => plotSpan(scale, 1, last), [scale, last]);
  const floor = zeros.length > 0 ? low + (STRIP / height) * (high - low) : low;
  const tickLabels = ticks
    .filter((value) => value >= floor)
    .map((value) => ({ value, text: tickText(value, high - low) }));
  const tickWidth =
    TICK_LEFT + Math.max(0, ...tickLabels.map(({ text }) => labelWidth(text, 'font-mono')));

  return (
    <>
      <Backdrop bands={shownBands} ticks={ticks} frame={frame} known={known} />
      <GhostChart curves={ghosts} shape="linear" frame={frame} />
      <LivePicture
        value={curves}
        width={scale.width}
        height={height}
        draw={(settled) => <GradientCurves {...settled} />}
        sketch={sketchGradient}
      />
      <AxisLabels ticks={tickLabels} low={low} high={high} height={height} />
      <ZeroRuns runs={zeros} text={zeroText} scale={scale} />
      <GradientLabels
        {...{ points, bound, sent, ghosts, zeros, frame }}
        bands={shownBands}
        cuts={props.cuts}
        tickWidth={tickWidth}
        right={known.left + known.width}
        boundText={props.boundText}
        sentText={props.sentText}
      />
    </>
  );
});

/** Behind the curves: what number formats cannot hold, and a line for every label of the axis. */
function Backdrop(props: {
  readonly bands: readonly RangeBand[];
  readonly ticks: readonly number[];
  readonly frame: PlotFrame;
  readonly known: ReturnType<typeof plotSpan>;
}): ReactNode {
  const { bands, ticks, frame, known } = props;
  const { width } = frame.scale;
  // A line at the very edge is the frame's, and half out of it.
  const lines = ticks.map((tick) => yOf(frame, tick)).filter((y) => y > 1 && y < frame.height - 1);
  return (
    <svg className={styles.sketch} width={width} height={frame.height} aria-hidden="true">
      {bands.map(({ text, low, high }) => (
        <rect
          key={text}
          className={styles.band}
          x={known.left}
          width={known.width}
          y={yOf(frame, high)}
          height={yOf(frame, low) - yOf(frame, high)}
        />
      ))}
      <path className={styles.grid} d={lines.map((y) => `M0 ${y.toFixed(1)}H${width}`).join('')} />
    </svg>
  );
}

/** Powers of ten; plain numbers where the axis is so short that others come between. */
function tickText(log10: number, decades: number): string {
  return decades >= SHORT_AXIS ? powerOfTen(log10) : formatLog2(log10 / LOG10_OF_2, 1);
}
