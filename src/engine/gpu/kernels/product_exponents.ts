import { rowWorkgroups } from '../dispatchSizes';
import type { Dispatch, KernelDefinition } from '../kernel';

/** Largest exponent of any product in each parameter gradient's sum. */
export const productExponents: KernelDefinition = {
  name: 'product_exponents',
  bindings: [
    { name: 'params', kind: 'uniform', struct: 'Params' },
    { name: 'error_signal_norms', kind: 'read' },
    { name: 'logit_gradient_norms', kind: 'read' },
    { name: 'input_norms', kind: 'read' },
    { name: 'hidden_state_norms', kind: 'read' },
    { name: 'previous_state_norms', kind: 'read' },
    { name: 'product_exponents', kind: 'write' },
  ],
  overrides: [],
};

/** Order of the entries of `product_exponents`. */
export const PRODUCT = {
  recurrentWeights: 0,
  inputWeights: 1,
  hiddenBias: 2,
  outputWeights: 3,
  outputBias: 4,
} as const;

export interface ProductExponentsWork {
  readonly params: Uint32Array;
  readonly errorSignalNorms: GPUBuffer;
  readonly logitGradientNorms: GPUBuffer;
  readonly inputNorms: GPUBuffer;
  readonly hiddenStateNorms: GPUBuffer;
  readonly previousStateNorms: GPUBuffer;
  readonly productExponents: GPUBuffer;
  readonly rows: number;
}

export function dispatchProductExponents(work: ProductExponentsWork): Dispatch {
  return {
    kernel: productExponents,
    constants: {},
    buffers: {
      error_signal_norms: work.errorSignalNorms,
      logit_gradient_norms: work.logitGradientNorms,
      input_norms: work.inputNorms,
      hidden_state_norms: work.hiddenStateNorms,
      previous_state_norms: work.previousStateNorms,
      product_exponents: work.productExponents,
    },
    uniforms: { params: work.params },
    workgroups: rowWorkgroups(work.rows),
    cost: work.rows * 16,
  };
}
