import type { RunConfiguration } from '../model/configuration';
import type { BatchSource } from '../model/training';
import { dataSeedOf } from '../model/trainingSettings';
import { buildProblem, targetsFor } from './buildProblem';
import { taskOf } from './registry';
import { drawnStarts } from './segments';

/**
 * New data for every update: those of data seed `dataSeed` + update, and of a text or series windows
 * drawn anew. The first are those the page shows.
 */
export function freshBatches(configuration: RunConfiguration): BatchSource {
  const { task, T, B, loss, dataSeed } = configuration;
  const { sequence, O } = taskOf(task);
  // The weights are the training's own.
  const recipe = { ...configuration, arrays: {}, edits: [] };
  return (update) => {
    if (sequence !== undefined && update > 0) {
      const starts = drawnStarts(sequence.length, T, B, dataSeed, update);
      const { inputs, targets } = sequence.windows(T, starts);
      return { inputs, targets: targetsFor(loss, targets, O) };
    }
    const { inputs, targets } = buildProblem({ ...recipe, dataSeed: dataSeedOf(dataSeed, update) });
    return { inputs, targets };
  };
}
