import { rowWorkgroups } from '../dispatchSizes';
import type { Dispatch, KernelDefinition } from '../kernel';

/** y_t = g(z_t), w_t ℓ_t and w_t ∂ℓ_t/∂z_t of every row. */
export const loss: KernelDefinition = {
  name: 'loss',
  bindings: [
    { name: 'params', kind: 'uniform', struct: 'Params' },
    { name: 'logits', kind: 'read' },
    { name: 'targets', kind: 'read' },
    { name: 'loss_weights', kind: 'read' },
    { name: 'first_overflow', kind: 'read' },
    { name: 'outputs', kind: 'write' },
    { name: 'logit_gradients', kind: 'write' },
    { name: 'row_exponents', kind: 'write' },
    { name: 'row_losses', kind: 'write' },
  ],
  overrides: ['output_activation', 'loss'],
};

export interface LossWork {
  readonly params: Uint32Array;
  readonly logits: GPUBuffer;
  readonly targets: GPUBuffer;
  readonly lossWeights: GPUBuffer;
  readonly firstOverflow: GPUBuffer;
  readonly outputs: GPUBuffer;
  readonly logitGradients: GPUBuffer;
  readonly rowExponents: GPUBuffer;
  readonly rowLosses: GPUBuffer;
  readonly outputActivation: number;
  readonly loss: number;
  readonly rows: number;
  readonly outputGroups: number;
}

export function dispatchLoss(work: LossWork): Dispatch {
  return {
    kernel: loss,
    constants: { output_activation: work.outputActivation, loss: work.loss },
    buffers: {
      logits: work.logits,
      targets: work.targets,
      loss_weights: work.lossWeights,
      first_overflow: work.firstOverflow,
      outputs: work.outputs,
      logit_gradients: work.logitGradients,
      row_exponents: work.rowExponents,
      row_losses: work.rowLosses,
    },
    uniforms: { params: work.params },
    workgroups: rowWorkgroups(work.rows),
    cost: work.rows * work.outputGroups * 400,
  };
}
