import { lossWindows, type BackwardWindow } from '../model/links';
import type { Parameters, Problem, Reals, Targets } from '../model/problem';
import { forward, type ForwardPass, type HeldStates } from './forward';
import { losses } from './losses';

export type DifferentiableArray = keyof Parameters | 'initialState';

/** L = Σ_t w_t ℓ_t; what does not pass a link is held at `held`. */
function totalLoss(problem: Problem, held: HeldStates): number {
  const pass = forward(problem, held);
  const { stepLosses } = losses(problem, pass.logits, pass.outputs, pass.lastStep);
  return stepLosses.reduce((sum, l) => sum + l, 0);
}

/**
 * ∂L/∂θ_index by central differences, (L(θ+ε) − L(θ−ε))/2ε: the backward pass is not used at all.
 * What crosses a cut is held constant, at 1 the whole of h_0; a link with the factor λ passes λ times
 * the change of its state. With a sliding window every window is a problem of its own, from the state
 * before it, held constant; their differences add up.
 */
export function centralDifference(
  problem: Problem,
  array: DifferentiableArray,
  index: number,
  epsilon = 1e-5,
): number {
  const pass = forward(problem);
  return lossWindows(problem)
    .filter(({ after }) => after < pass.lastStep)
    .filter(({ first }) => first === 1 || array !== 'initialState')
    .map((window) => differenceOf(partOf(problem, pass, window), array, index, epsilon))
    .reduce((sum, v) => sum + v, 0);
}

function differenceOf(
  problem: Problem,
  array: DifferentiableArray,
  index: number,
  epsilon: number,
): number {
  const { initialState } = problem;
  const held = { initialState, hiddenStates: forward(problem).hiddenStates };
  const values: Reals = array === 'initialState' ? initialState : problem.parameters[array];
  const at = (shift: number): number => {
    const moved = Float64Array.from(values);
    moved[index]! += shift;
    return totalLoss(replaced(problem, array, moved), held);
  };
  return (at(epsilon) - at(-epsilon)) / (2 * epsilon);
}

function replaced(problem: Problem, array: DifferentiableArray, values: Reals): Problem {
  if (array === 'initialState') return { ...problem, initialState: values };
  return { ...problem, parameters: { ...problem.parameters, [array]: values } };
}

/** Steps first…to with the window's own losses; the state before them is its h_0, held constant. */
function partOf(
  problem: Problem,
  pass: ForwardPass,
  { first, after, to }: BackwardWindow,
): Problem {
  const { T, B, I, H, O, targets, linkFactors } = problem;
  if (first === 1 && after === 0 && to === T) return problem;
  const [start, end] = [(first - 1) * B, to * B];
  const rowsOf = <V extends Reals | Int32Array>(values: V, width: number): V =>
    values.slice(start * width, end * width) as V;
  const moved = (steps: readonly number[]): number[] =>
    steps.filter((step) => step >= first && step <= to).map((step) => step - first + 1);
  const lossWeights = Float64Array.from(problem.lossWeights.subarray(first - 1, to));
  lossWeights.fill(0, 0, after - first + 1);
  const part: Targets =
    targets.kind === 'dense'
      ? { kind: 'dense', values: rowsOf(targets.values, O) }
      : { kind: 'class', indices: rowsOf(targets.indices, 1) };
  return {
    ...problem,
    T: to - first + 1,
    initialState:
      first === 1 ? problem.initialState : pass.hiddenStates.slice((start - B) * H, start * H),
    inputs: rowsOf(problem.inputs, I),
    targets: part,
    lossWeights,
    cuts: first === 1 ? moved(problem.cuts) : [...new Set([1, ...moved(problem.cuts)])],
    resets: moved(problem.resets ?? []),
    window: null,
    ...(linkFactors && { linkFactors: linkFactors.slice(first - 1, to) }),
  };
}
