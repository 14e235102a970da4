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
}
