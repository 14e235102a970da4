import type { Problem } from '../model/problem';

/** What mean-field theory takes a network's arrays for; see meanField.ts. */
export interface MeanFieldEstimate {
  /** √(‖W_h‖_F²/H): entries N(0, σ_w²/H) have this mean square, whatever their distribution */
  readonly sigmaW: number;
  /** √(mean square of W_x x_t + b over steps and units): to a_t the inputs are like a bias */
  readonly sigmaB: number;
}

/** More steps than these say nothing new about a mean. */
const MOST_STEPS = 1000;

/**
 * σ_w and σ_b read off the arrays of one batch entry. Mean squares and not variances: the theory's
 * entries have mean 0, and its q* is the mean square of a_t.
 */
export function estimateMeanField(problem: Problem, batchEntry: number): MeanFieldEstimate {
  const { T, B, I, H, parameters, inputs } = problem;
  const { recurrentWeights, inputWeights, hiddenBias } = parameters;
  let weights = 0;
  for (const w of recurrentWeights) weights += w * w;
  const count = Math.min(T, MOST_STEPS);
  let drive = 0;
  for (let k = 0; k < count; k++) {
    const t = Math.floor((k * T) / count);
    const from = (t * B + batchEntry) * I;
    for (let i = 0; i < H; i++) {
      let sum = hiddenBias[i]!;
      for (let j = 0; j < I; j++) sum += inputWeights[i * I + j]! * inputs[from + j]!;
      drive += sum * sum;
    }
  }
  return { sigmaW: Math.sqrt(weights / H), sigmaB: Math.sqrt(drive / (count * H)) };
}
