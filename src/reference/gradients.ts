import type { Problem, Reals } from '../model/problem';
import { timesPowerOfTwo, ZERO_EXPONENT, type ScaledRows } from '../model/scaled';
import { exponentOf, largestMagnitude, normalised, scaledZero, type ScaledValues } from './scaling';

export interface ParameterGradients {
  /** ∂L/∂W_x [H,I] */
  readonly inputWeightGradient: ScaledValues;
  /** ∂L/∂W_h [H,H] */
  readonly recurrentWeightGradient: ScaledValues;
  /** ∂L/∂b [H] */
  readonly hiddenBiasGradient: ScaledValues;
  /** ∂L/∂W_y [O,H] */
  readonly outputWeightGradient: ScaledValues;
  /** ∂L/∂c [O] */
  readonly outputBiasGradient: ScaledValues;
}

/** Plain values as rows with exponents of their own, each row brought near 1. */
function scaledRowsOf(values: Reals, width: number): ScaledRows {
  const rows = values.length / width;
  const mantissas = new Float64Array(values.length);
  const exponents = new Int32Array(rows).fill(ZERO_EXPONENT);
  for (let r = 0; r < rows; r++) {
    const most = largestMagnitude(values, r * width, (r + 1) * width);
    if (most === 0) continue;
    exponents[r] = exponentOf(most);
    for (let i = r * width; i < (r + 1) * width; i++) {
      mantissas[i] = timesPowerOfTwo(values[i]!, -exponents[r]!);
    }
  }
  return { mantissas, exponents, width };
}

/**
 * Σ_r u_r v_rᵀ. The sum runs at the greatest exponent of any product, so a small δ that meets a
 * large h counts as much as a large δ that meets a small one.
 */
function sumOfOuterProducts(u: ScaledRows, v: ScaledRows): ScaledValues {
  const rows = u.exponents.length;
  const sum = new Float64Array(u.width * v.width);
  const exponents = Array.from({ length: rows }, (_, r) =>
    u.exponents[r] === ZERO_EXPONENT || v.exponents[r] === ZERO_EXPONENT
      ? ZERO_EXPONENT
      : u.exponents[r]! + v.exponents[r]!,
  );
  const top = exponents.reduce((most, e) => Math.max(most, e), ZERO_EXPONENT);
  if (top === ZERO_EXPONENT) return scaledZero(sum.length);
  for (let r = 0; r < rows; r++) {
    const scale = timesPowerOfTwo(1, exponents[r]! - top);
    if (scale === 0) continue;
    for (let i = 0; i < u.width; i++) {
      const d = u.mantissas[r * u.width + i]! * scale;
      for (let j = 0; j < v.width; j++) {
        sum[i * v.width + j]! += d * v.mantissas[r * v.width + j]!;
      }
    }
  }
  return normalised(sum, top);
}

/** Σ_r u_r, the outer product with 1. */
function sumOfRows(u: ScaledRows): ScaledValues {
  const rows = u.exponents.length;
  return sumOfOuterProducts(u, {
    mantissas: new Float64Array(rows).fill(1),
    exponents: new Int32Array(rows),
    width: 1,
  });
}

/**
 * h_{t−1} for every row t·B + n: h_0 first, then the states without the last step's; zero where
 * step t resets the state.
 */
export function previousStates(problem: Problem, hiddenStates: Float64Array): Float64Array {
  const { B, H } = problem;
  const previous = new Float64Array(hiddenStates.length);
  previous.set(problem.initialState);
  previous.set(hiddenStates.subarray(0, hiddenStates.length - B * H), B * H);
  for (const step of problem.resets ?? []) previous.fill(0, (step - 1) * B * H, step * B * H);
  return previous;
}

/**
 * ∂L/∂W_h = Σ_t δ_t h_{t−1}ᵀ, ∂L/∂W_x = Σ_t δ_t x_tᵀ, ∂L/∂b = Σ_t δ_t,
 * ∂L/∂W_y = Σ_t ∂L/∂z_t h_tᵀ, ∂L/∂c = Σ_t ∂L/∂z_t; all also over the batch. Rows after the stop
 * have δ = 0 and ∂L/∂z = 0. A cut does not remove the step's own δ_t h_{t−1}ᵀ.
 */
export function parameterGradients(
  problem: Problem,
  hiddenStates: Float64Array,
  errorSignals: ScaledRows,
  logitGradients: Float64Array,
): ParameterGradients {
  const { I, H, O } = problem;
  const logitRows = scaledRowsOf(logitGradients, O);
  const previous = scaledRowsOf(previousStates(problem, hiddenStates), H);
  return {
    inputWeightGradient: sumOfOuterProducts(errorSignals, scaledRowsOf(problem.inputs, I)),
    recurrentWeightGradient: sumOfOuterProducts(errorSignals, previous),
    hiddenBiasGradient: sumOfRows(errorSignals),
    outputWeightGradient: sumOfOuterProducts(logitRows, scaledRowsOf(hiddenStates, H)),
    outputBiasGradient: sumOfRows(logitRows),
  };
}
