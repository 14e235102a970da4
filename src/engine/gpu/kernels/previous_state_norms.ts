import { rowWorkgroups } from '../dispatchSizes';
import type { Dispatch, KernelDefinition } from '../kernel';
import { packUniform } from '../structs';

/** Norms of h_{t−1} as it enters step t: zero where the state is reset. */
export const previousStateNorms: KernelDefinition = {
  name: 'previous_state_norms',
  bindings: [
    { name: 'sizes', kind: 'uniform', struct: 'PreviousNormSizes' },
    { name: 'hidden_state_norms', kind: 'read' },
    { name: 'retained', kind: 'read' },
    { name: 'previous_state_norms', kind: 'write' },
  ],
  overrides: [],
};

export function dispatchPreviousStateNorms(work: {
  readonly hiddenStateNorms: GPUBuffer;
  readonly retained: GPUBuffer;
  readonly previousStateNorms: GPUBuffer;
  readonly rows: number;
  readonly batch: number;
}): Dispatch {
  return {
    kernel: previousStateNorms,
    constants: {},
    buffers: {
      hidden_state_norms: work.hiddenStateNorms,
      retained: work.retained,
      previous_state_norms: work.previousStateNorms,
    },
    uniforms: {
      sizes: packUniform('PreviousNormSizes', { rows: work.rows, batch: work.batch }),
    },
    workgroups: rowWorkgroups(work.rows),
    cost: work.rows * 8,
  };
}
