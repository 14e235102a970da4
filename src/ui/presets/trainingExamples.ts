import type { Initialiser, RunConfiguration } from '../../model/configuration';
import type { Activation } from '../../model/kinds';
import { OPTIMIZER_DEFAULTS, type Optimizer } from '../../model/optimizer';
import { DEFAULT_TRAINING, type TrainingSettings } from '../../model/trainingSettings';
import type { Truncation } from '../../model/truncation';

/**
 * Runs of less than a minute that tell a story, in pairs that differ in one thing. What they do with
 * other seeds is in docs/training-presets.md, made by bench/presets.mjs.
 */
export const TRAINING_EXAMPLE_IDS = [
  'addingTanh',
  'addingIrnn',
  'addingUnclipped',
  'orderExplodes',
  'orderClipped',
  'orderTruncated',
  'orderFull',
  'byHeart',
] as const;

export interface TrainingExample {
  readonly run: Partial<RunConfiguration>;
  readonly training: TrainingSettings;
}

function initialised(kind: Initialiser['kind'], gain: number) {
  return { initialiser: { kind, angle: 0.3 }, gain };
}

const adam = (lr: number): Optimizer => ({ ...OPTIMIZER_DEFAULTS.adam, kind: 'adam', lr });
const sgd = (lr: number): Optimizer => ({ ...OPTIMIZER_DEFAULTS.sgd, kind: 'sgd', lr });

function training(
  optimizer: Optimizer,
  change: Pick<TrainingSettings, 'clipNorm' | 'steps'> & Partial<TrainingSettings>,
): TrainingSettings {
  return { ...DEFAULT_TRAINING, data: 'fresh', optimizer, ...change };
}

/** The adding problem over 100 steps: the loss of always saying 1 is 1/6. */
function adding(
  activation: Activation,
  init: Pick<RunConfiguration, 'initialiser' | 'gain'>,
  clipNorm: number | null,
): TrainingExample {
  return {
    run: { task: { kind: 'adding' }, T: 100, B: 16, H: 32, activation, ...init },
    training: training(adam(0.001), { clipNorm, steps: 1500 }),
  };
}

const TEMPORAL_ORDER = {
  task: { kind: 'temporalOrder' },
  T: 30,
  loss: 'crossEntropy',
  outputActivation: 'softmax',
} as const satisfies Partial<RunConfiguration>;

/** A linear network on temporal order, by SGD with a rate that is bold: chance is ln 4. */
function bold(clipNorm: number | null): TrainingExample {
  return {
    run: {
      ...TEMPORAL_ORDER,
      ...{ B: 16, H: 16, activation: 'identity' },
      ...initialised('orthogonal', 0.95),
    },
    training: training(sgd(0.1), { clipNorm, steps: 600 }),
  };
}

/** The second of the two symbols is 12 to 14 steps before the loss, the first 24 to 26. */
function order(truncation: Truncation): TrainingExample {
  return {
    run: { ...TEMPORAL_ORDER, B: 32, H: 24, ...initialised('orthogonal', 1), truncation },
    training: training(adam(0.005), { clipNorm: 1, steps: 600 }),
  };
}

const identity = initialised('identity', 1);

export const TRAINING_EXAMPLES: Readonly<
  Record<(typeof TRAINING_EXAMPLE_IDS)[number], TrainingExample>
> = {
  addingTanh: adding('tanh', initialised('gaussian', 1), 1),
  addingIrnn: adding('relu', identity, 1),
  addingUnclipped: adding('relu', identity, null),
  orderExplodes: bold(null),
  orderClipped: bold(1),
  orderTruncated: order({ kind: 'chunked', every: 10 }),
  orderFull: order({ kind: 'none' }),
  byHeart: {
    run: {
      task: { kind: 'text', source: { sample: 'carroll' }, vocabulary: 32 },
      ...{ T: 40, B: 8, H: 32, loss: 'crossEntropy', outputActivation: 'softmax' },
      ...initialised('orthogonal', 1),
    },
    training: training(adam(0.005), { clipNorm: 5, steps: 500, data: 'fixed' }),
  },
};
