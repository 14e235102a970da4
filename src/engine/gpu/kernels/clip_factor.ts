import type { Dispatch, KernelDefinition } from '../kernel';

/** The loss, ‖g‖, c/‖g‖ where ‖g‖ > c, and whether training goes on: one workgroup. */
export const clipFactor: KernelDefinition = {
  name: 'clip_factor',
  bindings: [
    { name: 'params', kind: 'uniform', struct: 'Params' },
    { name: 'arrays', kind: 'read' },
    { name: 'gradient_norms', kind: 'read' },
    { name: 'step_loss_bits', kind: 'read' },
    { name: 'product_exponents', kind: 'read' },
    { name: 'first_overflow', kind: 'read' },
    { name: 'settings', kind: 'read' },
    { name: 'training', kind: 'write' },
    { name: 'records', kind: 'write' },
  ],
  overrides: ['threads'],
};

export interface ClipFactorWork {
  readonly params: Uint32Array;
  readonly arrays: GPUBuffer;
  readonly gradientNorms: GPUBuffer;
  readonly stepLosses: GPUBuffer;
  readonly productExponents: GPUBuffer;
  readonly firstOverflow: GPUBuffer;
  readonly settings: GPUBuffer;
  readonly training: GPUBuffer;
  readonly records: GPUBuffer;
  readonly steps: number;
  /** Gradient norms to be added */
  readonly lanes: number;
  readonly threads: number;
}

export function dispatchClipFactor(work: ClipFactorWork): Dispatch {
  return {
    kernel: clipFactor,
    constants: { threads: work.threads },
    buffers: {
      arrays: work.arrays,
      gradient_norms: work.gradientNorms,
      step_loss_bits: work.stepLosses,
      product_exponents: work.productExponents,
      first_overflow: work.firstOverflow,
      settings: work.settings,
      training: work.training,
      records: work.records,
    },
    uniforms: { params: work.params },
    workgroups: [1, 1, 1],
    cost: (work.steps + work.lanes) * 64,
  };
}
