import type { ConfigurationChange } from '../../../model/configurationSchema';
import { DEFAULT_CONFIGURATION, type RunConfiguration } from '../../../model/configuration';
import { runOf } from '../../../model/pins';
import { DEFAULT_TRAINING, startingOptimizer } from '../../../model/trainingSettings';
import type { SurfaceSettings } from './surfaceSettings';

/**
 * The network of figure 6 of Pascanu, Mikolov and Bengio (2013): x_t = w σ(x_{t−1}) + b over 50 steps
 * from x_0 = ½, E = (σ(x_50) − 0.7)². With h = σ(x) that is one sigmoid unit. Networks here start from
 * h_0 = 0, so the first input does what σ(x_0) would: a series of a one and zeros, standardised to
 * √50 and −1/√50, whose jump times W_x is w σ(½) at w = 6. In all other steps W_x x_t is −0.07, by
 * which b here lies above theirs; the targets' −1/√50 and 0.7 are in c.
 */
const STEPS = 50;
const AIM = 0.7;
const START = 1 / (1 + Math.exp(-0.5));
const [FIRST, REST] = [Math.sqrt(STEPS), -1 / Math.sqrt(STEPS)];
const INPUT_WEIGHT = (6 * START) / (FIRST - REST);

const RUN: Partial<RunConfiguration> = {
  task: {
    kind: 'series',
    source: {
      name: 'Pascanu, Mikolov & Bengio 2013',
      values: Array.from({ length: STEPS + 1 }, (_, t) => (t === 0 ? 1 : 0)),
    },
  },
  ...{ T: STEPS, B: 1, H: 1, activation: 'sigmoid', outputActivation: 'identity', loss: 'mse' },
  lossPlacement: 'last',
  arrays: { Wh: [5.3], Wx: [INPUT_WEIGHT], b: [-2.65], Wy: [1], c: [REST - AIM] },
};

/** One undoable change: the network, and the plain gradient steps of the paper. */
export const PASCANU_CHANGE: ConfigurationChange = {
  ...runOf(DEFAULT_CONFIGURATION),
  ...RUN,
  training: { ...DEFAULT_TRAINING, optimizer: { ...startingOptimizer('sgd'), lr: 0.05 } },
};

export const PASCANU_VIEW: Partial<SurfaceSettings> = {
  plane: 'axes',
  x: { choice: { kind: 'entry', array: 'Wh', row: 0, column: 0 }, range: [4.5, 6.9] },
  y: { choice: { kind: 'entry', array: 'b', row: 0, column: 0 }, range: [-3.3, -0.9] },
  way: 'plane',
  updates: 60,
  clipNorm: 0.5,
};
