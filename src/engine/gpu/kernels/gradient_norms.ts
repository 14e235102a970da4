import type { BufferView, Dispatch, KernelDefinition } from '../kernel';

/** Norms of the parameter gradients in pieces, one per lane; what is not finite is found on bits. */
export const gradientNorms: KernelDefinition = {
  name: 'gradient_norms',
  bindings: [
    { name: 'arrays', kind: 'read' },
    { name: 'gradient_bits', kind: 'read' },
    { name: 'norms', kind: 'write' },
  ],
  overrides: [],
};

export function dispatchGradientNorms(
  arrays: GPUBuffer,
  gradients: BufferView,
  norms: GPUBuffer,
  workgroups: number,
): Dispatch {
  return {
    kernel: gradientNorms,
    constants: {},
    buffers: { arrays, gradient_bits: gradients, norms },
    uniforms: {},
    workgroups: [workgroups, 1, 1],
    cost: workgroups * 64 * 16 * 4,
  };
}
