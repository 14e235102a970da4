import { afterAll, describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { Run } from '../../src/engine/interface';
import { runSeries } from '../../src/engine/ownRun';
import { BpttError } from '../../src/model/errors';
import { toEvaluation } from '../../src/model/evaluation';
import type { Problem } from '../../src/model/problem';
import { referencePass } from '../../src/reference/pass';
import { expectClose } from '../support/compare';
import { randomProblem } from '../support/randomProblem';

const engine = createCpuEngine();
afterAll(() => engine.dispose());
const { signal } = new AbortController();

describe('runSeries', () => {
  it('gives the series of the run, and y_t of one batch entry over all steps', async () => {
    const problem = randomProblem({ T: 9, B: 3, I: 2, H: 4, O: 1, cuts: [4], seed: 5 });
    const request = { columns: 100, batchEntry: 2 };
    const run = (p: Problem) => engine.run(p);
    const { summary, outputs } = await runSeries(problem, request, { run, signal });
    const reference = toEvaluation('reference', referencePass(problem));
    expect(summary.totalLoss).toBeCloseTo(reference.loss, 5);
    expectClose(summary.series.log2StateGradient, reference.log2Norm.dh, 1e-5, 'dh');
    const y = Array.from({ length: 9 }, (_, t) => reference.y[t * 3 + 2]!);
    expect(outputs).toMatchObject({ rows: 1, columns: 9 });
    expectClose(outputs!.maximum, y, 1e-5, 'y');
    const coarse = await runSeries(problem, { columns: 4, batchEntry: 2 }, { run, signal });
    expectClose(
      coarse.outputs!.minimum,
      [0, 2, 4, 6].map((c, i) => {
        return Math.min(...y.slice(c, [2, 4, 6, 9][i]));
      }),
      1e-5,
      'least y',
    );
  });

  it('leaves y_t out where it is not one number', async () => {
    const problem = randomProblem({ T: 3, O: 2, seed: 6 });
    const run = (p: Problem) => engine.run(p);
    const { outputs } = await runSeries(problem, { columns: 9, batchEntry: 0 }, { run, signal });
    expect(outputs).toBeNull();
  });

  it('runs once more where the device is lost while it is read, and frees every run', async () => {
    const problem = randomProblem({ T: 3, O: 1, seed: 7 });
    let runs = 0;
    let freed = 0;
    const run = async (p: Problem): Promise<Run> => {
      const own = await engine.run(p);
      const isLost = ++runs === 1;
      return {
        summary: own.summary,
        picture: null,
        view: (window) =>
          isLost ? Promise.reject(new BpttError('device-lost', '', 'Lost.')) : own.view(window),
        inspect: (step, n) => own.inspect(step, n),
        tensors: () => own.tensors(),
        lagMap: (options) => own.lagMap(options),
        dispose: () => {
          freed++;
          own.dispose();
        },
      };
    };
    const { outputs } = await runSeries(problem, { columns: 9, batchEntry: 0 }, { run, signal });
    expect(outputs!.columns).toBe(3);
    expect([runs, freed]).toEqual([2, 2]);
  });
});
