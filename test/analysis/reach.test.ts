import { describe, expect, it } from 'vitest';
import { linkMarks, reachOf } from '../../src/analysis/reach';
import type { Truncation } from '../../src/model/truncation';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import { buildProblem } from '../../src/tasks/buildProblem';

const T = 30;
const SCHEMES: Truncation[] = [
  { kind: 'none' },
  { kind: 'chunked', every: 7 },
  { kind: 'sliding', depth: 6, every: 1 },
  { kind: 'sliding', depth: 9, every: 4 },
  { kind: 'random', keep: 0.8, seed: 3 },
  { kind: 'reset', every: 8 },
];

describe('linkMarks', () => {
  it('tells the cuts of a scheme from those by hand', () => {
    const marks = linkMarks({ T: 20, truncation: { kind: 'chunked', every: 5 }, cuts: [6, 9, 25] });
    expect(marks).toMatchObject({ cuts: [6, 9], schemeCuts: [11, 16], resets: [], factor: null });
  });

  it('marks resets apart, and what kept links are scaled by', () => {
    const reset = linkMarks({ T: 20, truncation: { kind: 'reset', every: 8 }, cuts: [] });
    expect(reset).toMatchObject({ cuts: [], schemeCuts: [], resets: [9, 17] });
    const random = linkMarks({ T, truncation: { kind: 'random', keep: 0.8, seed: 3 }, cuts: [] });
    expect(random.factor).toBeCloseTo(1.25);
    expect(random.schemeCuts.length).toBeGreaterThan(0);
  });
});

describe('reachOf', () => {
  it.each(SCHEMES)('is where the lag map ends: %j', async (truncation) => {
    const configuration = {
      ...{ ...DEFAULT_CONFIGURATION, T, B: 1, H: 4, gain: 1, truncation, cuts: [5] },
      lossPlacement: 'every' as const,
    };
    const run = await createCpuEngine().run(buildProblem(configuration));
    const map = await run.lagMap();
    const marks = linkMarks(configuration);
    for (let s = 1; s <= T; s++) {
      let first = s;
      while (first > 1 && map[(s - 1) * T + first - 2]! > -Infinity) first--;
      expect([s, reachOf(marks, s, T)]).toEqual([s, first]);
    }
  });
});
