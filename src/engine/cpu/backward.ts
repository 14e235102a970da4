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
 * exponent. Returns ∂L/∂h_0 = W_hᵀ δ_1, rows n (zero with a cut at 1 or when no step remained).
 */
export async function backward(
  problem: Problem,
  weights: CpuWeights,
  tensors: CpuTensors,
  lastStep: number,
  pacer: Pacer,
): Promise<Float32Rows> {
  const { B, H, O, activation } = problem;
  const { logitGradients, stateGradients, errorSignals, preActivations } = tensors;
  const { outputWeightsTransposed, recurrentWeightsTransposed } = weights;
  const isCut = new Uint8Array(problem.T + 2);
  for (const step of problem.cuts) isCut[step] = 1;

  const injected = new Float64Array(B * H);
  const carried = new Float64Array(B * H);
  const carriedExponents = new Int32Array(B).fill(ZERO_EXPONENT);
  const delta = new Float64Array(H);
  const slopes = new Float64Array(H);
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
      const stored = storeRow(injected, n * H, exponent, stateGradients, row);
      for (let i = 0; i < H; i++) delta[i] = injected[n * H + i]!;
      let shift = 0;
      if (!multiplyByPlainSlopes(activation, preActivations, row * H, delta, slopes)) {
        shift = multiplyBySlopes(activation, preActivations, row * H, delta);
      }
      const total = stored === ZERO_EXPONENT ? ZERO_EXPONENT : stored + shift;
      carriedExponents[n] = storeRow(delta, 0, total, errorSignals, row);
    }
    carried.fill(0);
    if (isCut[t] === 1) carriedExponents.fill(ZERO_EXPONENT);
    else
      addProducts(
        recurrentWeightsTransposed,
        H,
        H,
        errorSignals.mantissas,
        firstRow * H,
        B,
        carried,
      );
    if (pacer.spend(work)) await pacer.rest();
  }

  const initialStateGradient: Float32Rows = {
    mantissas: new Float32Array(B * H),
    exponents: new Int32Array(B).fill(ZERO_EXPONENT),
    width: H,
  };
  for (let n = 0; n < B; n++) {
    storeRow(carried, n * H, carriedExponents[n]!, initialStateGradient, n);
  }
  return initialStateGradient;
}

/** u ← u + v for one row, u · 2^uExponent and v · 2^vExponent; returns u's new exponent. */
function addAtCommonExponent(
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
