import {
  DEFAULT_CONFIGURATION,
  PIN_LIMITS,
  type Pin,
  type RunConfiguration,
} from '../../../model/configuration';
import { hasUnprintable } from '../../../model/describeValue';
import type { Translate } from '../../app/context';
import { differing, settingValue, type Setting } from './settings';

/** More would not fit a legend. */
const MOST_WORDS = 2;

/**
 * A name that says what this run has and the one pinned before it has not; for the first, what the
 * page's first example has not. No other pin has it.
 */
export function automaticName(
  run: RunConfiguration,
  pins: readonly Pin[],
  text: Translate,
): string {
  const before = pins[pins.length - 1]?.configuration ?? DEFAULT_CONFIGURATION;
  const say = (settings: readonly Setting[]) => {
    const words = settings.slice(0, MOST_WORDS).map((setting) => wordsOf(setting, run, text));
    return words.join(text('compare.and'));
  };
  // A series may be called anything, even nothing that can be printed.
  const said = say(differing(run, before));
  const name = printable(said, PIN_LIMITS.name) === '' ? say(['activation', 'gain']) : said;
  const taken = new Set(pins.map((pin) => pin.name));
  for (let count = 1; ; count++) {
    const suffix = count === 1 ? '' : ` ${count}`;
    const candidate = `${printable(name, PIN_LIMITS.name - suffix.length)}${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Whole characters only: half of a surrogate pair is none. */
function printable(name: string, most: number): string {
  let short = '';
  for (const character of name) {
    if (hasUnprintable(character)) continue;
    if (short.length + character.length > most) break;
    short += character;
  }
  return short.trim();
}

/** The value where it speaks for itself, else with what it is of. */
function wordsOf(setting: Setting, run: RunConfiguration, text: Translate): string {
  const value = settingValue(setting, run, text);
  switch (setting) {
    case 'task':
    case 'activation':
    case 'loss':
    case 'initialiser':
      return value;
    case 'T':
    case 'B':
    case 'H':
      return `${setting} = ${value}`;
    case 'outputActivation':
      return `g = ${value}`;
    case 'gain':
      return text('compare.word.gain', { value });
    case 'seed':
      return text('compare.word.seed', { value });
    case 'dataSeed':
      return text('compare.word.dataSeed', { value });
    case 'lossPlacement':
      return text('compare.word.loss', { value });
    case 'arrays':
    case 'edits':
      return text('compare.word.weights');
    case 'truncation':
      return run.truncation.kind === 'none' ? text('compare.word.notTruncated') : value;
    case 'cuts':
      return run.cuts.length === 0
        ? text('compare.word.noCuts')
        : text(run.cuts.length === 1 ? 'compare.word.cut' : 'compare.word.cuts', { value });
  }
}

export type NameProblem = 'blank' | 'taken' | 'unprintable' | null;

/** What keeps `name` from being the name of pin `slot`. */
export function nameProblem(name: string, slot: number, pins: readonly Pin[]): NameProblem {
  const trimmed = name.trim();
  if (trimmed === '') return 'blank';
  if (hasUnprintable(trimmed)) return 'unprintable';
  return pins.some((pin, i) => i !== slot && pin.name === trimmed) ? 'taken' : null;
}
