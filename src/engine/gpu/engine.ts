import { BpttError, throwIfAborted } from '../../model/errors';
import type { Problem } from '../../model/problem';
import type { Plane } from '../../model/surface';
import type { TrainingPlan } from '../../model/training';
import type {
  AdapterDescription,
  Engine,
  LossSurface,
  PictureRequest,
  Run,
  Surveyor,
  Trainer,
  Training,
  TrainingOptions,
} from '../interface';
import type { ShaderSources } from './composer';
import { asGpuError, Executor, outOfMemory } from './executor';
import { createGpuTraining } from './createTraining';
import { GpuRun } from './gpuRun';
import { KernelLibrary } from './kernel';
import { LagMapWarmUp } from './lagMap';
import { planPass, registerLoops, streamingLoops, type TimeLoops } from './pass';
import { assertFits, MEMORY_BUDGET, planLanes, type LanePlan, type MemoryLimits } from './planner';
import { RunBuffers } from './runBuffers';
import { SharedSubmits } from './sharedSubmits';
import { StepReading } from './stepReading';
import { GpuSurface } from './surface';
import { assertSurfaceFits } from './surfacePlan';
import { WindowReduction } from './windowView';

/** Buffer sets kept for the next run of the same shape: the shown one and the one in flight. */
const MOST_SPARE_BUFFERS = 2;

export interface GpuEngineOptions {
  readonly device: GPUDevice;
  readonly adapter: AdapterDescription;
  readonly sources: ShaderSources;
  /** Bytes one run may allocate */
  readonly memoryBudget?: number;
}

/**
 * The WebGPU engine. Owns every buffer it creates; the device stays the caller's.
 * A lost device makes every call reject with 'device-lost'.
 */
export class GpuEngine implements Engine, Trainer, Surveyor {
  readonly kind = 'webgpu';
  readonly adapter: AdapterDescription;
  readonly #device: GPUDevice;
  readonly #executor: Executor;
  readonly #shared: SharedSubmits;
  readonly #lagMapWarmUp: LagMapWarmUp;
  readonly #memoryBudget: number;
  readonly #spare: RunBuffers[] = [];
  readonly #inUse = new Set<RunBuffers>();
  readonly #trainings = new Set<Training>();
  readonly #surfaces = new Set<LossSurface>();
  #lost: BpttError | null = null;
  #lastKey = '';
  #disposed = false;

  constructor(options: GpuEngineOptions) {
    this.adapter = options.adapter;
    this.#device = options.device;
    this.#memoryBudget = options.memoryBudget ?? MEMORY_BUDGET;
    const library = new KernelLibrary(options.device, options.sources);
    this.#executor = new Executor(
      options.device,
      library,
      options.adapter.software,
      () => this.#lost,
    );
    this.#shared = new SharedSubmits(this.#executor);
    this.#lagMapWarmUp = new LagMapWarmUp(library, options.adapter.software);
    void options.device.lost.then((info) => {
      this.#lost = new BpttError('device-lost', '', `The GPU was lost: ${info.message}`);
    });
  }

  async run(problem: Problem, signal?: AbortSignal, picture?: PictureRequest): Promise<Run> {
    this.#throwIfLost();
    throwIfAborted(signal);
    const started = performance.now();
    const buffers = await this.#acquire(problem, this.#plan(problem));
    const reduction =
      picture && new WindowReduction(this.#device, problem, buffers, picture.window);
    const reading = picture && new StepReading(problem, buffers, picture.step, picture.batchEntry);
    try {
      this.#device.pushErrorScope('validation');
      buffers.upload(problem);
      const pass = planPass(
        problem,
        buffers,
        this.#timeLoops(problem),
        this.#executor.costPerSubmit,
      );
      const refused = this.#device.popErrorScope();
      // Of a lost device the run fails, too; whoever waits for it is told.
      refused.catch(() => undefined);
      const summarySpans = GpuRun.summarySpans(problem, buffers);
      const viewSpans = reduction?.spans ?? [];
      const bytes = await this.#executor.run(
        [...pass, ...(reduction?.dispatches ?? [])],
        [...summarySpans, ...viewSpans, ...(reading?.spans ?? [])],
        signal,
      );
      const failure = await refused;
      if (failure) throw new BpttError('gpu-error', '', failure.message);
      this.#throwIfLost();
      throwIfAborted(signal);
      if (picture) this.#lagMapWarmUp.afterPicture(problem.H);
      const viewEnd = summarySpans.length + viewSpans.length;
      return new GpuRun({
        problem,
        buffers,
        executor: this.#executor,
        adapter: this.adapter,
        bytes: bytes.slice(0, summarySpans.length),
        drawn:
          reduction && reading
            ? {
                reduction,
                viewBytes: bytes.slice(summarySpans.length, viewEnd),
                reading,
                stepBytes: bytes.slice(viewEnd),
              }
            : null,
        started,
        release: () => this.#recycle(buffers),
      });
    } catch (error) {
      this.#recycle(buffers);
      throw asGpuError(error);
    } finally {
      reduction?.destroy();
    }
  }

  async train(
    problem: Problem,
    plan: TrainingPlan,
    options: TrainingOptions = {},
  ): Promise<Training> {
    this.#throwIfLost();
    throwIfAborted(options.signal);
    const lanes = this.#plan(problem);
    const loops = await this.#compiledLoops(problem);
    const training = await createGpuTraining({
      ...{ problem, plan, options },
      executor: this.#executor,
      shared: this.#shared,
      createRun: () => new RunBuffers(this.#device, problem, lanes),
      loops,
      software: this.adapter.software,
      onDispose: () => this.#trainings.delete(training),
    }).catch((error: unknown) => {
      this.#throwIfLost();
      throw asGpuError(error);
    });
    this.#trainings.add(training);
    if (this.#disposed) {
      training.dispose();
      throw new BpttError('aborted', '', 'The engine was disposed.');
    }
    return training;
  }

  async survey(problem: Problem, plane: Plane, signal?: AbortSignal): Promise<LossSurface> {
    this.#throwIfLost();
    throwIfAborted(signal);
    assertSurfaceFits(problem, this.#limits);
    const surface: LossSurface = await GpuSurface.create(
      ...([problem, plane, this.#executor, this.adapter.software] as const),
      () => this.#surfaces.delete(surface),
    ).catch((error: unknown) => {
      this.#throwIfLost();
      throw asGpuError(error);
    });
    this.#surfaces.add(surface);
    if (this.#disposed || signal?.aborted) {
      surface.dispose();
      throw new BpttError('aborted', '', 'The surface is not wanted any more.');
    }
    return surface;
  }

  get #limits(): MemoryLimits {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.#device.limits;
    return {
      largestBuffer: Math.min(maxStorageBufferBindingSize, maxBufferSize),
      budget: this.#memoryBudget,
    };
  }

  /** Throws BpttError 'too-large'. */
  #plan(problem: Problem): LanePlan {
    const limits = this.#limits;
    assertFits(problem, limits);
    return planLanes(problem, limits);
  }

  /**
   * The fastest loops, once they are compiled: which ones run must not depend on when that is, for
   * another kind rounds differently.
   */
  async #compiledLoops(problem: Problem): Promise<TimeLoops> {
    try {
      await this.prepare(problem);
      return this.#fastestLoops(problem);
    } catch {
      // As in a run, the streaming kernels serve; a broken kernel shows in its own test.
      return streamingLoops(problem);
    }
  }

  #fastestLoops(problem: Problem): TimeLoops {
    return registerLoops(problem, this.adapter.software) ?? streamingLoops(problem);
  }

  /**
   * Compiles the fastest kernels for this size; `run` uses them once they are ready and starts
   * their compilation itself. For benchmarks, which must know.
   */
  async prepare(problem: Problem): Promise<void> {
    const loops = this.#fastestLoops(problem);
    const { library } = this.#executor;
    await Promise.all([library.compile(loops.forward), library.compile(loops.backward)]);
  }

  #timeLoops(problem: Problem): TimeLoops {
    const unrolled = registerLoops(problem, this.adapter.software);
    const { library } = this.#executor;
    if (unrolled !== null) {
      if (library.isReady(unrolled.forward) && library.isReady(unrolled.backward)) return unrolled;
      // Another size may be asked for in a moment (a drag); compile for one that stays.
      const key = [problem.T, problem.B, problem.I, problem.H, problem.O].join(' ');
      if (key === this.#lastKey) {
        this.prepare(problem).catch(() => {
          // The streaming kernels serve; a broken kernel shows in its own test.
        });
      }
      this.#lastKey = key;
    }
    return streamingLoops(problem);
  }

  async #acquire(problem: Problem, plan: LanePlan): Promise<RunBuffers> {
    const key = RunBuffers.keyOf(problem, plan);
    const index = this.#spare.findIndex((buffers) => buffers.key === key);
    if (index >= 0) {
      const [buffers] = this.#spare.splice(index, 1);
      this.#inUse.add(buffers!);
      return buffers!;
    }
    this.#device.pushErrorScope('out-of-memory');
    const buffers = new RunBuffers(this.#device, problem, plan);
    const failure = await this.#device.popErrorScope();
    if (failure) {
      buffers.destroy();
      throw outOfMemory(problem);
    }
    this.#inUse.add(buffers);
    return buffers;
  }

  #recycle(buffers: RunBuffers): void {
    if (!this.#inUse.delete(buffers)) return;
    this.#spare.unshift(buffers);
    while (this.#spare.length > MOST_SPARE_BUFFERS) this.#spare.pop()!.destroy();
  }

  #throwIfLost(): void {
    if (this.#lost) throw this.#lost;
  }

  dispose(): void {
    this.#lagMapWarmUp.dispose();
    this.#disposed = true;
    for (const owned of [...this.#trainings, ...this.#surfaces]) owned.dispose();
    this.#executor.destroy();
    for (const buffers of [...this.#spare, ...this.#inUse]) buffers.destroy();
    this.#spare.length = 0;
    this.#inUse.clear();
  }
}
