import type { Dispatch, KernelDefinition } from '../kernel';

/** Ends an update: its record, the count, and a clean slate for the next pass; one workgroup. */
export const trainingRecord: KernelDefinition = {
  name: 'training_record',
  bindings: [
    { name: 'params', kind: 'uniform', struct: 'Params' },
    { name: 'update_norms', kind: 'read' },
    { name: 'training', kind: 'write' },
    { name: 'records', kind: 'write' },
    { name: 'first_overflow', kind: 'write' },
    { name: 'product_exponents', kind: 'write' },
  ],
  overrides: [],
};

export interface TrainingRecordWork {
  readonly params: Uint32Array;
  readonly updateNorms: GPUBuffer;
  readonly training: GPUBuffer;
  readonly records: GPUBuffer;
  readonly firstOverflow: GPUBuffer;
  readonly productExponents: GPUBuffer;
  /** Pieces of the update's norms, of weights and changes each */
  readonly pieces: number;
}

export function dispatchTrainingRecord(work: TrainingRecordWork): Dispatch {
  return {
    kernel: trainingRecord,
    constants: {},
    buffers: {
      update_norms: work.updateNorms,
      training: work.training,
      records: work.records,
      first_overflow: work.firstOverflow,
      product_exponents: work.productExponents,
    },
    uniforms: { params: work.params },
    workgroups: [1, 1, 1],
    cost: work.pieces * 128,
  };
}
