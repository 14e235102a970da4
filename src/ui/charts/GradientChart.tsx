import { memo, useMemo, type ReactNode } from 'react';
import {
  Area,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  XAxis,
  YAxis,
} from 'recharts';
import { formatLog2, powerOfTen } from './format';
import { GhostChart } from './GhostChart';
import type { GhostCurve } from './ghosts';
import { BandLabels, BoundLabel, SentLabel, ZeroRuns, type RangeBand } from './GradientLabels';
import { NO_MARGIN, timeDomain } from './recharts';
import { lonePoints, LOG10_OF_2, logDomain, type Point, type RangePoint } from './series';
import { AxisLabels } from './TimeFrame';
import { logTicks, SHORT_AXIS, type TimeScale } from './timeScale';
import { Picture } from './Picture';
import styles from './charts.module.css';

interface GradientChartProps {
  /** log10 of the norm, null where it is exactly zero */
  readonly points: readonly RangePoint[];
  /** log10 of the bound at the same steps; empty when there is none */
  readonly bound: readonly Point[];
  readonly boundText: string;
  /** log10 of an error sent back by itself, at the same steps; empty when there is none */
  readonly sent: readonly Point[];
  readonly sentText: string;
  /** The step it is sent from, in sight or not; null when there is none */
  readonly sentFrom: number | null;
  /** log10 of the norms of pinned runs, each at its own steps */
  readonly ghosts: readonly GhostCurve[];
  readonly bands: readonly RangeBand[];
  readonly zeros: readonly { readonly from: number; readonly to: number }[];
  readonly zeroText: string;
  readonly scale: TimeScale;
  readonly height: number;
}

interface Row {
  readonly step: number;
  readonly norm: readonly [number, number] | null;
  readonly bound: number | null;
  readonly sent: number | null;
}

function rowsOf(
  points: readonly RangePoint[],
  bound: readonly Point[],
  sent: readonly Point[],
): Row[] {
  return points.map(({ step, low, high }, i) => ({
    step,
    norm: low === null || high === null ? null : [low, high],
    bound: bound[i]?.value ?? null,
    sent: sent[i]?.value ?? null,
  }));
}

/** Blue-violet: neither forward nor backward, told apart by its dashes too */
const SENT = 'color-mix(in oklch, var(--forward) 62%, var(--cut))';

/** Room at the bottom for the strip of exact zeros */
const STRIP = 22;

/** log10 of a norm over time on a linear axis: values far outside any float are ordinary numbers. */
export const GradientChart = memo(function GradientChart(props: GradientChartProps): ReactNode {
  const { points, bound, sent, ghosts, bands, zeros, zeroText, scale, height } = props;
  const { low, high } = useMemo(
    () => logDomain(points, bound, sent, ghosts),
    [points, bound, sent, ghosts],
  );
  const rows = useMemo(() => rowsOf(points, bound, sent), [points, bound, sent]);
  const ticks = logTicks(low, high, height / 22);
  const frame = { low, high, height, scale };
  const shownBands = bands
    .map((band) => ({ ...band, low: Math.max(low, band.low), high: Math.min(high, band.high) }))
    .filter((band) => band.high > band.low);
  const floor = zeros.length > 0 ? low + (STRIP / height) * (high - low) : low;

  return (
    <>
      <GhostChart
        curves={ghosts}
        shape="linear"
        low={low}
        high={high}
        scale={scale}
        height={height}
      />
      <div className={styles.layer}>
        <Picture>
          <ComposedChart
            data={rows}
            width={scale.width}
            height={height}
            margin={NO_MARGIN}
            accessibilityLayer={false}
          >
            <XAxis hide type="number" dataKey="step" domain={timeDomain(scale)} allowDataOverflow />
            <YAxis hide type="number" domain={[low, high]} allowDataOverflow width={0} />
            {shownBands.map((band) => (
              <ReferenceArea
                key={band.text}
                y1={band.low}
                y2={band.high}
                stroke="none"
                fill="var(--danger)"
                fillOpacity={0.07}
              />
            ))}
            {ticks.map((tick) => (
              <ReferenceLine key={tick} y={tick} stroke="var(--line)" />
            ))}
            <Area
              dataKey="norm"
              type="linear"
              stroke="var(--backward)"
              strokeWidth={2.25}
              strokeLinejoin="round"
              fill="var(--backward)"
              fillOpacity={0.6}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
            <Line
              dataKey="bound"
              stroke="var(--ink)"
              strokeWidth={1.25}
              strokeDasharray="5 4"
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
            <Line
              dataKey="sent"
              stroke={SENT}
              strokeWidth={2}
              strokeDasharray="9 3 2 3"
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
            {props.sentFrom !== null && props.sentFrom <= scale.to && <SentStart sent={sent} />}
            {lonePoints(points).map(({ step, high: value }) => (
              <ReferenceDot
                key={step}
                x={step}
                y={value ?? 0}
                r={3}
                fill="var(--backward)"
                stroke="none"
              />
            ))}
          </ComposedChart>
        </Picture>
      </div>
      <AxisLabels
        ticks={ticks
          .filter((value) => value >= floor)
          .map((value) => ({ value, text: tickText(value, high - low) }))}
        low={low}
        high={high}
        height={height}
      />
      <ZeroRuns runs={zeros} text={zeroText} scale={scale} />
      <BandLabels bands={shownBands} frame={frame} />
      <BoundLabel bound={bound} text={props.boundText} frame={frame} />
      <SentLabel sent={sent} text={props.sentText} frame={frame} bands={shownBands} />
    </>
  );
});

/** Marks the end of the line where the error is sent from. */
function SentStart({ sent }: { readonly sent: readonly Point[] }): ReactNode {
  const last = sent.findLast(({ value }) => value !== null);
  if (last === undefined) return null;
  return <ReferenceDot x={last.step} y={last.value ?? 0} r={3.5} fill={SENT} stroke="none" />;
}

/** Powers of ten; plain numbers where the axis is so short that others come between. */
function tickText(log10: number, decades: number): string {
  return decades >= SHORT_AXIS ? powerOfTen(log10) : formatLog2(log10 / LOG10_OF_2, 1);
}
