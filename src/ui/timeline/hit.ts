import { boundaryAt, leftOf, stepAt, stepWidth, type TimeScale } from '../charts/timeScale';

/** What the pointer is on. A cut at step t is the boundary between t−1 and t. */
export type Hit =
  | { readonly kind: 'cut'; readonly step: number }
  | { readonly kind: 'boundary'; readonly step: number }
  | { readonly kind: 'step'; readonly step: number };

/** Pixels on either side of a boundary that belong to it. */
const REACH = 4;
/** On narrower steps a click in a track always means the step; cuts are made on the rail. */
const LEAST_STEP_WIDTH = 8;

/** Ascending `cuts`: the one nearest to x, within `reach` pixels. */
export function cutNear(
  scale: TimeScale,
  cuts: readonly number[],
  x: number,
  reach: number,
): number | null {
  const exact = scale.from + x / stepWidth(scale);
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]! < exact) low = middle + 1;
    else high = middle;
  }
  let best: number | null = null;
  let bestDistance = reach;
  for (const cut of [cuts[low - 1], cuts[low]]) {
    if (cut === undefined) continue;
    const distance = Math.abs(leftOf(scale, cut) - x);
    if (distance <= bestDistance) {
      best = cut;
      bestDistance = distance;
    }
  }
  return best;
}

/** `onRail`: in the row of the scissors, where every place means its nearest boundary. */
export function hitAt(
  scale: TimeScale,
  cuts: readonly number[],
  x: number,
  onRail: boolean,
  coarse = false,
): Hit {
  const reach = coarse ? 2 * REACH : REACH;
  const width = stepWidth(scale);
  // On the rail a scissors sign is the handle, and it is wider than its line.
  const cut = cutNear(scale, cuts, x, onRail ? reach + 3 : Math.min(reach, Math.max(2, width / 2)));
  if (cut !== null) return { kind: 'cut', step: cut };
  if (onRail) return { kind: 'boundary', step: boundaryAt(scale, x) };
  if (!coarse && width >= LEAST_STEP_WIDTH) {
    const step = boundaryAt(scale, x);
    const near = Math.abs(leftOf(scale, step) - x) <= Math.min(reach, width * 0.2);
    if (near) return { kind: 'boundary', step };
  }
  return { kind: 'step', step: stepAt(scale, x) };
}

/** The cuts with `step` added or taken away; ascending, unique. */
export function toggled(cuts: readonly number[], step: number): number[] {
  return cuts.includes(step)
    ? cuts.filter((cut) => cut !== step)
    : [...cuts, step].sort((a, b) => a - b);
}

/** The cuts with the one at `from` carried to `to`; meeting another, the two become one. */
export function moved(cuts: readonly number[], from: number, to: number): number[] {
  return [...new Set([...cuts.filter((cut) => cut !== from), to])].sort((a, b) => a - b);
}
