import type { BufferView, Dispatch, KernelDefinition } from '../kernel';

/** Norms of the parameter gradients in pieces, one per workgroup; what is not finite is found on bits. */
export const gradientNorms: KernelDefinition = {
  name: 'gradient_norms',
  bindings: [
    { name: 'params', kind: 'uniform', struct: 'Params' },
    { name: 'gradient_bits', kind: 'read' },
    { name: 'norms', kind: 'write' },
  ],
  overrides: [],
};

export function dispatchGradientNorms(
  params: Uint32Array,
  gradients: BufferView,
  norms: GPUBuffer,
  workgroups: number,
): Dispatch {
  return {
    kernel: gradientNorms,
    constants: {},
    buffers: { gradient_bits: gradients, norms },
    uniforms: { params },
    workgroups: [workgroups, 1, 1],
    cost: workgroups * 64 * 16 * 4,
  };
}
