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
  const passing = withoutResets(problem, errorSignals);
  return {
    inputWeightGradient: await sumOfOuterProducts(errorSignals, inputs, I, rows, pacer),
    recurrentWeightGradient: await sumOfOuterProducts(passing, states, H, rows, pacer),
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

/** δ_t without the rows whose step starts from a zero state: those that meet an h_{t−1}. */
export function withoutResets({ B, resets = [] }: Problem, errorSignals: Float32Rows): Float32Rows {
  if (resets.length === 0) return errorSignals;
  const exponents = errorSignals.exponents.slice();
  for (const step of resets) exponents.fill(ZERO_EXPONENT, (step - 1) * B, step * B);
  return { ...errorSignals, exponents };
}

/**
 * The power of two by which each u_r in rows [from, to) is multiplied (into `scales`, from index 0)
 * before Σ u_r v_rᵀ, and the exponent of that sum. It is the greatest of any product's, so a small δ
 * that meets a large h counts as much as a large δ that meets a small one; a row whose product is
 * exactly zero takes no part, however large its δ.
 */
export function commonScales(
  u: Float32Rows,
  v: Float32Array,
  vWidth: number,
  from: number,
  to: number,
  scales: Float64Array,
): number {
  let top = ZERO_EXPONENT;
  for (let r = from; r < to; r++) {
    const exponent = u.exponents[r]!;
    const most = exponent === ZERO_EXPONENT ? 0 : largestMagnitude(v, r * vWidth, (r + 1) * vWidth);
    scales[r - from] = most;
    if (most > 0) top = Math.max(top, exponent + exponentOf(most));
  }
  for (let r = from; r < to; r++) {
    const k = r - from;
    scales[k] = scales[k] === 0 ? 0 : timesPowerOfTwo(1, u.exponents[r]! - top);
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
  const scales = new Float64Array(rows);
  const top = commonScales(u, v, vWidth, 0, rows, scales);
  const work = 4 * u.width * vWidth;
  for (let r = 0; r < rows && top !== ZERO_EXPONENT; r += 4) {
    const end = Math.min(r + 4, rows);
    let present = false;
    for (let k = r; k < end; k++) present ||= scales[k] !== 0;
    if (!present) continue;
    if (end === r + 4) addFour(u.mantissas, u.width, v, vWidth, r, scales, sum);
    else for (let k = r; k < end; k++) addOne(u.mantissas, u.width, v, vWidth, k, scales[k]!, sum);
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
    const d0 = u[u0 + i]! * scales[r]!;
    const d1 = u[u0 + uWidth + i]! * scales[r + 1]!;
    const d2 = u[u0 + 2 * uWidth + i]! * scales[r + 2]!;
    const d3 = u[u0 + 3 * uWidth + i]! * scales[r + 3]!;
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
