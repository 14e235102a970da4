import { describe, expect, it } from 'vitest';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { planBuffers, planLanes } from '../../src/engine/gpu/planner';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import type { Run, ScaledVector } from '../../src/engine/interface';
import { toEvaluation } from '../../src/model/evaluation';
import type { Problem } from '../../src/model/problem';
import { withTruncation } from '../../src/model/truncation';
import { referencePass } from '../../src/reference/pass';
import { expectClose } from '../support/compare';
import { linear } from '../support/problems';
import { randomProblem } from '../support/randomProblem';
import { TRUNCATED } from '../support/truncated';
import { expectAgreement } from './agreement';
import { gpuEngine } from './support';

async function withRun<R>(problem: Problem, read: (run: Run) => R | Promise<R>): Promise<R> {
  const { engine } = await gpuEngine();
  const run = await engine.run(problem);
  try {
    return await read(run);
  } finally {
    run.dispose();
  }
}

const values = ({ mantissas, exponent }: ScaledVector) =>
  Float64Array.from(mantissas, (m) => m * 2 ** exponent);

describe('the WebGPU engine under every scheme', () => {
  it.each(TRUNCATED)('%s: everything it reports, and the lag map', async (_, problem) => {
    const { engine } = await gpuEngine();
    await expectAgreement(engine, problem, { tolerance: 1e-4, withLagMap: true });
  });

  it.each(TRUNCATED)('%s: what a step shows', (_, problem) =>
    withRun(problem, async (run) => {
      const exact = toEvaluation('reference', referencePass(problem));
      const { T, B, H, initialState, resets = [] } = problem;
      for (let t = 1; t <= T; t++) {
        const detail = await run.inspect(t, B - 1);
        const before = (t - 1) * B - 1;
        const entering = resets.includes(t)
          ? new Float64Array(H)
          : t === 1
            ? initialState.subarray((B - 1) * H)
            : exact.h.subarray(before * H, (before + 1) * H);
        expectClose(detail.previousState, entering, 1e-4, `h entering ${t}`);
        const e = exact.dh.slice((t * B - 1) * H, t * B * H);
        const [injected, carried] = [values(detail.injected), values(detail.carried)];
        expectClose(
          injected.map((v, i) => v + carried[i]!),
          e,
          1e-4,
          `e of ${t}`,
        );
      }
    }),
  );

  it.each([
    { T: 40, B: 1, I: 2, H: 65, O: 3 },
    { T: 33, B: 5, I: 3, H: 31, O: 2 },
    { T: 9, B: 64, I: 1, H: 7, O: 1 },
    { T: 300, B: 2, I: 2, H: 3, O: 2 },
  ])('random links, chunks, windows and resets of %o', async (shape) => {
    const { engine } = await gpuEngine();
    const problem = randomProblem({ ...shape, seed: shape.T });
    for (const scheme of [
      { kind: 'random', keep: 0.8, seed: 3 },
      { kind: 'chunked', every: 7 },
      { kind: 'sliding', depth: 6, every: 1 },
      { kind: 'sliding', depth: 25, every: 10 },
      { kind: 'reset', every: 4 },
    ] as const) {
      await expectAgreement(engine, withTruncation(problem, scheme), { tolerance: 2e-4 });
    }
  });
});

describe('lanes', () => {
  it('of a window that is chunks need no sum', async () => {
    const limits = { largestBuffer: 2 ** 27, budget: 2 ** 30 };
    const problem = { ...randomProblem({ T: 16, seed: 4 }), window: { depth: 4, every: 4 } };
    expect(planLanes(problem, limits).lanes).toBe(1);
    const { engine } = await gpuEngine();
    await expectAgreement(engine, problem, { tolerance: 1e-4, withLagMap: true });
  });

  it('go one group after the other where memory is short, to the same numbers', async () => {
    const { device, engine } = await gpuEngine();
    const problem = randomProblem({
      T: 200,
      B: 2,
      H: 20,
      gain: 0.6,
      window: { depth: 13, every: 1 },
    });
    const limits = { largestBuffer: 2 ** 27, budget: 0 };
    const room = (lanesAtOnce: number) =>
      Object.values(planBuffers(problem, { lanes: 13, lanesAtOnce, resets: false })).reduce(
        (sum, size) => sum + size,
        0,
      );
    expect(planLanes(problem, { ...limits, budget: room(3) })).toEqual({
      ...{ lanes: 13, lanesAtOnce: 3, resets: false },
    });
    for (const lanesAtOnce of [1, 5]) {
      const memoryBudget = room(lanesAtOnce);
      const adapter = engine.adapter;
      const small = new GpuEngine({ device, adapter, sources: shaderSources, memoryBudget });
      try {
        await expectAgreement(small, problem, { tolerance: 1e-4 });
        await expect(small.run({ ...problem, T: 400 })).rejects.toMatchObject({
          code: 'too-large',
          path: 'T',
        });
      } finally {
        small.dispose();
      }
    }
  });

  it('meet at their exponents: 2^−2000 within a window, losses of 2^±120', async () => {
    const T = 2600;
    const lossWeights = Float64Array.from({ length: T }, (_, t) =>
      Math.fround(2 ** ((t % 240) - 120)),
    );
    const window = { depth: 2000, every: 400 };
    const { engine } = await gpuEngine();
    await expectAgreement(engine, { ...linear(T, 0.5, true), lossWeights, window });
    await expectAgreement(engine, { ...linear(T, -2, true), lossWeights, window });
  });

  it('stop at an overflow like everything else', async () => {
    const inputs = new Float64Array(300).fill(1);
    const { engine } = await gpuEngine();
    for (const truncation of [{ window: { depth: 20, every: 7 } }, { resets: [150] }]) {
      await expectAgreement(engine, { ...linear(300, 2, true), inputs, ...truncation });
    }
    // A reset in time keeps the state inside the floats.
    const kept = { ...linear(300, 2, true), inputs, resets: [101, 201] };
    await expectAgreement(engine, kept);
    expect((await withRun(kept, (run) => run.summary)).overflowAt).toBeNull();
  });

  it('of one size after the other do not disturb each other’s buffers', async () => {
    const { engine } = await gpuEngine();
    const problem = randomProblem({ T: 31, B: 2, seed: 9 });
    for (const scheme of [
      { kind: 'sliding', depth: 5, every: 1 },
      { kind: 'none' },
      { kind: 'reset', every: 5 },
      { kind: 'sliding', depth: 9, every: 2 },
      { kind: 'random', keep: 0.5, seed: 1 },
      { kind: 'none' },
    ] as const) {
      await expectAgreement(engine, withTruncation(problem, scheme), { tolerance: 1e-4 });
    }
  });
});
