import type { RunConfiguration, TaskConfiguration } from '../../../model/configuration';
import { sameValue } from '../../../model/sameValue';
import type { Truncation } from '../../../model/truncation';
import type { Translate } from '../../app/context';
import { formatCount } from '../../charts/format';
import { plainMath } from '../../charts/MathText';
import { formatNumber } from '../../controls/parseNumber';
import { formatSteps } from '../../controls/stepList';
import { WEIGHT_LABELS } from '../../weights/weightArrays';

/** What runs can differ in, in the order of the controls. */
export const SETTINGS = [
  ...(['task', 'T', 'B', 'dataSeed', 'lossPlacement'] as const),
  ...(['H', 'activation', 'outputActivation', 'loss'] as const),
  ...(['initialiser', 'gain', 'seed', 'arrays', 'edits'] as const),
  ...(['truncation', 'cuts'] as const),
] as const satisfies readonly (keyof RunConfiguration)[];
export type Setting = (typeof SETTINGS)[number];

/** The settings in which two runs differ. */
export function differing(a: RunConfiguration, b: RunConfiguration): Setting[] {
  return SETTINGS.filter((key) =>
    key === 'initialiser' ? !sameInitialiser(a, b) : !sameValue(a[key], b[key]),
  );
}

/** The angle is there for every kind, but only rotations have one. */
function sameInitialiser(
  { initialiser: a }: RunConfiguration,
  { initialiser: b }: RunConfiguration,
) {
  return a.kind === b.kind && (a.kind !== 'rotation' || a.angle === b.angle);
}

/** The name of a setting as the controls have it, with MathText's markup. */
export function settingName(setting: Setting, text: Translate): string {
  switch (setting) {
    case 'T':
    case 'B':
    case 'H':
      return `*${setting}*`;
    case 'task':
      return text('sequence.input');
    case 'dataSeed':
      return text('sequence.dataSeed');
    case 'lossPlacement':
      return text('sequence.loss');
    case 'activation':
      return text('cell.activation');
    case 'outputActivation':
      return text('cell.output');
    case 'loss':
      return text('cell.loss');
    case 'initialiser':
      return text('weights.initialiser');
    case 'gain':
      return text('weights.gain');
    case 'seed':
      return text('weights.seed');
    case 'arrays':
      return text('compare.arrays');
    case 'edits':
      return text('compare.edits');
    case 'truncation':
      return text('truncation.title');
    case 'cuts':
      return text('cuts.title');
  }
}

/** The value of a setting as plain text. */
export function settingValue(setting: Setting, run: RunConfiguration, text: Translate): string {
  switch (setting) {
    case 'T':
    case 'B':
    case 'H':
      return formatCount(run[setting]);
    case 'seed':
    case 'dataSeed':
      return String(run[setting]);
    case 'gain':
      return formatNumber(run.gain);
    case 'task':
      return taskWords(run.task, text);
    case 'lossPlacement':
      return typeof run.lossPlacement === 'string'
        ? plainMath(text(`sequence.loss.${run.lossPlacement}`))
        : stepWords(run.lossPlacement, text);
    case 'activation':
      return text(`activation.${run.activation}`);
    case 'outputActivation':
      return text(`activation.${run.outputActivation}`);
    case 'loss':
      return text(`cell.loss.${run.loss}`);
    case 'initialiser':
      return initialiserWords(run, text);
    case 'arrays': {
      const keys = Object.keys(run.arrays) as (keyof typeof WEIGHT_LABELS)[];
      if (keys.length === 0) return text('compare.none');
      return keys.map((key) => WEIGHT_LABELS[key]).join(', ');
    }
    case 'edits':
      return editWords(run, text);
    case 'truncation':
      return truncationWords(run.truncation, text);
    case 'cuts':
      return stepWords(run.cuts, text);
  }
}

function initialiserWords({ initialiser }: RunConfiguration, text: Translate): string {
  const { kind, angle } = initialiser;
  if (kind === 'rotation') return text('compare.rotation', { angle: formatNumber(angle) });
  return text(`weights.init.${kind}`);
}

/** Of a text of one's own, its beginning: two of them must not look the same. */
const QUOTED = 10;

function taskWords(task: TaskConfiguration, text: Translate): string {
  if (task.kind === 'text') {
    const { source } = task;
    const name =
      'sample' in source
        ? text(`text.sample.${source.sample}`)
        : text('compare.quoted', { text: beginning(source.text) });
    return text('compare.vocabulary', { name, count: task.vocabulary });
  }
  if (task.kind === 'series') {
    const { source } = task;
    if ('sample' in source) return text(`series.sample.${source.sample}`);
    return source.name === '' ? text('series.own') : source.name;
  }
  return text(`task.${task.kind}`);
}

function beginning(words: string): string {
  const [...characters] = words
    .slice(0, 4 * QUOTED)
    .replace(/\s+/g, ' ')
    .trim();
  return characters.length > QUOTED ? `${characters.slice(0, QUOTED).join('')}…` : words.trim();
}

/** A list longer than this is cut short, with its count. */
const LONGEST_LIST = 20;

export function stepWords(steps: readonly number[], text: Translate): string {
  if (steps.length === 0) return text('compare.none');
  const list = formatSteps(steps.slice(0, 100));
  if (list.length <= LONGEST_LIST && steps.length <= 100) return list;
  const shown = list.slice(0, LONGEST_LIST).replace(/[,–][^,–]*$/, '');
  return text('compare.steps', { shown, count: formatCount(steps.length) });
}

function editWords({ edits, H }: RunConfiguration, text: Translate): string {
  if (edits.length === 0) return text('compare.none');
  const [edit] = edits;
  if (edits.length > 1 || edit === undefined) {
    const arrays = [...new Set(edits.map(({ array }) => WEIGHT_LABELS[array]))].join(', ');
    return text('compare.entries', { count: formatCount(edits.length), arrays });
  }
  const { array, index, value } = edit;
  const columns = array === 'Wh' || array === 'Wy' ? H : null;
  const place =
    columns === null ? index + 1 : `${Math.floor(index / columns) + 1},${(index % columns) + 1}`;
  return `${WEIGHT_LABELS[array]}[${place}] = ${formatNumber(value)}`;
}

export function truncationWords(truncation: Truncation, text: Translate): string {
  switch (truncation.kind) {
    case 'none':
      return text('truncation.none');
    case 'chunked':
      return text('compare.chunked', { every: formatCount(truncation.every) });
    case 'sliding':
      return text('compare.sliding', {
        depth: formatCount(truncation.depth),
        every: formatCount(truncation.every),
      });
    case 'random':
      return text('compare.random', {
        keep: formatNumber(truncation.keep),
        draw: truncation.seed,
      });
    case 'reset':
      return text('compare.reset', { every: formatCount(truncation.every) });
  }
}
