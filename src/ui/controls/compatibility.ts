import type { MessageKey } from '../../i18n';
import type { TaskConfiguration } from '../../model/configuration';
import type { Loss, OutputActivation } from '../../model/kinds';
import { compatibleLosses, compatibleOutputActivations } from '../../tasks/describeTask';
import { taskOf } from '../../tasks/registry';
import type { ConfigurationChange } from '../../state/types';

/** Why a loss does not go with a task's targets; null when it does. */
export function lossRefusal(task: TaskConfiguration, loss: Loss): MessageKey | null {
  if (compatibleLosses({ task }).includes(loss)) return null;
  switch (loss) {
    case 'crossEntropy':
      return 'cell.loss.needsClasses';
    case 'bce':
      return 'cell.loss.needsUnitInterval';
    case 'mse':
      return 'cell.loss.notOffered';
  }
}

/** Why an output activation does not go with a loss; null when it does. */
export function outputRefusal(loss: Loss, output: OutputActivation): MessageKey | null {
  if (compatibleOutputActivations(loss).includes(output)) return null;
  return loss === 'bce' ? 'cell.output.bceTakesLogits' : 'cell.output.crossEntropyTakesLogits';
}

/** A loss together with the present g, or the loss's own where the two do not go together. */
export function withLoss(loss: Loss, present: OutputActivation): ConfigurationChange {
  const outputs = compatibleOutputActivations(loss);
  return { loss, outputActivation: outputs.includes(present) ? present : outputs[0] };
}

/**
 * A task with its own loss and output, and a length it has data for.
 * @throws BpttError 'invalid-configuration' for a text or series that is too short
 */
export function withTask(task: TaskConfiguration, T: number): ConfigurationChange {
  const { losses, longestT } = taskOf(task);
  const loss = losses[0];
  return {
    task,
    T: Math.min(T, longestT),
    loss,
    outputActivation: compatibleOutputActivations(loss)[0],
  };
}
