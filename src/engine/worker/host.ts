import { BpttError, throwIfAborted, toErrorRecord, type ErrorRecord } from '../../model/errors';
import { toEvaluation, type Evaluation, type EngineKind } from '../../model/evaluation';
import type { Problem } from '../../model/problem';
import type { Plane } from '../../model/surface';
import { referencePass } from '../../reference/pass';
import type { EngineChoice, EngineReady, StretchEnd, StretchRequest } from '../client';
import type { TrainingRequest } from '../../model/trainingRequest';
import type { TrainingResult } from '../../model/trainingResult';
import type { Engine, LossSurface, PictureRequest, Run, Surveyor, Trainer } from '../interface';
import { createReferenceTrainer } from '../training/reference';
import { runTraining } from '../training/run';
import { runStretch, type StretchControl } from '../training/stretch';

/** A WebGPU engine and the promise of its device's loss. */
export interface GpuConnectionParts {
  readonly engine: Engine & Trainer & Surveyor;
  readonly lost: Promise<string>;
}

export interface EngineHostParts {
  readonly choice: EngineChoice;
  /** A new adapter and device each time. Rejects with 'webgpu-unavailable'. */
  readonly connectGpu: () => Promise<GpuConnectionParts>;
  readonly createCpu: () => Engine & Trainer & Surveyor;
  /** `settled` is false while a better engine may still come. */
  readonly onEngine: (engine: EngineReady, settled: boolean) => void;
}

export interface EngineHost {
  /** With a picture for the page's own work, without one for an analysis beside it. */
  run(problem: Problem, signal: AbortSignal, picture?: PictureRequest): Promise<Run>;
  evaluate(problem: Problem, engine: EngineKind): Promise<Evaluation>;
  /** A whole training beside the page's own work. */
  train(
    problem: Problem,
    request: TrainingRequest,
    engine: EngineKind,
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<TrainingResult>;
  /** A stretch of training on the engine in use; after a loss, on what takes its place. */
  stretch(request: StretchRequest, control: StretchControl): Promise<StretchEnd>;
  /** The loss over a plane, by the engine in use; after a loss, by what takes its place. */
  survey(problem: Problem, plane: Plane, signal: AbortSignal): Promise<LossSurface>;
  retryGpu(): void;
}

/** How often a lost device is replaced by a new one before the CPU takes over. */
const MOST_RECOVERIES = 1;
const SIZE_CODES: readonly string[] = ['too-large', 'out-of-memory'];

/**
 * Chooses the engine: the CPU engine draws the first picture while WebGPU connects and compiles,
 * then WebGPU serves. A lost device is replaced once; after that the CPU engine stays until
 * `retryGpu`. Callbacks of an earlier generation are ignored.
 */
export function createEngineHost(parts: EngineHostParts): EngineHost {
  const cpu = parts.createCpu();
  let gpu: (Engine & Trainer & Surveyor) | null = null;
  let generation = 0;
  let recoveries = 0;
  /** Resolves when the present attempt to have a GPU has ended, either way. */
  let connecting: Promise<void> = Promise.resolve();
  let unavailable: ErrorRecord | null = null;
  let evaluationGpu: Promise<Engine & Trainer> | null = null;
  /** What the page asked for last: compiling for it warms the GPU up. */
  let lastProblem: Problem | null = null;

  const announce = (settled: boolean) => {
    const engine = gpu ?? cpu;
    parts.onEngine(
      {
        kind: engine.kind === 'webgpu' ? 'webgpu' : 'cpu',
        adapter: engine.adapter,
        fallback: gpu === null && settled ? unavailable : null,
      },
      settled,
    );
  };

  async function connect(): Promise<void> {
    const mine = ++generation;
    gpu?.dispose();
    gpu = null;
    try {
      const { engine, lost } = await parts.connectGpu();
      void lost.then((reason) => {
        if (mine === generation) onLost(reason);
      });
      try {
        await warmUp(engine);
      } catch (error) {
        engine.dispose();
        throw error;
      }
      if (mine !== generation) {
        engine.dispose();
        return;
      }
      gpu = engine;
      unavailable = null;
    } catch (error) {
      if (mine !== generation) return;
      unavailable = toErrorRecord(error);
    }
    announce(true);
  }

  /** A failed or lost connection is forgotten, so that the next evaluation tries again. */
  async function connectForEvaluation(): Promise<Engine & Trainer> {
    const forget = () => (evaluationGpu = null);
    try {
      const { engine, lost } = await parts.connectGpu();
      void lost.then(forget);
      return engine;
    } catch (error) {
      forget();
      throw error;
    }
  }

  /** WebGPU on request, also where ?engine=cpu keeps the page itself off it. */
  async function gpuForEvaluation(): Promise<Engine & Trainer> {
    await connecting;
    if (gpu !== null) return gpu;
    if (parts.choice === 'cpu' && unavailable === null) {
      evaluationGpu ??= connectForEvaluation();
      return evaluationGpu;
    }
    throw new BpttError(
      'webgpu-unavailable',
      'engine',
      `WebGPU is not available here (${unavailable?.message}) Ask for engine 'cpu' or 'reference'.`,
    );
  }

  /** Compiles what the shown problem needs. A problem too large for the GPU does not speak against it. */
  async function warmUp(engine: Engine): Promise<void> {
    if (lastProblem === null) return;
    try {
      (await engine.run(lastProblem)).dispose();
    } catch (error) {
      const isSize = error instanceof BpttError && SIZE_CODES.includes(error.code);
      if (!isSize) throw error;
    }
  }

  function onLost(reason: string): void {
    gpu?.dispose();
    gpu = null;
    generation++;
    if (recoveries < MOST_RECOVERIES) {
      recoveries++;
      connecting = connect();
      return;
    }
    unavailable = {
      code: 'device-lost',
      path: '',
      message: `The GPU was lost twice (${reason}); the CPU engine goes on. Retry when it is back.`,
      details: {},
    };
    announce(true);
  }

  if (parts.choice === 'cpu') {
    announce(true);
  } else {
    announce(false);
    connecting = connect();
  }

  const isLoss = (error: unknown) => error instanceof BpttError && error.code === 'device-lost';

  return {
    async run(problem, signal, picture) {
      if (picture !== undefined) lastProblem = problem;
      for (;;) {
        const engine = gpu ?? cpu;
        try {
          return await engine.run(problem, signal, picture);
        } catch (error) {
          if (!isLoss(error)) throw error;
          // The loss is announced through `lost`; by the next turn recovery is under way.
          await new Promise((resolve) => setTimeout(resolve, 0));
          await connecting;
          throwIfAborted(signal);
        }
      }
    },

    async evaluate(problem, kind) {
      if (kind === 'reference') return toEvaluation('reference', referencePass(problem));
      const engine = kind === 'webgpu' ? await gpuForEvaluation() : cpu;
      const run = await engine.run(problem);
      try {
        return toEvaluation(kind, await run.tensors());
      } finally {
        run.dispose();
      }
    },

    async train(problem, request, kind, signal, onProgress) {
      const trainer =
        kind === 'reference'
          ? createReferenceTrainer()
          : kind === 'webgpu'
            ? await gpuForEvaluation()
            : cpu;
      return runTraining(trainer, problem, request, signal, onProgress);
    },

    async stretch(request, control) {
      // Right after a loss there may be a new device in a moment.
      if (gpu === null) await connecting;
      throwIfAborted(control.signal);
      return runStretch(gpu ?? cpu, request, control);
    },

    async survey(problem, plane, signal) {
      if (gpu === null) await connecting;
      throwIfAborted(signal);
      return (gpu ?? cpu).survey(problem, plane, signal);
    },

    retryGpu() {
      recoveries = 0;
      connecting = connect();
    },
  };
}
