import { BpttError } from '../model/errors';

/** Longest text taken from a file, in UTF-16 units; the rest is cut off and reported. */
export const TEXT_LIMIT = 1_000_000;

export interface ImportedText {
  /** NFC, \n line ends, no control characters but \n and \t. */
  readonly text: string;
  /** Code points in `text`. */
  readonly length: number;
  /** Whether the end was cut off at TEXT_LIMIT. */
  readonly truncated: boolean;
  /** Control and invalid characters taken out. */
  readonly removed: number;
}

// Control characters (but not \n and \t), byte-order marks and unpaired surrogates.
const UNWANTED = /[\p{Cc}\p{Surrogate}\uFEFF]/gu;

/**
 * The text of a dropped or pasted file. Total: every string gives a text or an error.
 * @throws BpttError 'invalid-file' where fewer than 2 characters are left
 */
export function importText(raw: string): ImportedText {
  const truncated = raw.length > TEXT_LIMIT;
  let removed = 0;
  const text = raw
    .slice(0, TEXT_LIMIT)
    .replace(/\r\n?/g, '\n')
    .replace(UNWANTED, (character, offset: number) => {
      if (character === '\n' || character === '\t') return character;
      if (!(character === '\uFEFF' && offset === 0)) removed++;
      return '';
    })
    .normalize('NFC')
    .slice(0, TEXT_LIMIT);
  const length = Array.from(text).length;
  if (length < 2) {
    throw new BpttError(
      'invalid-file',
      'text',
      `The text has ${length} usable characters; next-character prediction needs at least 2. Choose a plain text file (UTF-8).`,
      { needed: 2, got: length },
    );
  }
  return { text, length, truncated, removed };
}
