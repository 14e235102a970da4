import type { Activation, Loss, OutputActivation } from '../../src/model/kinds';
import type { BackwardDepth, Problem, Shape } from '../../src/model/problem';

/** mulberry32: small, seeded, good enough for test data. */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface RandomProblemOptions extends Partial<Shape> {
  readonly seed?: number;
  readonly activation?: Activation;
  readonly outputActivation?: OutputActivation;
  readonly loss?: Loss;
  readonly targetKind?: 'dense' | 'class';
  readonly cuts?: readonly number[];
  readonly linkFactors?: readonly number[];
  readonly resets?: readonly number[];
  readonly window?: BackwardDepth;
  /** w_t [T]; random ones in 0.5…1.5 when absent */
  readonly lossWeights?: readonly number[];
  /** Standard deviation of W_h's entries times √H; 0.9 by default */
  readonly gain?: number;
}

/** A valid problem of any shape: nothing symmetric, nothing zero, every number float32. */
export function randomProblem(options: RandomProblemOptions = {}): Problem {
  const { T = 7, B = 2, I = 3, H = 5, O = 4, seed = 1, gain = 0.9 } = options;
  const { activation = 'tanh', outputActivation = 'identity', loss = 'mse' } = options;
  const targetKind = options.targetKind ?? (loss === 'crossEntropy' ? 'class' : 'dense');
  const random = randomSource(seed);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const reals = (count: number, make: () => number): Float64Array =>
    Float64Array.from({ length: count }, () => Math.fround(make()));

  return {
    ...{ T, B, I, H, O, activation, outputActivation, loss },
    parameters: {
      inputWeights: reals(H * I, () => normal() / Math.sqrt(I)),
      recurrentWeights: reals(H * H, () => (gain * normal()) / Math.sqrt(H)),
      hiddenBias: reals(H, () => 0.2 * normal()),
      outputWeights: reals(O * H, () => normal() / Math.sqrt(H)),
      outputBias: reals(O, () => 0.2 * normal()),
    },
    initialState: reals(B * H, () => 0.5 * normal()),
    inputs: reals(T * B * I, normal),
    targets:
      targetKind === 'class'
        ? {
            kind: 'class',
            indices: Int32Array.from({ length: T * B }, () => Math.floor(random() * O)),
          }
        : {
            kind: 'dense',
            // Probabilities for bce; for crossEntropy rows need not sum to 1.
            values: reals(T * B * O, loss === 'mse' ? normal : random),
          },
    lossWeights: options.lossWeights
      ? Float64Array.from(options.lossWeights)
      : reals(T, () => 0.5 + random()),
    cuts: options.cuts ?? [],
    ...(options.linkFactors && { linkFactors: Float64Array.from(options.linkFactors) }),
    ...(options.resets && { resets: options.resets }),
    ...(options.window && { window: options.window }),
  };
}
