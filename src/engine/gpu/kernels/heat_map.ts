import type { Dispatch, KernelDefinition } from '../kernel';
import { packUniform, type UniformValues } from '../structs';

/** One track at display resolution: least and greatest value of each cell's bin. */
export const heatMap: KernelDefinition = {
  name: 'heat_map',
  bindings: [
    { name: 'sizes', kind: 'uniform', struct: 'HeatMapSizes' },
    { name: 'values', kind: 'read' },
    { name: 'row_exponents', kind: 'read' },
    { name: 'cells', kind: 'write' },
  ],
  overrides: [],
};

/** heat_map.wgsl's mark for log2 of an exact zero; anything at or below it. */
export const LOG2_OF_ZERO = -2.9e38;

export function dispatchHeatMap(
  values: GPUBuffer,
  rowExponents: GPUBuffer,
  cells: GPUBuffer,
  sizes: UniformValues<'HeatMapSizes'>,
): Dispatch {
  return {
    kernel: heatMap,
    constants: {},
    buffers: { values, row_exponents: rowExponents, cells },
    uniforms: { sizes: packUniform('HeatMapSizes', sizes) },
    workgroups: [Math.ceil(sizes.columns / 8), Math.ceil(sizes.rows / 8), 1],
    cost: sizes.steps * sizes.width * 16,
  };
}
