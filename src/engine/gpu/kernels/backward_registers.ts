import type { KernelDefinition, KernelVariant } from '../kernel';
import type { RegisterLayout } from '../planner';
import { backward } from './backward';

/** backward.ts for a fixed small H, W_hᵀ in registers; dispatched by dispatchBackward. */
export const backwardRegisters: KernelDefinition = {
  name: 'backward_registers',
  bindings: backward.bindings,
  overrides: [],
  defines: ['HIDDEN_GROUPS', 'ROW_BLOCKS', 'THREADS'],
};

export function registerBackward(layout: RegisterLayout): KernelVariant {
  return { kernel: backwardRegisters, constants: {}, defines: { ...layout } };
}
