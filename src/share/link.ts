import type { Configuration } from '../model/configuration';
import { parseConfiguration } from '../model/configurationRules';
import { BpttError } from '../model/errors';
import { LONGEST_FRAGMENT, splitFragment, type LinkProblem } from './fields';
import { LINK_VERSION, migrate } from './migrations';
import { readFields } from './read';
import { writeFields } from './write';

export type { LinkProblem } from './fields';

export type Decoded =
  | { readonly ok: true; readonly configuration: Configuration }
  | {
      readonly ok: false;
      /** At least one, at most MOST_PROBLEMS. */
      readonly problems: readonly LinkProblem[];
      /** What was given, to copy. */
      readonly raw: string;
    };

const MOST_PROBLEMS = 20;

/**
 * The complete configuration as a fragment without '#': equal configurations give equal text.
 * Throws BpttError 'too-large' when the user's data do not fit any address.
 */
export function encode(configuration: Configuration): string {
  const fields = writeFields(configuration);
  const text = fields && [['v', String(LINK_VERSION)], ...fields].map((f) => f.join('=')).join('&');
  if (text === null || text.length > LONGEST_FRAGMENT) {
    throw new BpttError(
      'too-large',
      '',
      'The text, series and weights are too much for a link. Shorten them, or share the file.',
    );
  }
  return text;
}

/** Total: any string gives a well-formed configuration or a list of problems, never an exception. */
export function decode(fragment: string): Decoded {
  const raw = fragment;
  const { fields, problems } = splitFragment(fragment);
  const complain = (path: string, message: string, code: LinkProblem['code'] = 'invalid-link') => {
    if (problems.length < MOST_PROBLEMS) problems.push({ path, message, code });
  };
  const failed = (): Decoded => ({ ok: false, problems: problems.slice(0, MOST_PROBLEMS), raw });

  const version = fields.get('v');
  if (version === undefined || !/^[1-9]\d{0,8}$/.test(version)) {
    complain('v', 'v, the version of the link, is missing or damaged; a link begins with v=1.');
    return failed();
  }
  if (Number(version) > LINK_VERSION) {
    const message = `The link has version ${version}; this page reads links up to version ${LINK_VERSION}. Reload the page to get its newest version.`;
    return { ok: false, problems: [{ path: 'v', message, code: 'link-too-new' }], raw };
  }
  const draft = readFields(migrate(fields, Number(version)), complain);
  if (problems.length > 0) return failed();

  const checked = parseConfiguration(draft);
  if (checked.ok) return checked;
  for (const { path, message } of checked.complaints) complain(path, `${message}.`);
  return failed();
}
