import type { Problem } from '../../model/problem';
import { timesPowerOfTwo, ZERO_EXPONENT, type ScaledTensor } from '../../model/scaled';
import { exponentOf, largestMagnitude, normaliseRow } from '../../reference/scaling';
import type { Pacer } from '../shared/pacer';
import type { CpuTensors, Float32Rows } from './tensors';

export interface CpuGradients {
  readonly inputWeightGradient: ScaledTensor;
  readonly recurrentWeightGradient: ScaledTensor;
  readonly hiddenBiasGradient: ScaledTensor;
  readonly outputWeightGradient: ScaledTensor;
  readonly outputBiasGradient: ScaledTensor;
}

/**
 * ∂L/∂W_h = Σ δ_t h_{t−1}ᵀ, ∂L/∂W_x = Σ δ_t x_tᵀ, ∂L/∂b = Σ δ_t, ∂L/∂W_y = Σ ∂L/∂z_t h_tᵀ,
 * ∂L/∂c = Σ ∂L/∂z_t, over the first `rows` rows (t, n).
 */
export async function parameterGradients(
  problem: Problem,
  tensors: CpuTensors,
  rows: number,
  pacer: Pacer,
): Promise<CpuGradients> {
  const { B, I, H } = problem;
  const { inputs, states, errorSignals, logitGradients } = tensors;
  return {
    inputWeightGradient: await sumOfOuterProducts(errorSignals, inputs, I, rows, pacer),
    recurrentWeightGradient: await sumOfOuterProducts(errorSignals, states, H, rows, pacer),
    hiddenBiasGradient: sumOfRows(errorSignals, rows),
    outputWeightGradient: await sumOfOuterProducts(
      logitGradients,
      states.subarray(B * H),
      H,
      rows,
      pacer,
    ),
    outputBiasGradient: sumOfRows(logitGradients, rows),
  };
}

/**
 * Greatest exponent of any product u_r v_rᵀ in rows [from, to): a small δ that meets a large h counts
 * as much as a large δ that meets a small one.
 */
export function greatestProductExponent(
  u: Float32Rows,
  v: Float32Array,
  vWidth: number,
  from: number,
  to: number,
): number {
  let top = ZERO_EXPONENT;
  for (let r = from; r < to; r++) {
    const exponent = u.exponents[r]!;
    if (exponent === ZERO_EXPONENT) continue;
    const most = largestMagnitude(v, r * vWidth, (r + 1) * vWidth);
    if (most > 0) top = Math.max(top, exponent + exponentOf(most));
  }
  return top;
}

/** Σ_r u_r v_rᵀ [u.width, vWidth], summed in float64 at the greatest product's exponent. */
async function sumOfOuterProducts(
  u: Float32Rows,
  v: Float32Array,
  vWidth: number,
  rows: number,
  pacer: Pacer,
): Promise<ScaledTensor> {
  const sum = new Float64Array(u.width * vWidth);
  const top = greatestProductExponent(u, v, vWidth, 0, rows);
  const scales = new Float64Array(4);
  const work = 4 * u.width * vWidth;
  for (let r = 0; r < rows && top !== ZERO_EXPONENT; r += 4) {
    const count = Math.min(4, rows - r);
    let present = false;
    for (let k = 0; k < 4; k++) {
      const exponent = k < count ? u.exponents[r + k]! : ZERO_EXPONENT;
      scales[k] = timesPowerOfTwo(1, exponent - top);
      present ||= scales[k] !== 0;
    }
    if (present) {
      if (count === 4) addFour(u.mantissas, u.width, v, vWidth, r, scales, sum);
      else
        for (let k = 0; k < count; k++)
          addOne(u.mantissas, u.width, v, vWidth, r + k, scales[k]!, sum);
    }
    if (pacer.spend(work)) await pacer.rest();
  }
  return float32Tensor(sum, top);
}

/** sum += Σ_k scale_k u_{r+k} v_{r+k}ᵀ for four rows: one pass over the sum instead of four. */
function addFour(
  u: Float32Array,
  uWidth: number,
  v: Float32Array,
  vWidth: number,
  r: number,
  scales: Float64Array,
  sum: Float64Array,
): void {
  const u0 = r * uWidth;
  const v0 = r * vWidth;
  const v1 = v0 + vWidth;
  const v2 = v1 + vWidth;
  const v3 = v2 + vWidth;
  for (let i = 0; i < uWidth; i++) {
    const d0 = u[u0 + i]! * scales[0]!;
    const d1 = u[u0 + uWidth + i]! * scales[1]!;
    const d2 = u[u0 + 2 * uWidth + i]! * scales[2]!;
    const d3 = u[u0 + 3 * uWidth + i]! * scales[3]!;
    if (d0 === 0 && d1 === 0 && d2 === 0 && d3 === 0) continue;
    const o = i * vWidth;
    for (let j = 0; j < vWidth; j++) {
      sum[o + j] =
        sum[o + j]! + (d0 * v[v0 + j]! + d1 * v[v1 + j]! + (d2 * v[v2 + j]! + d3 * v[v3 + j]!));
    }
  }
}

function addOne(
  u: Float32Array,
  uWidth: number,
  v: Float32Array,
  vWidth: number,
  r: number,
  scale: number,
  sum: Float64Array,
): void {
  for (let i = 0; i < uWidth; i++) {
    const d = u[r * uWidth + i]! * scale;
    if (d === 0) continue;
    const o = i * vWidth;
    for (let j = 0; j < vWidth; j++) sum[o + j] = sum[o + j]! + d * v[r * vWidth + j]!;
  }
}

/** Σ_r u_r [u.width] */
function sumOfRows(u: Float32Rows, rows: number): ScaledTensor {
  const sum = new Float64Array(u.width);
  let top = ZERO_EXPONENT;
  for (let r = 0; r < rows; r++) if (u.exponents[r]! > top) top = u.exponents[r]!;
  for (let r = 0; r < rows && top !== ZERO_EXPONENT; r++) {
    const scale = timesPowerOfTwo(1, u.exponents[r]! - top);
    if (scale === 0) continue;
    for (let i = 0; i < u.width; i++) sum[i] = sum[i]! + u.mantissas[r * u.width + i]! * scale;
  }
  return float32Tensor(sum, top);
}

function float32Tensor(sum: Float64Array, exponent: number): ScaledTensor {
  const result = normaliseRow(sum, 0, sum.length, exponent);
  return { mantissas: Float32Array.from(sum), exponent: result };
}
