import type { TaskKnowledge } from '../model/configurationRules';
import { compatibleLosses, compatibleOutputActivations } from '../tasks/describeTask';
import { taskOf } from '../tasks/registry';

/** The tasks as the rules of a configuration see them. */
export const taskKnowledge: TaskKnowledge = {
  shape: (task) => taskOf(task),
  compatibleLosses: (task) => compatibleLosses({ task }),
  defaultsFor(task) {
    const [loss] = compatibleLosses({ task });
    return { loss, outputActivation: compatibleOutputActivations(loss)[0] };
  },
  longestT: (task) => taskOf(task).longestT,
};
