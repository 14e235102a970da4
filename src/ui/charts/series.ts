import type { TimeScale } from './timeScale';

/** A stretch of steps drawn as one thing, with its extremes. */
export interface Bucket {
  readonly from: number;
  readonly to: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** At most `most` buckets of series[step − 1] over the shown steps; nothing skipped. */
export function buckets(
  series: Float64Array,
  scale: TimeScale,
  most: number,
  end: number,
): Bucket[] {
  const last = Math.min(scale.to, end - 1, series.length);
  const n = scale.to - scale.from + 1;
  const count = Math.min(most, n);
  const result: Bucket[] = [];
  for (let c = 0; c < count; c++) {
    const from = scale.from + Math.floor((c * n) / count);
    const to = Math.min(last, scale.from + Math.floor(((c + 1) * n) / count) - 1);
    if (from > last) break;
    let minimum = Infinity;
    let maximum = -Infinity;
    for (let t = from; t <= to; t++) {
      const v = series[t - 1]!;
      if (v < minimum) minimum = v;
      if (v > maximum) maximum = v;
    }
    result.push({ from, to, minimum, maximum });
  }
  return result;
}

/** One point of a chart; `value` null breaks the line. */
export interface Point {
  readonly step: number;
  readonly value: number | null;
}

export const LOG10_OF_2 = Math.log10(2);

/**
 * log10 points of a log2 series for a line: exact zeros and non-numbers break it. Where a bucket
 * has several steps, its extremes are two points in turn.
 */
export function logPoints(parts: readonly Bucket[]): Point[] {
  const points: Point[] = [];
  const add = (step: number, log2: number): void => {
    points.push({ step, value: Number.isFinite(log2) ? log2 * LOG10_OF_2 : null });
  };
  for (const { from, to, minimum, maximum } of parts) {
    if (from === to) {
      add(from, maximum);
      continue;
    }
    add(from, maximum);
    // An exact zero inside a bucket is marked below the line, not drawn as a fall to nowhere.
    if (Number.isFinite(minimum)) add(to, minimum);
  }
  return points;
}

/** Runs of steps in which the log series is exactly zero, merged over neighbouring buckets. */
export function zeroRuns(parts: readonly Bucket[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const { from, to, minimum } of parts) {
    if (minimum !== -Infinity) continue;
    const last = runs[runs.length - 1];
    if (last !== undefined && last.to === from - 1) last.to = to;
    else runs.push({ from, to });
  }
  return runs;
}

/** Points with a value on both sides missing: a line would not show them. */
export function lonePoints(points: readonly Point[]): Point[] {
  return points.filter(
    (point, i) =>
      point.value !== null &&
      (points[i - 1]?.value ?? null) === null &&
      (points[i + 1]?.value ?? null) === null,
  );
}

/**
 * The log10 axis: all of the values, and the companion curve as far as it does not squeeze them;
 * at least a decade and a half, with a little air.
 */
export function logDomain(
  values: readonly Point[],
  companion: readonly Point[],
): { readonly low: number; readonly high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const { value } of values) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === Infinity) return { low: -3, high: 0.5 };
  const room = Math.max(1.5, (high - low) * 0.6);
  const [least, most] = [low - room, high + room];
  for (const { value } of companion) {
    if (value === null) continue;
    low = Math.min(low, Math.max(value, least));
    high = Math.max(high, Math.min(value, most));
  }
  const lacking = Math.max(0, 1.5 - (high - low)) / 2;
  const air = Math.max(0.15, (high - low) * 0.06);
  return { low: low - lacking - air, high: high + lacking + air };
}

/** Outline of bars for a stepped area: each from its left to its right edge, with gaps if wide. */
export function barOutline(
  bars: readonly { readonly from: number; readonly to: number; readonly height: number }[],
  gap: number,
): Point[] {
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
