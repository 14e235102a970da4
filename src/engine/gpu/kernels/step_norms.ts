import { rowWorkgroups } from '../dispatchSizes';
import type { Dispatch, KernelDefinition } from '../kernel';
import { packUniform } from '../structs';

/** Sums row norms (or row losses, in the same form) over a step's batch entries. */
export const stepNorms: KernelDefinition = {
  name: 'step_norms',
  bindings: [
    { name: 'sizes', kind: 'uniform', struct: 'StepNormSizes' },
    { name: 'row_norms', kind: 'read' },
    { name: 'step_norms', kind: 'write' },
  ],
  overrides: [],
};

export function dispatchStepNorms(
  rowNorms: GPUBuffer,
  norms: GPUBuffer,
  steps: number,
  batch: number,
  rowOffset: number,
): Dispatch {
  return {
    kernel: stepNorms,
    constants: {},
    buffers: { row_norms: rowNorms, step_norms: norms },
    uniforms: {
      sizes: packUniform('StepNormSizes', { steps, batch, row_offset: rowOffset }),
    },
    workgroups: rowWorkgroups(steps),
    cost: steps * batch * 16,
  };
}
