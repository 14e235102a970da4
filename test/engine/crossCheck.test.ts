import { describe, expect, it } from 'vitest';
import { crossCheck } from '../../src/engine/check/crossCheck';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { Pacer } from '../../src/engine/shared/pacer';
import { CHECKED_ARRAYS, type CrossCheckOptions } from '../../src/model/analyses';
import type { PassTensors } from '../../src/model/evaluation';
import { ACTIVATIONS } from '../../src/model/kinds';
import type { Problem } from '../../src/model/problem';
import { referencePass } from '../../src/reference/pass';
import { chain, irnn } from '../support/problems';
import { GOLDEN_CASES } from '../support/golden';
import { randomProblem } from '../support/randomProblem';

async function tensorsOf(problem: Problem): Promise<PassTensors> {
  const run = await createCpuEngine().run(problem);
  return run.tensors();
}

async function check(problem: Problem, options: CrossCheckOptions = {}, tensors?: PassTensors) {
  const engine = { kind: 'cpu' as const, tensors: tensors ?? (await tensorsOf(problem)) };
  return crossCheck(problem, engine, options, new Pacer(undefined), () => undefined);
}

describe('the cross-check', () => {
  it('finds nothing between the reference and itself', async () => {
    for (const { problem, name } of GOLDEN_CASES) {
      const result = await check(problem, {}, referencePass(problem));
      expect(result.worst.error, name).toBeLessThan(1e-12);
      expect(result.arrays.map(({ array }) => array)).toEqual(CHECKED_ARRAYS);
    }
  });

  it.each(GOLDEN_CASES)('is good for the CPU engine: $name', async ({ problem }) => {
    const result = await check(problem);
    expect(result.worst).toMatchObject({ level: 'good' });
  });

  it.each(ACTIVATIONS)('is good for %s over 60 steps', async (activation) => {
    const problem = randomProblem({ T: 60, B: 3, H: 17, activation, gain: 0.8, cuts: [20] });
    const result = await check(problem);
    expect(result.worst).toMatchObject({ level: 'good' });
    expect(result).toMatchObject({ engine: 'cpu', differences: null });
  });

  it('compares on the engine’s own states where trajectories part', async () => {
    const problem = randomProblem({ T: 300, B: 2, H: 40, gain: 3, seed: 3 });
    const result = await check(problem);
    expect(result.mode).toBe('ownStates');
    expect(result.largestExponent).toBeGreaterThan(0.1);
    expect(result.trajectoryError).toBeGreaterThan(0.01);
    expect(result.worst.error).toBeLessThan(1e-3);
  });

  it('sees what has vanished as well as what has not', async () => {
    const problem = chain(5000, 0.5);
    expect((await check(problem)).worst.level).toBe('good');
    const tensors = structuredClone(await tensorsOf(problem));
    tensors.errorSignals.mantissas[7]! *= 1.1; // δ_8, about 2^-4992
    const { worst } = await check(problem, {}, tensors);
    expect(worst).toMatchObject({ array: 'delta', index: 7, level: 'bad', engine: 0 });
    expect(worst.error).toBeCloseTo(0.1, 3);
  });

  it('fails, and says where, for one corrupted value of any array', async () => {
    const calm = randomProblem({ T: 12, B: 2, H: 5 });
    const chaotic = randomProblem({ T: 80, B: 2, H: 30, gain: 3, seed: 3 });
    for (const problem of [calm, chaotic]) {
      const tensors = await tensorsOf(problem);
      for (const array of CHECKED_ARRAYS) {
        for (const index of [0, 3]) {
          const { worst } = await check(problem, { corrupt: { array, index } }, tensors);
          expect(worst).toMatchObject({ array, index, level: 'bad' });
        }
      }
      expect((await check(problem, {}, tensors)).worst.level).not.toBe('bad');
    }
  });

  it('is good where training has left nothing but rounding between prediction and target', async () => {
    const problem = randomProblem({ T: 20, B: 2, H: 8, O: 2 });
    const { outputs } = await tensorsOf(problem);
    const values = Float32Array.from(outputs, (y) => y * (1 + 2 ** -21));
    const learnt: Problem = { ...problem, targets: { kind: 'dense', values } };
    expect((await check(learnt)).worst).toMatchObject({ level: 'good' });
    for (const array of CHECKED_ARRAYS) {
      const { worst } = await check(learnt, { corrupt: { array, index: 1 } });
      expect(worst).toMatchObject({ array, index: 1, level: 'bad' });
    }
  });

  it('fails for a corrupted prediction that larger terms cancelled to', async () => {
    const problem = randomProblem({ T: 6, B: 2, I: 3, H: 40, O: 1 });
    problem.parameters.outputWeights.set(problem.parameters.outputWeights.map((w) => 1000 * w));
    const { outputs } = await tensorsOf(problem);
    for (const index of outputs.keys()) {
      const { worst } = await check(problem, { corrupt: { array: 'y', index } });
      expect(worst).toMatchObject({ array: 'y', index, level: 'bad' });
    }
  });

  it('fails for one corrupted value where everything is zero', async () => {
    const problem = { ...irnn(6, 3), lossWeights: new Float64Array(6) };
    expect((await check(problem)).worst.error).toBeLessThan(1e-6);
    for (const array of CHECKED_ARRAYS) {
      const { worst } = await check(problem, { corrupt: { array, index: 0 } });
      expect(worst).toMatchObject({ array, index: 0, level: 'bad' });
    }
  });

  it('fails for a number that is none', async () => {
    const problem = randomProblem({ T: 9, B: 1, H: 3 });
    const tensors = structuredClone(await tensorsOf(problem));
    (tensors.hiddenStates as Float32Array)[10] = NaN;
    const { worst } = await check(problem, {}, tensors);
    expect(worst).toMatchObject({ array: 'h', index: 10, level: 'bad', error: Infinity });
  });

  it('stops where the engine stopped', async () => {
    const problem = chain(300, 2, { initialState: 1 });
    const result = await check(problem);
    expect(result.overflowAt).toEqual({ engine: 123, reference: 123 });
    expect(result.worst.level).toBe('good');
    // What lies beyond the stop is no result, whatever an engine leaves there.
    const tensors = structuredClone(await tensorsOf(problem));
    tensors.stepLosses.fill(NaN, 122);
    expect((await check(problem, {}, tensors)).worst.level).toBe('good');
  });

  it('has nothing to compare where the first step overflows', async () => {
    const problem = chain(5, 1e30, { initialState: 1e30 });
    const result = await check(problem);
    expect(result.overflowAt).toEqual({ engine: 1, reference: 1 });
    expect(result.worst).toMatchObject({ level: 'good', error: 0, index: -1 });
  });

  it.each(['array', 'index'])('refuses an impossible corruption by %s', async (part) => {
    const problem = randomProblem();
    const corrupt =
      part === 'array' ? { array: 'constructor', index: 0 } : { array: 'h', index: 1e9 };
    await expect(check(problem, { corrupt: corrupt as { array: 'h'; index: number } }))
      .rejects // prettier-ignore
      .toMatchObject({ code: 'invalid-request', path: 'corrupt' });
  });

  it('adds central differences on request', async () => {
    const problem = randomProblem({ T: 10, B: 2, H: 6, cuts: [4] });
    const { differences } = await check(problem, { differences: true });
    expect(new Set(differences!.map(({ array }) => array)).size).toBe(6);
    for (const difference of differences!) expect(difference.level).toBe('good');
    const tensors = await tensorsOf(problem);
    const { mantissas, exponent } = tensors.recurrentWeightGradient;
    const wrong = {
      ...tensors,
      recurrentWeightGradient: { mantissas: mantissas.map((v) => 1.2 * v), exponent },
    };
    const found = (await check(problem, { differences: true }, wrong)).differences!;
    expect(found.some(({ array, level }) => array === 'dWh' && level === 'bad')).toBe(true);
  });

  it('does not judge by a difference that is mostly error', async () => {
    const problem = randomProblem({ T: 200, B: 1, H: 60, gain: 3, seed: 5 });
    const { differences } = await check(problem, { differences: true });
    expect(differences!.some(({ level }) => level === null)).toBe(true);
    expect(differences!.some(({ level }) => level === 'bad')).toBe(false);
  });

  it('refuses what would take long, and can be overtaken', async () => {
    const small = randomProblem({ T: 2, B: 1, H: 2 });
    const tensors = referencePass(small);
    await expect(check({ ...small, T: 1e6, H: 500 }, {}, tensors)).rejects.toMatchObject({
      code: 'too-large',
    });
    const controller = new AbortController();
    const problem = randomProblem({ T: 3000, B: 4, H: 40 });
    const engine = { kind: 'cpu' as const, tensors: await tensorsOf(problem) };
    const running = crossCheck(problem, engine, {}, new Pacer(controller.signal), () => undefined);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
  });
});
