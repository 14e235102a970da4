import type { SingularValuesThroughTime } from '../../../model/analyses';
import { log2At, type LagCell, type LagMap } from './lagCells';

/** Rows of the table at most. */
export const MOST_ROWS = 64;
/** Multiply-adds (by H³) up to which every step's factor is asked for: a second or two. */
const MOST_WORK = 2e8;
/** Multiply-adds of the two decompositions of one step, in H³ */
const POINT_COST = 40;

/** At how many steps of the path the factors are asked for: all of them where that is quick. */
export function pathPoints({ s, k }: LagCell, H: number): number {
  const length = s - k;
  if (length <= MOST_ROWS) return length;
  return length <= 10_000 && length * POINT_COST * H ** 3 <= MOST_WORK ? length : MOST_ROWS;
}

/** One factor of ∂h_s/∂h_k, as the gradient meets it on its way back. */
export interface PathRow {
  readonly t: number;
  /** log2 of the largest singular value of J_t */
  readonly log2Sigma: number;
  /** log2 of ‖∂ℓ_s/∂h_{t−1}‖/‖∂ℓ_s/∂h_t‖; NaN where that is 0/0 */
  readonly log2Ratio: number;
  /** log2‖∂ℓ_s/∂h_{t−1}‖ */
  readonly log2Norm: number;
  /** The path is cut before step t. */
  readonly isCut: boolean;
}

export interface LagPath {
  /** From s down; at most MOST_ROWS */
  readonly rows: readonly PathRow[];
  /** Steps of the path */
  readonly length: number;
  /** log2 of σ_max(∂h_s/∂h_k), as if there were no cut */
  readonly log2Product: number;
  /** log2 Π σ_max(J_t); null unless every factor is known */
  readonly log2Bound: number | null;
}

export function lagPath(map: LagMap, cell: LagCell, values: SingularValuesThroughTime): LagPath {
  const { steps, H, log2Step, log2Product } = values;
  const length = cell.s - cell.k;
  const count = steps.length;
  let bound = 0;
  for (let i = 0; i < count; i++) bound += log2Step[i * H]!;
  const shown = Math.min(MOST_ROWS, count);
  const rows = Array.from({ length: shown }, (_, row): PathRow => {
    const i = count - 1 - Math.floor((row * count) / shown);
    const t = steps[i]!;
    const after = log2At(map, { s: cell.s, k: t });
    const log2Norm = log2At(map, { s: cell.s, k: t - 1 });
    return {
      t,
      log2Sigma: log2Step[i * H]!,
      log2Ratio: after === -Infinity ? NaN : log2Norm - after,
      log2Norm,
      isCut: map.cuts.includes(t),
    };
  });
  return {
    rows,
    length,
    log2Product: log2Product[(count - 1) * H]!,
    log2Bound: count === length ? bound : null,
  };
}
