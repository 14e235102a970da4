import type { Reals } from '../model/problem';

/** One batch entry's way through a finished forward pass, in float64; the caller says whose. */
export interface Trajectory {
  readonly H: number;
  /** Steps with results: T, or the step before an overflow */
  readonly steps: number;
  /** W_h [H,H] */
  readonly recurrentWeights: Reals;
  /** a_t [steps,H] */
  readonly preActivations: Float64Array;
  /** f′(a_t) [steps,H], computed from a_t */
  readonly slopes: Float64Array;
  /** Steps that start from a zero state: J_t = 0 there */
  readonly resets?: readonly number[];
}

/**
 * What J_t = ∂h_t/∂h_{t−1} = diag(·) W_h is made of: f′(a_t), zero where step t does not see h_{t−1};
 * `slopes` itself without resets.
 */
export function jacobianSlopes({
  H,
  slopes,
  resets = [],
}: Pick<Trajectory, 'H' | 'slopes' | 'resets'>): Float64Array {
  if (resets.length === 0) return slopes;
  const own = slopes.slice();
  for (const step of resets) own.fill(0, (step - 1) * H, step * H);
  return own;
}
