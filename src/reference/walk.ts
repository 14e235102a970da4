import type { Problem, Reals } from '../model/problem';
import { activate } from './activations';
import { LOGIT_LIMIT, STATE_LIMIT } from './forward';
import { outputsOfRow } from './outputs';

/** A network without data. */
export type Network = Pick<
  Problem,
  'I' | 'H' | 'O' | 'activation' | 'outputActivation' | 'loss' | 'parameters'
>;

/** A network on its way through one sequence: a state, and what it says about the next item. */
export interface Walk {
  /** z_t [O] after the last step; z of h_0 before the first */
  readonly logits: Float64Array;
  /** y_t [O] = g(z_t) */
  readonly outputs: Float64Array;
  /** True once a state or a logit left float32, as src/reference/forward.ts has it */
  readonly hasOverflowed: boolean;
  /** One step with x_t = values[offset…offset + I). */
  read(values: ArrayLike<number>, offset?: number): void;
  /** Back to h_0 = 0. */
  restart(): void;
}

/**
 * h_t = f(W_h h_{t−1} + W_x x_t + b), z_t = W_y h_t + c, y_t = g(z_t) from h_0 = 0, one step at a
 * time in float64: for sequences whose next input is not known yet, and where nothing but y is wanted.
 */
export function walk(network: Network): Walk {
  const { I, H, O, activation, outputActivation, parameters } = network;
  const { inputWeights, recurrentWeights, hiddenBias, outputWeights, outputBias } = parameters;
  let state = new Float64Array(H);
  let next = new Float64Array(H);
  const logits = new Float64Array(O);
  const outputs = new Float64Array(O);
  let hasOverflowed = false;

  function show(): void {
    for (let i = 0; i < O; i++) {
      let sum = outputBias[i]!;
      for (let j = 0; j < H; j++) sum += outputWeights[i * H + j]! * state[j]!;
      logits[i] = sum;
      if (!(Math.abs(sum) <= LOGIT_LIMIT)) hasOverflowed = true;
    }
    outputsOfRow(outputActivation, logits, outputs);
  }

  function read(values: ArrayLike<number>, offset = 0): void {
    for (let i = 0; i < H; i++) next[i] = hiddenBias[i]!;
    for (let k = 0; k < I; k++) {
      const x = values[offset + k]!;
      // One-hot inputs are nearly all zero.
      if (x !== 0) for (let i = 0; i < H; i++) next[i]! += inputWeights[i * I + k]! * x;
    }
    for (let i = 0; i < H; i++) {
      let sum = next[i]!;
      for (let j = 0; j < H; j++) sum += recurrentWeights[i * H + j]! * state[j]!;
      next[i] = activate(activation, sum);
      if (!(Math.abs(next[i]!) <= STATE_LIMIT)) hasOverflowed = true;
    }
    [state, next] = [next, state];
    show();
  }

  show();
  return {
    logits,
    outputs,
    get hasOverflowed() {
      return hasOverflowed;
    },
    read,
    restart() {
      state.fill(0);
      hasOverflowed = false;
      show();
    },
  };
}

/** y [T,B,O] for x [T,B,I] from h_0 = 0, without any state kept; null where one overflowed. */
export function predictions(
  network: Network,
  inputs: Reals,
  T: number,
  B: number,
): Float64Array | null {
  const { I, O } = network;
  const result = new Float64Array(T * B * O);
  const walker = walk(network);
  for (let n = 0; n < B; n++) {
    walker.restart();
    for (let t = 0; t < T; t++) {
      walker.read(inputs, (t * B + n) * I);
      if (walker.hasOverflowed) return null;
      result.set(walker.outputs, (t * B + n) * O);
    }
  }
  return result;
}
