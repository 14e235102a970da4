import type { PassTensors } from '../../model/evaluation';
import type { Problem } from '../../model/problem';
import type { Pacer } from '../shared/pacer';
import type { StepSeries } from '../interface';
import { backward } from './backward';
import { forward } from './forward';
import { parameterGradients } from './gradients';
import { stepSeries } from './series';
import { backwardThroughWindows } from './windows';
import {
  allocateTensors,
  prepareWeights,
  requireFit,
  type CpuTensors,
  type CpuWeights,
} from './tensors';

/** A finished pass with everything its Run needs to answer questions. */
export interface CpuPass {
  readonly problem: Problem;
  readonly weights: CpuWeights;
  readonly tensors: CpuTensors;
  /** T, or the step before the overflow */
  readonly lastStep: number;
  readonly result: PassTensors;
  readonly series: StepSeries;
}

export async function cpuPass(problem: Problem, pacer: Pacer): Promise<CpuPass> {
  requireFit(problem);
  const { T, B, I, H, O } = problem;
  const weights = prepareWeights(problem);
  const tensors = allocateTensors(problem);
  const overflowAt = await forward(problem, weights, tensors, pacer);
  const lastStep = overflowAt === null ? T : overflowAt - 1;
  const back = problem.window ? backwardThroughWindows : backward;
  const initialStateGradient = await back(problem, weights, tensors, lastStep, pacer);
  const gradients = await parameterGradients(problem, tensors, lastStep * B, pacer);
  return {
    problem,
    weights,
    tensors,
    lastStep,
    result: {
      shape: { T, B, I, H, O },
      overflowAt,
      stepLosses: tensors.stepLosses,
      hiddenStates: tensors.states.subarray(B * H),
      outputs: tensors.outputs,
      stateGradients: tensors.stateGradients,
      errorSignals: tensors.errorSignals,
      initialStateGradient,
      ...gradients,
    },
    series: await stepSeries(problem, tensors, lastStep, pacer),
  };
}
