import type { BufferView, Dispatch, KernelDefinition } from '../kernel';
import { packUniform } from '../structs';

/** total = Σ over parts, in a fixed order. */
export const sumPartials: KernelDefinition = {
  name: 'sum_partials',
  bindings: [
    { name: 'sizes', kind: 'uniform', struct: 'PartSizes' },
    { name: 'parts', kind: 'read' },
    { name: 'total', kind: 'write' },
  ],
  overrides: [],
};

/** @param groups vec4f per part */
export function dispatchSumPartials(
  parts: GPUBuffer,
  total: BufferView,
  groups: number,
  partCount: number,
): Dispatch {
  return {
    kernel: sumPartials,
    constants: {},
    buffers: { parts, total },
    uniforms: { sizes: packUniform('PartSizes', { groups, parts: partCount }) },
    workgroups: [Math.ceil(groups / 64), 1, 1],
    cost: groups * partCount * 4,
  };
}
