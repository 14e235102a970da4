import * as v from 'valibot';
import {
  AXIS_TRACKS,
  INITIALISERS,
  LIMITS,
  PANELS,
  PIN_LIMITS,
  SERIES_SAMPLES,
  SYNTHETIC_TASKS,
  TEXT_SAMPLES,
  TRACKS,
  WEIGHT_KEYS,
  type Configuration,
  type TaskConfiguration,
  type TrackId,
} from './configuration';
import { hasUnprintable, isPlainObject } from './describeValue';
import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS } from './kinds';
import {
  exactly,
  FLOAT32,
  fitsFloat32,
  got,
  isList,
  listOf,
  numbers,
  oneOf,
  real,
  realBetween,
  textOf,
  whole,
} from './schemaParts';
import { trainingSchema } from './trainingSchema';
import { TRUNCATIONS, type Truncation } from './truncation';

/**
 * The one definition of a well-formed Configuration, whoever made it: a control, the console or a
 * link. What depends on the task (sizes of arrays, longest T) is in configurationRules.ts.
 */

/** Sizes that keep an edit, an undo entry and a link affordable. */
export const BULK_LIMITS = {
  textLength: 1_000_000,
  seriesLength: 200_000,
  seriesName: 120,
  edits: 10_000,
  arrayLength: LIMITS.H.most * LIMITS.H.most,
} as const;

function isStep(x: unknown): x is number {
  return typeof x === 'number' && Number.isInteger(x) && x >= 1 && x <= LIMITS.T.most;
}

const steps = v.pipe(
  numbers(0, LIMITS.T.most, isStep, `must be a step, a whole number from 1 to ${LIMITS.T.most}`),
  v.transform((list) => [...new Set(list)].sort((a, b) => a - b)),
);

const UINT32 = 2 ** 32 - 1;

const PRINTABLE = 'must not hold control or direction characters';

function hasKey(value: unknown, key: string): boolean {
  return isPlainObject(value) && Object.hasOwn(value, key);
}

const textSource = v.lazy((input) =>
  hasKey(input, 'text')
    ? exactly({ text: textOf(2, BULK_LIMITS.textLength) })
    : exactly({ sample: oneOf(TEXT_SAMPLES) }),
);

const seriesSource = v.lazy((input) =>
  hasKey(input, 'values') || hasKey(input, 'name')
    ? exactly({
        name: v.pipe(
          textOf(0, BULK_LIMITS.seriesName),
          v.check((x) => !hasUnprintable(x), PRINTABLE),
        ),
        values: numbers(2, BULK_LIMITS.seriesLength, fitsFloat32, FLOAT32),
      })
    : exactly({ sample: oneOf(SERIES_SAMPLES) }),
);

const task = v.lazy((input): v.GenericSchema<unknown, TaskConfiguration> => {
  const kind: unknown = isPlainObject(input) ? input['kind'] : undefined;
  if (kind === 'text') {
    const vocabulary = whole(LIMITS.vocabulary.least, LIMITS.vocabulary.most);
    return exactly({ kind: v.literal(kind), source: textSource, vocabulary });
  }
  if (kind === 'series') return exactly({ kind: v.literal(kind), source: seriesSource });
  const isSynthetic = SYNTHETIC_TASKS.some((k) => k === kind);
  return exactly({
    kind: isSynthetic
      ? oneOf(SYNTHETIC_TASKS)
      : v.custom<never>(
          () => false,
          (i) => `must be one of ${[...SYNTHETIC_TASKS, 'text', 'series'].join(', ')}${got(i)}`,
        ),
  });
});

const lossPlacement = v.lazy((input) =>
  isList(input)
    ? steps
    : v.picklist(
        ['task', 'every', 'last'],
        (i) => `must be task, every, last or an array of steps${got(i)}`,
      ),
);

const edits = v.pipe(
  listOf(
    exactly({
      array: oneOf(WEIGHT_KEYS),
      index: whole(0, BULK_LIMITS.arrayLength - 1),
      value: real,
    }),
    BULK_LIMITS.edits,
    'edits (beyond that, give the whole array in `arrays`)',
  ),
  // The last edit of an entry counts; ordered by array and index, so equal edits look equal.
  v.transform((list) => {
    const last = new Map(list.map((edit) => [`${edit.array}.${edit.index}`, edit]));
    return [...last.values()].sort(
      (a, b) => WEIGHT_KEYS.indexOf(a.array) - WEIGHT_KEYS.indexOf(b.array) || a.index - b.index,
    );
  }),
);

const truncation = v.lazy((input): v.GenericSchema<unknown, Truncation> => {
  const given: unknown = isPlainObject(input) ? input['kind'] : undefined;
  const kind = TRUNCATIONS.find((known) => known === given);
  const every = whole(1, LIMITS.T.most);
  switch (kind) {
    case 'none':
      return exactly({ kind: v.literal(kind) });
    case 'chunked':
      return exactly({ kind: v.literal(kind), every });
    case 'reset':
      return exactly({ kind: v.literal(kind), every });
    case 'sliding':
      return v.pipe(
        exactly({ kind: v.literal(kind), depth: whole(1, LIMITS.T.most), every }),
        // Losses older than the depth would reach nothing: such a window goes back more often.
        v.transform((t) => ({ ...t, every: Math.min(t.every, t.depth) })),
      );
    case 'random':
      return exactly({
        kind: v.literal(kind),
        keep: realBetween(LIMITS.keep.least, LIMITS.keep.most),
        seed: whole(0, UINT32),
      });
    case undefined:
      return exactly({
        kind: v.custom<never>(
          () => false,
          (i) => `must be one of ${TRUNCATIONS.join(', ')}${got(i)}`,
        ),
      });
  }
});

const weights = v.exactOptional(numbers(1, BULK_LIMITS.arrayLength, fitsFloat32, FLOAT32));

const trackHeight = whole(LIMITS.trackHeight.least, LIMITS.trackHeight.most);

const VIEW = {
  from: whole(1, LIMITS.T.most),
  to: whole(0, LIMITS.T.most),
  step: whole(1, LIMITS.T.most),
  batchEntry: whole(0, LIMITS.B.most - 1),
  folded: v.pipe(
    listOf(oneOf(TRACKS), 100, 'tracks'),
    v.transform((list) => TRACKS.filter((track) => list.includes(track))),
  ),
  order: v.pipe(
    listOf(oneOf(AXIS_TRACKS), 100, 'tracks'),
    // Those that are not named follow in their usual order.
    v.transform((list) => [...new Set([...list, ...AXIS_TRACKS])]),
  ),
  heights: exactly(
    Object.fromEntries(TRACKS.map((track) => [track, v.exactOptional(trackHeight)])) as Record<
      TrackId,
      v.ExactOptionalSchema<typeof trackHeight, undefined>
    >,
  ),
  panel: oneOf(PANELS),
};

const RUN = {
  task,
  T: whole(LIMITS.T.least, LIMITS.T.most),
  B: whole(LIMITS.B.least, LIMITS.B.most),
  H: whole(LIMITS.H.least, LIMITS.H.most),
  activation: oneOf(ACTIVATIONS),
  outputActivation: oneOf(OUTPUT_ACTIVATIONS),
  loss: oneOf(LOSSES),
  lossPlacement,
  initialiser: exactly({ kind: oneOf(INITIALISERS), angle: real }),
  gain: realBetween(LIMITS.gain.least, LIMITS.gain.most),
  seed: whole(0, UINT32),
  dataSeed: whole(0, UINT32),
  edits,
  arrays: exactly({ Wh: weights, Wx: weights, b: weights, Wy: weights, c: weights }),
  cuts: steps,
  truncation,
};

const pinName = v.pipe(
  textOf(1, PIN_LIMITS.name),
  v.check((x) => !hasUnprintable(x), PRINTABLE),
  v.transform((x) => x.trim()),
  v.check((x) => x !== '', 'must not be blank'),
);

const pins = v.pipe(
  listOf(exactly({ name: pinName, configuration: exactly(RUN) }), PIN_LIMITS.pins, 'pins'),
  v.check(
    (list) => new Set(list.map(({ name }) => name)).size === list.length,
    'must have different names',
  ),
);

const FIELDS = { ...RUN, pins, training: trainingSchema };

/** The same fields, each of which may be left out. */
function optional<E extends Record<string, v.GenericSchema>>(entries: E) {
  const out = Object.entries(entries).map(([key, schema]) => [key, v.exactOptional(schema)]);
  return Object.fromEntries(out) as { [K in keyof E]: v.ExactOptionalSchema<E[K], undefined> };
}

export const configurationSchema: v.GenericSchema<unknown, Configuration> = exactly({
  ...FIELDS,
  view: exactly(VIEW),
});

/** A change of some fields; `view` merges field by field, everything else is replaced. */
export type ConfigurationChange = Partial<Omit<Configuration, 'view'>> & {
  readonly view?: Partial<Configuration['view']>;
};

export const changeSchema: v.GenericSchema<unknown, ConfigurationChange> = exactly({
  ...optional(FIELDS),
  view: v.exactOptional(exactly(optional(VIEW))),
});
