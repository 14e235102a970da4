import type { Fields } from './fields';

/** The version that encode writes. */
export const LINK_VERSION = 1;

/**
 * MIGRATIONS[i] turns the fields of version i + 1 into those of version i + 2, so the chain has no
 * holes. A version is frozen once released (test/fixtures/links): a change of meaning is a new
 * version and a step here, never an edit of an old one.
 */
const MIGRATIONS: readonly ((fields: Fields) => Fields)[] = [];

export function migrate(fields: Fields, from: number): Fields {
  return MIGRATIONS.slice(from - 1).reduce((older, step) => step(older), fields);
}
