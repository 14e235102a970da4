import type { Reals } from '../model/problem';
import { timesPowerOfTwo } from '../model/scaled';
import { log2SingularValuesOfGraded } from './gradedSingularValues';
import { jacobianSlopes, type Trajectory } from './trajectory';
import { triangularise } from './triangularise';

/*
 * J_t = ∂h_t/∂h_{t−1} = diag f′(a_t) W_h (docs/mathematics.md). A cut stops the gradient, not the
 * dynamics: it does not enter here, nor do link factors and windows. A reset makes J_t zero.
 */

/** diag(slopes) W_h times columns, with what the triangularisation needs to know about its rows. */
export class StateJacobian {
  /** ‖row i of W_h‖ [H] */
  private readonly rowLengths: Float64Array;
  /** Power of two that brings the largest row of W_h near 1 */
  private readonly exponent: number;
  private readonly weights: Float64Array;

  constructor(
    recurrentWeights: Reals,
    readonly H: number,
  ) {
    let most = 0;
    for (let i = 0; i < H * H; i++) most = Math.max(most, Math.abs(recurrentWeights[i]!));
    this.exponent = most === 0 ? 0 : Math.floor(Math.log2(most));
    this.weights = Float64Array.from(recurrentWeights, (v) => timesPowerOfTwo(v, -this.exponent));
    this.rowLengths = Float64Array.from({ length: H }, (_, i) =>
      Math.hypot(...this.weights.subarray(i * H, (i + 1) * H)),
    );
  }

  /**
   * J·X for X column-major [H, columns] with an exponent per column. `slopes` from `offset` are
   * f′(a_t); within one step they may span 2^900.
   */
  times(x: Float64Array, exponents: Float64Array, slopes: Float64Array, offset: number) {
    const { H, weights } = this;
    const columns = exponents.length;
    let most = 0;
    for (let i = 0; i < H; i++) most = Math.max(most, Math.abs(slopes[offset + i]!));
    const shift = most === 0 ? 0 : Math.floor(Math.log2(most));
    const scaled = Float64Array.from({ length: H }, (_, i) =>
      timesPowerOfTwo(slopes[offset + i]!, -shift),
    );
    const values = new Float64Array(H * columns);
    for (let j = 0; j < columns; j++) {
      const c = j * H;
      for (let i = 0; i < H; i++) {
        if (scaled[i] === 0) continue;
        const w = i * H;
        let sum = 0;
        for (let k = 0; k < H; k++) sum += weights[w + k]! * x[c + k]!;
        values[c + i] = scaled[i]! * sum;
      }
    }
    return {
      rows: H,
      columns,
      values,
      exponents: exponents.map((e) => e + shift + this.exponent),
      rowScales: this.rowLengths.map((length, i) => length * Math.abs(scaled[i]!)),
    };
  }
}

/**
 * ∂h_s/∂h_k = J_s … J_{k+1} as U·diag(2^exponents)·X with orthonormal U and well conditioned X,
 * brought back to that form after every factor by a pivoted QR: multiplied out, float64 would keep
 * the largest singular values only. (The form is that of E. Y. Loh et al., "Stable matrix-
 * multiplication algorithms for low-temperature numerical simulations of fermions", 1989.)
 * One factor costs about 4 H³ multiply-adds.
 */
export class JacobianProduct {
  private readonly factor: StateJacobian;
  /** Column-major [H, rank] */
  private basis: Float64Array;
  /** [rank] */
  private exponents: Float64Array;
  /** X row-major [rank, H] */
  private rows: Float64Array;

  constructor(
    recurrentWeights: Reals,
    readonly H: number,
  ) {
    this.factor = new StateJacobian(recurrentWeights, H);
    this.basis = identity(H);
    this.rows = identity(H);
    this.exponents = new Float64Array(H);
  }

  /** The product becomes J_t times itself; f′(a_t) is slopes[offset … offset + H). */
  multiply(slopes: Float64Array, offset: number): void {
    const { H } = this;
    const matrix = this.factor.times(this.basis, this.exponents, slopes, offset);
    const { rank, order, q, r } = triangularise(matrix, true);
    const exponents = new Float64Array(rank);
    const rows = new Float64Array(rank * H);
    for (let k = 0; k < rank; k++) {
      const diagonal = Math.floor(Math.log2(Math.abs(r[k * H + k]!)));
      exponents[k] = diagonal + matrix.exponents[order[k]!]!;
      // Row k of D⁻¹ R X, the columns of R in pivot order.
      for (let j = k; j < order.length; j++) {
        const column = order[j]!;
        const weight = timesPowerOfTwo(r[j * H + k]!, matrix.exponents[column]! - exponents[k]!);
        if (weight === 0) continue;
        for (let i = 0; i < H; i++) rows[k * H + i]! += weight * this.rows[column * H + i]!;
      }
      exponents[k]! += normaliseToPowerOfTwo(rows, k * H, (k + 1) * H);
    }
    this.basis = q.subarray(0, rank * H);
    this.exponents = exponents;
    this.rows = rows;
  }

  /** [H], descending; −Infinity for an exact zero, as a dead unit gives. */
  log2SingularValues(): Float64Array {
    const values = new Float64Array(this.H).fill(-Infinity);
    values.set(log2SingularValuesOfGraded(this.rows, this.exponents, this.H));
    return values;
  }
}

/** Brings max |v| over [from, to) into [1, 2); returns the exponent taken out, 0 for zeros. */
function normaliseToPowerOfTwo(values: Float64Array, from: number, to: number): number {
  let peak = 0;
  for (let i = from; i < to; i++) peak = Math.max(peak, Math.abs(values[i]!));
  if (peak === 0) return 0;
  const exponent = Math.floor(Math.log2(peak));
  for (let i = from; i < to; i++) values[i] = timesPowerOfTwo(values[i]!, -exponent);
  return exponent;
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1;
  return matrix;
}

/** log2 of the singular values of ∂h_to/∂h_from, 0 ≤ from < to ≤ steps; [H], descending. */
export function log2SingularValuesOfProduct(
  trajectory: Trajectory,
  from: number,
  to: number,
): Float64Array {
  const { H, recurrentWeights } = trajectory;
  const slopes = jacobianSlopes(trajectory);
  const product = new JacobianProduct(recurrentWeights, H);
  for (let t = from + 1; t <= to; t++) product.multiply(slopes, (t - 1) * H);
  return product.log2SingularValues();
}

/** log2 of the singular values of J_t, 1 ≤ t ≤ steps; [H], descending. */
export function log2SingularValuesOfStep(trajectory: Trajectory, t: number): Float64Array {
  return log2SingularValuesOfProduct(trajectory, t - 1, t);
}

/**
 * log2 ‖J_{k+1}ᵀ … J_sᵀ u‖ for k = s … 1: what becomes of a unit error u = (1, …, 1)/√H sent back
 * from step s, with nothing injected on the way. [steps], −Infinity for exact zeros and beyond a
 * cut, NaN for k > s.
 * @param links [T] factor of the link into each step, index t − 1; 0 across a cut
 * @param first the earliest step that a window lets the error reach
 */
export function unitErrorSentBack(
  trajectory: Trajectory,
  s: number,
  links: ArrayLike<number>,
  first = 1,
): Float64Array {
  const { H, recurrentWeights, slopes, steps } = trajectory;
  const norms = new Float64Array(steps).fill(NaN);
  let error = new Float64Array(H).fill(1 / Math.sqrt(H));
  let exponent = 0;
  for (let t = s; t >= 1; t--) {
    exponent += normaliseToPowerOfTwo(error, 0, H);
    let square = 0;
    for (let i = 0; i < H; i++) square += error[i]! ** 2;
    if (square === 0 || t < first) {
      norms.fill(-Infinity, 0, t);
      break;
    }
    norms[t - 1] = exponent + 0.5 * Math.log2(square);
    const next = new Float64Array(H);
    for (let i = 0; i < H; i++) {
      const delta = slopes[(t - 1) * H + i]! * error[i]! * links[t - 1]!;
      if (delta === 0) continue;
      for (let j = 0; j < H; j++) next[j]! += delta * recurrentWeights[i * H + j]!;
    }
    error = next;
  }
  return norms;
}
