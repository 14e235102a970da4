import type { Loss, OutputActivation } from '../model/kinds';
import type { Problem, Targets } from '../model/problem';
import { sigmoid, softplus } from './activations';
import { exponentialSum, throughOutput } from './outputs';

/**
 * ℓ of one step and batch entry, before w_t and before the mean over the batch. ŷ are the targets,
 * y the predictions (the source note's notation). `crossEntropy` and `bce` are computed from the
 * logits z, never through y.
 */
export function lossOfRow(
  loss: Loss,
  z: Float64Array,
  y: Float64Array,
  target: Float64Array,
): number {
  switch (loss) {
    case 'mse':
      return meanSquaredError(y, target);
    case 'crossEntropy':
      return crossEntropy(z, target);
    case 'bce':
      return binaryCrossEntropy(z, target);
  }
}

/** (1/O) Σ (y − ŷ)² */
function meanSquaredError(y: Float64Array, target: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += (y[i]! - target[i]!) ** 2;
  return sum / y.length;
}

/** −Σ ŷ log softmax(z) = Σ ŷ_i (z_max − z_i + ln Σ_j e^(z_j − z_max)) */
function crossEntropy(z: Float64Array, target: Float64Array): number {
  const { largest, rest } = exponentialSum(z);
  const log = Math.log1p(rest);
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    if (target[i] !== 0) sum += target[i]! * (z[largest]! - z[i]! + log);
  }
  return sum;
}

/** (1/O) Σ [(1 − ŷ) ln(1 + e^z) + ŷ ln(1 + e^(−z))] */
function binaryCrossEntropy(z: Float64Array, target: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    sum += (1 - target[i]!) * softplus(z[i]!) + target[i]! * softplus(-z[i]!);
  }
  return sum / z.length;
}

/** ∂ℓ/∂z of one step and batch entry into `out`; `scratch` is overwritten. All [O]. */
export function logitGradientOfRow(
  loss: Loss,
  outputActivation: OutputActivation,
  z: Float64Array,
  y: Float64Array,
  target: Float64Array,
  scratch: Float64Array,
  out: Float64Array,
): void {
  switch (loss) {
    case 'mse':
      // ∂ℓ/∂y = 2 (y − ŷ)/O
      for (let i = 0; i < y.length; i++) scratch[i] = (2 * (y[i]! - target[i]!)) / y.length;
      throughOutput(outputActivation, z, y, scratch, out);
      return;
    case 'crossEntropy':
      crossEntropyGradient(z, target, out);
      return;
    case 'bce':
      // (σ(z) − ŷ)/O, written so that a certain prediction keeps its digits
      for (let i = 0; i < z.length; i++) {
        out[i] = ((1 - target[i]!) * sigmoid(z[i]!) - target[i]! * sigmoid(-z[i]!)) / z.length;
      }
      return;
  }
}

/**
 * (Σŷ) p − ŷ with p = softmax(z), also for targets that do not sum to 1. Written as
 * p_i (Σŷ − ŷ_i) − ŷ_i (1 − p_i), with 1 − p_i summed and not subtracted.
 */
function crossEntropyGradient(z: Float64Array, target: Float64Array, out: Float64Array): void {
  const { largest, rest } = exponentialSum(z);
  let total = 0;
  for (let i = 0; i < z.length; i++) total += target[i]!;
  for (let i = 0; i < z.length; i++) {
    const p = Math.exp(z[i]! - z[largest]!) / (1 + rest);
    const others = i === largest ? rest / (1 + rest) : 1 - p;
    out[i] = p * (total - target[i]!) - target[i]! * others;
  }
}

/** ŷ_t of batch entry n as a dense row [O]; one-hot for a class. */
export function targetRow(targets: Targets, row: number, out: Float64Array): void {
  if (targets.kind === 'class') {
    out.fill(0);
    out[targets.indices[row]!] = 1;
    return;
  }
  const O = out.length;
  for (let i = 0; i < O; i++) out[i] = targets.values[row * O + i]!;
}

export interface Losses {
  /** w_t ℓ_t [T], ℓ_t a mean over the batch; 0 after the stop */
  readonly stepLosses: Float64Array;
  /** ∂L/∂z_t [T,B,O] */
  readonly logitGradients: Float64Array;
}

/** L = Σ_t w_t ℓ_t, and its gradient with respect to every z_t, for the steps before the stop. */
export function losses(
  problem: Problem,
  logits: Float64Array,
  outputs: Float64Array,
  lastStep: number,
): Losses {
  const { T, B, O, loss, outputActivation, targets } = problem;
  const stepLosses = new Float64Array(T);
  const logitGradients = new Float64Array(T * B * O);
  const target = new Float64Array(O);
  const scratch = new Float64Array(O);
  for (let t = 0; t < lastStep; t++) {
    const weight = problem.lossWeights[t]!;
    if (weight === 0) continue;
    for (let n = 0; n < B; n++) {
      const row = t * B + n;
      const z = logits.subarray(row * O, (row + 1) * O);
      const y = outputs.subarray(row * O, (row + 1) * O);
      const gradient = logitGradients.subarray(row * O, (row + 1) * O);
      targetRow(targets, row, target);
      stepLosses[t]! += (weight / B) * lossOfRow(loss, z, y, target);
      logitGradientOfRow(loss, outputActivation, z, y, target, scratch, gradient);
      for (let i = 0; i < O; i++) gradient[i]! *= weight / B;
    }
  }
  return { stepLosses, logitGradients };
}
