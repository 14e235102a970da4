import type { Problem } from '../../model/problem';
import { throwIfAborted } from '../../model/errors';
import type {
  AdapterDescription,
  Engine,
  LossSurface,
  Run,
  Surveyor,
  Trainer,
  Training,
} from '../interface';
import { Pacer } from '../shared/pacer';
import { StepwiseTraining } from '../training/stepwiseTraining';
import { cpuPass } from './pass';
import { CpuRun, summarise } from './run';
import { CpuSurface } from './surface';
import { cpuStepper } from './training';

/** The engine for machines without WebGPU: float32 storage, plain typed-array loops, one thread. */
export function createCpuEngine(): Engine & Trainer & Surveyor {
  const adapter: AdapterDescription = { name: 'CPU', software: true };
  const disposal = new AbortController();
  const runs = new Set<CpuRun>();
  const trainings = new Set<Training>();
  const surfaces = new Set<LossSurface>();

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
    // eslint-disable-next-line @typescript-eslint/require-await -- failures must reject, not throw
    async train(problem, plan, options = {}): Promise<Training> {
      throwIfAborted(options.signal);
      throwIfAborted(disposal.signal);
      const stepper = cpuStepper(problem, plan.optimizer, options.from);
      const training: Training = new StepwiseTraining('cpu', problem, plan, stepper, options, () =>
        trainings.delete(training),
      );
      trainings.add(training);
      return training;
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- failures must reject, not throw
    async survey(problem, plane, signal): Promise<LossSurface> {
      throwIfAborted(signal);
      throwIfAborted(disposal.signal);
      const surface: LossSurface = new CpuSurface(problem, plane, () => surfaces.delete(surface));
      surfaces.add(surface);
      return surface;
    },
    dispose(): void {
      disposal.abort();
      for (const owned of [...runs, ...trainings, ...surfaces]) owned.dispose();
      runs.clear();
    },
  };
}
