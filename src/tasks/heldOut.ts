import type { RunConfiguration } from '../model/configuration';
import type { TrainingSettings } from '../model/trainingSettings';
import { rememberLast } from '../model/memo';
import { taskOf } from './registry';
import { drawnLength, requireLength, segmentStarts, unusedWindows } from './segments';
import type { Task, TaskData } from './task';

/** What a network is scored on. */
export interface ScoringData extends Pick<TaskData, 'inputs' | 'targets'> {
  /** T as configured; fewer where text or series leave no longer stretch to score on */
  readonly T: number;
  readonly B: number;
  /** False where the data leave nothing but the windows that are trained on */
  readonly isHeldOut: boolean;
}

/**
 * The seed of data that no training sees: update k of a training with fresh data uses
 * (dataSeed + k) mod 2^32, so this one would come after 2^31 updates.
 */
export function heldOutSeed(dataSeed: number): number {
  return (dataSeed ^ 0x80000000) >>> 0;
}

/** How a network is trained, for `heldOut`. */
type TrainedOn = TrainingSettings['data'];

/**
 * At most `most` sequences to score a network on, which it has not been trained on where there are
 * such: fresh ones of a seeded task, and of a text or series windows from between those that are
 * trained on; from the last tenth, which no fresh window reaches, where those are `fresh`. (The vocabulary and the standardisation are those of the whole text or series.)
 * @throws BpttError 'invalid-configuration' for a text or series that is too short
 */
export function heldOut(
  { task, T, B, dataSeed }: Pick<RunConfiguration, 'task' | 'T' | 'B' | 'dataSeed'>,
  most: number,
  trainedOn: TrainedOn = 'fixed',
): ScoringData {
  return remembered(taskOf(task), T, B, dataSeed, most, trainedOn);
}

const remembered = rememberLast(
  1,
  (
    task: Task,
    T: number,
    B: number,
    dataSeed: number,
    most: number,
    trainedOn: TrainedOn,
  ): ScoringData => {
    const { sequence } = task;
    if (sequence === undefined) {
      const { inputs, targets } = task.generate(T, most, heldOutSeed(dataSeed));
      return { T, B: most, inputs, targets, isHeldOut: true };
    }
    requireLength(sequence.length, T);
    const { length } = sequence;
    const unused =
      trainedOn === 'fresh'
        ? unusedWindows(length, T, B, most, drawnLength(length))
        : unusedWindows(length, T, B, most);
    const windows = unused ?? { T, starts: segmentStarts(sequence.length, T, Math.min(B, most)) };
    const { inputs, targets } = sequence.windows(windows.T, windows.starts);
    return {
      ...{ T: windows.T, B: windows.starts.length, inputs, targets },
      isHeldOut: unused !== null,
    };
  },
);
