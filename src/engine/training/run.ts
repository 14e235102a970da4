import { throwIfAborted } from '../../model/errors';
import type { Problem } from '../../model/problem';
import type { TrainingRequest } from '../../model/trainingRequest';
import { toTrainingResult, type TrainingResult } from '../../model/trainingResult';
import type { Trainer } from '../interface';

/**
 * A whole training from the problem's weights to its end, for scripts. Rejects as `Trainer.train` and
 * `Training.advance` do; a stop for non-finite values is a result.
 * @param onProgress the part of the steps that is done, 0…1
 */
export async function runTraining(
  trainer: Trainer,
  problem: Problem,
  { plan, steps }: TrainingRequest,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<TrainingResult> {
  const training = await trainer.train(problem, plan, { signal });
  const losses = new Float64Array(steps).fill(NaN);
  const log2GradNorms = new Float64Array(steps).fill(NaN);
  try {
    const stop = await training.advance(steps, {
      signal,
      onRecords({ from, ...columns }) {
        losses.set(columns.losses, from);
        log2GradNorms.set(columns.log2GradientNorms, from);
        onProgress((from + columns.losses.length) / steps);
      },
    });
    const state = await training.state();
    throwIfAborted(signal);
    return toTrainingResult(trainer.kind, { losses, log2GradNorms }, state, stop);
  } finally {
    training.dispose();
  }
}
