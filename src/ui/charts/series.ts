import { decimate, type DecimatedPoint } from '../../analysis/decimate';
import type { TimeScale } from './timeScale';

/** The shown steps of a series as at most `most` stretches; steps from `end` on have no values. */
export function stretches(
  series: Float64Array,
  scale: TimeScale,
  most: number,
  end: number,
): DecimatedPoint[] {
  const last = Math.min(scale.to, end - 1, series.length);
  return last < scale.from ? [] : decimate(series, scale.from, last, most);
}

/** One point of a chart; `value` null breaks the line. */
export interface Point {
  readonly step: number;
  readonly value: number | null;
}

/** One point of a chart whose stretches have two extremes; null breaks it. */
export interface RangePoint {
  /** Middle of the stretch */
  readonly step: number;
  readonly low: number | null;
  readonly high: number | null;
}

export const LOG10_OF_2 = Math.log10(2);

/** log10 extremes of a log2 series. A zero within a stretch is marked apart (zeroRuns). */
export function logRanges(parts: readonly DecimatedPoint[]): RangePoint[] {
  return parts.map(({ step, lastStep, min, max }) => ({
    step: (step + lastStep) / 2,
    low: min === null ? null : min * LOG10_OF_2,
    high: max === null ? null : max * LOG10_OF_2,
  }));
}

/** Runs of steps in which the log series is exactly zero, merged over neighbouring stretches. */
export function zeroRuns(parts: readonly DecimatedPoint[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const { step, lastStep, zero } of parts) {
    if (!zero) continue;
    const last = runs[runs.length - 1];
    if (last !== undefined && last.to === step - 1) last.to = lastStep;
    else runs.push({ from: step, to: lastStep });
  }
  return runs;
}

/** Points that have a value while their neighbours have none: a line would not show them. */
export function lonePoints(points: readonly RangePoint[]): RangePoint[] {
  return points.filter(
    ({ high }, i) =>
      high !== null &&
      (points[i - 1]?.high ?? null) === null &&
      (points[i + 1]?.high ?? null) === null,
  );
}

/** float32 holds about this many decades down from 1: as far an axis follows what is sent back. */
const MOST_DECADES = 46;

/**
 * The log10 axis: all of the values, ghosts and an error sent back by itself to MOST_DECADES away
 * from them, the bound as far as it does not squeeze them; at least a decade and a half, with a
 * little air. Without values, what there is of the ghosts.
 */
export function logDomain(
  values: readonly RangePoint[],
  bound: readonly Point[],
  sent: readonly Point[] = [],
  ghosts: readonly { readonly points: readonly RangePoint[] }[] = [],
): { readonly low: number; readonly high: number } {
  let low = Infinity;
  let high = -Infinity;
  const include = (points: readonly RangePoint[], least: number, most: number) => {
    for (const point of points) {
      if (point.low !== null) low = Math.min(low, Math.max(least, point.low));
      if (point.high !== null) high = Math.max(high, Math.min(most, point.high));
    }
  };
  include(values, -Infinity, Infinity);
  const [floor, ceiling] =
    low > high ? [-Infinity, Infinity] : [low - MOST_DECADES, high + MOST_DECADES];
  for (const { points } of ghosts) include(points, floor, ceiling);
  if (low > high) return { low: -3, high: 0.5 };
  const room = Math.max(1.5, (high - low) * 0.6);
  const [least, most] = [low - room, high + room];
  for (const { value } of bound) {
    if (value === null || value < least || value > most) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  for (const { value } of sent) {
    if (value !== null) include([{ step: 0, low: value, high: value }], floor, ceiling);
  }
  const lacking = Math.max(0, 1.5 - (high - low)) / 2;
  const air = Math.max(0.15, (high - low) * 0.06);
  return { low: low - lacking - air, high: high + lacking + air };
}

/** A bar on its steps of the time axis. */
export interface StepBar {
  readonly from: number;
  readonly to: number;
  /** 0…1 of the plot's height */
  readonly height: number;
}

/** Outline of bars for a stepped area: each from its left to its right edge, with gaps if wide. */
export function barOutline(bars: readonly StepBar[], gap: number): Point[] {
  const points: Point[] = [];
  for (const { from, to, height } of bars) {
    points.push({ step: from - 0.5 + gap, value: height });
    if (gap > 0) points.push({ step: to + 0.5 - gap, value: 0 });
  }
  const last = bars[bars.length - 1];
  if (last !== undefined) points.push({ step: last.to + 0.5 - gap, value: 0 });
  return points;
}

/** Heights relative to the largest of a log2 series, safe far outside any float. */
export function relativeHeight(log2: number, log2Largest: number): number {
  if (log2 === -Infinity || !Number.isFinite(log2Largest)) return 0;
  return 2 ** (log2 - log2Largest);
}

/** log2 Σ 2^v over finite entries; −Infinity when there are none. */
export function log2Sum(series: Float64Array): number {
  let top = -Infinity;
  for (const v of series) if (v > top && v < Infinity) top = v;
  if (top === -Infinity) return -Infinity;
  let sum = 0;
  for (const v of series) if (v > -Infinity && v < Infinity) sum += 2 ** (v - top);
  return top + Math.log2(sum);
}

/** log2 of the part that `log2` is of `log2Total`; −Infinity when there is nothing. */
export function log2ShareOf(log2: number, log2Total: number): number {
  return log2 === -Infinity ? -Infinity : log2 - log2Total;
}
