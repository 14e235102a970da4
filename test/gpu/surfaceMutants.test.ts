import { describe, expect, it } from 'vitest';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import { BpttError } from '../../src/model/errors';
import { SURFACE_CHECKS, SURFACE_MUTANTS } from './surfaceMutants';

describe('unmutated, every check passes', () => {
  it.each(Object.entries(SURFACE_CHECKS))('%s', (_, check) => check(shaderSources));
});

describe('mutants of the loss surface fail', () => {
  it.each(SURFACE_MUTANTS.map((mutant) => [mutant.file, mutant.what, mutant] as const))(
    '%s: %s',
    async (file, _what, { from, to, check }) => {
      const source = shaderSources[file]!;
      expect(source.split(from).length).toBe(2);
      const sources = { ...shaderSources, [file]: source.replace(from, () => to) };
      const outcome: unknown = await SURFACE_CHECKS[check](sources).catch((e: unknown) => e);
      // Caught by its numbers: a mutant that does not compile would prove nothing.
      expect(outcome).toBeInstanceOf(Error);
      expect(outcome).not.toBeInstanceOf(BpttError);
    },
  );
});
