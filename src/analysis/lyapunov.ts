import type { Reals } from '../model/problem';
import { StateJacobian } from './jacobian';
import { jacobianSlopes, type Trajectory } from './trajectory';
import { triangularise } from './triangularise';

/**
 * Lyapunov exponents of h ← f(W_h h + …) along one trajectory: QR of J_t Q_{t−1} from Q_0 = I, the
 * mean of ln |R_ii| over t > skip (G. Benettin et al., 1980; docs/mathematics.md). A cut stops the
 * gradient, not the dynamics: it does not enter; a reset ends every direction, the exponents are −∞.
 */
export class LyapunovExponents {
  private readonly jacobian: StateJacobian;
  private basis: Float64Array;
  private readonly sums: Float64Array;
  private steps = 0;
  private counted = 0;

  /**
   * @param count how many of the largest exponents, 1…H; cost per step is about 3·H²·count
   * @param skip first steps that turn the basis without counting
   */
  constructor(
    recurrentWeights: Reals,
    private readonly H: number,
    private readonly count: number = H,
    private readonly skip = 0,
  ) {
    this.jacobian = new StateJacobian(recurrentWeights, H);
    this.basis = new Float64Array(H * count);
    for (let i = 0; i < count; i++) this.basis[i * H + i] = 1;
    this.sums = new Float64Array(count);
  }

  /** One step on; f′(a_t) is slopes[offset … offset + H). */
  advance(slopes: Float64Array, offset: number): void {
    const { H, count } = this;
    const none = new Float64Array(count);
    const matrix = this.jacobian.times(this.basis, none, slopes, offset);
    const { q, r } = triangularise(matrix, false);
    this.basis = q;
    this.steps++;
    if (this.steps <= this.skip) return;
    this.counted++;
    for (let i = 0; i < count; i++) {
      const diagonal = Math.abs(r[i * H + i]!);
      this.sums[i]! += Math.log(diagonal) + matrix.exponents[i]! * Math.LN2;
    }
  }

  /** Steps counted so far. */
  get length(): number {
    return this.counted;
  }

  /** Natural log per step [count], descending; −Infinity where a direction dies; NaN before a step. */
  exponents(): Float64Array {
    return this.sums
      .map((sum) => sum / this.counted)
      .sort()
      .reverse();
  }
}

/** The exponents along a whole trajectory. */
export function lyapunovExponents(
  trajectory: Trajectory,
  options: { readonly skip?: number; readonly count?: number } = {},
): Float64Array {
  const { H, steps, recurrentWeights } = trajectory;
  const slopes = jacobianSlopes(trajectory);
  const exponents = new LyapunovExponents(recurrentWeights, H, options.count, options.skip);
  for (let t = 0; t < steps; t++) exponents.advance(slopes, t * H);
  return exponents.exponents();
}

/**
 * Mean of ln |det J_t| = ln |det W_h| + Σ_i ln |f′(a_t,i)| over t > skip, which all H exponents add
 * up to; −Infinity when one J_t is singular.
 */
export function meanLogDeterminant(trajectory: Trajectory, skip = 0): number {
  const { H, steps, recurrentWeights, resets = [] } = trajectory;
  if (resets.some((t) => t > skip)) return -Infinity;
  const { slopes } = trajectory;
  const ones = new Float64Array(H).fill(1);
  const identity = new Float64Array(H * H);
  for (let i = 0; i < H; i++) identity[i * H + i] = 1;
  const jacobian = new StateJacobian(recurrentWeights, H);
  const matrix = jacobian.times(identity, new Float64Array(H), ones, 0);
  const { r, rank } = triangularise(matrix, true);
  if (rank < H) return -Infinity;
  let logDeterminant = 0;
  for (let k = 0; k < H; k++) {
    logDeterminant += Math.log(Math.abs(r[k * H + k]!)) + matrix.exponents[k]! * Math.LN2;
  }
  let logSlopes = 0;
  for (let i = skip * H; i < steps * H; i++) logSlopes += Math.log(Math.abs(slopes[i]!));
  return logDeterminant + logSlopes / (steps - skip);
}
