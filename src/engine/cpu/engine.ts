import type { Problem } from '../../model/problem';
import { throwIfAborted } from '../../model/errors';
import type { AdapterDescription, Engine, Run } from '../interface';
import { Pacer } from '../shared/pacer';
import { cpuPass } from './pass';
import { CpuRun, summarise } from './run';

/** The engine for machines without WebGPU: float32 storage, plain typed-array loops, one thread. */
export function createCpuEngine(): Engine {
  const adapter: AdapterDescription = { name: 'CPU', software: true };
  const disposal = new AbortController();
  const runs = new Set<CpuRun>();

  return {
    kind: 'cpu',
    adapter,
    async run(problem: Problem, signal?: AbortSignal): Promise<Run> {
      const started = performance.now();
      const pacer = new Pacer(
        signal ? AbortSignal.any([signal, disposal.signal]) : disposal.signal,
      );
      const pass = await cpuPass(problem, pacer);
      throwIfAborted(signal);
      throwIfAborted(disposal.signal);
      const summary = summarise(pass, adapter, performance.now() - started);
      const run: CpuRun = new CpuRun(pass, summary, () => runs.delete(run));
      runs.add(run);
      return run;
    },
    dispose(): void {
      disposal.abort();
      for (const run of runs) run.dispose();
      runs.clear();
    },
  };
}
