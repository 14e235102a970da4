import type { KernelDefinition, KernelVariant } from '../kernel';
import type { RegisterLayout } from '../planner';
import { forward } from './forward';

/** forward.ts for a fixed small H, weights in registers; dispatched by dispatchForward. */
export const forwardRegisters: KernelDefinition = {
  name: 'forward_registers',
  bindings: forward.bindings,
  overrides: ['activation'],
  defines: ['HIDDEN_GROUPS', 'ROW_BLOCKS', 'THREADS'],
};

export function registerForward(activation: number, layout: RegisterLayout): KernelVariant {
  return { kernel: forwardRegisters, constants: { activation }, defines: { ...layout } };
}
