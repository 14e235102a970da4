import { BpttError } from '../../model/errors';
import { decodeFile } from '../../tasks/decodeFile';

/** More is no text or table that fits the page's limits, in any encoding. */
const MOST_BYTES = 20 * 1024 * 1024;

/**
 * The text of a chosen or dropped file; its encoding is detected.
 * @throws BpttError 'invalid-file' for a file too large to be looked at
 */
export async function readTextFile(file: File): Promise<string> {
  if (file.size > MOST_BYTES) {
    throw new BpttError(
      'invalid-file',
      file.name,
      `The file has ${file.size} bytes, at most ${MOST_BYTES} are read. Give a part of it.`,
      { most: MOST_BYTES, got: file.size },
    );
  }
  return decodeFile(new Uint8Array(await file.arrayBuffer()));
}

const TABLE_NAME = /\.(csv|tsv|tab|dat)$/i;

/** Tables by their name or type; everything else is read as a text. */
export function isTable(file: File): boolean {
  return TABLE_NAME.test(file.name) || /csv|tab-separated/.test(file.type);
}
