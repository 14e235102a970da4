import type { Problem } from '../../../model/problem';

/** Up to this many steps the map is computed after every edit, unasked. */
export const QUIET_STEPS = 1024;

/** Multiply-adds per second, on the careful side */
const SOFTWARE_SPEED = 2e8;
const GPU_SPEED = 1e10;

/** About how many seconds a map takes; T²BH²/2 multiply-adds. */
export function lagSeconds({ T, B, H }: Problem, software: boolean): number {
  return (T * T * B * H * H) / 2 / (software ? SOFTWARE_SPEED : GPU_SPEED);
}

/** So few losses that the map is blank for the most part. */
export function isSparse(lossWeights: ArrayLike<number>): boolean {
  const T = lossWeights.length;
  let losses = 0;
  for (let t = 0; t < T; t++) if (lossWeights[t] !== 0) losses++;
  return losses < T && losses <= Math.max(1, T / 8);
}

/** Lags that a chart shows: the first ones all, the others evenly spread, the last one always. */
export function shownLags(T: number): number[] {
  const [first, rest] = [64, 128];
  if (T <= first + rest) return Array.from({ length: T }, (_, lag) => lag);
  return Array.from({ length: first + rest }, (_, i) =>
    i < first ? i : first - 1 + Math.round(((i - first + 1) * (T - first)) / rest),
  );
}
