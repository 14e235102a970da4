import type { Activation } from '../model/kinds';
import { linksOf, lossWindows } from '../model/links';
import type { Problem, Reals } from '../model/problem';
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

/** Adds to what earlier windows left in the row. */
function addToRow(rows: ReturnType<typeof emptyRows>, row: number, value: ScaledValues): void {
  const { mantissas, exponents, width } = rows;
  const before = {
    mantissas: mantissas.slice(row * width, (row + 1) * width),
    exponent: exponents[row]!,
  };
  const sum = before.exponent === ZERO_EXPONENT ? value : addScaled(before, value);
  mantissas.set(sum.mantissas, row * width);
  exponents[row] = sum.exponent;
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

/** W_hᵀ δ_t times the factor of the link into step t */
function passedBack(recurrentWeights: Reals, delta: ScaledValues, link: number): ScaledValues {
  const H = delta.mantissas.length;
  if (link === 0) return scaledZero(H);
  const product = transposedProduct(recurrentWeights, H, delta);
  if (link === 1) return product;
  return normalised(
    product.mantissas.map((v) => v * link),
    product.exponent,
  );
}

/**
 * e_t = W_yᵀ ∂L/∂z_t + W_hᵀ δ_{t+1}, δ_t = f′(a_t) ⊙ e_t, from the last step to the first.
 * W_hᵀ δ_{t+1} is not passed on at the end and across a cut or a reset at t+1, and is multiplied by
 * the link's factor elsewhere. With a sliding window that is done for each window alone, from its end
 * to its first step and with its own losses, and the passes add up. Every vector carries its own
 * base-2 exponent, so nothing under- or overflows however long the sequence is.
 */
export function backward(
  problem: Problem,
  pass: ForwardPass,
  logitGradients: Float64Array,
): BackwardPass {
  const { T, B, H, O, activation, parameters } = problem;
  const { recurrentWeights, outputWeights } = parameters;
  const links = linksOf(problem);
  const windows = lossWindows(problem).filter(({ after }) => after < pass.lastStep);
  const stateGradients = emptyRows(T * B, H);
  const errorSignals = emptyRows(T * B, H);
  const initialStateGradient = emptyRows(B, H);

  for (let n = 0; n < B; n++) {
    for (const { first, after, to } of windows) {
      let carried = scaledZero(H);
      for (let t = Math.min(to, pass.lastStep); t >= first; t--) {
        const row = (t - 1) * B + n;
        const logitGradient = normalised(logitGradients.slice(row * O, (row + 1) * O));
        const e =
          t > after
            ? addScaled(transposedProduct(outputWeights, H, logitGradient), carried)
            : carried;
        const delta = errorSignal(activation, pass.preActivations, row, e);
        addToRow(stateGradients, row, e);
        addToRow(errorSignals, row, delta);
        const passes = t > first || t === 1;
        carried = passedBack(recurrentWeights, delta, passes ? links[t - 1]! : 0);
      }
      // What is left over after step 1 is W_hᵀ δ_1 = ∂L/∂h_0.
      addToRow(initialStateGradient, n, carried);
    }
  }
  return { stateGradients, errorSignals, initialStateGradient };
}
