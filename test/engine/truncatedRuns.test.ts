import { afterAll, describe, expect, it } from 'vitest';
import { gradientFlow } from '../../src/analysis/gradientFlow';
import { crossCheck } from '../../src/engine/check/crossCheck';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { Run, ScaledVector } from '../../src/engine/interface';
import { Pacer } from '../../src/engine/shared/pacer';
import { toEvaluation } from '../../src/model/evaluation';
import type { Problem } from '../../src/model/problem';
import { withTruncation } from '../../src/model/truncation';
import { referencePass } from '../../src/reference/pass';
import { expectClose } from '../support/compare';
import { linear } from '../support/problems';
import { relativeErrors } from '../support/passes';
import { randomProblem } from '../support/randomProblem';
import { TRUNCATED } from '../support/truncated';

const engine = createCpuEngine();
afterAll(() => engine.dispose());

async function withRun<R>(problem: Problem, read: (run: Run) => R | Promise<R>): Promise<R> {
  const run = await engine.run(problem);
  try {
    return await read(run);
  } finally {
    run.dispose();
  }
}

const values = ({ mantissas, exponent }: ScaledVector) =>
  Float64Array.from(mantissas, (m) => m * 2 ** exponent);

describe('the CPU engine under every scheme', () => {
  it.each(TRUNCATED)('%s: like the reference', (_, problem) =>
    withRun(problem, async (run) => {
      const exact = referencePass(problem);
      for (const [name, error] of relativeErrors(await run.tensors(), exact)) {
        expect(error, name).toBeLessThan(3e-5);
      }
      const { log2Norm } = toEvaluation('reference', exact);
      run.summary.series.log2StateGradient.forEach((norm, t) => {
        if (log2Norm.dh[t] === -Infinity) expect(norm).toBe(-Infinity);
        else expect(norm).toBeCloseTo(log2Norm.dh[t]!, 3);
      });
    }),
  );

  it.each(TRUNCATED)(
    '%s: the contributions add up, and a step shows what enters it',
    (_, problem) =>
      withRun(problem, async (run) => {
        const exact = toEvaluation('reference', referencePass(problem));
        const { T, B, H, initialState, resets = [] } = problem;
        for (let t = 1; t <= T; t++) {
          const detail = await run.inspect(t, B - 1);
          const before = Float64Array.from({ length: H }, (_, i) =>
            resets.includes(t)
              ? 0
              : t === 1
                ? initialState[(B - 1) * H + i]!
                : exact.h[((t - 1) * B - 1) * H + i]!,
          );
          expectClose(detail.previousState, before, 1e-5, `h entering ${t}`);
          const at = (t * B - 1) * H;
          const e = exact.dh.slice(at, at + H);
          const [injected, carried] = [values(detail.injected), values(detail.carried)];
          expectClose(
            injected.map((v, i) => v + carried[i]!),
            e,
            1e-5,
            `e of ${t}`,
          );
        }
      }),
  );

  it.each(TRUNCATED)('%s: the lag map is every loss sent back alone', (_, problem) =>
    withRun(problem, async (run) => {
      const map = await run.lagMap();
      const { T } = problem;
      for (let s = 0; s < T; s++) {
        const lossWeights = problem.lossWeights.map((w, t) => (t === s ? w : 0));
        const { dh } = toEvaluation(
          'reference',
          referencePass({ ...problem, lossWeights }),
        ).log2Norm;
        for (let k = 0; k < T; k++) {
          if (dh[k] === -Infinity) expect(map[s * T + k]).toBe(-Infinity);
          else expect(Math.abs(map[s * T + k]! - dh[k]!)).toBeLessThan(1e-3);
        }
      }
    }),
  );

  it.each(TRUNCATED)('%s: the cross-check agrees, central differences included', (_, problem) =>
    withRun(problem, async (run) => {
      const check = await crossCheck(
        problem,
        { kind: 'cpu', tensors: await run.tensors() },
        { differences: true },
        new Pacer(undefined),
        () => undefined,
      );
      for (const { array, level } of check.arrays) expect([array, level]).toEqual([array, 'good']);
      for (const { array, level } of check.differences!) {
        expect([array, level]).toEqual([array, 'good']);
      }
    }),
  );

  it('a step whose state is reset contributes nothing to W_h', async () => {
    for (const B of [1, 3]) {
      const problem = randomProblem({ T: 9, B, resets: [4], seed: 3 });
      const { series } = await withRun(problem, (run) => run.summary);
      expect(series.log2Contribution[3]).toBe(-Infinity);
      expect(series.log2Contribution[4]).toBeGreaterThan(-20);
      expect(series.log2State[2]).toBeGreaterThan(-20);
    }
  });

  it('windows of very different size meet at their exponents', async () => {
    // Within a window e shrinks by 2^−2000; the windows’ losses differ by 2^±600.
    const T = 2600;
    const chain = linear(T, 0.5, true);
    const lossWeights = Float64Array.from({ length: T }, (_, t) =>
      Math.fround(2 ** ((t % 240) - 120)),
    );
    const problem = { ...chain, lossWeights, window: { depth: 2000, every: 400 } };
    const { log2Norm } = toEvaluation('reference', referencePass(problem));
    const { series } = await withRun(problem, (run) => run.summary);
    for (let t = 0; t < T; t++) expect(series.log2StateGradient[t]).toBeCloseTo(log2Norm.dh[t]!, 4);
  });

  it('windows stop at an overflow like everything else', async () => {
    const inputs = new Float64Array(300).fill(1);
    const problem = { ...linear(300, 2, true), inputs, window: { depth: 20, every: 7 } };
    const exact = toEvaluation('reference', referencePass(problem));
    const actual = await withRun(problem, async (run) => toEvaluation('cpu', await run.tensors()));
    expect(actual.overflowAt).toBe(exact.overflowAt);
    for (const key of ['dWh', 'dWx', 'db', 'dh0'] as const) {
      expect(actual.log2Norm[key]).toBeCloseTo(exact.log2Norm[key], 4);
    }
  });

  it('refuses windows that would take hours, before allocating anything', async () => {
    const problem = {
      ...randomProblem({ T: 20_000, B: 1, H: 32 }),
      window: { depth: 10_000, every: 1 },
    };
    await expect(engine.run(problem)).rejects.toMatchObject({ code: 'too-large', path: 'window' });
  });
});

describe('the verdict on the gradient', () => {
  const flowOf = (problem: Problem) =>
    withRun(problem, (run) => gradientFlow(run.summary, problem));
  const last = linear(60, 0.9, false);

  it('reaches to the nearest reset, zero link or end of the last window', async () => {
    expect((await flowOf({ ...last, resets: [21], cuts: [11] })).lastCut).toBe(21);
    const linkFactors = new Float64Array(60).fill(1);
    linkFactors[30] = 0;
    expect((await flowOf({ ...last, linkFactors })).lastCut).toBe(31);
    const windowed = await flowOf({ ...last, window: { depth: 10, every: 1 } });
    expect([windowed.lastCut, windowed.from, windowed.kind]).toEqual([51, 51, 'vanishing']);
    expect(windowed.factor).toBeCloseTo(0.9, 4);
    expect((await flowOf(last)).lastCut).toBeNull();
  });

  it('claims a bound only where it is one', async () => {
    expect((await flowOf(last)).bound.holds).toBe(true);
    const random = withTruncation(last, { kind: 'random', keep: 0.99, seed: 5 });
    const { bound, from } = await flowOf(random);
    expect(bound.holds).toBe(from === 60);
    const halved = { ...last, linkFactors: new Float64Array(60).fill(0.5) };
    expect((await flowOf(halved)).bound.holds).toBe(true);
    expect((await flowOf({ ...last, window: { depth: 10, every: 1 } })).bound.holds).toBe(true);
    const everywhere = { ...linear(60, 0.9, true), window: { depth: 10, every: 1 } };
    expect((await flowOf(everywhere)).bound.holds).toBe(false);
  });
});
