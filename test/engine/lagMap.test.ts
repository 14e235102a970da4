import { describe, expect, it } from 'vitest';
import { lagCurve, lagHolding } from '../../src/analysis/lagMap';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { log2NormOfRows } from '../../src/model/scaled';
import { ACTIVATIONS } from '../../src/model/kinds';
import type { Problem } from '../../src/model/problem';
import { referencePass } from '../../src/reference/pass';
import { chain, irnn } from '../support/problems';
import { randomProblem } from '../support/randomProblem';

async function lagMapOf(problem: Problem): Promise<Float64Array> {
  const run = await createCpuEngine().run(problem);
  return run.lagMap();
}

/** Row s from a reference pass of its own, in which only the loss at s counts. */
function referenceMap(problem: Problem): Float64Array {
  const { T, B, lossWeights } = problem;
  const map = new Float64Array(T * T).fill(-Infinity);
  for (let s = 0; s < T; s++) {
    const only = Float64Array.from(lossWeights, (w, t) => (t === s ? w : 0));
    const { stateGradients } = referencePass({ ...problem, lossWeights: only });
    for (let k = 0; k <= s; k++) {
      map[s * T + k] = log2NormOfRows(stateGradients, k * B, (k + 1) * B);
    }
  }
  return map;
}

function expectClose(actual: Float64Array, expected: Float64Array, tolerance = 1e-3): void {
  expect(actual).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(actual[i], expected[i])) continue;
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= tolerance)) {
      expect.fail(`[${i}]: ${actual[i]} instead of ${expected[i]}`);
    }
  }
}

describe('the lag map of the CPU engine', () => {
  it.each(ACTIVATIONS)('is every loss sent back alone: %s', async (activation) => {
    const problem = randomProblem({ T: 23, B: 3, H: 7, activation, cuts: [6, 15], seed: 2 });
    expectClose(await lagMapOf(problem), referenceMap(problem));
  });

  it.each(['mse', 'crossEntropy', 'bce'] as const)(
    'for %s, with losses of weight 0',
    async (loss) => {
      const lossWeights = Array.from({ length: 40 }, (_, t) => (t % 7 === 3 ? 0.5 + t : 0));
      const problem = randomProblem({ T: 40, B: 2, H: 9, loss, lossWeights });
      expectClose(await lagMapOf(problem), referenceMap(problem));
    },
  );

  it('is exact powers of two far outside any float', async () => {
    for (const w of [0.5, 2]) {
      const T = 1500;
      const problem = chain(T, w, { activation: 'identity', lossEverywhere: true });
      const map = await lagMapOf(problem);
      for (const [s, k] of [
        [1499, 0],
        [1499, 1498],
        [700, 3],
      ] as const) {
        expect(map[s * T + k]! - map[s * T + s]!).toBe((s - k) * Math.log2(w));
      }
      expect(map[3 * T + 4]).toBe(-Infinity);
    }
  });

  it('keeps deep saturation, which leaves float64 in a few steps', async () => {
    const problem = chain(40, 1, { activation: 'tanh', bias: 300, lossEverywhere: true });
    const map = await lagMapOf(problem);
    expectClose(map, referenceMap(problem));
    expect(map[39 * 40]).toBeLessThan(-20_000);
  });

  it('does not decay for an IRNN', async () => {
    const problem = irnn(30, 5);
    const map = await lagMapOf(problem);
    for (let k = 0; k < 30; k++) expect(map[29 * 30 + k]).toBeCloseTo(map[29 * 30 + 29]!, 6);
    expect(map[10 * 30 + 5]).toBe(-Infinity); // no loss there
  });

  it('is NaN after an overflow', async () => {
    const problem = chain(200, 2, { initialState: 1, lossEverywhere: true });
    const map = await lagMapOf(problem);
    expect(map[121 * 200 + 3]).not.toBeNaN();
    expect(map[122 * 200 + 3]).toBeNaN();
    expect(map[150 * 200 + 151]).toBe(-Infinity);
  });

  it('reports progress and can be overtaken', async () => {
    const run = await createCpuEngine().run(randomProblem({ T: 400, B: 4, H: 32 }));
    const done: number[] = [];
    await run.lagMap({ onProgress: (part) => done.push(part) });
    expect(done.at(-1)).toBe(1);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    const controller = new AbortController();
    const running = run.lagMap({ signal: controller.signal });
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
  });

  it('refuses more steps than a map can hold', async () => {
    const run = await createCpuEngine().run(randomProblem({ T: 4097, B: 1, H: 2 }));
    await expect(run.lagMap()).rejects.toMatchObject({ code: 'too-large', path: 'T' });
  });
});

describe('what is read off a lag map', () => {
  it('adds norms up by lag', async () => {
    const T = 1200;
    const map = await lagMapOf(chain(T, 0.5, { lossEverywhere: true }));
    const { log2Mean, cumulative } = lagCurve(map, T);
    expect(log2Mean[1100]! - log2Mean[1000]!).toBeCloseTo(-100, 1);
    expect(cumulative[T - 1]).toBe(1);
    expect(cumulative[0]).toBeCloseTo(0.5, 2);
    expect(lagHolding({ log2Mean, cumulative }, 0.9)).toBe(3);
  });

  it('is nothing without losses', () => {
    const curve = lagCurve(new Float64Array(9).fill(-Infinity), 3);
    expect([...curve.log2Mean]).toEqual([-Infinity, -Infinity, -Infinity]);
    expect(curve.cumulative).toEqual(new Float64Array(3).fill(NaN));
    expect(lagHolding(curve, 0.5)).toBeNull();
  });
});
