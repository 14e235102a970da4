import { BpttError, throwIfAborted } from '../../model/errors';
import type { Problem } from '../../model/problem';
import type { TrainingPlan } from '../../model/training';
import type { TrainingOptions } from '../interface';
import { BatchRing } from './batchRing';
import { outOfMemory, type Executor } from './executor';
import { GpuTraining } from './gpuTraining';
import type { TimeLoops } from './pass';
import { Recording } from './recording';
import type { RunBuffers } from './runBuffers';
import type { SharedSubmits } from './sharedSubmits';
import { TrainingBuffers, type Side } from './trainingBuffers';
import { planUpdate } from './trainingPlan';

export interface GpuTrainingWork {
  readonly problem: Problem;
  readonly plan: TrainingPlan;
  readonly options: TrainingOptions;
  readonly executor: Executor;
  readonly shared: SharedSubmits;
  readonly createRun: () => RunBuffers;
  readonly loops: TimeLoops;
  readonly software: boolean;
  readonly onDispose: () => void;
}

/**
 * Buffers, compiled kernels and recordings of one training; nothing is computed. On failure nothing
 * is left behind. Rejects with 'out-of-memory', 'shader-error', 'gpu-error', 'aborted'.
 */
export async function createGpuTraining(work: GpuTrainingWork): Promise<GpuTraining> {
  const { problem, plan, options, executor, shared, loops, software } = work;
  const { device, library } = executor;
  const owned: { destroy(): void }[] = [];
  try {
    device.pushErrorScope('out-of-memory');
    const buffers = new TrainingBuffers(device, work.createRun(), problem, plan);
    owned.push(buffers);
    const fresh = { batches: options.batches !== undefined, links: plan.redraw !== null };
    let ring: BatchRing | null = null;
    if (fresh.batches || fresh.links) {
      ring = new BatchRing(device, buffers.run, problem, fresh);
      owned.push(ring);
    }
    if (await device.popErrorScope()) throw outOfMemory(problem);

    const updateFrom = (side: Side) =>
      planUpdate(problem, plan.optimizer, buffers, loops, executor.costPerSubmit, side, software);
    const updates = [updateFrom(0), updateFrom(1)] as const;
    const compiled = await Promise.all(updates[0].map((dispatch) => library.compile(dispatch)));
    throwIfAborted(options.signal);

    device.pushErrorScope('validation');
    buffers.upload(problem, plan, options.from);
    const record = (side: Side) => {
      const recording = new Recording(device, updates[side], compiled);
      owned.push(recording);
      return recording;
    };
    const recordings = [record(0), record(1)] as const;
    const failure = await device.popErrorScope();
    if (failure) throw new BpttError('gpu-error', '', failure.message);
    throwIfAborted(options.signal);
    return new GpuTraining({
      ...{ problem, plan, options, executor, shared, buffers, recordings, ring },
      onDispose: work.onDispose,
    });
  } catch (error) {
    for (const part of owned) part.destroy();
    throw error;
  }
}
