import type { SingularValuesThroughTime } from '../../../model/analyses';
import { LOG10_OF_2 } from '../../charts/series';

/** log2 of three singular values of each shown step. */
export interface Spread {
  readonly largest: readonly number[];
  /** Between the two middle ones their geometric mean */
  readonly median: readonly number[];
  readonly smallest: readonly number[];
}

/** Largest, median and smallest of every row of an array [steps, H], descending in each row. */
export function spreadOf(log2: Float64Array, H: number): Spread {
  const rows = Array.from({ length: log2.length / H }, (_, i) => i * H);
  const middle = (row: number) =>
    (log2[row + Math.floor((H - 1) / 2)]! + log2[row + Math.floor(H / 2)]!) / 2;
  return {
    largest: rows.map((row) => log2[row]!),
    median: rows.map(middle),
    smallest: rows.map((row) => log2[row + H - 1]!),
  };
}

/** log2 of factor^{t − from} at every step; −Infinity for factor 0. */
export function powerLine(steps: ArrayLike<number>, from: number, factor: number): number[] {
  const log2 = Math.log2(factor);
  return Array.from(steps, (t) => (t - from) * log2);
}

export interface Zeros {
  /** The first shown step at which a singular value is exactly 0 */
  readonly step: number;
  /** Zeros at the last shown step */
  readonly count: number;
}

/** Exact zeros in the running product, which never go away again; null without any. */
export function zerosOf({ steps, H, log2Product }: SingularValuesThroughTime): Zeros | null {
  const row = Array.from(steps).findIndex((_, i) => log2Product[i * H + H - 1] === -Infinity);
  if (row < 0) return null;
  const last = log2Product.subarray((steps.length - 1) * H);
  return { step: steps[row]!, count: last.filter((value) => value === -Infinity).length };
}

/** Decades between the largest singular value and the smallest that is not exactly 0; null if none. */
export function decadesApart(log2: Float64Array): number | null {
  const least = log2.findLast((value) => value !== -Infinity);
  return least === undefined ? null : (log2[0]! - least) * LOG10_OF_2;
}

/**
 * Mean of ‖J_t‖_F²/H over the shown steps: what a random direction's square is multiplied by in one
 * step, which mean-field theory calls χ.
 */
export function meanSquareFactor({ log2Step }: SingularValuesThroughTime): number {
  let sum = 0;
  for (const value of log2Step) sum += 4 ** value;
  return sum / log2Step.length;
}
