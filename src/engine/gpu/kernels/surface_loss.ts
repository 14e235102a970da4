import type { Dispatch, KernelDefinition, KernelVariant } from '../kernel';
import { packUniform } from '../structs';

/** L at each point of a tile: one workgroup per point and batch entry. */
export const surfaceLoss: KernelDefinition = {
  name: 'surface_loss',
  bindings: [
    { name: 'params', kind: 'uniform', struct: 'Params' },
    { name: 'chunk', kind: 'uniform', struct: 'SurfaceChunk' },
    { name: 'weights', kind: 'read' },
    { name: 'inputs', kind: 'read' },
    { name: 'targets', kind: 'read' },
    { name: 'schedule', kind: 'read' },
    { name: 'initial_states', kind: 'read' },
    { name: 'carried_states', kind: 'write' },
    { name: 'results', kind: 'write' },
  ],
  overrides: ['activation', 'output_activation', 'loss', 'threads'],
};

export interface SurfaceLossWork {
  readonly params: Uint32Array;
  /** [points of a tile, words] of surface_weights.wgsl */
  readonly weights: GPUBuffer;
  readonly inputs: GPUBuffer;
  readonly targets: GPUBuffer;
  /** [T+1,2] f32: (w_t, what scales h_t as it enters step t + 1) */
  readonly schedule: GPUBuffer;
  readonly initialStates: GPUBuffer;
  /** [points of a tile, B] rows; need not be cleared */
  readonly carriedStates: GPUBuffer;
  /** [points,B] SurfaceLoss; need not be cleared */
  readonly results: GPUBuffer;
  readonly batch: number;
  readonly variant: KernelVariant;
  /** Of one step of one point and batch entry, multiply-adds */
  readonly stepCost: number;
}

export function surfaceLossVariant(constants: {
  readonly activation: number;
  readonly output_activation: number;
  readonly loss: number;
  readonly threads: number;
}): KernelVariant {
  return { kernel: surfaceLoss, constants };
}

/**
 * Steps firstStep…lastStep (1-based, inclusive) of the points whose weights are in the tile, the
 * first of them number firstPoint among the results. The chunks of a tile ascend without a gap.
 */
export function dispatchSurfaceLoss(
  work: SurfaceLossWork,
  firstPoint: number,
  points: number,
  firstStep: number,
  lastStep: number,
): Dispatch {
  return {
    ...work.variant,
    buffers: {
      weights: work.weights,
      inputs: work.inputs,
      targets: work.targets,
      schedule: work.schedule,
      initial_states: work.initialStates,
      carried_states: work.carriedStates,
      results: work.results,
    },
    uniforms: {
      params: work.params,
      chunk: packUniform('SurfaceChunk', {
        first_step: firstStep,
        last_step: lastStep,
        first_point: firstPoint,
      }),
    },
    workgroups: [points, work.batch, 1],
    cost: (lastStep - firstStep + 1) * points * work.batch * work.stepCost,
  };
}
