import type { Optimizer } from '../../model/optimizer';
import type { Problem } from '../../model/problem';
import type { Dispatch, KernelVariant } from './kernel';
import { adamUpdate } from './kernels/adam';
import { dispatchClipFactor } from './kernels/clip_factor';
import { dispatchGradientNorms } from './kernels/gradient_norms';
import { rmspropUpdate } from './kernels/rmsprop';
import { sgdUpdate } from './kernels/sgd';
import { dispatchTrainingRecord } from './kernels/training_record';
import { packParams, planPass, type TimeLoops } from './pass';
import type { Side, TrainingBuffers } from './trainingBuffers';
import { dispatchUpdate } from './update';

function updateOf(optimizer: Optimizer): KernelVariant {
  switch (optimizer.kind) {
    case 'sgd':
      return sgdUpdate(optimizer);
    case 'rmsprop':
      return rmspropUpdate(optimizer);
    case 'adam':
      return adamUpdate(optimizer);
  }
}

/** Of the kernels of one workgroup: a software adapter's barriers cost by the thread. */
const MANY_THREADS = 64;
const FEW_THREADS = 8;

/** One whole update as dispatches in order: reads the weights of `side`, writes the other side's. */
export function planUpdate(
  problem: Problem,
  optimizer: Optimizer,
  buffers: TrainingBuffers,
  loops: TimeLoops,
  mostCost: number,
  side: Side,
  software: boolean,
): Dispatch[] {
  const { run, arrays, gradients, gradientNorms, updateNorms, settings, training, records } =
    buffers;
  const params = packParams(problem);
  const { workgroups, lanes } = buffers.layout;
  const threads = software ? FEW_THREADS : MANY_THREADS;
  const productExponents = run.get('productExponents');
  const firstOverflow = run.get('firstOverflow');
  return [
    ...planPass(problem, buffers.passBuffers(side), loops, mostCost, 'training'),
    dispatchGradientNorms(arrays, gradients, gradientNorms, workgroups),
    dispatchClipFactor({
      ...{ params, arrays, gradientNorms, productExponents, firstOverflow, settings },
      ...{ training, records, lanes, threads },
      stepLosses: run.get('stepLosses'),
      steps: problem.T,
    }),
    dispatchUpdate({
      ...{ arrays, gradients, productExponents, settings, training, workgroups },
      weights: buffers.weights(side),
      newWeights: buffers.weights(side === 0 ? 1 : 0),
      norms: updateNorms,
      variant: updateOf(optimizer),
    }),
    dispatchTrainingRecord({
      ...{ params, arrays, updateNorms, training, records, firstOverflow, productExponents },
      ...{ lanes, threads },
    }),
  ];
}
