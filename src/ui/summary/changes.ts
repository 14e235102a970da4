import type { Configuration } from '../../model/configuration';
import { sameValue } from '../../model/sameValue';
import type { Translate } from '../app/context';

/** What may change with one edit; the view is no part of the history. */
const NAMED = [
  'task',
  'T',
  'B',
  'H',
  'activation',
  'outputActivation',
  'loss',
  'lossPlacement',
  'initialiser',
  'gain',
  'seed',
  'dataSeed',
  'arrays',
  'edits',
  'cuts',
  'truncation',
] as const satisfies (keyof Configuration)[];

/** More changes than this are counted: an example changes nearly everything. */
const MOST_NAMES = 3;

/** "length T = 96, cuts: 40": what is different in `after`, with what it is now. */
export function changeNames(
  before: Configuration,
  after: Configuration,
  text: Translate,
): string | null {
  const changed = NAMED.filter((key) => !sameValue(before[key], after[key]));
  if (changed.length === 0) return null;
  const named = changed
    .slice(0, MOST_NAMES)
    .map((key) => nameOf(key, after, text))
    .join(text('announce.comma'));
  const rest = changed.length - MOST_NAMES;
  return rest > 0 ? text('announce.andMore', { named, count: rest }) : named;
}

function nameOf(key: (typeof NAMED)[number], after: Configuration, text: Translate): string {
  switch (key) {
    case 'T':
    case 'B':
    case 'H':
    case 'gain':
    case 'seed':
    case 'dataSeed':
      return text(`announce.${key}`, { value: after[key] });
    case 'activation':
    case 'outputActivation':
      return text(`announce.${key}`, { value: text(`activation.${after[key]}`) });
    case 'loss':
      return text('announce.loss', { value: text(`cell.loss.${after.loss}`) });
    case 'task':
      return text('announce.task', { value: text(`summary.task.${after.task.kind}`) });
    case 'initialiser':
      return text('announce.initialiser', {
        value: text(`weights.init.${after.initialiser.kind}`),
      });
    case 'cuts':
      return after.cuts.length === 0
        ? text('announce.cutsNone')
        : text('announce.cuts', { value: after.cuts.slice(-MOST_NAMES).join(', ') });
    case 'lossPlacement':
    case 'arrays':
    case 'edits':
    case 'truncation':
      return text(`announce.${key}`);
  }
}
