import fc from 'fast-check';
import {
  AXIS_TRACKS,
  DEFAULT_CONFIGURATION,
  INITIALISERS,
  PANELS,
  PIN_LIMITS,
  SYNTHETIC_TASKS,
  TEXT_SAMPLES,
  TRACKS,
  WEIGHT_KEYS,
  type Configuration,
  type TaskConfiguration,
} from '../../src/model/configuration';
import { parseConfiguration } from '../../src/model/configurationRules';
import { hasUnprintable } from '../../src/model/describeValue';
import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS } from '../../src/model/kinds';
import { runOf } from '../../src/model/pins';
import { TRAINING_DATA } from '../../src/model/trainingSettings';

const real = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, min: -1e38, max: 1e38 }),
  fc.constantFrom(0, 0.1, -1, 1e-320, 5e-324, 1e21, 123456789.125),
);
const step = fc.integer({ min: 1, max: 100_000 });
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const weights = fc.array(real, { minLength: 1, maxLength: 40 });

const task: fc.Arbitrary<TaskConfiguration> = fc.oneof(
  fc.record({ kind: fc.constantFrom(...SYNTHETIC_TASKS) }),
  fc.record({
    kind: fc.constant('text' as const),
    source: fc.oneof(
      fc.record({ sample: fc.constantFrom(...TEXT_SAMPLES) }),
      fc.record({ text: fc.string({ unit: 'binary', minLength: 2, maxLength: 50 }) }),
      fc.record({ text: fc.constantFrom('\u202eabc&z=1#%', '\ud800 lone', '<b>"\'</b>\0') }),
    ),
    vocabulary: fc.integer({ min: 2, max: 64 }),
  }),
  fc.record({
    kind: fc.constant('series' as const),
    source: fc.oneof(
      fc.record({ sample: fc.constant('seattleTemperature' as const) }),
      fc.record({
        name: fc.constantFrom('', 'a name', '气温 °C', '<i>&=#'),
        values: fc.array(real, { minLength: 2, maxLength: 60 }),
      }),
    ),
  }),
);

const run = fc.record({
  task,
  T: step,
  B: fc.integer({ min: 1, max: 256 }),
  H: fc.integer({ min: 1, max: 512 }),
  activation: fc.constantFrom(...ACTIVATIONS),
  outputActivation: fc.constantFrom(...OUTPUT_ACTIVATIONS),
  loss: fc.constantFrom(...LOSSES),
  lossPlacement: fc.oneof(
    fc.constantFrom('task' as const, 'every' as const, 'last' as const),
    fc.array(step, { maxLength: 50 }),
  ),
  initialiser: fc.record({ kind: fc.constantFrom(...INITIALISERS), angle: real }),
  gain: fc.double({ min: 0, max: 10, noNaN: true }),
  seed: uint32,
  dataSeed: uint32,
  edits: fc.array(
    fc.record({
      array: fc.constantFrom(...WEIGHT_KEYS),
      index: fc.integer({ min: 0, max: 600 }),
      value: real,
    }),
    { maxLength: 30 },
  ),
  arrays: fc.record(
    { Wh: weights, Wx: weights, b: weights, Wy: weights, c: weights },
    { requiredKeys: [] },
  ),
  cuts: fc.array(step, { maxLength: 60 }),
  truncation: fc.oneof(
    fc.constant({ kind: 'none' as const }),
    fc.record({ kind: fc.constantFrom('chunked' as const, 'reset' as const), every: step }),
    fc.record({ kind: fc.constant('sliding' as const), depth: step, every: step }),
    fc.record({
      kind: fc.constant('random' as const),
      keep: fc.double({ min: 1e-6, max: 1, noNaN: true }),
      seed: uint32,
    }),
  ),
});
const RUN_KEYS = Object.keys(runOf(DEFAULT_CONFIGURATION));

const view = fc.record({
  from: step,
  to: fc.integer({ min: 0, max: 100_000 }),
  step,
  batchEntry: fc.integer({ min: 0, max: 255 }),
  folded: fc.subarray([...TRACKS]),
  order: fc.shuffledSubarray([...AXIS_TRACKS]),
  heights: fc.dictionary(fc.constantFrom(...TRACKS), fc.integer({ min: 24, max: 600 })),
  panel: fc.constantFrom(...PANELS),
});

const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const bound = fc.option(fc.double({ min: 1e-30, max: 1e30, noNaN: true }));
const training = fc.record({
  optimizer: fc.oneof(
    fc.record({
      kind: fc.constant('sgd' as const),
      lr: amount,
      momentum: amount,
      dampening: share,
      nesterov: fc.constant(false),
      weightDecay: amount,
    }),
    fc.record({
      kind: fc.constant('rmsprop' as const),
      lr: amount,
      alpha: share,
      eps: amount,
      weightDecay: amount,
      momentum: amount,
      centered: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('adam' as const),
      lr: amount,
      betas: fc.tuple(share, share),
      eps: amount,
      weightDecay: amount,
      amsgrad: fc.boolean(),
    }),
  ),
  clipNorm: bound,
  clipValue: bound,
  targetLoss: bound,
  patience: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
  steps: fc.integer({ min: 1, max: 1_000_000 }),
  data: fc.constantFrom(...TRAINING_DATA),
});

const pinName = fc.oneof(
  fc.constantFrom('gain 0.95', '增益 0.95', '"]&=#%', '__proto__', '\\', 'z'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
);

/** What a pin has that the present run has not: some fields, or all of them. */
const pinDraft = fc.record({
  name: pinName.filter((name) => name.trim() !== '' && !hasUnprintable(name)),
  other: run,
  differing: fc.subarray(RUN_KEYS),
});

/** Well-formed in canonical form; not always fitting its own task, which links do not know. */
export const arbitraryConfiguration: fc.Arbitrary<Configuration> = fc
  .record({
    run,
    view,
    training,
    pins: fc.uniqueArray(pinDraft, {
      maxLength: PIN_LIMITS.pins,
      selector: ({ name }) => name.trim(),
    }),
  })
  .map(({ run: present, view, training, pins }) => {
    const draft = {
      ...present,
      view,
      training,
      pins: pins.map(({ name, other, differing }) => {
        const own = Object.entries(other).filter(([key]) => differing.includes(key));
        return { name, configuration: { ...present, ...Object.fromEntries(own) } };
      }),
    };
    const checked = parseConfiguration(draft);
    if (!checked.ok) throw new Error(checked.complaints.map((c) => c.message).join('; '));
    return checked.configuration;
  });
