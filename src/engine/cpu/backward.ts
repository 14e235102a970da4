import { linksOf } from '../../model/links';
import type { Problem } from '../../model/problem';
import { timesPowerOfTwo, ZERO_EXPONENT } from '../../model/scaled';
import { multiplyBySlopes } from '../../reference/backward';
import type { Pacer } from '../shared/pacer';
import { multiplyByPlainSlopes } from './activation';
import { addProducts } from './product';
import { storeRow } from './rows';
import type { CpuTensors, CpuWeights, Float32Rows } from './tensors';

/**
 * e_t = W_yᵀ ∂L/∂z_t + W_hᵀ δ_{t+1}, δ_t = f′(a_t) ⊙ e_t from lastStep to 1, each row with its own
 * exponent; windows.ts does it for problems with a window. Returns ∂L/∂h_0 = W_hᵀ δ_1, rows n (zero
 * with a cut at 1 or when no step remained).
 */
export async function backward(
  problem: Problem,
  weights: CpuWeights,
  tensors: CpuTensors,
  lastStep: number,
  pacer: Pacer,
): Promise<Float32Rows> {
  const { B, H, O } = problem;
  const { logitGradients, errorSignals } = tensors;
  const { outputWeightsTransposed, recurrentWeightsTransposed } = weights;
  const links = linksOf(problem);

  const injected = new Float64Array(B * H);
  const carried = new Float64Array(B * H);
  const carriedExponents = new Int32Array(B).fill(ZERO_EXPONENT);
  const finish = createFinish(problem, tensors);
  const work = B * (H * (H + O) + 30 * H);

  for (let t = lastStep; t >= 1; t--) {
    const firstRow = (t - 1) * B;
    injected.fill(0);
    addProducts(outputWeightsTransposed, H, O, logitGradients.mantissas, firstRow * O, B, injected);
    for (let n = 0; n < B; n++) {
      const row = firstRow + n;
      const exponent = addAtCommonExponent(
        injected,
        logitGradients.exponents[row]!,
        carried,
        carriedExponents[n]!,
        n * H,
        H,
      );
      carriedExponents[n] = finish(injected, n * H, exponent, row);
    }
    const link = links[t - 1]!;
    carried.fill(0);
    if (link === 0) carriedExponents.fill(ZERO_EXPONENT);
    else {
      const delta = errorSignals.mantissas;
      addProducts(recurrentWeightsTransposed, H, H, delta, firstRow * H, B, carried);
      scaleBy(link, carried);
    }
    if (pacer.spend(work)) await pacer.rest();
  }
  return storedRows(carried, carriedExponents, H);
}

/** values ← factor · values */
export function scaleBy(factor: number, values: Float64Array): void {
  if (factor === 1) return;
  for (let i = 0; i < values.length; i++) values[i] = values[i]! * factor;
}

/** Rows [B,H] in float64 with their exponents, as they are kept. */
export function storedRows(
  values: Float64Array,
  exponents: Int32Array,
  width: number,
): Float32Rows {
  const rows: Float32Rows = {
    mantissas: new Float32Array(values.length),
    exponents: new Int32Array(exponents.length).fill(ZERO_EXPONENT),
    width,
  };
  exponents.forEach((exponent, n) => storeRow(values, n * width, exponent, rows, n));
  return rows;
}

/**
 * δ = f′(a) ⊙ e of one row into `delta` [H], for e in values[offset …] near 1; returns the exponent
 * to add to e's.
 */
export function createErrorSignal(
  { H, activation }: Problem,
  preActivations: Float32Array,
): (values: Float64Array, offset: number, row: number, delta: Float64Array) => number {
  const slopes = new Float64Array(H);
  return (values, offset, row, delta) => {
    for (let i = 0; i < H; i++) delta[i] = values[offset + i]!;
    if (multiplyByPlainSlopes(activation, preActivations, row * H, delta, slopes)) return 0;
    return multiplyBySlopes(activation, preActivations, row * H, delta);
  };
}

/** Stores e_t = values[offset …] · 2^exponent and δ_t of one row; returns δ_t's exponent. */
export function createFinish(
  problem: Problem,
  { preActivations, stateGradients, errorSignals }: CpuTensors,
): (values: Float64Array, offset: number, exponent: number, row: number) => number {
  const delta = new Float64Array(problem.H);
  const errorSignal = createErrorSignal(problem, preActivations);
  return (values, offset, exponent, row) => {
    const stored = storeRow(values, offset, exponent, stateGradients, row);
    const shift = errorSignal(values, offset, row, delta);
    const total = stored === ZERO_EXPONENT ? ZERO_EXPONENT : stored + shift;
    return storeRow(delta, 0, total, errorSignals, row);
  };
}

/** u ← u + v for one row, u · 2^uExponent and v · 2^vExponent; returns u's new exponent. */
export function addAtCommonExponent(
  u: Float64Array,
  uExponent: number,
  v: Float64Array,
  vExponent: number,
  offset: number,
  count: number,
): number {
  const top = uExponent > vExponent ? uExponent : vExponent;
  if (top === ZERO_EXPONENT) return top;
  const uScale = timesPowerOfTwo(1, uExponent - top);
  const vScale = timesPowerOfTwo(1, vExponent - top);
  for (let i = offset; i < offset + count; i++) u[i] = u[i]! * uScale + v[i]! * vScale;
  return top;
}
