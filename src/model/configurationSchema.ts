import * as v from 'valibot';
import {
  INITIALISERS,
  LIMITS,
  PANELS,
  SERIES_SAMPLES,
  SYNTHETIC_TASKS,
  TEXT_SAMPLES,
  TRACKS,
  WEIGHT_KEYS,
  type Configuration,
  type TaskConfiguration,
} from './configuration';
import { describeValue, hasUnprintable, isPlainObject, printable } from './describeValue';
import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS } from './kinds';

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

function got(issue: { readonly input: unknown }): string {
  return `, got ${describeValue(issue.input)}`;
}

function whole(least: number, most: number) {
  const isIt = (x: unknown) =>
    typeof x === 'number' && Number.isInteger(x) && x >= least && x <= most;
  return v.pipe(
    v.custom<number>(isIt, (i) => `must be a whole number from ${least} to ${most}${got(i)}`),
    v.transform(withoutNegativeZero),
  );
}

/** Links and comparisons know one zero. */
function withoutNegativeZero(x: number): number {
  return x + 0;
}

function fitsFloat32(x: unknown): x is number {
  return typeof x === 'number' && Number.isFinite(Math.fround(x));
}
const FLOAT32 = 'must be a finite number that fits float32';

const real = v.pipe(
  v.custom<number>(fitsFloat32, (i) => `${FLOAT32}${got(i)}`),
  v.transform(withoutNegativeZero),
);

function realBetween(least: number, most: number) {
  const isIt = (x: unknown) => typeof x === 'number' && x >= least && x <= most;
  return v.pipe(
    v.custom<number>(isIt, (i) => `must be a number from ${least} to ${most}${got(i)}`),
    v.transform(withoutNegativeZero),
  );
}

function oneOf<const C extends readonly string[]>(choices: C) {
  return v.picklist(choices, (i) => `must be one of ${choices.join(', ')}${got(i)}`);
}

type ListLike = readonly unknown[] | ArrayLike<unknown>;

function isList(value: unknown): value is ListLike {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** A plain or typed array of numbers as a plain array; one loop, since it may be long. */
function numbers(least: number, most: number, check: (x: unknown) => x is number, wanted: string) {
  return v.pipe(
    v.custom<ListLike>(
      (x) => isList(x) && x.length >= least && x.length <= most,
      (i) => {
        const size = `must be an array of ${least} to ${most} numbers`;
        return isList(i.input) ? `${size}, got ${i.input.length}` : `${size}${got(i)}`;
      },
    ),
    v.rawTransform<ListLike, number[]>(({ dataset, addIssue, NEVER }) => {
      const input = dataset.value;
      const out = new Array<number>(input.length);
      for (let i = 0; i < out.length; i++) {
        const value = input[i];
        if (!check(value)) {
          addIssue({
            message: `${wanted}, got ${describeValue(value)}`,
            path: [{ type: 'array', origin: 'value', input: [], key: i, value }],
          });
          return NEVER;
        }
        out[i] = withoutNegativeZero(value);
      }
      return out;
    }),
  );
}

function isStep(x: unknown): x is number {
  return typeof x === 'number' && Number.isInteger(x) && x >= 1 && x <= LIMITS.T.most;
}

const steps = v.pipe(
  numbers(0, LIMITS.T.most, isStep, `must be a step, a whole number from 1 to ${LIMITS.T.most}`),
  v.transform((list) => [...new Set(list)].sort((a, b) => a - b)),
);

/** An array of few items; its length is checked before any item is looked at. */
function listOf<const S extends v.GenericSchema>(item: S, most: number, wanted: string) {
  return v.pipe(
    v.custom<unknown[]>(
      (x) => Array.isArray(x) && x.length <= most,
      (i) => `must be an array of at most ${most} ${wanted}${got(i)}`,
    ),
    v.array(item),
  );
}

/** An object with these keys and no others. */
function exactly<E extends v.ObjectEntries>(entries: E) {
  return v.pipe(
    v.custom<Record<string, unknown>>(isPlainObject, (i) => `must be a plain object${got(i)}`),
    v.rawCheck<Record<string, unknown>>(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const unknown = Object.keys(dataset.value).filter((key) => !Object.hasOwn(entries, key));
      for (const key of unknown.slice(0, 5)) {
        const known = Object.keys(entries).join(', ');
        addIssue({
          message: `is unknown; the keys here are ${known}`,
          path: [
            {
              type: 'object',
              origin: 'key',
              input: dataset.value,
              key: printable(key),
              value: dataset.value[key],
            },
          ],
        });
      }
    }),
    v.object(entries, 'is missing'),
  );
}

function textOf(least: number, most: number) {
  return v.custom<string>(
    (x) => typeof x === 'string' && x.length >= least && x.length <= most,
    (i) => {
      const size = `must be a text of ${least} to ${most} characters`;
      return typeof i.input === 'string' ? `${size}, got ${i.input.length}` : `${size}${got(i)}`;
    },
  );
}

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
          v.check((x) => !hasUnprintable(x), 'must not hold control or direction characters'),
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

const weights = v.exactOptional(numbers(1, BULK_LIMITS.arrayLength, fitsFloat32, FLOAT32));

const VIEW = {
  from: whole(1, LIMITS.T.most),
  to: whole(0, LIMITS.T.most),
  step: whole(1, LIMITS.T.most),
  batchEntry: whole(0, LIMITS.B.most - 1),
  folded: v.pipe(
    listOf(oneOf(TRACKS), 100, 'tracks'),
    v.transform((list) => TRACKS.filter((track) => list.includes(track))),
  ),
  panel: oneOf(PANELS),
};

const UINT32 = 2 ** 32 - 1;

const FIELDS = {
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
};

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
