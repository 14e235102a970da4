import { rememberLast } from '../model/memo';
import type { Targets } from '../model/problem';
import type { TrainingSettings } from '../model/trainingSettings';
import { drawnLength, segmentStarts } from './segments';
import type { Task } from './task';

/** The page's own data of a task, by the first seed. */
export const fixedData = rememberLast(2, (task: Task, T: number, B: number) =>
  task.generate(T, B, 0),
);

/** Windows and numbers in them from which a baseline of fresh data is taken, at most. */
const MOST_WINDOWS = 256;
const MOST_NUMBERS = 2 ** 22;

/** Targets [T,B] of the windows of a text or series that are trained on, and how many they are. */
export function windowsOf(
  task: Task,
  T: number,
  own: number,
  trainedOn: TrainingSettings['data'],
): { readonly targets: Targets; readonly B: number } {
  const { sequence } = task;
  const length = sequence === undefined ? 0 : drawnLength(sequence.length);
  if (sequence === undefined || trainedOn === 'fixed' || length - T < 2) {
    return { targets: fixedData(task, T, own).targets, B: own };
  }
  const most = Math.max(1, Math.floor(MOST_NUMBERS / (T * task.I)));
  const B = Math.min(MOST_WINDOWS, length - T, most);
  return { targets: sequence.windows(T, segmentStarts(length, T, B)).targets, B };
}
