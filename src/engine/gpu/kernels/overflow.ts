import { rowWorkgroups } from '../dispatchSizes';
import type { Dispatch, KernelDefinition } from '../kernel';

/** The first step whose state passed 1e37 or whose logits are not finite, found on bits. */
export const overflow: KernelDefinition = {
  name: 'overflow',
  bindings: [
    { name: 'params', kind: 'uniform', struct: 'Params' },
    { name: 'hidden_state_bits', kind: 'read' },
    { name: 'logit_bits', kind: 'read' },
    { name: 'first_overflow', kind: 'write' },
  ],
  overrides: [],
};

export function dispatchOverflow(
  params: Uint32Array,
  hiddenStates: GPUBuffer,
  logits: GPUBuffer,
  firstOverflow: GPUBuffer,
  rows: number,
): Dispatch {
  return {
    kernel: overflow,
    constants: {},
    buffers: {
      hidden_state_bits: hiddenStates,
      logit_bits: logits,
      first_overflow: firstOverflow,
    },
    uniforms: { params },
    workgroups: rowWorkgroups(rows),
    cost: rows * 64,
  };
}
