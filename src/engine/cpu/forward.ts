import { resetFlags } from '../../model/links';
import type { Problem } from '../../model/problem';
import { LOGIT_LIMIT, STATE_LIMIT } from '../../reference/forward';
import { logitGradientOfRow, lossOfRow, targetRow } from '../../reference/losses';
import { outputsOfRow } from '../../reference/outputs';
import { normaliseRow } from '../../reference/scaling';
import type { Pacer } from '../shared/pacer';
import { activateInto } from './activation';
import { addProducts, setBias } from './product';
import { storeRow } from './rows';
import type { CpuTensors, CpuWeights } from './tensors';

/**
 * a_t = W_h h_{t−1} + W_x x_t + b, h_t = f(a_t), z_t = W_y h_t + c, y_t = g(z_t), w_t ℓ_t and
 * ∂L/∂z_t for every step. Returns the first step that overflowed (the pass stops there), or null.
 */
export async function forward(
  problem: Problem,
  weights: CpuWeights,
  tensors: CpuTensors,
  pacer: Pacer,
): Promise<number | null> {
  const { T, B, I, H, O, activation } = problem;
  const { inputs, states, preActivations } = tensors;
  const sums = new Float64Array(B * H);
  const logits = new Float64Array(B * O);
  const resets = resetFlags(problem);
  const readOut = createReadOut(problem, tensors);
  const work = B * (H * (H + I + O) + 20 * H);

  for (let t = 0; t < T; t++) {
    const row = t * B;
    setBias(weights.hiddenBias, B, sums);
    if (resets[t] === 0) {
      addProducts(weights.recurrentWeights, H, H, states, row * H, B, sums);
    }
    addProducts(weights.inputWeights, H, I, inputs, row * I, B, sums);
    activateInto(activation, sums, preActivations, row * H, states, (row + B) * H, B * H);
    if (!within(STATE_LIMIT, states, (row + B) * H, (row + 2 * B) * H)) return t + 1;

    setBias(weights.outputBias, B, logits);
    addProducts(weights.outputWeights, O, H, states, (row + B) * H, B, logits);
    if (!within(LOGIT_LIMIT, logits, 0, B * O)) return t + 1;
    readOut(t, logits);
    if (pacer.spend(work)) await pacer.rest();
  }
  return null;
}

/** False for NaN too. */
function within(
  limit: number,
  values: Float32Array | Float64Array,
  from: number,
  to: number,
): boolean {
  for (let i = from; i < to; i++) if (!(Math.abs(values[i]!) <= limit)) return false;
  return true;
}

/** y_t, w_t ℓ_t and ∂L/∂z_t of step t from its logits [B,O], all in float64 until stored. */
function createReadOut(
  problem: Problem,
  { outputs, stepLosses, logitGradients }: CpuTensors,
): (t: number, logits: Float64Array) => void {
  const { B, O, loss, outputActivation, targets, lossWeights } = problem;
  const [y, target, scratch, gradient] = [
    new Float64Array(O),
    new Float64Array(O),
    new Float64Array(O),
    new Float64Array(O),
  ];
  return (t, logits) => {
    const weight = lossWeights[t]! / B;
    let sum = 0;
    for (let n = 0; n < B; n++) {
      const row = t * B + n;
      const z = logits.subarray(n * O, (n + 1) * O);
      outputsOfRow(outputActivation, z, y);
      outputs.set(y, row * O);
      // The loss is that of the prediction as it is stored and shown, as on the GPU.
      for (let i = 0; i < O; i++) y[i] = outputs[row * O + i]!;
      if (weight === 0) continue;
      targetRow(targets, row, target);
      sum += lossOfRow(loss, z, y, target);
      logitGradientOfRow(loss, outputActivation, z, y, target, scratch, gradient);
      // The mean over the batch and w_t are applied near 1, where they cannot underflow.
      const shift = normaliseRow(gradient, 0, O, 0);
      for (let i = 0; i < O; i++) gradient[i] = gradient[i]! * weight;
      storeRow(gradient, 0, shift, logitGradients, row);
    }
    stepLosses[t] = weight * sum;
  };
}
