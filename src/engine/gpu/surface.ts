import { throwIfAborted } from '../../model/errors';
import { resetFlags } from '../../model/links';
import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS } from '../../model/kinds';
import type { Parameters, Problem } from '../../model/problem';
import { timesPowerOfTwo } from '../../model/scaled';
import type { Plane } from '../../model/surface';
import type { LossesOptions, LossSurface } from '../interface';
import { outOfMemory, type Executor } from './executor';
import type { Dispatch } from './kernel';
import {
  dispatchSurfaceLoss,
  surfaceLossVariant,
  type SurfaceLossWork,
} from './kernels/surface_loss';
import { dispatchSurfaceWeights, type SurfaceWeightsWork } from './kernels/surface_weights';
import { packBlocks, packTargets, padRows } from './packing';
import { packParams } from './pass';
import { planChunks } from './planner';
import { SURFACE_LOSS_BYTES } from './structs';
import {
  mostPointsAtOnce,
  planTile,
  surfaceBuffers,
  surfaceStepCost,
  surfaceThreads,
  surfaceWords,
  tileBuffers,
} from './surfacePlan';

/** Submits between two looks at the progress and at the adapter's speed. */
const SUBMITS_PER_SLICE = 8;

type Buffers<K extends string> = Readonly<Record<K, GPUBuffer>>;
type SharedName = keyof ReturnType<typeof surfaceBuffers>;

/** `LossSurface` on the GPU: tiles of points, each with its own weights (docs/decisions/0007). */
export class GpuSurface implements LossSurface {
  readonly #disposal = new AbortController();

  private constructor(
    private readonly problem: Problem,
    private readonly executor: Executor,
    private readonly software: boolean,
    private readonly shared: Buffers<SharedName>,
    private readonly onDispose: () => void,
  ) {}

  /** Uploads the problem and the plane. @throws BpttError 'out-of-memory' */
  static async create(
    problem: Problem,
    plane: Plane,
    executor: Executor,
    software: boolean,
    onDispose: () => void,
  ): Promise<GpuSurface> {
    const { device } = executor;
    const shared = await createBuffers(device, problem, surfaceBuffers(problem));
    const { T, B, I, H, lossWeights } = problem;
    const write = (name: SharedName, data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>) =>
      device.queue.writeBuffer(shared[name], 0, data);
    write('inputs', padRows(problem.inputs, T * B, I));
    write('targets', packTargets(problem));
    write('initialStates', padRows(problem.initialState, B, H));
    const schedule = new Float32Array(2 * (T + 1));
    resetFlags(problem).forEach((reset, t) => {
      schedule[2 * t + 1] = 1 - reset;
      schedule[2 * t + 2] = lossWeights[t]!;
    });
    write('schedule', schedule);
    const sets = [problem.parameters, plane.first, plane.second];
    const words = surfaceWords(problem);
    const packed = new Float32Array(sets.length * words * 4);
    sets.forEach((set, i) => packed.set(packWeights(problem, set), i * words * 4));
    write('plane', packed);
    return new GpuSurface(problem, executor, software, shared, onDispose);
  }

  async losses(
    points: Float64Array,
    { signal, onProgress }: LossesOptions = {},
  ): Promise<Float64Array> {
    const own = this.#disposal.signal;
    const either = signal ? AbortSignal.any([signal, own]) : own;
    const count = points.length / 2;
    const out = new Float64Array(count);
    const most = mostPointsAtOnce(this.problem);
    for (let first = 0; first < count; first += most) {
      const part = points.subarray(2 * first, 2 * Math.min(count, first + most));
      const losses = await this.#lossesOf(part, either, (done) =>
        onProgress?.((first + (done * part.length) / 2) / count),
      );
      out.set(losses, first);
    }
    return out;
  }

  async #lossesOf(
    points: Float64Array,
    signal: AbortSignal,
    onPart: (done: number) => void,
  ): Promise<Float64Array> {
    throwIfAborted(signal);
    const { problem, executor } = this;
    const lost = executor.lost();
    if (lost) throw lost;
    const { T, B } = problem;
    const count = points.length / 2;
    const tile = planTile(problem, count, executor.costPerSubmit);
    const own = await createBuffers(executor.device, problem, tileBuffers(problem, count, tile));
    try {
      throwIfAborted(signal);
      executor.device.queue.writeBuffer(own.points, 0, Float32Array.from(points));
      const weightsWork: SurfaceWeightsWork = {
        points: own.points,
        plane: this.shared.plane,
        weights: own.weights,
        words: surfaceWords(problem),
      };
      const lossWork = this.#lossWork(own);
      // The adapter's speed is learnt on the way: a tile's steps are cut anew for each.
      let slice: Dispatch[] = [];
      let cost = 0;
      for (let first = 0; first < count; first += tile) {
        const points = Math.min(tile, count - first);
        slice.push(dispatchSurfaceWeights(weightsWork, first, points));
        const stepCost = points * B * lossWork.stepCost;
        for (const chunk of planChunks(T, stepCost, executor.costPerSubmit)) {
          const dispatch = dispatchSurfaceLoss(lossWork, first, points, chunk.first, chunk.last);
          slice.push(dispatch);
          cost += dispatch.cost;
          if (cost < SUBMITS_PER_SLICE * executor.costPerSubmit) continue;
          await executor.run(slice, [], signal);
          throwIfAborted(signal);
          onPart((first + (points * chunk.last) / T) / count);
          [slice, cost] = [[], 0];
        }
      }
      const span = { buffer: own.results, offset: 0, size: count * B * SURFACE_LOSS_BYTES };
      const [bytes] = await executor.run(slice, [span], signal);
      throwIfAborted(signal);
      onPart(1);
      return lossesFrom(bytes!, B);
    } finally {
      for (const buffer of Object.values(own)) buffer.destroy();
    }
  }

  #lossWork(own: Buffers<keyof ReturnType<typeof tileBuffers>>): SurfaceLossWork {
    const { problem, shared } = this;
    return {
      params: packParams(problem),
      weights: own.weights,
      inputs: shared.inputs,
      targets: shared.targets,
      schedule: shared.schedule,
      initialStates: shared.initialStates,
      carriedStates: own.carriedStates,
      results: own.results,
      batch: problem.B,
      variant: surfaceLossVariant({
        activation: ACTIVATIONS.indexOf(problem.activation),
        output_activation: OUTPUT_ACTIVATIONS.indexOf(problem.outputActivation),
        loss: LOSSES.indexOf(problem.loss),
        threads: surfaceThreads(problem, this.software),
      }),
      stepCost: surfaceStepCost(problem),
    };
  }

  dispose(): void {
    if (this.#disposal.signal.aborted) return;
    this.#disposal.abort();
    for (const buffer of Object.values(this.shared)) buffer.destroy();
    this.onDispose();
  }
}

/** θ, d₁ or d₂ as surface_loss.wgsl reads weights. */
export function packWeights(
  { I, H, O }: Problem,
  parameters: Parameters,
): Float32Array<ArrayBuffer> {
  const parts = [
    packBlocks(parameters.inputWeights, H, I),
    packBlocks(parameters.recurrentWeights, H, H),
    padRows(parameters.hiddenBias, 1, H),
    packBlocks(parameters.outputWeights, O, H),
    padRows(parameters.outputBias, 1, O),
  ];
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Of SurfaceLoss number `index`. */
export function entryLoss(bytes: ArrayBuffer, index: number): number {
  const view = new DataView(bytes, index * SURFACE_LOSS_BYTES, SURFACE_LOSS_BYTES);
  const scaled = (at: number) =>
    timesPowerOfTwo(view.getFloat32(at, true), view.getInt32(at + 4, true));
  return view.getUint32(16, true) === 0 ? scaled(0) + scaled(8) : Infinity;
}

/** The sum over the batch; +Infinity where any entry left float32. */
function lossesFrom(bytes: ArrayBuffer, batch: number): Float64Array {
  const count = bytes.byteLength / SURFACE_LOSS_BYTES;
  const out = new Float64Array(count / batch);
  for (let i = 0; i < count; i++) out[Math.floor(i / batch)]! += entryLoss(bytes, i);
  return out;
}

/** Freed by the caller. @throws BpttError 'out-of-memory' */
async function createBuffers<K extends string>(
  device: GPUDevice,
  problem: Problem,
  bytes: Readonly<Record<K, number>>,
): Promise<Buffers<K>> {
  device.pushErrorScope('out-of-memory');
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffers = Object.fromEntries(
    Object.entries<number>(bytes).map(([name, size]) => [
      name,
      // A binding holds at least one vec4f.
      device.createBuffer({ label: `surface: ${name}`, size: Math.max(16, size), usage }),
    ]),
  ) as Record<K, GPUBuffer>;
  const failure = await device.popErrorScope();
  if (failure === null) return buffers;
  for (const buffer of Object.values<GPUBuffer>(buffers)) buffer.destroy();
  throw outOfMemory(problem);
}
