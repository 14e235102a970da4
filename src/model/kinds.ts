/**
 * The closed vocabularies of the model. Their spelling is part of the console API and of the
 * share links, so a value is never renamed, only added.
 */
export const ACTIVATIONS = [
  'tanh',
  'relu',
  'sigmoid',
  'identity',
  'leakyRelu',
  'elu',
  'softplus',
  'gelu',
  'silu',
  'sin',
] as const;
/** f in h_t = f(a_t). */
export type Activation = (typeof ACTIVATIONS)[number];

export const OUTPUT_ACTIVATIONS = ['identity', 'sigmoid', 'tanh', 'softmax'] as const;
/** g in y_t = g(z_t). */
export type OutputActivation = (typeof OUTPUT_ACTIVATIONS)[number];

export const LOSSES = ['mse', 'crossEntropy', 'bce'] as const;
/** ℓ_t; `crossEntropy` and `bce` are computed from the logits z_t, never through y_t. */
export type Loss = (typeof LOSSES)[number];

/** Slope of leakyRelu for a < 0 (PyTorch's default). */
export const LEAKY_RELU_SLOPE = 0.01;

/** γ ≥ max |f′(a)| over all a, rounded up where it is not exact: the constant of the bound ‖∂h_s/∂h_k‖ ≤ (γ σ_max(W_h))^(s−k). */
export const MAXIMUM_SLOPE: Record<Activation, number> = {
  tanh: 1,
  relu: 1,
  sigmoid: 0.25,
  identity: 1,
  leakyRelu: 1,
  elu: 1,
  softplus: 1,
  gelu: 1.128905,
  silu: 1.09984,
  sin: 1,
};
