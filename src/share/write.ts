import {
  AXIS_TRACKS,
  TRACKS,
  WEIGHT_KEYS,
  type AxisTrackId,
  type Configuration,
  type Pin,
  type RunConfiguration,
  type WeightEdit,
} from '../model/configuration';
import { sameValue } from '../model/sameValue';
import { DEFAULT_TRAINING } from '../model/trainingSettings';
import type { Truncation } from '../model/truncation';
import { numbersToJson, numberText, toGaps } from './numberText';
import { pack } from './packed';
import { trainingText } from './trainingText';

/** A list longer than this many characters goes into `z`. */
const LONGEST_PLAIN_LIST = 100;

/** A run as the link writes it. */
export interface RunFields {
  /** In their fixed order */
  readonly plain: readonly (readonly [key: string, value: string])[];
  /** Keys of `z` with their JSON */
  readonly bulk: readonly (readonly [key: string, json: string])[];
}

/**
 * The fields of version 1 in their fixed order (docs/share-links.md), or null when the bulk data are
 * too much for a link.
 */
export function writeFields(
  configuration: Configuration,
): (readonly [key: string, value: string])[] | null {
  const { view, pins } = configuration;
  const run = writeRun(configuration);
  const fields = [...run.plain];
  fields.push(['view', `${view.from}-${view.to}`]);
  fields.push(['t', numberText(view.step)]);
  fields.push(['n', numberText(view.batchEntry)]);
  if (view.folded.length > 0) fields.push(['fold', view.folded.join(',')]);
  const named = namedTracks(view.order);
  if (named.length > 0) fields.push(['order', named.join(',')]);
  const heights = TRACKS.flatMap((track) => {
    const height = view.heights[track];
    return height === undefined ? [] : [`${track}:${height}`];
  });
  if (heights.length > 0) fields.push(['height', heights.join(',')]);
  if (view.panel !== 'step') fields.push(['panel', view.panel]);

  if (!sameValue(configuration.training, DEFAULT_TRAINING)) {
    fields.push(['train', trainingText(configuration.training)]);
  }

  const bulk = [...run.bulk];
  if (pins.length > 0) bulk.push(['pins', pinsToJson(pins, run)]);
  if (bulk.length > 0) {
    const z = pack(`{${bulk.map(([key, json]) => `"${key}":${json}`).join(',')}}`);
    if (z === null) return null;
    fields.push(['z', z]);
  }
  return fields;
}

function writeRun(run: RunConfiguration): RunFields {
  const { task, initialiser, lossPlacement } = run;
  const plain: [string, string][] = [];
  const bulk: [string, string][] = [];
  const put = (key: string, value: string | number) => {
    plain.push([key, typeof value === 'number' ? numberText(value) : value]);
  };
  const putInBulk = (key: string, json: string) => bulk.push([key, json]);
  const putSteps = (key: string, steps: readonly number[]) => {
    const list = steps.join(',');
    if (list.length <= LONGEST_PLAIN_LIST) put(key, list);
    else putInBulk(key, JSON.stringify(toGaps(steps)));
  };

  put('task', task.kind);
  if (task.kind === 'text' || task.kind === 'series') {
    const { source } = task;
    if ('sample' in source) put('sample', source.sample);
    else if ('text' in source) putInBulk('text', JSON.stringify(source.text));
    else {
      const name = JSON.stringify(source.name);
      putInBulk('series', `{"name":${name},"values":${numbersToJson(source.values)}}`);
    }
  }
  if (task.kind === 'text') put('vocab', task.vocabulary);
  put('T', run.T);
  put('B', run.B);
  put('H', run.H);
  put('f', run.activation);
  put('g', run.outputActivation);
  put('loss', run.loss);
  if (typeof lossPlacement === 'string') put('at', lossPlacement);
  else putSteps('at', lossPlacement);
  put('init', initialiser.kind);
  put('angle', initialiser.angle);
  put('gain', run.gain);
  put('seed', run.seed);
  put('data', run.dataSeed);
  if (run.cuts.length > 0) putSteps('cut', run.cuts);
  if (run.truncation.kind !== 'none') put('tr', truncationText(run.truncation));
  if (run.edits.length > 0) {
    const list = run.edits.map(
      ({ array, index, value }) => `${array}.${index}:${numberText(value)}`,
    );
    const text = list.join(',');
    if (text.length <= LONGEST_PLAIN_LIST) put('edit', text);
    else putInBulk('edit', editsToJson(run.edits));
  }
  const arrays = WEIGHT_KEYS.flatMap((key) => {
    const array = run.arrays[key];
    return array === undefined ? [] : [`"${key}":${numbersToJson(array)}`];
  });
  if (arrays.length > 0) putInBulk('arrays', `{${arrays.join(',')}}`);
  return { plain, bulk };
}

/**
 * Each pin as [name, differences] or [name, differences, bulk]: what its fields have that those of
 * the link's own run `main` do not, as key=value parts and as keys of `z`. The value "-", or
 * null in bulk, takes a field of `main` away; "" is the empty list.
 */
function pinsToJson(pins: readonly Pin[], main: RunFields): string {
  const list = pins.map(({ name, configuration }) => {
    const own = writeRun(configuration);
    const differences = difference(own.plain, main.plain, '-').map((field) => field.join('='));
    const bulk = difference(own.bulk, main.bulk, 'null').map(([key, json]) => `"${key}":${json}`);
    const parts = [JSON.stringify(name), JSON.stringify(differences.join('&'))];
    if (bulk.length > 0) parts.push(`{${bulk.join(',')}}`);
    return `[${parts.join(',')}]`;
  });
  return `[${list.join(',')}]`;
}

/** The entries of `own` that `main` does not have, then those that only `main` has, as `gone`. */
function difference(
  own: RunFields['plain'],
  main: RunFields['plain'],
  gone: string,
): (readonly [key: string, value: string])[] {
  const before = new Map(main);
  const after = new Map(own);
  return [
    ...own.filter(([key, value]) => before.get(key) !== value),
    ...main.flatMap(([key]) => (after.has(key) ? [] : [[key, gone] as const])),
  ];
}

/** The tracks a link has to name: those after them stand in their usual order. */
function namedTracks(order: readonly AxisTrackId[]): readonly AxisTrackId[] {
  for (let count = 0; count < order.length; count++) {
    const named = order.slice(0, count);
    const rest = AXIS_TRACKS.filter((track) => !named.includes(track));
    if (rest.every((track, i) => track === order[count + i])) return named;
  }
  return order;
}

/** The kind and its numbers in the order of the type: sliding-10-1, random-0.9-7. */
function truncationText(truncation: Truncation): string {
  switch (truncation.kind) {
    case 'none':
      return truncation.kind;
    case 'chunked':
    case 'reset':
      return `${truncation.kind}-${truncation.every}`;
    case 'sliding':
      return `${truncation.kind}-${truncation.depth}-${truncation.every}`;
    case 'random':
      return `${truncation.kind}-${numberText(truncation.keep)}-${truncation.seed}`;
  }
}

/** {"Wh":{"at":[gaps of the indices],"to":[values]},…} */
function editsToJson(edits: readonly WeightEdit[]): string {
  const parts = WEIGHT_KEYS.flatMap((key) => {
    const own = edits.filter((edit) => edit.array === key);
    if (own.length === 0) return [];
    const at = JSON.stringify(toGaps(own.map((edit) => edit.index)));
    const to = own.map((edit) => numberText(edit.value)).join(',');
    return [`"${key}":{"at":${at},"to":[${to}]}`];
  });
  return `{${parts.join(',')}}`;
}
