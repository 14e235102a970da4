import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import type { LagMapOptions } from '../../src/engine/interface';
import { ACTIVATIONS, type Activation } from '../../src/model/kinds';
import type { Problem } from '../../src/model/problem';
import { log2NormOfRows } from '../../src/model/scaled';
import { referencePass } from '../../src/reference/pass';
import { chain } from '../support/problems';
import { randomProblem } from '../support/randomProblem';
import { expectLogs } from './kernelHarness';
import { asSlow, gpuEngine } from './support';

async function lagMapOf(
  problem: Problem,
  options?: LagMapOptions,
  own?: GpuEngine,
): Promise<Float64Array> {
  const engine = own ?? (await gpuEngine()).engine;
  const run = await engine.run(problem);
  try {
    return await run.lagMap(options);
  } finally {
    run.dispose();
  }
}

/** Row s from a reference pass of its own, in which only the loss at s counts. */
function referenceMap(problem: Problem): number[] {
  const { T, B, lossWeights } = problem;
  return Array.from({ length: T }, (_, s) => {
    const only = Float64Array.from(lossWeights, (w, t) => (t === s ? w : 0));
    const { stateGradients } = referencePass({ ...problem, lossWeights: only });
    return Array.from({ length: T }, (_value, k) =>
      k > s ? -Infinity : log2NormOfRows(stateGradients, k * B, (k + 1) * B),
    );
  }).flat();
}

async function check(problem: Problem): Promise<void> {
  expectLogs([...(await lagMapOf(problem))], referenceMap(problem), 0.01, 'lag map');
}

describe('the lag map of the WebGPU engine', () => {
  it.each(ACTIVATIONS)('is every loss sent back alone, across cuts: %s', (activation) =>
    check(randomProblem({ T: 19, B: 3, H: 5, activation, cuts: [1, 4, 5, 13], seed: 31 })),
  );

  it.each<[number, number, number, Activation]>([
    [1, 1, 1, 'tanh'],
    [2, 3, 5, 'sigmoid'],
    [70, 3, 1, 'tanh'],
    [70, 3, 5, 'silu'],
    [17, 1, 33, 'relu'],
    [17, 3, 64, 'tanh'],
    [70, 1, 65, 'tanh'],
    [16, 1, 130, 'leakyRelu'],
  ])('T = %i, B = %i, H = %i, f = %s', (T, B, H, activation) =>
    check(randomProblem({ T, B, H, activation, seed: T + H })),
  );

  it('is exactly zero behind dead units and without a loss', async () => {
    const lossWeights = Array.from({ length: 30 }, (_, t) => (t % 4 === 1 ? 0 : 1 + t));
    const problem = randomProblem({
      ...{ T: 30, B: 1, H: 2, activation: 'relu', loss: 'crossEntropy', lossWeights, seed: 8 },
    });
    const map = await lagMapOf(problem);
    const expected = referenceMap(problem);
    expectLogs([...map], expected, 0.01, 'lag map');
    const zeros = expected.filter((value, i) => i % 30 <= i / 30 && value === -Infinity).length;
    expect(zeros).toBeGreaterThan(100);
    expect(expected.filter(Number.isFinite).length).toBeGreaterThan(30);
  });

  it.each([0.5, 2])('is exact powers of two far outside any float: w = %d', async (w) => {
    const T = 2000;
    const map = await lagMapOf(chain(T, w, { lossEverywhere: true }));
    for (let s = 0; s < T; s++) {
      // ∂ℓ_s/∂h_s = 2(h_s + 1) = 2
      for (let k = 0; k <= s; k++) {
        const error = Math.abs(map[s * T + k]! - (1 + (s - k) * Math.log2(w)));
        if (!(error < 0.01)) expect.fail(`s = ${s}, k = ${k}: ${map[s * T + k]}`);
      }
      if (s + 1 < T) expect(map[s * T + s + 1]).toBe(-Infinity);
    }
  });

  it('keeps deep saturation, which leaves float32 in one step', async () => {
    const problem = chain(40, 1, { activation: 'tanh', bias: 300, lossEverywhere: true });
    const map = await lagMapOf(problem);
    expect(map[39 * 40]).toBeLessThan(-20_000);
    const expected = referenceMap(problem);
    // f′ itself has a relative error of 4e-6 in each of the steps.
    expectLogs([...map], expected, 0.02, 'lag map');
  });

  it('keeps weights that leave the floats when squared', async () => {
    const T = 9;
    for (const w of [2 ** -80, 2 ** 80]) {
      const map = await lagMapOf(chain(T, w, { lossEverywhere: true }));
      expect(map[8 * T]).toBe(1 + 8 * Math.log2(w));
    }
  });

  it('in several bands and pieces, agrees with the CPU engine; twice gives the same bits', async () => {
    const problem = randomProblem({ T: 330, B: 3, H: 32, cuts: [7, 150], seed: 4 });
    const cpu = await createCpuEngine().run(problem);
    const expected = await cpu.lagMap();
    cpu.dispose();
    const { device, engine } = await gpuEngine();
    const slow = new GpuEngine({ device, adapter: asSlow(engine.adapter), sources: shaderSources });
    const progress: number[] = [];
    const first = await lagMapOf(problem, { onProgress: (done) => progress.push(done) }, slow);
    expectLogs([...first], [...expected], 0.01, 'lag map');
    expect(progress.length).toBeGreaterThan(1);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    const second = await lagMapOf(problem, {}, slow);
    slow.dispose();
    // toEqual tells NaN and −0 apart but is slow on 100 000 numbers.
    expect(second.every((value, i) => Object.is(value, first[i]))).toBe(true);
  });

  it('is NaN from an overflow on', async () => {
    const T = 140;
    const map = await lagMapOf(chain(T, 2, { initialState: 1, lossEverywhere: true }));
    expect(map[121 * T + 3]).not.toBeNaN();
    expect(map[122 * T + 3]).toBeNaN();
    expect(map[122 * T + 122]).toBeNaN();
    expect(map[130 * T + 131]).toBe(-Infinity);
  });

  it('refuses more steps than a map can hold', async () => {
    const problem = randomProblem({ T: 4097, B: 1, H: 2 });
    await expect(lagMapOf(problem)).rejects.toMatchObject({
      ...{ code: 'too-large', path: 'T', details: { fits: 4096 } },
    });
  });

  it('stops when its signal fires and when its run is disposed', async () => {
    const { engine } = await gpuEngine();
    const run = await engine.run(randomProblem({ T: 500, B: 4, H: 48 }));
    const aborted = AbortSignal.abort();
    await expect(run.lagMap({ signal: aborted })).rejects.toMatchObject({ code: 'aborted' });
    const controller = new AbortController();
    const done: number[] = [];
    const stopped = run.lagMap({
      signal: controller.signal,
      onProgress: (part) => {
        done.push(part);
        controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    expect(done).toHaveLength(1);
    const orphaned = run.lagMap({ onProgress: () => run.dispose() });
    await expect(orphaned).rejects.toMatchObject({ code: 'aborted' });
    await expect(run.lagMap()).rejects.toMatchObject({ code: 'aborted' });
  });
});
