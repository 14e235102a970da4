import type { StretchRequest } from '../../engine/client';
import type { RunConfiguration } from '../../model/configuration';
import { dataSeedOf, planOf } from '../../model/trainingSettings';
import type { TrainingRun } from './trainingRun';
import type { TrainingStoreParts } from './types';

/** What the worker is asked for: the run's next stretch, from its checkpoint on. */
export function requestOf(
  run: TrainingRun,
  buildProblem: TrainingStoreParts['buildProblem'],
): StretchRequest {
  const { configuration, training } = run.present;
  const { checkpoint, offset } = run;
  const dataSeed = dataSeedOf(configuration.dataSeed, offset);
  return {
    problem: { ...buildProblem(withoutWeights(configuration)), parameters: checkpoint.parameters },
    plan: planOf(training, configuration.truncation),
    from: checkpoint.step === 0 ? null : checkpoint,
    until: run.until - offset,
    most: run.most,
    fresh: training.data === 'fresh' ? { ...configuration, dataSeed } : null,
  };
}

function withoutWeights(configuration: RunConfiguration): RunConfiguration {
  return { ...configuration, arrays: {}, edits: [] };
}
