import type { StepSeries } from '../interface';
import type { Problem } from '../../model/problem';
import { log2NormOfRows, ZERO_EXPONENT } from '../../model/scaled';
import type { Pacer } from '../shared/pacer';
import { commonScales, withoutResets } from './gradients';
import type { CpuTensors, Float32Rows } from './tensors';

/** Per-step scalars; NaN for the steps after the stop. */
export async function stepSeries(
  problem: Problem,
  tensors: CpuTensors,
  lastStep: number,
  pacer: Pacer,
): Promise<StepSeries> {
  const { T, B, H } = problem;
  const { states, stateGradients, errorSignals } = tensors;
  const passing = withoutResets(problem, errorSignals);
  const stateRows = { mantissas: states, exponents: new Int32Array((T + 1) * B), width: H };
  const empty = (): Float64Array => new Float64Array(T).fill(NaN);
  const series = {
    stepLosses: empty(),
    log2State: empty(),
    log2StateGradient: empty(),
    log2ErrorSignal: empty(),
    log2Contribution: empty(),
  };
  const contribution = createContribution(problem, states, passing);
  const work = B * H * (3 + 2 * Math.min(B, H));
  for (let t = 0; t < lastStep; t++) {
    series.stepLosses[t] = tensors.stepLosses[t]!;
    series.log2State[t] = log2NormOfRows(stateRows, (t + 1) * B, (t + 2) * B);
    series.log2StateGradient[t] = log2NormOfRows(stateGradients, t * B, (t + 1) * B);
    series.log2ErrorSignal[t] = log2NormOfRows(errorSignals, t * B, (t + 1) * B);
    series.log2Contribution[t] =
      B === 1
        ? log2NormOfRows(passing, t, t + 1) + log2NormOfRows(stateRows, t, t + 1)
        : contribution(t);
    if (pacer.spend(work)) await pacer.rest();
  }
  return series;
}

/** log2 ‖Σ_n δ_t h_{t−1}ᵀ‖_F by whichever way is cheaper. */
function createContribution(
  { B, H }: Problem,
  states: Float32Array,
  errorSignals: Float32Rows,
): (t: number) => number {
  const u = new Float64Array(B * H);
  const scales = new Float64Array(B);
  const direct = B > H;
  const product = new Float64Array(direct ? H * H : 0);
  return (t) => {
    const first = t * B;
    const top = commonScales(errorSignals, states, H, first, first + B, scales);
    if (top === ZERO_EXPONENT) return -Infinity;
    for (let n = 0; n < B; n++) {
      const scale = scales[n]!;
      for (let i = 0; i < H; i++) {
        u[n * H + i] = errorSignals.mantissas[(first + n) * H + i]! * scale;
      }
    }
    const square = direct
      ? squaredNorm(u, states, first * H, B, H, product)
      : squaredNormByGram(u, states, first * H, B, H);
    // Rounding can leave a sum that cancelled exactly a little below zero.
    return square > 0 ? top + 0.5 * Math.log2(square) : -Infinity;
  };
}

/** ‖Σ_n u_n h_nᵀ‖² from the matrix itself: B·H² multiply-adds. */
function squaredNorm(
  u: Float64Array,
  h: Float32Array,
  hOffset: number,
  B: number,
  H: number,
  product: Float64Array,
): number {
  product.fill(0);
  for (let n = 0; n < B; n++) {
    for (let i = 0; i < H; i++) {
      const d = u[n * H + i]!;
      const o = i * H;
      const v = hOffset + n * H;
      for (let j = 0; j < H; j++) product[o + j] = product[o + j]! + d * h[v + j]!;
    }
  }
  let sum = 0;
  for (let i = 0; i < product.length; i++) sum += product[i]! * product[i]!;
  return sum;
}

/** ‖Σ_n u_n h_nᵀ‖² = Σ_{n,m} (u_n·u_m)(h_n·h_m): B²·H multiply-adds. */
function squaredNormByGram(
  u: Float64Array,
  h: Float32Array,
  hOffset: number,
  B: number,
  H: number,
): number {
  let sum = 0;
  for (let n = 0; n < B; n++) {
    for (let m = 0; m <= n; m++) {
      let uu = 0;
      let hh = 0;
      const a = hOffset + n * H;
      const b = hOffset + m * H;
      for (let i = 0; i < H; i++) {
        uu += u[n * H + i]! * u[m * H + i]!;
        hh += h[a + i]! * h[b + i]!;
      }
      sum += (m === n ? 1 : 2) * uu * hh;
    }
  }
  return sum;
}
