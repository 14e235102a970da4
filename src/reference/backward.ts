import type { Activation } from '../model/kinds';
import type { Problem } from '../model/problem';
import { timesPowerOfTwo, ZERO_EXPONENT, type ScaledRows } from '../model/scaled';
import { scaledSlope } from './activations';
import type { ForwardPass } from './forward';
import { addScaled, normalised, scaledZero, transposedProduct, type ScaledValues } from './scaling';

export interface BackwardPass {
  /** e_t = ∂L/∂h_t, rows t·B + n of width H; zero rows after the stop */
  readonly stateGradients: ScaledRows;
  /** δ_t = ∂L/∂a_t, rows t·B + n of width H; zero rows after the stop */
  readonly errorSignals: ScaledRows;
  /** ∂L/∂h_0, rows n of width H */
  readonly initialStateGradient: ScaledRows;
}

function emptyRows(rows: number, width: number) {
  return {
    mantissas: new Float64Array(rows * width),
    exponents: new Int32Array(rows).fill(ZERO_EXPONENT),
    width,
  };
}

function setRow(rows: ReturnType<typeof emptyRows>, row: number, value: ScaledValues): void {
  rows.mantissas.set(value.mantissas, row * rows.width);
  rows.exponents[row] = value.exponent;
}

/**
 * f′(a) ⊙ v in place, a from preActivations[offset…]. Returns the exponent to add to v's: slopes
 * far in a tail leave float64, so they are brought to the largest of their own exponents first.
 */
export function multiplyBySlopes(
  kind: Activation,
  preActivations: Float32Array | Float64Array,
  offset: number,
  v: Float64Array,
): number {
  const slopes = Array.from(v, (_, i) => scaledSlope(kind, preActivations[offset + i]!));
  let top = ZERO_EXPONENT;
  slopes.forEach(({ exponent }, i) => {
    if (v[i] !== 0) top = Math.max(top, exponent);
  });
  slopes.forEach(({ mantissa, exponent }, i) => {
    v[i] = timesPowerOfTwo(v[i]! * mantissa, exponent - top);
  });
  return top === ZERO_EXPONENT ? 0 : top;
}

/** δ_t = f′(a_t) ⊙ e_t */
function errorSignal(
  kind: Activation,
  preActivations: Float64Array,
  row: number,
  stateGradient: ScaledValues,
): ScaledValues {
  const values = Float64Array.from(stateGradient.mantissas);
  const shift = multiplyBySlopes(kind, preActivations, row * values.length, values);
  return normalised(values, stateGradient.exponent + shift);
}

/**
 * e_t = W_yᵀ ∂L/∂z_t + W_hᵀ δ_{t+1}, δ_t = f′(a_t) ⊙ e_t, from the last step to the first.
 * W_hᵀ δ_{t+1} is not passed on at the end and across a cut at t+1. Every vector carries its own
 * base-2 exponent, so nothing under- or overflows however long the sequence is.
 */
export function backward(
  problem: Problem,
  pass: ForwardPass,
  logitGradients: Float64Array,
): BackwardPass {
  const { T, B, H, O, activation, parameters } = problem;
  const { recurrentWeights, outputWeights } = parameters;
  const cuts = new Set(problem.cuts);
  const stateGradients = emptyRows(T * B, H);
  const errorSignals = emptyRows(T * B, H);
  const initialStateGradient = emptyRows(B, H);

  for (let n = 0; n < B; n++) {
    let carried = scaledZero(H);
    for (let t = pass.lastStep; t >= 1; t--) {
      const row = (t - 1) * B + n;
      const logitGradient = normalised(logitGradients.slice(row * O, (row + 1) * O));
      const injected = transposedProduct(outputWeights, H, logitGradient);
      const e = addScaled(injected, carried);
      const delta = errorSignal(activation, pass.preActivations, row, e);
      setRow(stateGradients, row, e);
      setRow(errorSignals, row, delta);
      carried = cuts.has(t) ? scaledZero(H) : transposedProduct(recurrentWeights, H, delta);
    }
    // What is left over after step 1 is W_hᵀ δ_1 = ∂L/∂h_0.
    setRow(initialStateGradient, n, carried);
  }
  return { stateGradients, errorSignals, initialStateGradient };
}
