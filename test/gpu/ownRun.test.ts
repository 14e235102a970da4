import { expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { runSeries } from '../../src/engine/ownRun';
import type { Problem } from '../../src/model/problem';
import { expectClose } from '../support/compare';
import { randomProblem } from '../support/randomProblem';
import { gpuEngine } from './support';

it('a run beside the page gives the same series and y_t on both engines', async () => {
  const { engine: gpu } = await gpuEngine();
  const cpu = createCpuEngine();
  const { signal } = new AbortController();
  const problem = randomProblem({ T: 70, B: 3, I: 2, H: 5, O: 1, cuts: [30], seed: 12 });
  const request = { columns: 16, batchEntry: 1 };
  const [theirs, ours] = await Promise.all(
    [gpu, cpu].map((engine) =>
      runSeries(problem, request, { run: (p: Problem) => engine.run(p), signal }),
    ),
  );
  expectClose([theirs!.summary.totalLoss], [ours!.summary.totalLoss], 1e-5, 'L');
  for (const key of ['log2StateGradient', 'log2ErrorSignal', 'log2Contribution'] as const) {
    const [a, b] = [theirs!.summary.series[key], ours!.summary.series[key]];
    expectClose(a, b, 1e-4, key);
  }
  expect(theirs!.outputs).toMatchObject({ rows: 1, columns: 16 });
  expectClose(theirs!.outputs!.minimum, ours!.outputs!.minimum, 1e-4, 'least y');
  expectClose(theirs!.outputs!.maximum, ours!.outputs!.maximum, 1e-4, 'greatest y');
  cpu.dispose();
});
