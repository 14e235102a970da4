import type { PassTensors } from '../model/evaluation';
import type { Problem } from '../model/problem';
import { backward } from './backward';
import { forward } from './forward';
import { parameterGradients } from './gradients';
import { losses } from './losses';

/** One forward and backward pass in float64: the oracle the engines are compared with. */
export function referencePass(problem: Problem): PassTensors {
  const { T, B, I, H, O } = problem;
  const pass = forward(problem);
  const hiddenStates = upToStop(pass.hiddenStates, pass.lastStep * B * H);
  const { stepLosses, logitGradients } = losses(problem, pass.logits, pass.outputs, pass.lastStep);
  const gradients = backward(problem, pass, logitGradients);
  return {
    shape: { T, B, I, H, O },
    overflowAt: pass.overflowAt,
    stepLosses,
    hiddenStates,
    outputs: upToStop(pass.outputs, pass.lastStep * B * O),
    ...gradients,
    ...parameterGradients(problem, hiddenStates, gradients.errorSignals, logitGradients),
  };
}

/** Overflowed entries become 0, so that their zero weight in a sum does not make a NaN of it. */
function upToStop(values: Float64Array, end: number): Float64Array {
  return values.fill(0, end);
}
