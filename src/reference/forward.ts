import type { Problem } from '../model/problem';
import { activate } from './activations';
import { outputsOfRow } from './outputs';

/** A state beyond this has overflowed float32 (its end is 3.4e38; room for one more product). */
export const STATE_LIMIT = 1e37;
/** A logit beyond float32's end counts as overflow too. */
export const LOGIT_LIMIT = 3.4028234663852886e38;

export interface ForwardPass {
  /** First step whose state or logits overflowed, or null. */
  readonly overflowAt: number | null;
  /** T, or the step before the overflow; entries of later steps are meaningless */
  readonly lastStep: number;
  /** a_t [T,B,H] */
  readonly preActivations: Float64Array;
  /** h_t [T,B,H] */
  readonly hiddenStates: Float64Array;
  /** z_t [T,B,O] */
  readonly logits: Float64Array;
  /** y_t [T,B,O] */
  readonly outputs: Float64Array;
}

/** out = M v + out for M [rows, columns], v and out [columns], [rows] at their offsets. */
function addProduct(
  matrix: ArrayLike<number>,
  rows: number,
  columns: number,
  v: ArrayLike<number>,
  vOffset: number,
  out: Float64Array,
  outOffset: number,
): void {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += matrix[i * columns + j]! * v[vOffset + j]!;
    out[outOffset + i]! += sum;
  }
}

function exceeds(limit: number, values: Float64Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!(Math.abs(values[i]!) <= limit)) return true;
  return false;
}

/**
 * a_t = W_h h_{t−1} + W_x x_t + b, h_t = f(a_t), z_t = W_y h_t + c, y_t = g(z_t).
 * `detachedStates` [T,B,H]: at a cut the state is taken from there, as the constant that `detach`
 * makes of it; central differences need this. Without it a cut does not change the forward pass.
 */
export function forward(problem: Problem, detachedStates?: Float64Array): ForwardPass {
  const { T, B, I, H, O, parameters, inputs } = problem;
  const { inputWeights, recurrentWeights, hiddenBias, outputWeights, outputBias } = parameters;
  const preActivations = new Float64Array(T * B * H);
  const hiddenStates = new Float64Array(T * B * H);
  const logits = new Float64Array(T * B * O);
  const outputs = new Float64Array(T * B * O);
  const cuts = new Set(problem.cuts);
  const tensors = { preActivations, hiddenStates, logits, outputs };

  for (let t = 1; t <= T; t++) {
    const previousStates =
      detachedStates !== undefined && t > 1 && cuts.has(t) ? detachedStates : hiddenStates;
    for (let n = 0; n < B; n++) {
      const row = (t - 1) * B + n;
      const a = preActivations.subarray(row * H, (row + 1) * H);
      a.set(hiddenBias);
      if (t === 1) addProduct(recurrentWeights, H, H, problem.initialState, n * H, a, 0);
      else addProduct(recurrentWeights, H, H, previousStates, (row - B) * H, a, 0);
      addProduct(inputWeights, H, I, inputs, row * I, a, 0);
      for (let i = 0; i < H; i++) hiddenStates[row * H + i] = activate(problem.activation, a[i]!);

      const z = logits.subarray(row * O, (row + 1) * O);
      z.set(outputBias);
      addProduct(outputWeights, O, H, hiddenStates, row * H, z, 0);
      outputsOfRow(problem.outputActivation, z, outputs.subarray(row * O, (row + 1) * O));
    }
    const [from, to] = [(t - 1) * B, t * B];
    if (
      exceeds(STATE_LIMIT, hiddenStates, from * H, to * H) ||
      exceeds(LOGIT_LIMIT, logits, from * O, to * O)
    ) {
      return { overflowAt: t, lastStep: t - 1, ...tensors };
    }
  }
  return { overflowAt: null, lastStep: T, ...tensors };
}
