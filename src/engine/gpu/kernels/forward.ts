import type { BufferView, Dispatch, KernelDefinition, KernelVariant } from '../kernel';
import { packUniform } from '../structs';

/** a_t = W_h h_{t−1} + (W_x x_t + b), h_t = f(a_t): one workgroup per batch entry. */
export const forward: KernelDefinition = {
  name: 'forward',
  bindings: [
    { name: 'params', kind: 'uniform', struct: 'Params' },
    { name: 'chunk', kind: 'uniform', struct: 'Chunk' },
    { name: 'recurrent_blocks', kind: 'read' },
    { name: 'pre_activations', kind: 'write' },
    { name: 'hidden_states', kind: 'write' },
    { name: 'retained', kind: 'read' },
  ],
  overrides: ['activation', 'threads'],
};

export interface ForwardWork {
  readonly params: Uint32Array;
  readonly recurrentBlocks: BufferView;
  readonly preActivations: GPUBuffer;
  readonly hiddenStates: GPUBuffer;
  readonly retained: GPUBuffer;
  readonly batch: number;
  readonly hiddenGroups: number;
  readonly variant: KernelVariant;
}

/** The kind that runs any H. */
export function streamingForward(activation: number, threads: number): KernelVariant {
  return { kernel: forward, constants: { activation, threads } };
}

/** Steps firstStep…lastStep (1-based, inclusive). */
export function dispatchForward(work: ForwardWork, firstStep: number, lastStep: number): Dispatch {
  return {
    ...work.variant,
    buffers: {
      recurrent_blocks: work.recurrentBlocks,
      pre_activations: work.preActivations,
      hidden_states: work.hiddenStates,
      retained: work.retained,
    },
    uniforms: {
      params: work.params,
      chunk: packUniform('Chunk', { first_step: firstStep, last_step: lastStep }),
    },
    workgroups: [work.batch, 1, 1],
    cost: (lastStep - firstStep + 1) * work.batch * 16 * work.hiddenGroups ** 2,
  };
}
