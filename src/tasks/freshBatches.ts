import type { RunConfiguration } from '../model/configuration';
import type { BatchSource } from '../model/training';
import { dataSeedOf } from '../model/trainingSettings';
import { buildProblem } from './buildProblem';

/**
 * New data for every update: those of data seed `dataSeed` + update, the first as the page shows
 * them. Where the seed changes nothing (a short series), every update has the same.
 */
export function freshBatches(configuration: RunConfiguration): BatchSource {
  // The weights are the training's own.
  const recipe = { ...configuration, arrays: {}, edits: [] };
  return (update) => {
    const dataSeed = dataSeedOf(configuration.dataSeed, update);
    const { inputs, targets } = buildProblem({ ...recipe, dataSeed });
    return { inputs, targets };
  };
}
