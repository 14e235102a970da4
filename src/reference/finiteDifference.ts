import type { Parameters, Problem, Reals } from '../model/problem';
import { forward } from './forward';
import { losses } from './losses';

export type DifferentiableArray = keyof Parameters | 'initialState';

/** L = Σ_t w_t ℓ_t; states that a cut detaches are held at `detachedStates`. */
function totalLoss(problem: Problem, detachedStates?: Float64Array): number {
  const pass = forward(problem, detachedStates);
  const { stepLosses } = losses(problem, pass.logits, pass.outputs, pass.lastStep);
  return stepLosses.reduce((sum, l) => sum + l, 0);
}

/**
 * ∂L/∂θ_index by central differences, (L(θ+ε) − L(θ−ε))/2ε: the backward pass is not used at all.
 * What crosses a cut is held constant, at 1 the whole of h_0.
 */
export function centralDifference(
  problem: Problem,
  array: DifferentiableArray,
  index: number,
  epsilon = 1e-5,
): number {
  const detachedStates = forward(problem).hiddenStates;
  if (array === 'initialState' && problem.cuts.includes(1)) return 0;
  const values: Reals = array === 'initialState' ? problem.initialState : problem.parameters[array];
  const at = (shift: number): number => {
    const moved = Float64Array.from(values);
    moved[index]! += shift;
    return totalLoss(replaced(problem, array, moved), detachedStates);
  };
  return (at(epsilon) - at(-epsilon)) / (2 * epsilon);
}

function replaced(problem: Problem, array: DifferentiableArray, values: Reals): Problem {
  if (array === 'initialState') return { ...problem, initialState: values };
  return { ...problem, parameters: { ...problem.parameters, [array]: values } };
}
