import { PIN_LIMITS, WEIGHT_KEYS } from '../model/configuration';
import { BULK_LIMITS } from '../model/configurationSchema';
import { describeValue, isPlainObject, printable } from '../model/describeValue';
import { splitFragment, type Fields } from './fields';
import { fromGaps, numberFromText, numbersFromJson } from './numberText';
import { unpack } from './packed';
import { readTraining } from './trainingText';

const RUN_KEYS = [
  ...['task', 'sample', 'vocab', 'T', 'B', 'H', 'f', 'g', 'loss', 'at', 'init', 'angle'],
  ...['gain', 'seed', 'data', 'cut', 'tr', 'edit'],
];
const KEYS = [
  ...['v', ...RUN_KEYS, 'view', 't', 'n', 'fold', 'order', 'height', 'panel', 'train', 'z'],
];
const RUN_BULK_KEYS = ['text', 'series', 'at', 'cut', 'edit', 'arrays'];
const BULK_KEYS = [...RUN_BULK_KEYS, 'pins'];

/** The parsed keys of `z`. */
type Bulk = ReadonlyMap<string, unknown>;

/** Called for everything wrong with a key. */
type Complain = (key: string, message: string) => void;

/**
 * The fields of version 1 as a draft of a Configuration. Only the form of the fields is judged here;
 * every value is left for parseConfiguration.
 */
export function readFields(fields: Fields, report: Complain): Record<string, unknown> {
  let isSound = true;
  const complain: Complain = (key, message) => {
    isSound = false;
    report(key, message);
  };
  for (const key of fields.keys()) {
    if (!KEYS.includes(key)) complain(key, `${key} is an unknown key; version 1 does not have it.`);
  }
  const bulk = readBulk(fields.get('z'), complain);
  const run = readRun(fields, bulk, complain);
  const text = textReader(fields, complain);
  const number = numberReader(text, complain);
  const [from, to] = readWindow(text('view'), complain);
  const view = {
    from,
    to,
    step: number('t'),
    batchEntry: number('n'),
    folded: namesOf(fields.get('fold')),
    order: namesOf(fields.get('order')),
    heights: readHeights(fields.get('height'), complain),
    panel: fields.get('panel') ?? 'step',
  };
  // Differences from a damaged run mean nothing, and would repeat its complaints.
  const pins = isSound ? readPins(bulk.get('pins'), fields, bulk, complain) : [];
  return { ...run, pins, training: readTraining(fields.get('train'), complain), view };
}

/** The value of a key that must be there. */
function textReader(fields: Fields, complain: Complain): (key: string) => string | undefined {
  return (key) => {
    const value = fields.get(key);
    if (value === undefined) complain(key, `${key} is missing; the link may have been cut short.`);
    return value;
  };
}

function numberReader(
  text: (key: string) => string | undefined,
  complain: Complain,
): (key: string) => number | undefined {
  return (key) => {
    const value = text(key);
    if (value === undefined) return undefined;
    const parsed = numberFromText(value);
    if (Number.isFinite(parsed)) return parsed;
    complain(key, `${key} must be a finite number, got ${describeValue(value)}.`);
    return undefined;
  };
}

/** The link's own run, or a pinned one whose differences have been put on top of it. */
function readRun(fields: Fields, bulk: Bulk, complain: Complain): Record<string, unknown> {
  for (const key of bulk.keys()) {
    if (fields.has(key)) complain(key, `${key} occurs twice, by itself and in z.`);
  }
  const text = textReader(fields, complain);
  const number = numberReader(text, complain);
  const steps = (key: string, plain: string | undefined): unknown => {
    if (bulk.has(key)) return fromGaps(bulk.get(key));
    return plain === undefined || plain === '' ? [] : plain.split(',').map(numberFromText);
  };
  const at = bulk.has('at') ? undefined : text('at');
  return {
    task: readTask(fields, bulk, text, number, complain),
    T: number('T'),
    B: number('B'),
    H: number('H'),
    activation: text('f'),
    outputActivation: text('g'),
    loss: text('loss'),
    lossPlacement: at !== undefined && /^[a-z]/i.test(at) ? at : steps('at', at),
    initialiser: { kind: text('init'), angle: number('angle') },
    gain: number('gain'),
    seed: number('seed'),
    dataSeed: number('data'),
    edits: bulk.has('edit')
      ? readPackedEdits(bulk.get('edit'), complain)
      : readEdits(fields.get('edit'), complain),
    arrays: readArrays(bulk.get('arrays')),
    cuts: steps('cut', fields.get('cut')),
    truncation: readTruncation(fields.get('tr'), complain),
  };
}

/** Absent = none. The number of pins is checked before any of them is looked at. */
function readPins(packed: unknown, fields: Fields, bulk: Bulk, complain: Complain): unknown[] {
  if (packed === undefined) return [];
  if (!Array.isArray(packed) || packed.length > PIN_LIMITS.pins) {
    const got = describeValue(packed);
    complain('pins', `pins must be a list of at most ${PIN_LIMITS.pins}, got ${got}.`);
    return [];
  }
  return packed.map((pin: unknown, i) =>
    readPin(pin, fields, bulk, (key, message) => {
      complain(key === '' ? `pins.${i}` : `pins.${i}.${key}`, `Pin ${i + 1}: ${message}`);
    }),
  );
}

/** [name, differences] or [name, differences, bulk], as write.ts makes them. */
function readPin(pin: unknown, fields: Fields, bulk: Bulk, complain: Complain): unknown {
  const parts: readonly unknown[] = Array.isArray(pin) && pin.length <= 3 ? pin : [];
  const [name, differences, bulkDifferences = {}] = parts;
  if (typeof differences !== 'string' || !isPlainObject(bulkDifferences)) {
    complain('', `a pin must be [name, differences, bulk], got ${describeValue(pin)}.`);
    return undefined;
  }
  const split = splitFragment(differences);
  for (const { path, message } of split.problems) complain(path, message);
  const own = new Map([...fields].filter(([key]) => RUN_KEYS.includes(key)));
  for (const [key, value] of split.fields) {
    if (!RUN_KEYS.includes(key)) complain(key, `${key} is no key of a pin.`);
    else if (value === '-') own.delete(key);
    else own.set(key, value);
  }
  const ownBulk = new Map([...bulk].filter(([key]) => RUN_BULK_KEYS.includes(key)));
  for (const [key, value] of Object.entries(bulkDifferences)) {
    const path = `z.${printable(key)}`;
    if (!RUN_BULK_KEYS.includes(key)) complain(path, `${path} is no key of a pin.`);
    else if (value === null) ownBulk.delete(key);
    else ownBulk.set(key, value);
  }
  return { name, configuration: readRun(own, ownBulk, complain) };
}

/** The names of a list such as fold=graph,inputs; absent = none. */
function namesOf(text = ''): string[] {
  return text.split(',').filter((name) => name !== '');
}

/** Pairs such as states:160; absent = none. */
function readHeights(text: string | undefined, complain: Complain): unknown {
  const heights = new Map<string, number>();
  for (const part of namesOf(text)) {
    const match = /^([a-z]{1,20}):(\d{1,5})$/.exec(part);
    if (match === null) {
      complain('height', `height has parts such as states:160, got ${describeValue(part)}.`);
    } else heights.set(match[1]!, Number(match[2]));
  }
  return Object.fromEntries(heights);
}

function readBulk(z: string | undefined, complain: Complain): Bulk {
  if (z === undefined) return new Map();
  const unpacked = unpack(z);
  if (!unpacked.ok) {
    complain('z', unpacked.message);
    return new Map();
  }
  if (!isPlainObject(unpacked.value)) {
    complain('z', `z must hold an object, got ${describeValue(unpacked.value)}.`);
    return new Map();
  }
  const entries = Object.entries(unpacked.value);
  const unknown = entries.filter(([key]) => !BULK_KEYS.includes(key));
  for (const [key] of unknown.slice(0, 5)) {
    const path = `z.${printable(key)}`;
    complain(path, `${path} is an unknown key; version 1 does not have it.`);
  }
  return new Map(entries);
}

function readTask(
  fields: Fields,
  bulk: Bulk,
  text: (key: string) => string | undefined,
  number: (key: string) => number | undefined,
  complain: Complain,
): unknown {
  const kind = text('task');
  const ownKeys = kind === 'text' ? ['sample', 'vocab', 'text'] : ['sample', 'series'];
  const meaningful = kind === 'text' || kind === 'series' ? ownKeys : [];
  for (const key of ['sample', 'vocab', 'text', 'series']) {
    if (meaningful.includes(key) || !(fields.has(key) || bulk.has(key))) continue;
    complain(key, `${key} has no meaning for the task ${describeValue(kind)}.`);
  }
  if (kind !== 'text' && kind !== 'series') return { kind };
  const own = bulk.get(kind);
  if (own !== undefined && fields.has('sample')) {
    complain('sample', 'sample stands beside data of its own; only one of them can be shown.');
  }
  let source: unknown;
  if (own === undefined) source = { sample: text('sample') };
  else if (kind === 'text') source = { text: own };
  else source = isPlainObject(own) ? { ...own, values: numbersFromJson(own['values']) } : own;
  return kind === 'text' ? { kind, source, vocabulary: number('vocab') } : { kind, source };
}

function readWindow(text: string | undefined, complain: Complain): [unknown, unknown] {
  if (text === undefined) return [undefined, undefined];
  const match = /^(\d{1,9})-(\d{1,9})$/.exec(text);
  if (match !== null) return [Number(match[1]), Number(match[2])];
  complain('view', `view must be two steps such as 1-96, got ${describeValue(text)}.`);
  return [undefined, undefined];
}

/** Absent = none, as with `cut`. */
function readTruncation(text: string | undefined, complain: Complain): unknown {
  if (text === undefined) return { kind: 'none' };
  const steps = /^(chunked|reset)-(\d{1,9})$/.exec(text);
  if (steps) return { kind: steps[1], every: Number(steps[2]) };
  const sliding = /^sliding-(\d{1,9})-(\d{1,9})$/.exec(text);
  if (sliding) return { kind: 'sliding', depth: Number(sliding[1]), every: Number(sliding[2]) };
  // A small probability has a minus of its own: random-1e-5-7.
  const random = /^random-(.{1,30})-(\d{1,10})$/.exec(text);
  if (random) {
    return { kind: 'random', keep: numberFromText(random[1]!), seed: Number(random[2]) };
  }
  const known = 'chunked-16, sliding-10-1, random-0.9-7 or reset-16';
  complain('tr', `tr must be such as ${known}, got ${describeValue(text)}.`);
  return { kind: 'none' };
}

function readEdits(text: string | undefined, complain: Complain): unknown {
  if (text === undefined || text === '') return [];
  return text.split(',').map((part) => {
    const match = /^([A-Za-z]{1,2})\.(\d{1,9}):(.{1,40})$/.exec(part);
    if (match === null) {
      complain('edit', `edit has parts such as Wh.3:0.5, got ${describeValue(part)}.`);
      return undefined;
    }
    return { array: match[1], index: Number(match[2]), value: numberFromText(match[3]!) };
  });
}

function readPackedEdits(packed: unknown, complain: Complain): unknown {
  if (!isPlainObject(packed)) return packed;
  return Object.entries(packed)
    .slice(0, WEIGHT_KEYS.length + 1)
    .flatMap(([array, list]) => {
      const at = isPlainObject(list) ? fromGaps(list['at']) : undefined;
      const to = isPlainObject(list) ? list['to'] : undefined;
      if (Array.isArray(at) && at.length > BULK_LIMITS.edits) {
        complain('edit', `edit has more than ${BULK_LIMITS.edits} entries.`);
        return [];
      }
      if (Array.isArray(at) && Array.isArray(to) && at.length === to.length) {
        return at.map((index: unknown, i) => ({ array, index, value: to[i] as unknown }));
      }
      complain('edit', `edit of ${printable(array)} must have as many values as indices.`);
      return [];
    });
}

function readArrays(packed: unknown): unknown {
  if (packed === undefined) return {};
  if (!isPlainObject(packed)) return packed;
  const isKnown = (key: string) => WEIGHT_KEYS.some((known) => known === key);
  return Object.fromEntries(
    Object.entries(packed).map(([key, list]) => [key, isKnown(key) ? numbersFromJson(list) : list]),
  );
}
