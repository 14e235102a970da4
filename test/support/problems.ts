import type { Activation } from '../../src/model/kinds';
import type { Problem } from '../../src/model/problem';

/** Problems whose answers are known without a computer, or nearly. */

interface ChainOptions {
  readonly activation?: Activation;
  readonly initialState?: number;
  readonly bias?: number;
  readonly lossEverywhere?: boolean;
}

/** h ← f(w h + b), one unit; ℓ_T = (h_T − 1)², also at every other step if asked. */
export function chain(T: number, w: number, options: ChainOptions = {}): Problem {
  const { activation = 'identity', initialState = 0, bias = 0, lossEverywhere = false } = options;
  const lossWeights = new Float64Array(T).fill(lossEverywhere ? 1 : 0);
  lossWeights[T - 1] = 1;
  return {
    ...{ T, B: 1, I: 1, H: 1, O: 1, activation, outputActivation: 'identity', loss: 'mse' },
    parameters: {
      inputWeights: Float64Array.of(1),
      recurrentWeights: Float64Array.of(w),
      hiddenBias: Float64Array.of(bias),
      outputWeights: Float64Array.of(1),
      outputBias: Float64Array.of(0),
    },
    initialState: Float64Array.of(initialState),
    inputs: new Float64Array(T),
    targets: { kind: 'dense', values: new Float64Array(T).fill(-1) },
    lossWeights,
    cuts: [],
  };
}

/** h ← w h + θ with ∂ℓ_t/∂h_t = 1 at T, or at every step: ∂L/∂b is ∂h/∂θ, or its sum. */
export function linear(T: number, w: number, lossEverywhere: boolean): Problem {
  const targets = { kind: 'dense', values: new Float64Array(T).fill(-0.5) } as const;
  return { ...chain(T, w, { lossEverywhere }), targets };
}

/**
 * The worked example of docs/mathematics.md. Its L = ½ Σ (y − ŷ)² is mse with O = 1 at weight ½.
 */
export function worked(cuts: readonly number[]): Problem {
  return {
    ...{ T: 4, B: 1, I: 1, H: 2, O: 1 },
    ...{ activation: 'tanh', outputActivation: 'identity', loss: 'mse' },
    parameters: {
      inputWeights: Float64Array.of(1, 0.5),
      recurrentWeights: Float64Array.of(0.5, -0.3, 0.2, 0.8),
      hiddenBias: Float64Array.of(0, 0),
      outputWeights: Float64Array.of(1, -1),
      outputBias: Float64Array.of(0),
    },
    initialState: new Float64Array(2),
    inputs: Float64Array.of(1, 0, -1, 0.5),
    targets: { kind: 'dense', values: Float64Array.of(0, 0, 0, 1) },
    lossWeights: new Float64Array(4).fill(0.5),
    cuts,
  };
}

/** W_h = I, relu, all units active; the only loss at T (Le, Jaitly, Hinton 2015). */
export function irnn(T: number, H: number): Problem {
  const recurrentWeights = new Float64Array(H * H);
  for (let i = 0; i < H; i++) recurrentWeights[i * H + i] = 1;
  const lossWeights = new Float64Array(T);
  lossWeights[T - 1] = 1;
  return {
    ...{ T, B: 1, I: 1, H, O: 1, activation: 'relu', outputActivation: 'identity', loss: 'mse' },
    parameters: {
      inputWeights: Float64Array.from({ length: H }, (_, i) => 0.125 * (i + 1)),
      recurrentWeights,
      hiddenBias: new Float64Array(H).fill(0.25),
      outputWeights: Float64Array.from({ length: H }, (_, i) => (i % 2 ? -1 : 1) / (i + 2)),
      outputBias: Float64Array.of(0),
    },
    initialState: new Float64Array(H).fill(0.5),
    inputs: new Float64Array(T).fill(1),
    targets: { kind: 'dense', values: new Float64Array(T).fill(1) },
    lossWeights,
    cuts: [],
  };
}
