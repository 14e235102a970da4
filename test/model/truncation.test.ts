import { describe, expect, it } from 'vitest';
import {
  firstReached,
  linksOf,
  lossWindows,
  mostWindowsAtOnce,
  windowsOf,
} from '../../src/model/links';
import {
  randomLinks,
  truncationFields,
  withoutTruncation,
  withTruncation,
} from '../../src/model/truncation';
import { randomProblem } from '../support/randomProblem';

describe('truncationFields', () => {
  it('keeps hand-placed cuts on top of every scheme, those inside T', () => {
    const cuts = [11, 3, 3];
    expect(truncationFields({ kind: 'none' }, 10, cuts)).toEqual({ cuts: [3] });
    expect(truncationFields({ kind: 'chunked', every: 4 }, 10, cuts).cuts).toEqual([3, 5, 9]);
    expect(truncationFields({ kind: 'cuts', at: [2, 12] }, 10, cuts).cuts).toEqual([2, 3]);
    expect(truncationFields({ kind: 'sliding', depth: 4, every: 2 }, 10, cuts)).toEqual({
      cuts: [3],
      window: { depth: 4, every: 2 },
    });
    expect(truncationFields({ kind: 'reset', every: 4 }, 10, cuts)).toEqual({
      cuts: [3],
      resets: [5, 9],
    });
  });

  it('chunks as long as the sequence cut nothing', () => {
    expect(truncationFields({ kind: 'chunked', every: 10 }, 10).cuts).toEqual([]);
    expect(truncationFields({ kind: 'chunked', every: 9 }, 10).cuts).toEqual([10]);
    expect(truncationFields({ kind: 'chunked', every: 1 }, 4).cuts).toEqual([2, 3, 4]);
  });

  it('random links are kept as often as asked, and differ by seed and by draw', () => {
    const links = randomLinks({ keep: 0.9, seed: 7 }, 10_000);
    const kept = links.filter((v) => v !== 0);
    // Three standard deviations of a binomial share.
    expect(Math.abs(kept.length / 10_000 - 0.9)).toBeLessThan(3 * Math.sqrt(0.09 / 10_000));
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / 0.9)]));
    expect(randomLinks({ keep: 0.9, seed: 7 }, 10_000)).toEqual(links);
    expect(randomLinks({ keep: 0.9, seed: 8 }, 10_000)).not.toEqual(links);
    expect(randomLinks({ keep: 0.9, seed: 7 }, 10_000, 1)).not.toEqual(links);
    expect(randomLinks({ keep: 0.9, seed: 7 }, 50)).toEqual(links.slice(0, 50));
  });

  it('is frozen: the links of a seed are those of every shared link', () => {
    const kept = Array.from(randomLinks({ keep: 0.5, seed: 7 }, 24), (v) => (v > 0 ? 1 : 0));
    expect(kept.join('')).toBe('000000111011001010101110');
  });
});

describe('withTruncation', () => {
  const problem = randomProblem({
    ...{ T: 9, cuts: [4], resets: [6], window: { depth: 3, every: 1 } },
    linkFactors: new Array<number>(9).fill(0.5),
  });

  it('takes the place of the truncation there was, save resets', () => {
    const { cuts, linkFactors, resets, window } = withTruncation(problem, {
      kind: 'chunked',
      every: 5,
    });
    expect({ cuts, linkFactors, resets, window }).toEqual({ cuts: [6], resets: [6] });
    expect(withTruncation(problem, { kind: 'reset', every: 3 }).resets).toEqual([4, 6, 7]);
    expect(Object.keys(withoutTruncation(problem))).not.toContain('linkFactors');
  });
});

describe('links', () => {
  it('are 0 across cuts and resets, whatever their factor', () => {
    const linkFactors = Float32Array.of(2, 2, 2, 0.5);
    expect([...linksOf({ T: 4, cuts: [2], resets: [3], linkFactors })]).toEqual([2, 0, 0, 0.5]);
    expect([...linksOf({ T: 3, cuts: [] })]).toEqual([1, 1, 1]);
  });
});

describe('windows', () => {
  it('end every `every` steps and at T, those that reach the start as one', () => {
    expect(windowsOf({ T: 11, window: { depth: 5, every: 2 } })).toEqual([
      { first: 1, after: 0, to: 4 },
      { first: 2, after: 4, to: 6 },
      { first: 4, after: 6, to: 8 },
      { first: 6, after: 8, to: 10 },
      { first: 7, after: 10, to: 11 },
    ]);
    const whole = [{ first: 1, after: 0, to: 11 }];
    expect(windowsOf({ T: 11 })).toEqual(whole);
    expect(windowsOf({ T: 11, window: null })).toEqual(whole);
    expect(windowsOf({ T: 11, window: { depth: 11, every: 2 } })).toEqual(whole);
  });

  it('without a loss are left out, all but one', () => {
    const shape = { T: 11, window: { depth: 3, every: 1 } };
    const lossAt = (...steps: number[]) =>
      Float32Array.from({ length: 11 }, (_, t) => (steps.includes(t + 1) ? 0.5 : 0));
    const last = { first: 9, after: 10, to: 11 };
    expect(lossWindows({ ...shape, lossWeights: lossAt(11) })).toEqual([last]);
    expect(lossWindows({ ...shape, lossWeights: lossAt() })).toEqual([last]);
    expect(lossWindows({ ...shape, lossWeights: lossAt(1, 6, 11) })).toEqual([
      { first: 1, after: 0, to: 3 },
      { first: 4, after: 5, to: 6 },
      last,
    ]);
  });

  it('agree with what each loss reaches, and cover every loss once', () => {
    for (let T = 1; T <= 14; T++) {
      for (let depth = 1; depth <= T + 1; depth++) {
        for (let every = 1; every <= depth; every++) {
          const shape = { T, window: { depth, every } };
          const windows = windowsOf(shape);
          const reached = windows.flatMap(({ first, after, to }) =>
            Array.from({ length: to - after }, () => first),
          );
          const steps = Array.from({ length: T }, (_, t) => firstReached(shape, t + 1));
          expect(reached).toEqual(steps);
          const atOnce = Array.from(
            { length: T },
            (_, t) => windows.filter(({ first, to }) => first <= t + 1 && t + 1 <= to).length,
          );
          expect(mostWindowsAtOnce(windows)).toBe(Math.max(...atOnce));
        }
      }
    }
  });
});
