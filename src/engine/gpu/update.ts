import {
  updateScalars,
  type Moment,
  type Optimizer,
  type OptimizerKind,
} from '../../model/optimizer';
import type { TrainingPlan } from '../../model/training';
import type { Binding, BufferView, Dispatch, KernelVariant } from './kernel';
import { RING, SCHEDULE } from './trainingStruct';

/** What sgd.ts, rmsprop.ts and adam.ts share: the host's side of shaders/common/update.wgsl. */
export const UPDATE_BINDINGS: readonly Binding[] = [
  { name: 'arrays', kind: 'read' },
  { name: 'gradients', kind: 'read' },
  { name: 'product_exponents', kind: 'read' },
  { name: 'settings', kind: 'read' },
  { name: 'training', kind: 'read' },
  { name: 'weights', kind: 'read' },
  { name: 'new_weights', kind: 'write' },
  { name: 'norms', kind: 'write' },
];

export interface UpdateWork {
  readonly arrays: GPUBuffer;
  readonly gradients: BufferView;
  readonly productExponents: GPUBuffer;
  readonly settings: GPUBuffer;
  readonly training: GPUBuffer;
  readonly weights: GPUBuffer;
  readonly newWeights: GPUBuffer;
  readonly norms: GPUBuffer;
  readonly workgroups: number;
  readonly variant: KernelVariant;
}

export function dispatchUpdate(work: UpdateWork): Dispatch {
  return {
    ...work.variant,
    buffers: {
      arrays: work.arrays,
      gradients: work.gradients,
      product_exponents: work.productExponents,
      settings: work.settings,
      training: work.training,
      weights: work.weights,
      new_weights: work.newWeights,
      norms: work.norms,
    },
    uniforms: {},
    workgroups: [work.workgroups, 1, 1],
    cost: work.workgroups * 64 * 16 * 16,
  };
}

/** The moments by their place in the kernels; those beyond `momentCount` are not kept. */
export const MOMENT_SLOTS = {
  sgd: ['velocity'],
  rmsprop: ['rms', 'mean', 'velocity'],
  adam: ['mean', 'rms', 'largestRms'],
} as const satisfies Record<OptimizerKind, readonly Moment[]>;

/** How many slots there are; one that is not used may lie between two that are. */
export function momentCount(optimizer: Optimizer): number {
  switch (optimizer.kind) {
    case 'sgd':
      return optimizer.momentum > 0 ? 1 : 0;
    case 'rmsprop':
      if (optimizer.momentum > 0) return 3;
      return optimizer.centered ? 2 : 1;
    case 'adam':
      return optimizer.amsgrad ? 3 : 2;
  }
}

/** The settings without the schedule, rows of four. */
export function packSettings(plan: TrainingPlan): Float32Array<ArrayBuffer> {
  const { optimizer, clipNorm, clipValue, targetLoss, patience } = plan;
  const { weightDecay } = optimizer;
  // No loss is at or below this.
  const target = targetLoss ?? -3.4028234663852886e38;
  const limits = [clipNorm ?? 0, clipValue ?? 0, target, patience ?? 0];
  switch (optimizer.kind) {
    case 'sgd': {
      const { momentum, dampening } = optimizer;
      return Float32Array.of(...limits, weightDecay, 0, momentum, 1 - dampening, 0, 0, 0, 0);
    }
    case 'rmsprop': {
      const { eps, momentum, alpha } = optimizer;
      return Float32Array.of(...limits, weightDecay, eps, momentum, 0, alpha, 1 - alpha, 0, 0);
    }
    case 'adam': {
      const { eps, betas } = optimizer;
      const decays = betas.flatMap((beta) => [beta, 1 - beta]);
      return Float32Array.of(...limits, weightDecay, eps, 0, 0, ...decays);
    }
  }
}

export const SETTINGS_BYTES = (SCHEDULE + RING) * 16;

/** Schedule rows of updates first + 1 … first + count, counted over the whole training. */
export function packSchedule(
  optimizer: Optimizer,
  first: number,
  count: number,
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(4 * count);
  for (let i = 0; i < count; i++) {
    const update = first + i + 1;
    const { stepSize, correction } = updateScalars(optimizer, update);
    rows.set([stepSize, correction, update === 1 ? 1 : 0, 0], 4 * i);
  }
  return rows;
}
