import { sigmoid } from './activations';
import { walk, type Network, type Walk } from './walk';

export interface SampleOptions {
  /** Classes to read first, each 0…O−1; none starts from h_0 */
  readonly prime: readonly number[];
  /** How many to draw */
  readonly length: number;
  /** τ ≥ 0: p ∝ softmax(s/τ); 0 takes the likeliest */
  readonly temperature: number;
  /** The numbers in [0, 1) that decide, one for each draw 0, 1, … */
  readonly uniform: (draw: number) => number;
}

/**
 * Classes drawn from a network that predicts the next one: each draw is the next input, one-hot.
 * Fewer than `length` where the network overflows.
 */
export function sampleClasses(network: Network, options: SampleOptions): number[] {
  const { prime, length, temperature, uniform } = options;
  const walker = walk(network);
  const input = new Float64Array(network.I);
  const read = (k: number) => {
    input.fill(0);
    input[k] = 1;
    walker.read(input);
  };
  prime.forEach(read);
  const drawn: number[] = [];
  for (let i = 0; i < length && !walker.hasOverflowed; i++) {
    const k = draw(logScores(network, walker), temperature, uniform(i));
    drawn.push(k);
    read(k);
  }
  return drawn;
}

/**
 * ln of what the probabilities are proportional to: the logits where a softmax turns them into
 * probabilities, else the logarithm of each output's own estimate of its probability.
 */
function logScores({ loss, outputActivation }: Network, { logits, outputs }: Walk): Float64Array {
  if (loss === 'crossEntropy' || outputActivation === 'softmax') return logits;
  if (loss === 'bce' || outputActivation === 'sigmoid') return logits.map(logSigmoid);
  return outputs.map((y) => Math.log(Math.max(0, y)));
}

/** ln σ(z), also where σ(z) is 0 in float64. */
function logSigmoid(z: number): number {
  return z < -30 ? z : Math.log(sigmoid(z));
}

/** The class at `u` of the distribution softmax(scores/temperature). */
export function draw(scores: Float64Array, temperature: number, u: number): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[best]!) best = i;
  const most = scores[best]!;
  // Nothing has a score: whatever is drawn is as good.
  if (!Number.isFinite(most)) return Math.min(scores.length - 1, Math.floor(u * scores.length));
  if (temperature === 0) return best;
  // Differences first: no overflow at any temperature, and the largest weight is 1.
  const weights = scores.map((score) => Math.exp((score - most) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = u * total;
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return best; // u so near 1 that rounding has eaten the rest
}

export interface Forecast {
  /** y after each of the values: the prediction of the next one, the last of them beyond the data */
  readonly fitted: readonly number[];
  /** The steps after the data: the first is the last of `fitted`, each the input of the next */
  readonly beyond: readonly number[];
}

/**
 * A network that predicts the next number of a sequence, over `values` and then on its own: its own
 * prediction is the next input, `steps` times. Fewer of either where the network overflows.
 */
export function forecast(network: Network, values: readonly number[], steps: number): Forecast {
  const walker = walk(network);
  const input = new Float64Array(1);
  const fitted: number[] = [];
  for (const value of values) {
    input[0] = value;
    walker.read(input);
    if (walker.hasOverflowed) return { fitted, beyond: [] };
    fitted.push(walker.outputs[0]!);
  }
  const beyond: number[] = [];
  while (beyond.length < steps && !walker.hasOverflowed) {
    const y = walker.outputs[0]!;
    beyond.push(y);
    input[0] = y;
    walker.read(input);
  }
  return { fitted, beyond };
}
