import { rowWorkgroups } from '../dispatchSizes';
import type { Dispatch, KernelDefinition } from '../kernel';

/** f′(a_t) of every step, each row normalised by a power of two of its own. */
export const slopes: KernelDefinition = {
  name: 'slopes',
  bindings: [
    { name: 'params', kind: 'uniform', struct: 'Params' },
    { name: 'pre_activations', kind: 'read' },
    { name: 'slopes', kind: 'write' },
    { name: 'row_exponents', kind: 'write' },
    { name: 'first_overflow', kind: 'read' },
  ],
  overrides: ['activation'],
};

export interface SlopesWork {
  readonly params: Uint32Array;
  readonly preActivations: GPUBuffer;
  readonly slopes: GPUBuffer;
  readonly rowExponents: GPUBuffer;
  readonly firstOverflow: GPUBuffer;
  readonly activation: number;
  readonly rows: number;
  readonly hiddenGroups: number;
}

export function dispatchSlopes(work: SlopesWork): Dispatch {
  return {
    kernel: slopes,
    constants: { activation: work.activation },
    buffers: {
      pre_activations: work.preActivations,
      slopes: work.slopes,
      row_exponents: work.rowExponents,
      first_overflow: work.firstOverflow,
    },
    uniforms: { params: work.params },
    workgroups: rowWorkgroups(work.rows),
    cost: work.rows * work.hiddenGroups * 400,
  };
}
