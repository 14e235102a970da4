import type { Parameters } from './problem';

/**
 * Optimizers by PyTorch's definitions and names (torch.optim; the formulas are in
 * src/reference/optimizers.ts). Part of the console API: a name is never changed, only added.
 */
export interface Sgd {
  readonly kind: 'sgd';
  readonly lr: number;
  readonly momentum: number;
  readonly dampening: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
}

export interface Rmsprop {
  readonly kind: 'rmsprop';
  readonly lr: number;
  readonly alpha: number;
  readonly eps: number;
  readonly weightDecay: number;
  readonly momentum: number;
  readonly centered: boolean;
}

export interface Adam {
  readonly kind: 'adam';
  readonly lr: number;
  readonly betas: readonly [number, number];
  readonly eps: number;
  readonly weightDecay: number;
  readonly amsgrad: boolean;
}

export type Optimizer = Sgd | Rmsprop | Adam;
export type OptimizerKind = Optimizer['kind'];
export const OPTIMIZERS = ['sgd', 'rmsprop', 'adam'] as const satisfies readonly OptimizerKind[];

/** PyTorch's defaults; `lr` has none here. */
export const OPTIMIZER_DEFAULTS = {
  sgd: { momentum: 0, dampening: 0, nesterov: false, weightDecay: 0 },
  rmsprop: { alpha: 0.99, eps: 1e-8, weightDecay: 0, momentum: 0, centered: false },
  adam: { betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, amsgrad: false },
} as const satisfies {
  [K in OptimizerKind]: Omit<Extract<Optimizer, { kind: K }>, 'kind' | 'lr'>;
};

/** Everything that is trained; h_0 is not. The order in which lists of them are kept. */
export const PARAMETER_NAMES = [
  'recurrentWeights',
  'inputWeights',
  'hiddenBias',
  'outputWeights',
  'outputBias',
] as const satisfies readonly (keyof Parameters)[];
export type ParameterName = (typeof PARAMETER_NAMES)[number];

/** One value for each of the parameters. */
export type ByParameter<V> = Readonly<Record<ParameterName, V>>;

export function byParameter<V>(make: (name: ParameterName) => V): ByParameter<V> {
  return Object.fromEntries(PARAMETER_NAMES.map((name) => [name, make(name)])) as ByParameter<V>;
}

/**
 * What an optimizer keeps for every weight. Second moments are kept as square roots: √v has float32's
 * whole range for g, v only half of it (docs/decisions/0005-training.md).
 */
export type Moment =
  /** SGD's and RMSprop's momentum_buffer */
  | 'velocity'
  /** Adam's exp_avg, centred RMSprop's grad_avg */
  | 'mean'
  /** √exp_avg_sq, √square_avg; centred: √(square_avg − grad_avg²) */
  | 'rms'
  /** √max_exp_avg_sq */
  | 'largestRms';

export type Moments = Readonly<Partial<Record<Moment, Parameters>>>;

/** Which moments this optimizer keeps. */
export function momentsOf(optimizer: Optimizer): readonly Moment[] {
  switch (optimizer.kind) {
    case 'sgd':
      return optimizer.momentum > 0 ? ['velocity'] : [];
    case 'rmsprop':
      return [
        'rms',
        ...(optimizer.centered ? (['mean'] as const) : []),
        ...(optimizer.momentum > 0 ? (['velocity'] as const) : []),
      ];
    case 'adam':
      return optimizer.amsgrad ? ['mean', 'rms', 'largestRms'] : ['mean', 'rms'];
  }
}

/** What changes from update to update, in float64. */
export interface UpdateScalars {
  /** lr, for Adam lr/(1 − β₁^t) */
  readonly stepSize: number;
  /** What √v is divided by: √(1 − β₂^t) for Adam, 1 for the others */
  readonly correction: number;
}

/** @param update t, 1 for the first */
export function updateScalars(optimizer: Optimizer, update: number): UpdateScalars {
  const { lr } = optimizer;
  if (optimizer.kind !== 'adam') return { stepSize: lr, correction: 1 };
  const [beta1, beta2] = optimizer.betas;
  return { stepSize: lr / (1 - beta1 ** update), correction: Math.sqrt(1 - beta2 ** update) };
}
