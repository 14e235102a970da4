import type { Activation, OutputActivation } from '../../model/kinds';

/** f as written in h_t = f(a_t); markup of MathText. */
export const ACTIVATION_NOTATION: Record<Activation, string> = {
  tanh: 'tanh',
  relu: 'ReLU',
  sigmoid: '*σ*',
  identity: '',
  leakyRelu: 'LeakyReLU',
  elu: 'ELU',
  softplus: 'softplus',
  gelu: 'GELU',
  silu: 'SiLU',
  sin: 'sin',
};

export const OUTPUT_NOTATION: Record<OutputActivation, string> = {
  identity: '',
  sigmoid: '*σ*',
  tanh: 'tanh',
  softmax: 'softmax',
};

/** name(argument), or the argument alone for the identity. */
export function applied(name: string, argument: string): string {
  return name === '' ? argument : `${name}(${argument})`;
}
