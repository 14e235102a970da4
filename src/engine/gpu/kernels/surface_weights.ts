import type { Dispatch, KernelDefinition } from '../kernel';
import { packUniform } from '../structs';

/** θ + a d₁ + b d₂ of the points of one tile. */
export const surfaceWeights: KernelDefinition = {
  name: 'surface_weights',
  bindings: [
    { name: 'sizes', kind: 'uniform', struct: 'SurfaceSizes' },
    { name: 'points', kind: 'read' },
    { name: 'plane', kind: 'read' },
    { name: 'weights', kind: 'write' },
  ],
  overrides: [],
};

export interface SurfaceWeightsWork {
  /** (a, b) of every point */
  readonly points: GPUBuffer;
  /** θ, d₁, d₂: `words` vec4f each */
  readonly plane: GPUBuffer;
  /** [points of a tile, words] */
  readonly weights: GPUBuffer;
  readonly words: number;
}

/** Points first … first + count − 1 (from 0), at most 65535 of them. */
export function dispatchSurfaceWeights(
  { points, plane, weights, words }: SurfaceWeightsWork,
  first: number,
  count: number,
): Dispatch {
  return {
    kernel: surfaceWeights,
    constants: {},
    buffers: { points, plane, weights },
    uniforms: { sizes: packUniform('SurfaceSizes', { first_point: first, words }) },
    workgroups: [Math.ceil(words / 64), count, 1],
    cost: count * words * 16,
  };
}
