import type { Dispatch, KernelDefinition } from '../kernel';

/** Ends an update: its record, the count, and a clean slate for the next pass; one workgroup. */
export const trainingRecord: KernelDefinition = {
  name: 'training_record',
  bindings: [
    { name: 'params', kind: 'uniform', struct: 'Params' },
    { name: 'arrays', kind: 'read' },
    { name: 'update_norms', kind: 'read' },
    { name: 'training', kind: 'write' },
    { name: 'records', kind: 'write' },
    { name: 'first_overflow', kind: 'write' },
    { name: 'product_exponents', kind: 'write' },
  ],
  overrides: ['threads'],
};

export interface TrainingRecordWork {
  readonly params: Uint32Array;
  readonly arrays: GPUBuffer;
  readonly updateNorms: GPUBuffer;
  readonly training: GPUBuffer;
  readonly records: GPUBuffer;
  readonly firstOverflow: GPUBuffer;
  readonly productExponents: GPUBuffer;
  /** Norms to be added, of weights and of changes each */
  readonly lanes: number;
  readonly threads: number;
}

export function dispatchTrainingRecord(work: TrainingRecordWork): Dispatch {
  return {
    kernel: trainingRecord,
    constants: { threads: work.threads },
    buffers: {
      arrays: work.arrays,
      update_norms: work.updateNorms,
      training: work.training,
      records: work.records,
      first_overflow: work.firstOverflow,
      product_exponents: work.productExponents,
    },
    uniforms: { params: work.params },
    workgroups: [1, 1, 1],
    cost: work.lanes * 128,
  };
}
