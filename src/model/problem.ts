import type { Activation, Loss, OutputActivation } from './kinds';

/** Numbers of a tensor, row-major. Float64Array where the source had float64, else Float32Array. */
export type Reals = Float32Array | Float64Array;

/** T steps, B batch entries, I inputs, H hidden units, O outputs; all whole and at least 1. */
export interface Shape {
  readonly T: number;
  readonly B: number;
  readonly I: number;
  readonly H: number;
  readonly O: number;
}

/** Weights are [out, in]. */
export interface Parameters {
  /** W_x [H,I] */
  readonly inputWeights: Reals;
  /** W_h [H,H] */
  readonly recurrentWeights: Reals;
  /** b [H] */
  readonly hiddenBias: Reals;
  /** W_y [O,H] */
  readonly outputWeights: Reals;
  /** c [O] */
  readonly outputBias: Reals;
}

/** ŷ_t: the targets (the source note's notation; y_t is the prediction). */
export type Targets =
  /** [T,B,O] */
  | { readonly kind: 'dense'; readonly values: Reals }
  /** [T,B], each a class in 0…O−1 */
  | { readonly kind: 'class'; readonly indices: Int32Array };

/**
 * Everything one evaluation needs:
 * h_t = f(W_h h_{t−1} + W_x x_t + b), y_t = g(W_y h_t + c), L = Σ_t w_t ℓ_t.
 * A Problem that reached an engine is valid: `problemFromInput` and the tasks are its only sources.
 */
export interface Problem extends Shape {
  readonly activation: Activation;
  readonly outputActivation: OutputActivation;
  readonly loss: Loss;
  readonly parameters: Parameters;
  /** h_0 [B,H] */
  readonly initialState: Reals;
  /** x_t [T,B,I] */
  readonly inputs: Reals;
  readonly targets: Targets;
  /** w_t [T]; 0 = no loss at that step */
  readonly lossWeights: Reals;
  /** Ascending, unique steps 1…T before which h is detached. */
  readonly cuts: readonly number[];
  /** [T] factor on W_hᵀ δ_t as it passes to e_{t−1}; 1 when absent. A cut wins. 0, or 1e-6…1e6 */
  readonly linkFactors?: Reals;
  /**
   * Ascending, unique steps 1…T that start from a zero state instead of h_{t−1}: no value and no
   * gradient passes. h_{t−1} itself is still what the step before gave.
   */
  readonly resets?: readonly number[];
  /** BPTT(depth; every), every ≤ depth: the gradient is a sum over windows (links.ts). */
  readonly window?: BackwardDepth | null;
}

/** Every `every` steps, the losses since the last time go back over `depth` steps. */
export interface BackwardDepth {
  readonly depth: number;
  readonly every: number;
}
