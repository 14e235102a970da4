import type { EngineClient, EngineReady, Picture, StepRequest } from '../../src/engine/client';
import type { TimeWindow } from '../../src/engine/interface';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { surveyWindow } from '../../src/engine/surface';
import { runStretch } from '../../src/engine/training/stretch';
import { BpttError } from '../../src/model/errors';
import type { Evaluation } from '../../src/model/evaluation';
import type { Problem } from '../../src/model/problem';
import type { TrainingResult } from '../../src/model/trainingResult';
import { freshBatches } from '../../src/tasks/freshBatches';

export const CPU: EngineReady = {
  kind: 'cpu',
  adapter: { name: 'CPU', software: true },
  fallback: null,
};
export const WEBGPU: EngineReady = {
  kind: 'webgpu',
  adapter: { name: 'Test GPU', software: false },
  fallback: null,
};

/** A number that two different problems do not share by chance. */
function fingerprint({ T, H, parameters, cuts }: Problem): number {
  const list = Array.from(parameters.recurrentWeights);
  const weights = list.reduce((sum, v, i) => sum + v * (i + 1), 0);
  return T * 1e6 + H * 1e3 + weights + cuts.reduce((sum, v) => sum + v, 0);
}

export interface FakeEngine extends EngineClient {
  readonly calls: string[];
  use(engine: EngineReady): void;
  /** What the next runs reject with; null to work again. */
  breakWith(error: BpttError | null): void;
  /** The finished run is lost: `look` rejects until the next run. */
  loseRun(): void;
}

/** An engine whose requests take `delay()` milliseconds, with the real one's "last call wins". */
export function createFakeEngine(
  delay: () => number = () => 0,
  ready: Promise<EngineReady> = Promise.resolve(CPU),
): FakeEngine {
  const listeners = new Set<(engine: EngineReady) => void>();
  const calls: string[] = [];
  let engine = CPU;
  let broken: BpttError | null = null;
  let held: Problem | null = null;
  let newestRun = 0;
  let newestLook = 0;
  let endRun = () => {};

  const pause = () => new Promise((resolve) => setTimeout(resolve, delay()));
  const aborted = () => new BpttError('aborted', '', 'Superseded by a later request.');
  const seen = (problem: Problem, window: TimeWindow, step: StepRequest) =>
    ({ view: { window, of: fingerprint(problem) }, step }) as unknown as Pick<
      Picture,
      'view' | 'step'
    >;
  const summaryOf = (problem: Problem): Picture['summary'] => {
    const { T, B, I, H, O } = problem;
    const steps = () => new Float64Array(T);
    return {
      engine: engine.kind,
      adapter: engine.adapter,
      shape: { T, B, I, H, O },
      totalLoss: fingerprint(problem),
      overflowAt: null,
      series: {
        stepLosses: steps(),
        log2State: steps(),
        log2StateGradient: steps(),
        log2ErrorSignal: steps(),
        log2Contribution: steps(),
      },
      log2Gradient: {
        inputWeights: 1,
        recurrentWeights: 2,
        hiddenBias: 3,
        outputWeights: 4,
        outputBias: 5,
        initialState: 6,
      },
      elapsed: 1,
    };
  };

  return {
    calls,
    ready,
    settled: ready,
    onEngineChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async run(problem, window, step) {
      calls.push('run');
      const own = ++newestRun;
      await Promise.race([pause(), new Promise<void>((resolve) => (endRun = resolve))]);
      if (own !== newestRun) throw aborted();
      if (broken !== null) throw broken;
      held = problem;
      return { summary: summaryOf(problem), ...seen(problem, window, step) };
    },
    cancelRun() {
      calls.push('cancelRun');
      newestRun++;
      endRun();
    },
    async look(window, step) {
      calls.push('look');
      const own = ++newestLook;
      await pause();
      if (own !== newestLook) throw aborted();
      if (held === null) throw new BpttError('device-lost', '', 'The run is gone.');
      return seen(held, window, step);
    },
    async view(window) {
      calls.push('view');
      await pause();
      if (held === null) throw new BpttError('device-lost', '', 'The run is gone.');
      return seen(held, window, { step: window.from, batchEntry: window.batchEntry }).view;
    },
    async evaluate(problem, kind) {
      calls.push(`evaluate ${kind}`);
      await pause();
      return { engine: kind, loss: fingerprint(problem) } as Evaluation;
    },
    async series(problem) {
      calls.push('series');
      await pause();
      if (broken !== null) throw broken;
      return { summary: summaryOf(problem), outputs: null };
    },
    analyze(problem, request) {
      calls.push(`analyze ${request.kind}`);
      // Asked through the types of the real one; nobody looks into the answer.
      const answer: unknown = { of: fingerprint(problem), request };
      return pause().then(() => answer as never);
    },
    async check() {
      calls.push('check');
      await pause();
      throw new BpttError('too-large', 'T', 'Not checked here.');
    },
    async train(_, request, kind, { signal } = {}) {
      calls.push(`train ${kind} ${request.plan.optimizer.kind}`);
      await pause();
      if (signal?.aborted) throw aborted();
      return { engine: kind, losses: new Float64Array(request.steps) } as TrainingResult;
    },
    // A real one, on the CPU: trainings are short.
    async stretch(request, { onPart, pause, signal }) {
      calls.push(`stretch ${request.from?.step ?? 0}–${request.until}`);
      if (broken !== null) throw broken;
      const never = new AbortController().signal;
      return runStretch(createCpuEngine(), request, {
        batches: request.fresh && freshBatches(request.fresh),
        pause: pause ?? never,
        signal: signal ?? never,
        onPart,
      });
    },
    // Real, too: grids are coarse.
    async surface(request, { signal = new AbortController().signal, onPart } = {}) {
      calls.push(`surface ${request.finest}`);
      if (broken !== null) throw broken;
      return surveyWindow(request, {
        survey: () => createCpuEngine().survey(request.problem, request.plane, signal),
        signal,
        onPart: onPart ?? (() => undefined),
        onProgress: () => undefined,
      });
    },
    retryGpu: () => undefined,
    dispose: () => undefined,
    use(next) {
      engine = next;
      for (const listener of listeners) listener(next);
    },
    breakWith(error) {
      broken = error;
    },
    loseRun() {
      held = null;
    },
  };
}
