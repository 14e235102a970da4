/** Loss at step s, state of step k ≤ s, both 1-based */
export interface LagCell {
  readonly s: number;
  readonly k: number;
}

/** A lag map and what its rows mean. */
export interface LagMap {
  /** [T·T], row s, column k; see Run.lagMap */
  readonly log2Norm: Float64Array;
  readonly T: number;
  /** w_t [T]; 0 = no loss at that step */
  readonly lossWeights: ArrayLike<number>;
  /** Ascending steps before which h is detached */
  readonly cuts: readonly number[];
  /** First step whose state overflowed */
  readonly overflowAt: number | null;
}

export function log2At({ log2Norm, T }: LagMap, { s, k }: LagCell): number {
  return log2Norm[(s - 1) * T + k - 1]!;
}

/**
 * Why a cell is what it is. overflow: no gradient from there on; noLoss: w_s = 0; cut: the last cut
 * on the way back; zero: exactly 0 for another reason (dead units, a perfect prediction).
 */
export type CellState =
  | { readonly kind: 'value'; readonly log2: number }
  | { readonly kind: 'overflow' | 'noLoss' | 'zero' }
  | { readonly kind: 'cut'; readonly cut: number };

export function stateOf(map: LagMap, cell: LagCell): CellState {
  const log2 = log2At(map, cell);
  if (Number.isNaN(log2)) return { kind: 'overflow' };
  if (log2 > -Infinity) return { kind: 'value', log2 };
  if (map.lossWeights[cell.s - 1] === 0) return { kind: 'noLoss' };
  // The first one met on the way back is what stops the gradient.
  const cut = map.cuts.findLast((c) => c > cell.k && c <= cell.s);
  return cut === undefined ? { kind: 'zero' } : { kind: 'cut', cut };
}

/** Keys that move the cell: arrows, Home and End, all within k ≤ s; null for others. */
export function movedCell({ s, k }: LagCell, key: string, by: number, T: number): LagCell | null {
  switch (key) {
    case 'ArrowUp':
      return { s: Math.max(k, s - by), k };
    case 'ArrowDown':
      return { s: Math.min(T, s + by), k };
    case 'ArrowLeft':
      return { s, k: Math.max(1, k - by) };
    case 'ArrowRight':
      return { s, k: Math.min(s, k + by) };
    case 'Home':
      return { s, k: 1 };
    case 'End':
      return { s, k: s };
    case 'PageUp':
      return { s: Math.max(k, s - 10 * by), k };
    case 'PageDown':
      return { s: Math.min(T, s + 10 * by), k };
    default:
      return null;
  }
}

/** The cell under a place of the square, 0…1 from its top left corner; the blank half gives k = s. */
export function cellAt(x: number, y: number, T: number): LagCell {
  const at = (part: number) => Math.min(T, Math.max(1, 1 + Math.floor(part * T)));
  const s = at(y);
  return { s, k: Math.min(s, at(x)) };
}

/** The last loss with a gradient and the first step: the longest way back that there is. */
export function firstCell(map: LagMap): LagCell {
  for (let s = map.T; s > 1; s--) {
    if (log2At(map, { s, k: s }) > -Infinity) return { s, k: 1 };
  }
  return { s: 1, k: 1 };
}

/** Runs of consecutive steps for which `is` holds, 1-based, inclusive. */
export function runsOf(
  T: number,
  is: (step: number) => boolean,
): { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (let t = 1; t <= T; t++) {
    if (!is(t)) continue;
    const last = runs[runs.length - 1];
    if (last !== undefined && last.to === t - 1) last.to = t;
    else runs.push({ from: t, to: t });
  }
  return runs;
}

/** Least and greatest finite value; null when there is none. */
export function rangeOf(values: Float64Array): { low: number; high: number } | null {
  let low = Infinity;
  let high = -Infinity;
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return low <= high ? { low, high } : null;
}

/** Whether a cell k ≤ s of a row with a loss is exactly zero. */
export function hasZeros({ log2Norm, T, lossWeights }: LagMap): boolean {
  for (let s = 0; s < T; s++) {
    if (lossWeights[s] === 0) continue;
    if (log2Norm.subarray(s * T, s * T + s + 1).includes(-Infinity)) return true;
  }
  return false;
}
