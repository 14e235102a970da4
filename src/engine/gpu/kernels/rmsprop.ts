import type { Rmsprop } from '../../../model/optimizer';
import type { KernelDefinition, KernelVariant } from '../kernel';
import { momentCount, UPDATE_BINDINGS } from '../update';

/** θ ← θ − lr g/(√v + ε), centred, with momentum; dispatched by dispatchUpdate. */
export const rmsprop: KernelDefinition = {
  name: 'rmsprop',
  bindings: UPDATE_BINDINGS,
  overrides: ['moments', 'centered'],
};

export function rmspropUpdate(optimizer: Rmsprop): KernelVariant {
  const constants = { moments: momentCount(optimizer), centered: optimizer.centered ? 1 : 0 };
  return { kernel: rmsprop, constants };
}
