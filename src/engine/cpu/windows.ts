import { linksOf, lossWindows, mostWindowsAtOnce } from '../../model/links';
import type { Problem } from '../../model/problem';
import { ZERO_EXPONENT } from '../../model/scaled';
import { normaliseRow } from '../../reference/scaling';
import type { Pacer } from '../shared/pacer';
import {
  addAtCommonExponent,
  createErrorSignal,
  createFinish,
  scaleBy,
  storedRows,
} from './backward';
import { addProducts } from './product';
import { storeRow } from './rows';
import type { CpuTensors, CpuWeights, Float32Rows } from './tensors';

/**
 * `backward` for a sliding window: one sweep back in time carries the error of every window under
 * way side by side, each in a slot of its own; e_t is their sum (in float64, rounded once) and
 * δ_t = f′(a_t) ⊙ e_t. Only the window that reaches step 1 goes on to h_0.
 */
export async function backwardThroughWindows(
  problem: Problem,
  weights: CpuWeights,
  tensors: CpuTensors,
  lastStep: number,
  pacer: Pacer,
): Promise<Float32Rows> {
  const { B, H, O } = problem;
  const { logitGradients, preActivations } = tensors;
  const windows = lossWindows(problem).filter(({ after }) => after < lastStep);
  const links = linksOf(problem);
  const slots = mostWindowsAtOnce(windows);
  const deltas: Float32Rows = {
    mantissas: new Float32Array(slots * B * H),
    exponents: new Int32Array(slots * B).fill(ZERO_EXPONENT),
    width: H,
  };
  const injected = new Float64Array(B * H);
  const own = new Float64Array(B * H);
  const total = new Float64Array(B * H);
  const totalExponents = new Int32Array(B);
  const delta = new Float64Array(H);
  const errorSignal = createErrorSignal(problem, preActivations);
  const finish = createFinish(problem, tensors);

  /** W_hᵀ δ of a slot into `own`, times the factor of the link it passes. */
  const carry = (slot: number, link: number): void => {
    own.fill(0);
    const { mantissas } = deltas;
    addProducts(weights.recurrentWeightsTransposed, H, H, mantissas, slot * B * H, B, own);
    scaleBy(link, own);
    if (link === 0) deltas.exponents.fill(ZERO_EXPONENT, slot * B, (slot + 1) * B);
  };

  // Windows [lowest, highest] are under way.
  let lowest = windows.length;
  let highest = windows.length - 1;
  for (let t = lastStep; t >= 1; t--) {
    const firstRow = (t - 1) * B;
    injected.fill(0);
    addProducts(
      weights.outputWeightsTransposed,
      H,
      O,
      logitGradients.mantissas,
      firstRow * O,
      B,
      injected,
    );
    total.fill(0);
    totalExponents.fill(ZERO_EXPONENT);
    while (highest >= 0 && windows[highest]!.first > t) highest--;
    while (lowest > 0 && windows[lowest - 1]!.to >= t) {
      lowest--;
      const slot = lowest % slots;
      deltas.exponents.fill(ZERO_EXPONENT, slot * B, (slot + 1) * B);
      deltas.mantissas.fill(0, slot * B * H, (slot + 1) * B * H);
    }
    for (let w = lowest; w <= highest; w++) {
      const slot = w % slots;
      carry(slot, t < lastStep ? links[t]! : 0);
      const isOwnLoss = t > windows[w]!.after;
      for (let n = 0; n < B; n++) {
        let exponent = deltas.exponents[slot * B + n]!;
        if (isOwnLoss) {
          const local = logitGradients.exponents[firstRow + n]!;
          exponent = addAtCommonExponent(own, exponent, injected, local, n * H, H);
        }
        exponent = normaliseRow(own, n * H, (n + 1) * H, exponent);
        totalExponents[n] = addAtCommonExponent(total, totalExponents[n]!, own, exponent, n * H, H);
        const shift = errorSignal(own, n * H, firstRow + n, delta);
        const signalExponent = exponent === ZERO_EXPONENT ? ZERO_EXPONENT : exponent + shift;
        storeRow(delta, 0, signalExponent, deltas, slot * B + n);
      }
      if (pacer.spend(B * H * (H + 40))) await pacer.rest();
    }
    for (let n = 0; n < B; n++) finish(total, n * H, totalExponents[n]!, firstRow + n);
    if (pacer.spend(B * H * (O + 30))) await pacer.rest();
  }
  if (windows[0]?.first !== 1) {
    return storedRows(own.fill(0), totalExponents.fill(ZERO_EXPONENT), H);
  }
  carry(0, links[0]!);
  return storedRows(own, deltas.exponents.slice(0, B), H);
}
