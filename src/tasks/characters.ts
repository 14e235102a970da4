import { normaliseText } from './text';
import type { Vocabulary } from './task';

/** What stands for a character of the class "other": it is one, but nobody knows which. */
export const OTHER_MARK = '□';

/**
 * The classes of a text's characters. One that has no class of its own belongs to "other", and is
 * left out where there is no such class: a network never reads what it has no input for.
 */
export function classesOfText({ characters, otherCount }: Vocabulary, text: string): number[] {
  const classOf = new Map(characters.map(({ character }, k) => [character, k]));
  const other = otherCount > 0 ? [characters.length] : [];
  return Array.from(normaliseText(text)).flatMap((character) => {
    const known = classOf.get(character);
    return known === undefined ? other : [known];
  });
}

/** The characters of classes, OTHER_MARK for "other". */
export function textOfClasses({ characters }: Vocabulary, classes: readonly number[]): string {
  return classes.map((k) => characters[k]?.character ?? OTHER_MARK).join('');
}
