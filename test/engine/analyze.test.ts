import { describe, expect, it } from 'vitest';
import { analyze, type AnalysisContext } from '../../src/engine/analyze';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { toEvaluation } from '../../src/model/evaluation';
import { referencePass } from '../../src/reference/pass';
import { BpttError } from '../../src/model/errors';
import type { AnalysisRequest } from '../../src/model/analyses';
import type { Problem } from '../../src/model/problem';
import { chain } from '../support/problems';
import { randomProblem } from '../support/randomProblem';
import { trajectoryOf } from '../analysis/trajectories';
import { problemOfEntry } from '../../src/engine/batchEntry';
import { log2SingularValuesOfProduct } from '../../src/analysis/jacobian';
import { lyapunovExponents } from '../../src/analysis/lyapunov';

const PROBLEM = randomProblem({ T: 40, B: 3, I: 2, H: 6, O: 2, cuts: [9], seed: 4 });

function ask<R extends AnalysisRequest>(
  problem: Problem,
  request: R,
  context: Partial<AnalysisContext> = {},
) {
  const engine = createCpuEngine();
  return analyze(problem, request, {
    run: (p, signal) => engine.run(p, signal),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...context,
  });
}

describe('analyze', () => {
  it('gives the lag map flat', async () => {
    const { log2Norm } = await ask(PROBLEM, { kind: 'lag' });
    expect(log2Norm).toHaveLength(1600);
    expect(log2Norm[9 * 40 + 3]).toBe(-Infinity);
    expect(log2Norm[9 * 40 + 8]).toBeGreaterThan(-40);
  });

  it('repeats the lag map once, on what the host offers then, where the device is lost', async () => {
    const engine = createCpuEngine();
    const lost = new BpttError('device-lost', '', 'Gone.');
    let runs = 0;
    let disposed = 0;
    const run = async (problem: Problem) => {
      const own = await engine.run(problem);
      const dispose = () => {
        disposed++;
        own.dispose();
      };
      if (runs++ > 0) return { ...own, summary: own.summary, lagMap: () => own.lagMap(), dispose };
      return { ...own, summary: own.summary, lagMap: () => Promise.reject(lost), dispose };
    };
    const { log2Norm } = await ask(PROBLEM, { kind: 'lag' }, { run: run });
    expect(log2Norm).toHaveLength(1600);
    expect([runs, disposed]).toEqual([2, 2]);

    const never = async (problem: Problem) => ({
      ...(await run(problem)),
      lagMap: () => Promise.reject(lost),
    });
    const again = ask(PROBLEM, { kind: 'lag' }, { run: never });
    await expect(again).rejects.toMatchObject({ code: 'device-lost' });
    expect(runs).toBe(4);
  });

  it('gives the contribution of every step to dWh', async () => {
    const { byStep } = await ask(PROBLEM, { kind: 'contributions' });
    const { delta, h } = toEvaluation('reference', referencePass(PROBLEM));
    const { B, H } = PROBLEM;
    for (let t = 1; t < 40; t++) {
      let square = 0;
      for (let i = 0; i < H; i++) {
        for (let j = 0; j < H; j++) {
          let sum = 0;
          for (let n = 0; n < B; n++) {
            sum += delta[(t * B + n) * H + i]! * h[((t - 1) * B + n) * H + j]!;
          }
          square += sum * sum;
        }
      }
      expect(byStep[t]).toBeCloseTo(0.5 * Math.log2(square), 4);
    }
  });

  it('gives the singular values of batch entry 0', async () => {
    const { log2SingularValues } = await ask(PROBLEM, { kind: 'jacobian', from: 3, to: 25 });
    const expected = log2SingularValuesOfProduct(trajectoryOf(problemOfEntry(PROBLEM, 0)), 3, 25);
    expect(log2SingularValues).toEqual(expected);
    const path = await ask(PROBLEM, {
      ...{ kind: 'singularValues', from: 3, to: 25, points: 5, batchEntry: 0 },
    } as const);
    expect([...path.steps]).toEqual([7, 11, 16, 20, 25]);
    expect(path.log2Product.slice(-6)).toEqual(expected);
    expect(path.log2Step).toHaveLength(30);
  });

  it('gives the Lyapunov exponents and how they converge', async () => {
    const { exponents } = await ask(PROBLEM, { kind: 'lyapunov', skip: 4 });
    const trajectory = trajectoryOf(problemOfEntry(PROBLEM, 0));
    expect(exponents).toEqual(lyapunovExponents(trajectory, { skip: 4 }));
    const path = await ask(PROBLEM, {
      ...{ kind: 'lyapunovPath', skip: 4, count: 6, points: 9, batchEntry: 0 },
    } as const);
    expect(path.running.slice(-6)).toEqual(exponents);
    expect([...path.steps]).toEqual([8, 12, 16, 20, 24, 28, 32, 36, 40]);
    expect(exponents.reduce((a, b) => a + b)).toBeCloseTo(path.meanLogDeterminant, 6);
  });

  it('gives the spectrum of W_h and the mean field', async () => {
    const shear = chain(3, 0.5);
    const { eigenvalues, singularValues } = await ask(shear, { kind: 'spectrum' });
    expect(eigenvalues).toEqual([[0.5, 0]]);
    expect(singularValues).toEqual([0.5]);
    const sigmas = { sigmaW: Math.sqrt(1.3), sigmaB: Math.sqrt(0.05) };
    const { chi } = await ask(shear, { kind: 'meanField', activation: 'tanh', ...sigmas });
    expect(chi).toBeCloseTo(0.88016, 5);
    const critical = await ask(shear, {
      ...{ kind: 'criticalPoint', activation: 'tanh', sigmaB: sigmas.sigmaB },
    } as const);
    expect(critical!.sigmaW ** 2).toBeCloseTo(1.76095, 5);
  });

  it('counts saturated and dead units', async () => {
    const window = { from: 1, to: 40, columns: 10, bins: 12, batchEntry: 1 };
    const calm = await ask(PROBLEM, { kind: 'saturation', ...window });
    for (const { shares, bins, columns } of [calm.preActivations, calm.slopes]) {
      for (let c = 0; c < columns; c++) {
        let sum = 0;
        for (let b = 0; b < bins; b++) sum += shares[b * columns + c]!;
        expect(sum).toBeCloseTo(1, 5);
      }
    }
    const loud = randomProblem({ T: 40, B: 2, H: 6, gain: 50 });
    const { saturated, dead } = await ask(loud, { kind: 'saturation', ...window });
    expect(Math.max(...saturated)).toBeCloseTo(1, 12);
    expect(Math.max(...dead)).toBe(0);
    const relu = await ask(
      { ...loud, activation: 'relu' },
      { kind: 'saturation', ...window, to: 5 },
    );
    expect(Math.max(...relu.dead)).toBeGreaterThan(0);
    expect(Math.max(...relu.saturated)).toBe(0);
  });

  it('sends a unit error back to the nearest cut', async () => {
    const { log2Norm } = await ask(PROBLEM, { kind: 'unitError', from: 30, batchEntry: 2 });
    expect(log2Norm[29]).toBeCloseTo(0, 12);
    expect(log2Norm[8]).toBeLessThan(0);
    expect(log2Norm[7]).toBe(-Infinity);
    expect(log2Norm[30]).toBeNaN();
  });

  it('shows that the losses sent back alone add up to dWh', async () => {
    const { relativeError, losses } = await ask(PROBLEM, { kind: 'lagIdentity' });
    expect(losses).toBe(40);
    expect(relativeError).toBeLessThan(1e-12);
    const overflown = chain(300, 2, { initialState: 1, lossEverywhere: true });
    expect((await ask(overflown, { kind: 'lagIdentity' })).relativeError).toBeLessThan(1e-12);
    const lossless = { ...PROBLEM, lossWeights: new Float64Array(40) };
    expect(await ask(lossless, { kind: 'lagIdentity' })).toEqual({ relativeError: 0, losses: 0 });
  });

  it('refuses steps after an overflow, by path', async () => {
    const problem = chain(300, 2, { initialState: 1 });
    await expect(ask(problem, { kind: 'jacobian', from: 0, to: 300 })).rejects.toMatchObject({
      code: 'invalid-request',
      path: 'to',
      details: { overflowAt: 123 },
    });
    const { log2SingularValues } = await ask(problem, { kind: 'jacobian', from: 0, to: 122 });
    expect([...log2SingularValues]).toEqual([122]);
    expect((await ask(problem, { kind: 'lyapunov' })).exponents[0]).toBeCloseTo(Math.LN2, 12);
    await expect(ask(problem, { kind: 'lyapunov', skip: 200 })).rejects.toMatchObject({
      path: 'skip',
    });
  });

  it.each<[AnalysisRequest, string]>([
    [{ kind: 'unitError', from: 41, batchEntry: 0 }, 'from'],
    [{ kind: 'unitError', from: 4, batchEntry: 3 }, 'batchEntry'],
    [{ kind: 'singularValues', from: 5, to: 5, points: 3, batchEntry: 0 }, 'to'],
    [{ kind: 'lyapunovPath', skip: 0, count: 7, points: 3, batchEntry: 0 }, 'count'],
    [{ kind: 'saturation', from: 1, to: 2, columns: 0, bins: 3, batchEntry: 0 }, 'columns'],
  ])('refuses %j', async (request, path) => {
    await expect(ask(PROBLEM, request)).rejects.toMatchObject({ code: 'invalid-request', path });
  });

  it('reports progress and can be overtaken', async () => {
    const problem = randomProblem({ T: 600, B: 1, H: 48 });
    const done: number[] = [];
    const onProgress = (part: number) => done.push(part);
    await ask(problem, { kind: 'lyapunov' }, { onProgress });
    expect(done.length).toBeGreaterThan(2);
    const requests: AnalysisRequest[] = [
      { kind: 'lag' },
      { kind: 'jacobian', from: 0, to: 600 },
      { kind: 'lyapunov' },
    ];
    for (const request of requests) {
      const controller = new AbortController();
      const running = ask(problem, request, { signal: controller.signal });
      setTimeout(() => controller.abort(), 20);
      await expect(running).rejects.toMatchObject({ code: 'aborted' });
    }
  });
});
