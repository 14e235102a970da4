import { describe, expect, it } from 'vitest';
import { isCheckable, isQuietCheck, requireCheckable } from '../../src/model/checkWork';
import type { Problem, Shape } from '../../src/model/problem';
import { DEFAULT_CONFIGURATION, LIMITS } from '../../src/model/configuration';
import { problemShape } from '../../src/tasks/buildProblem';

/** Only what the work depends on. */
const problemOf = (shape: Shape) => ({ ...shape, lossWeights: [1] }) as unknown as Problem;

const shapeOf = (size: { readonly T?: number; readonly B?: number; readonly H?: number }) =>
  problemOf(problemShape({ ...DEFAULT_CONFIGURATION, ...size }));

describe('the work of a check', () => {
  it('is small enough for every edit at the first example, and for a class’s usual sizes', () => {
    for (const size of [{}, { T: 400 }, { H: 64 }, { T: 1, B: 1, H: 1 }]) {
      expect(isQuietCheck(shapeOf(size)), JSON.stringify(size)).toBe(true);
    }
  });

  it('is done on request only where it would take a core for long', () => {
    const shape = shapeOf({ T: 2000, H: 64 });
    expect([isQuietCheck(shape), isCheckable(shape, false)]).toEqual([false, true]);
    expect(() => requireCheckable(shape, false)).not.toThrow();
  });

  it('grows with every dimension, and more than tenfold with central differences', () => {
    const grows = (at: (factor: number) => ReturnType<typeof shapeOf>) => {
      const quiet = [1, 10, 100].map((factor) => isQuietCheck(at(factor)));
      expect(quiet).toEqual([...quiet].sort((a, b) => Number(b) - Number(a)));
      return quiet.at(-1);
    };
    expect(grows((factor) => shapeOf({ T: 100 * factor }))).toBe(false);
    expect(grows((factor) => shapeOf({ T: 2000, B: factor }))).toBe(false);
    expect(grows((factor) => shapeOf({ T: 1000, H: 4 * factor }))).toBe(false);
    const shape = shapeOf({ T: 2000, H: 64 });
    expect([isCheckable(shape, false), isCheckable(shape, true)]).toEqual([true, false]);
  });

  it('is refused, with the sizes, where the reference would not come to an end', () => {
    const { T, B, H } = LIMITS;
    const shape = shapeOf({ T: T.most, B: B.most, H: H.most });
    expect(isCheckable(shape, false)).toBe(false);
    expect(() => requireCheckable(shape, false)).toThrow(
      expect.objectContaining({
        code: 'too-large',
        details: { T: T.most, B: B.most, H: H.most },
      }) as Error,
    );
  });
});
