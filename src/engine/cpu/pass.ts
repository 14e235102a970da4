import type { PassTensors } from '../../model/evaluation';
import type { Problem } from '../../model/problem';
import type { Pacer } from '../shared/pacer';
import type { StepSeries } from '../interface';
import { backward } from './backward';
import { forward } from './forward';
import { parameterGradients, type CpuGradients } from './gradients';
import { stepSeries } from './series';
import { backwardThroughWindows } from './windows';
import {
  allocateTensors,
  prepareWeights,
  requireFit,
  type CpuTensors,
  type CpuWeights,
  type Float32Rows,
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

/** The recursions and their sums, without what is only shown. */
export interface CpuCorePass {
  readonly weights: CpuWeights;
  readonly overflowAt: number | null;
  readonly lastStep: number;
  readonly initialStateGradient: Float32Rows;
  readonly gradients: CpuGradients;
}

/** @param tensors of this shape; those of an earlier pass with the same loss weights will do */
export async function corePass(
  problem: Problem,
  tensors: CpuTensors,
  pacer: Pacer,
): Promise<CpuCorePass> {
  const weights = prepareWeights(problem);
  const overflowAt = await forward(problem, weights, tensors, pacer);
  const lastStep = overflowAt === null ? problem.T : overflowAt - 1;
  const back = problem.window ? backwardThroughWindows : backward;
  const initialStateGradient = await back(problem, weights, tensors, lastStep, pacer);
  const gradients = await parameterGradients(problem, tensors, lastStep * problem.B, pacer);
  return { weights, overflowAt, lastStep, initialStateGradient, gradients };
}

export async function cpuPass(problem: Problem, pacer: Pacer): Promise<CpuPass> {
  requireFit(problem);
  const { T, B, I, H, O } = problem;
  const tensors = allocateTensors(problem);
  const core = await corePass(problem, tensors, pacer);
  const { weights, overflowAt, lastStep, initialStateGradient, gradients } = core;
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
