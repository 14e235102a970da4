import type { Configuration } from '../model/configuration';
import type { Loss, OutputActivation } from '../model/kinds';
import { seriesOf, taskOf, textOf } from './registry';
import type { Task } from './task';
import { normaliseText } from './text';

/** What the page says about a task; nothing of size T·B. */
export interface TaskDescription extends Task {
  readonly defaultLoss: Loss;
  readonly defaultOutputActivation: OutputActivation;
  /** The first 200 characters of the text; '' for other tasks. */
  readonly textPreview: string;
  /** The first 200 values of the series, raw; empty for other tasks. */
  readonly seriesPreview: readonly number[];
  /** The series' name; '' for other tasks. */
  readonly seriesName: string;
}

const PREVIEW_LENGTH = 200;

/** The output activations that go with a loss, the default first. */
export function compatibleOutputActivations(
  loss: Loss,
): readonly [OutputActivation, ...OutputActivation[]] {
  switch (loss) {
    case 'mse':
      return ['identity', 'sigmoid', 'tanh', 'softmax'];
    case 'crossEntropy':
      return ['softmax', 'identity'];
    case 'bce':
      return ['sigmoid', 'identity'];
  }
}

/** The losses that make sense for a configuration's task, the default first. */
export function compatibleLosses({ task }: Pick<Configuration, 'task'>): Task['losses'] {
  return taskOf(task).losses;
}

/**
 * Everything the page shows about the task of a configuration.
 * @throws BpttError 'invalid-configuration' for a text or series that is too short
 */
export function describeTask({
  task: configuration,
}: Pick<Configuration, 'task'>): TaskDescription {
  const task = taskOf(configuration);
  const defaultLoss = task.losses[0];
  const series = configuration.kind === 'series' ? seriesOf(configuration.source) : null;
  return {
    ...task,
    defaultLoss,
    defaultOutputActivation: compatibleOutputActivations(defaultLoss)[0],
    textPreview:
      configuration.kind === 'text'
        ? Array.from(normaliseText(textOf(configuration.source).slice(0, 2 * PREVIEW_LENGTH)))
            .slice(0, PREVIEW_LENGTH)
            .join('')
        : '',
    seriesPreview: series ? series.values.slice(0, PREVIEW_LENGTH) : [],
    seriesName: series ? series.name : '',
  };
}
