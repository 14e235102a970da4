import {
  AXIS_TRACKS,
  TRACKS,
  WEIGHT_KEYS,
  type AxisTrackId,
  type Configuration,
  type WeightEdit,
} from '../model/configuration';
import type { Truncation } from '../model/truncation';
import { numbersToJson, numberText, toGaps } from './numberText';
import { pack } from './packed';

/** A list longer than this many characters goes into `z`. */
const LONGEST_PLAIN_LIST = 100;

/**
 * The fields of version 1 in their fixed order (docs/share-links.md), or null when the bulk data are
 * too much for a link.
 */
export function writeFields(configuration: Configuration): [key: string, value: string][] | null {
  const { task, view, initialiser, lossPlacement } = configuration;
  const fields: [string, string][] = [];
  const packed: string[] = [];
  const put = (key: string, value: string | number) => {
    fields.push([key, typeof value === 'number' ? numberText(value) : value]);
  };
  const putInBulk = (key: string, json: string) => packed.push(`"${key}":${json}`);
  const putSteps = (key: string, steps: readonly number[]) => {
    const plain = steps.join(',');
    if (plain.length <= LONGEST_PLAIN_LIST) put(key, plain);
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
  put('T', configuration.T);
  put('B', configuration.B);
  put('H', configuration.H);
  put('f', configuration.activation);
  put('g', configuration.outputActivation);
  put('loss', configuration.loss);
  if (typeof lossPlacement === 'string') put('at', lossPlacement);
  else putSteps('at', lossPlacement);
  put('init', initialiser.kind);
  put('angle', initialiser.angle);
  put('gain', configuration.gain);
  put('seed', configuration.seed);
  put('data', configuration.dataSeed);
  if (configuration.cuts.length > 0) putSteps('cut', configuration.cuts);
  if (configuration.truncation.kind !== 'none') put('tr', truncationText(configuration.truncation));
  if (configuration.edits.length > 0) {
    const plain = configuration.edits.map(
      ({ array, index, value }) => `${array}.${index}:${numberText(value)}`,
    );
    const text = plain.join(',');
    if (text.length <= LONGEST_PLAIN_LIST) put('edit', text);
    else putInBulk('edit', editsToJson(configuration.edits));
  }
  put('view', `${view.from}-${view.to}`);
  put('t', view.step);
  put('n', view.batchEntry);
  if (view.folded.length > 0) put('fold', view.folded.join(','));
  const named = namedTracks(view.order);
  if (named.length > 0) put('order', named.join(','));
  const heights = TRACKS.flatMap((track) => {
    const height = view.heights[track];
    return height === undefined ? [] : [`${track}:${height}`];
  });
  if (heights.length > 0) put('height', heights.join(','));
  if (view.panel !== 'step') put('panel', view.panel);

  const arrays = WEIGHT_KEYS.flatMap((key) => {
    const array = configuration.arrays[key];
    return array === undefined ? [] : [`"${key}":${numbersToJson(array)}`];
  });
  if (arrays.length > 0) putInBulk('arrays', `{${arrays.join(',')}}`);
  if (packed.length > 0) {
    const z = pack(`{${packed.join(',')}}`);
    if (z === null) return null;
    put('z', z);
  }
  return fields;
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
