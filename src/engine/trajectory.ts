import type { Trajectory } from '../analysis/trajectory';
import type { Problem } from '../model/problem';
import { withoutTruncation } from '../model/truncation';
import { slope } from '../reference/activations';
import { forward } from '../reference/forward';
import { problemOfEntry } from './batchEntry';
import type { Pacer } from './shared/pacer';

/** Multiply-adds between two looks at the event loop. */
const WORK_PER_STRETCH = 4_000_000;

/** The float64 forward pass of one batch entry, stretch by stretch, so that it can be overtaken. */
export async function referenceTrajectory(
  problem: Problem,
  batchEntry: number,
  pacer: Pacer,
): Promise<Trajectory> {
  const { T, I, H, O, activation, resets = [] } = problem;
  const whole = problemOfEntry(problem, batchEntry);
  const preActivations = new Float64Array(T * H);
  const workPerStep = H * (H + I + O + 20);
  const stretch = Math.max(1, Math.floor(WORK_PER_STRETCH / workPerStep));
  let initialState = whole.initialState;
  let steps = 0;
  while (steps < T) {
    const length = Math.min(stretch, T - steps);
    const from = steps;
    const part = forward({
      ...withoutTruncation(whole),
      T: length,
      initialState,
      inputs: whole.inputs.subarray(steps * I, (steps + length) * I),
      resets: resets.filter((t) => t > from && t <= from + length).map((t) => t - from),
    });
    preActivations.set(part.preActivations.subarray(0, part.lastStep * H), steps * H);
    steps += part.lastStep;
    if (part.overflowAt !== null) break;
    initialState = part.hiddenStates.slice((length - 1) * H);
    if (pacer.spend(length * workPerStep)) await pacer.rest();
  }
  const known = preActivations.subarray(0, steps * H);
  return {
    H,
    steps,
    recurrentWeights: problem.parameters.recurrentWeights,
    preActivations: known,
    slopes: known.map((a) => slope(activation, a)),
    resets: resets.filter((t) => t <= steps),
  };
}
