/** A stretch of steps drawn as one point; nothing in it was skipped. */
export interface DecimatedPoint {
  /** First and last step of the stretch, 1-based */
  readonly step: number;
  readonly lastStep: number;
  /** Least and greatest finite value; null when there is none */
  readonly min: number | null;
  readonly max: number | null;
  /** −Infinity occurs: log2 of an exact zero */
  readonly zero: boolean;
  /** NaN or +Infinity occurs: no result there */
  readonly missing: boolean;
}

/**
 * series[step − 1] for step from…to (1-based, inclusive) as at most `maxPoints` stretches, cut like
 * the columns of a HeatMap so that charts and heat maps line up.
 */
export function decimate(
  series: Float64Array,
  from: number,
  to: number,
  maxPoints: number,
): DecimatedPoint[] {
  const n = to - from + 1;
  const count = Math.min(maxPoints, n);
  const points: DecimatedPoint[] = [];
  for (let c = 0; c < count; c++) {
    const step = from + Math.floor((c * n) / count);
    const lastStep = from + Math.floor(((c + 1) * n) / count) - 1;
    points.push(pointOf(series, step, lastStep));
  }
  return points;
}

function pointOf(series: Float64Array, step: number, lastStep: number): DecimatedPoint {
  let min: number | null = null;
  let max: number | null = null;
  let zero = false;
  let missing = false;
  for (let s = step; s <= lastStep; s++) {
    const v = series[s - 1] ?? NaN;
    if (Number.isFinite(v)) {
      if (min === null || v < min) min = v;
      if (max === null || v > max) max = v;
    } else if (v === -Infinity) zero = true;
    else missing = true;
  }
  return { step, lastStep, min, max, zero, missing };
}
