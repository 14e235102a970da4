import {
  DEFAULT_CONFIGURATION,
  type Configuration,
  type PanelId,
  type RunConfiguration,
  type TrackId,
  type View,
} from '../../model/configuration';
import { runOf } from '../../model/pins';
import { sameValue } from '../../model/sameValue';
import type { TrainingSettings } from '../../model/trainingSettings';
import { TRAINING_EXAMPLES, TRAINING_EXAMPLE_IDS } from './trainingExamples';

/** The examples in the order of the menu; the groups' names are `preset.group.<key>`. */
export const PRESET_GROUPS = {
  flow: ['scalar', 'orthogonal', 'saturation', 'irnn', 'radius', 'exploding', 'chaos'],
  truncation: ['chunks', 'unbiased', 'influence'],
  training: TRAINING_EXAMPLE_IDS,
  mistakes: ['noDetach', 'tooLate', 'data', 'reset', 'offByOne'],
} as const;
export const PRESET_IDS = [
  ...PRESET_GROUPS.flow,
  ...PRESET_GROUPS.truncation,
  ...PRESET_GROUPS.training,
  ...PRESET_GROUPS.mistakes,
] as const;
export type PresetId = (typeof PRESET_IDS)[number];

const angle = DEFAULT_CONFIGURATION.initialiser.angle;

/**
 * Without pins: those of the page stay beside the example. Only an example of training says how to
 * train; the others leave that as it is.
 */
export type Preset = RunConfiguration & {
  readonly view: View;
  readonly training?: TrainingSettings;
};

function preset(
  change: Partial<RunConfiguration>,
  panel: PanelId,
  folded: readonly TrackId[] = ['saturation'],
): Preset {
  return {
    ...runOf(DEFAULT_CONFIGURATION),
    lossPlacement: 'last',
    ...change,
    view: { ...DEFAULT_CONFIGURATION.view, panel, folded },
  };
}

/** Loss at every step, so that a cut costs something everywhere. */
const EVERY = { lossPlacement: 'every' } as const;

/**
 * Influence balancing (Tallec & Ollivier 2017, section 5): h_i ← ½h_i + ½h_{i+1} ± θ over 23 units,
 * θ entering 10 units with a plus and the 13 after them with a minus, and the loss on the first unit.
 * A change of θ comes from near with the one sign and from afar, stronger, with the other.
 */
const INFLUENCE_UNITS = 23;
const INFLUENCE_PLUS = 10;
const INFLUENCE_T = 200;

function influence(): Partial<RunConfiguration> {
  const H = INFLUENCE_UNITS;
  const Wh = new Array<number>(H * H).fill(0);
  for (let i = 0; i < H; i++) {
    Wh[i * H + i] = 0.5;
    if (i + 1 < H) Wh[i * H + i + 1] = 0.5;
  }
  const values = new Array<number>(INFLUENCE_T + 1).fill(0);
  return {
    // A series of zeros: no input, and 0 = y − 1 is the aim: c = −1.
    task: { kind: 'series', source: { name: 'influence balancing', values } },
    ...{ T: INFLUENCE_T, B: 1, H, activation: 'identity', lossPlacement: 'every' },
    arrays: {
      Wh,
      Wx: new Array<number>(H).fill(0),
      b: Array.from({ length: H }, (_, i) => (i < INFLUENCE_PLUS ? 0.5 : -0.5)),
      Wy: Array.from({ length: H }, (_, i) => (i === 0 ? 1 : 0)),
      c: [-1],
    },
    truncation: { kind: 'sliding', depth: 16, every: 1 },
  };
}

function trainingPresets(): Record<(typeof TRAINING_EXAMPLE_IDS)[number], Preset> {
  const entries = TRAINING_EXAMPLE_IDS.map((id) => {
    const { run, training } = TRAINING_EXAMPLES[id];
    return [id, { ...preset({ lossPlacement: 'task', ...run }, 'train'), training }] as const;
  });
  return Object.fromEntries(entries) as Record<(typeof TRAINING_EXAMPLE_IDS)[number], Preset>;
}

/** Whole configurations, each with one point to make; the texts are `preset.<id>` and `…About`. */
export const PRESETS: Readonly<Record<PresetId, Preset>> = {
  scalar: preset(
    { H: 1, activation: 'identity', initialiser: { kind: 'identity', angle }, gain: 0.5 },
    'flow',
  ),
  orthogonal: preset({ gain: 1 }, 'flow', []),
  saturation: preset({ initialiser: { kind: 'identity', angle }, gain: 3 }, 'flow', []),
  irnn: preset(
    { activation: 'relu', initialiser: { kind: 'identity', angle }, gain: 1 },
    'spectrum',
    [],
  ),
  radius: preset(
    { H: 2, activation: 'identity', arrays: { Wh: [0.9, 5, 0, 0.9], Wy: [1, 0] } },
    'spectrum',
  ),
  exploding: preset({ activation: 'identity', gain: 1.2 }, 'flow'),
  chunks: preset({ ...EVERY, gain: 1, truncation: { kind: 'chunked', every: 16 } }, 'truncation'),
  unbiased: preset(
    { ...EVERY, gain: 1, truncation: { kind: 'random', keep: 0.9, seed: 1 } },
    'truncation',
  ),
  influence: preset(influence(), 'truncation'),
  ...trainingPresets(),
  // The network that each mistake leaves behind.
  noDetach: preset({ ...EVERY, task: { kind: 'sine' } }, 'pytorch'),
  tooLate: preset({ ...EVERY, task: { kind: 'sine' }, cuts: [17, 33, 49, 65, 81] }, 'pytorch'),
  data: preset(
    { ...EVERY, task: { kind: 'sine' }, truncation: { kind: 'chunked', every: 16 } },
    'pytorch',
  ),
  reset: preset(
    { ...EVERY, task: { kind: 'sine' }, truncation: { kind: 'reset', every: 16 } },
    'pytorch',
  ),
  offByOne: preset({ ...EVERY, task: { kind: 'sine' }, T: 24, H: 4 }, 'pytorch'),
  chaos: preset({ H: 64, initialiser: { kind: 'gaussian', angle }, gain: 2.5 }, 'spectrum'),
};

/**
 * What makes a configuration the example: its run; where it says how to train, that too, and the
 * weights on the way are still the example's.
 */
function identityOf(configuration: RunConfiguration, training: TrainingSettings | undefined) {
  const run = runOf(configuration);
  return training ? { ...run, arrays: {}, edits: [], training } : run;
}

const PRESET_IDENTITIES = PRESET_IDS.map((id) => {
  const { training } = PRESETS[id];
  return { id, training, identity: identityOf(PRESETS[id], training) };
});

/** The example that this configuration still is, whatever part of it is looked at and beside what; or null. */
export function presetOf(configuration: Omit<Configuration, 'view' | 'pins'>): PresetId | null {
  const plain = identityOf(configuration, undefined);
  const trained = identityOf(configuration, configuration.training);
  const found = PRESET_IDENTITIES.find(({ training, identity }) =>
    sameValue(training ? trained : plain, identity),
  );
  return found?.id ?? null;
}
