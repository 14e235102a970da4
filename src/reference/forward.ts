import { linksOf, resetFlags } from '../model/links';
import type { Problem, Reals } from '../model/problem';
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

/** λ u + (1 − λ) v */
function mixed(u: Reals, v: Reals, lambda: number): Float64Array {
  return Float64Array.from(u, (own, i) => v[i]! + lambda * (own - v[i]!));
}

/** The states of another forward pass, which what does not pass a link is held at. */
export interface HeldStates {
  /** h_0 [B,H] */
  readonly initialState: Reals;
  /** h_t [T,B,H] */
  readonly hiddenStates: Float64Array;
}

/**
 * a_t = W_h h_{t−1} + W_x x_t + b, h_t = f(a_t), z_t = W_y h_t + c, y_t = g(z_t); h_{t−1} is zero
 * where step t resets the state. Cuts and link factors do not change values, unless `held` says what
 * they detach from: then λ h_{t−1} + (1 − λ) held_{t−1} enters step t, with λ = 0 at a cut, so that
 * this pass has the truncated derivative. Central differences need that.
 */
export function forward(problem: Problem, held?: HeldStates): ForwardPass {
  const { T, B, I, H, O, parameters, inputs } = problem;
  const { inputWeights, recurrentWeights, hiddenBias, outputWeights, outputBias } = parameters;
  const preActivations = new Float64Array(T * B * H);
  const hiddenStates = new Float64Array(T * B * H);
  const logits = new Float64Array(T * B * O);
  const outputs = new Float64Array(T * B * O);
  const links = held && linksOf(problem);
  const resets = resetFlags(problem);
  const tensors = { preActivations, hiddenStates, logits, outputs };

  for (let t = 1; t <= T; t++) {
    const link = links ? links[t - 1]! : 1;
    for (let n = 0; n < B; n++) {
      const row = (t - 1) * B + n;
      const a = preActivations.subarray(row * H, (row + 1) * H);
      a.set(hiddenBias);
      if (resets[t - 1] === 0) {
        const before = (states: HeldStates): Reals =>
          t === 1
            ? states.initialState.subarray(n * H, (n + 1) * H)
            : states.hiddenStates.subarray((row - B) * H, row * H);
        const own = before({ initialState: problem.initialState, hiddenStates });
        const entering = held && link !== 1 ? mixed(own, before(held), link) : own;
        addProduct(recurrentWeights, H, H, entering, 0, a, 0);
      }
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
