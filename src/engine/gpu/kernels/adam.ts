import type { Adam } from '../../../model/optimizer';
import type { KernelDefinition, KernelVariant } from '../kernel';
import { momentCount, UPDATE_BINDINGS } from '../update';

/** θ ← θ − lr m̂/(√v̂ + ε), also amsgrad; dispatched by dispatchUpdate. */
export const adam: KernelDefinition = {
  name: 'adam',
  bindings: UPDATE_BINDINGS,
  overrides: ['moments', 'amsgrad'],
};

export function adamUpdate(optimizer: Adam): KernelVariant {
  const constants = { moments: momentCount(optimizer), amsgrad: optimizer.amsgrad ? 1 : 0 };
  return { kernel: adam, constants };
}
