/**
 * The shared time axis. Step t owns the half-open interval [x(t), x(t+1)); the boundary between
 * t−1 and t, where a cut at t sits, is x(t).
 */
export interface TimeScale {
  /** First and last shown step, 1-based, inclusive */
  readonly from: number;
  readonly to: number;
  /** CSS pixels of the whole plot */
  readonly width: number;
}

export function stepWidth(scale: TimeScale): number {
  return scale.width / (scale.to - scale.from + 1);
}

/** Left edge of a step = the boundary before it. */
export function leftOf(scale: TimeScale, step: number): number {
  return (step - scale.from) * stepWidth(scale);
}

export function centreOf(scale: TimeScale, step: number): number {
  return (step - scale.from + 0.5) * stepWidth(scale);
}

/** Where the steps from…to lie in the plot, as far as they are in sight: CSS pixels. */
export function plotSpan(
  scale: TimeScale,
  from: number,
  to: number,
): { readonly left: number; readonly width: number } {
  const left = Math.min(scale.width, Math.max(0, leftOf(scale, from)));
  const right = Math.min(scale.width, Math.max(left, leftOf(scale, to + 1)));
  return { left, width: right - left };
}

/** Pixel positions of the shown cuts, at most one a pixel, however many there are. */
export function cutPositions(scale: TimeScale, cuts: readonly number[]): number[] {
  const positions: number[] = [];
  let last = -Infinity;
  for (const cut of cuts) {
    if (cut < scale.from || cut > scale.to) continue;
    const x = leftOf(scale, cut);
    if (x - last < 1) continue;
    positions.push(x);
    last = x;
  }
  return positions;
}

/** The step under x, clamped to the shown ones. */
export function stepAt(scale: TimeScale, x: number): number {
  const step = scale.from + Math.floor(x / stepWidth(scale));
  return Math.min(scale.to, Math.max(scale.from, step));
}

/** The boundary nearest to x: the later of its two steps, clamped so that a cut can sit there. */
export function boundaryAt(scale: TimeScale, x: number): number {
  const step = scale.from + Math.round(x / stepWidth(scale));
  return Math.min(scale.to, Math.max(scale.from, step));
}

const NICE = [1, 2, 5];

function niceStride(least: number): number {
  for (let power = 1; ; power *= 10) {
    for (const nice of NICE) if (nice * power >= least) return nice * power;
  }
}

/** Steps to label: the first and the last, and round ones between that do not crowd them. */
export function timeTicks(scale: TimeScale, leastGap: number): number[] {
  const { from, to } = scale;
  const w = stepWidth(scale);
  if (to === from) return [from];
  const stride = niceStride(leastGap / w);
  const ticks = [from];
  for (let t = Math.ceil(from / stride) * stride; t < to; t += stride) {
    if ((t - from) * w >= leastGap * 0.7 && (to - t) * w >= leastGap * 0.7) ticks.push(t);
  }
  ticks.push(to);
  return ticks;
}

/** Below this many decades an axis has labels between the powers of ten. */
export const SHORT_AXIS = 2.5;

/** Values between two log10 values to label: whole decades, or 1-2-5 where there are few. */
export function logTicks(low: number, high: number, most: number): number[] {
  if (high - low >= SHORT_AXIS) return decadeTicks(low, high, most);
  const ticks: number[] = [];
  for (let e = Math.floor(low); e <= high; e++) {
    for (const nice of NICE) ticks.push(e + Math.log10(nice));
  }
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** Whole decades to label between two log10 values, at most `most` of them. */
export function decadeTicks(low: number, high: number, most: number): number[] {
  const first = Math.ceil(low);
  const last = Math.floor(high);
  const stride = niceStride(Math.max(1, (last - first + 1) / Math.max(1, most)));
  const ticks: number[] = [];
  for (let e = Math.ceil(first / stride) * stride; e <= last; e += stride) {
    ticks.push(e === 0 ? 0 : e);
  }
  return ticks;
}
