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

/** One whole update as dispatches in order: reads the weights of `side`, writes the other side's. */
export function planUpdate(
  problem: Problem,
  optimizer: Optimizer,
  buffers: TrainingBuffers,
  loops: TimeLoops,
  mostCost: number,
  side: Side,
): Dispatch[] {
  const { run, gradients, gradientNorms, updateNorms, settings, training, records } = buffers;
  const params = packParams(problem);
  const pieces = buffers.layout.workgroups;
  const productExponents = run.get('productExponents');
  const firstOverflow = run.get('firstOverflow');
  return [
    ...planPass(problem, buffers.passBuffers(side), loops, mostCost, 'training'),
    dispatchGradientNorms(params, gradients, gradientNorms, pieces),
    dispatchClipFactor({
      ...{ params, gradientNorms, productExponents, firstOverflow, settings, training, records },
      stepLosses: run.get('stepLosses'),
      steps: problem.T,
      pieces,
    }),
    dispatchUpdate({
      ...{ params, gradients, productExponents, settings, training },
      weights: buffers.weights(side),
      newWeights: buffers.weights(side === 0 ? 1 : 0),
      norms: updateNorms,
      workgroups: pieces,
      variant: updateOf(optimizer),
    }),
    dispatchTrainingRecord({
      ...{ params, updateNorms, training, records, firstOverflow, productExponents, pieces },
    }),
  ];
}
