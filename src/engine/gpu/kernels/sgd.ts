import type { Sgd } from '../../../model/optimizer';
import type { KernelDefinition, KernelVariant } from '../kernel';
import { momentCount, UPDATE_BINDINGS } from '../update';

/** θ ← θ − lr g, with momentum; dispatched by dispatchUpdate. */
export const sgd: KernelDefinition = {
  name: 'sgd',
  bindings: UPDATE_BINDINGS,
  overrides: ['moments', 'nesterov'],
};

export function sgdUpdate(optimizer: Sgd): KernelVariant {
  const constants = { moments: momentCount(optimizer), nesterov: optimizer.nesterov ? 1 : 0 };
  return { kernel: sgd, constants };
}
