import { printable } from '../model/describeValue';

/** Longer than any link this page makes: Chromium's own limit for an address is 2 MB. */
export const LONGEST_FRAGMENT = 2_100_000;
/** The lists that encode leaves outside `z` have 100 characters. */
const LONGEST_PLAIN_VALUE = 20_000;
/** Many more than any version has keys; keeps "&&&&…" cheap. */
const MOST_KEYS = 64;

export interface LinkProblem {
  /** The link's key (f, z.text) or the configuration's path (activation, view.from). */
  readonly path: string;
  readonly message: string;
  readonly code: 'invalid-link' | 'link-too-new';
}

export type Fields = ReadonlyMap<string, string>;

/** key=value pairs of a fragment without its '#'. Nothing is interpreted yet. */
export function splitFragment(fragment: string): { fields: Fields; problems: LinkProblem[] } {
  const fields = new Map<string, string>();
  const problems: LinkProblem[] = [];
  const complain = (path: string, message: string) =>
    problems.push({ path, message, code: 'invalid-link' });

  if (fragment.length > LONGEST_FRAGMENT) {
    complain('', `The link is longer than ${LONGEST_FRAGMENT} characters.`);
    return { fields, problems };
  }
  const parts = fragment.split('&', MOST_KEYS + 1);
  if (parts.length > MOST_KEYS) complain('', `The link has more than ${MOST_KEYS} keys.`);
  for (const part of parts.slice(0, MOST_KEYS)) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const key = printable(equals === -1 ? part : part.slice(0, equals));
    if (equals === -1) {
      complain(key, `"${key}" has no value; a link is made of key=value parts.`);
    } else if (fields.has(key)) {
      complain(key, `${key} occurs twice.`);
    } else if (key !== 'z' && part.length > LONGEST_PLAIN_VALUE) {
      complain(
        key,
        `${key} is longer than ${LONGEST_PLAIN_VALUE} characters; such data go into z.`,
      );
      fields.set(key, '');
    } else {
      const value = decodePercent(part.slice(equals + 1));
      if (value === null) complain(key, `${key} has a damaged % escape.`);
      fields.set(key, value ?? '');
    }
  }
  return { fields, problems };
}

/** Messengers escape characters such as "," and ":"; null when an escape is damaged. */
function decodePercent(text: string): string | null {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
