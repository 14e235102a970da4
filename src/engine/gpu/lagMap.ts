import { BpttError, throwIfAborted } from '../../model/errors';
import { clearBeyondWindow } from '../../model/links';
import type { Problem } from '../../model/problem';
import { LAG_MAP_MOST_STEPS, type LagMapOptions } from '../interface';
import type { Executor } from './executor';
import type { Dispatch, KernelLibrary } from './kernel';
import {
  dispatchLagMap,
  lagMapColumns,
  lagMapStepCost,
  lagMapVariant,
  type LagMapWork,
} from './kernels/lag_map';
import { dispatchStepNorms } from './kernels/step_norms';
import { groupsOf } from './packing';
import {
  lagMapLayout,
  planLagMapBands,
  planLagMapScratch,
  type LagMapBand,
  type LagMapLayout,
} from './planner';
import { log2NormsFrom } from './readback';
import type { RunBuffers } from './runBuffers';
import { ROW_NORM_BYTES } from './structs';

/** Submits between two looks at the progress and at the adapter's speed. */
const SUBMITS_PER_SLICE = 8;

/** Milliseconds without a picture before the kernel is compiled ahead. */
const IDLE = 1500;

/**
 * Compiles the lag map's kernel once pictures rest: that takes more than a second on a software
 * adapter, which the first map would wait for. A drag or a first picture puts it off.
 */
export class LagMapWarmUp {
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    readonly library: KernelLibrary,
    readonly software: boolean,
  ) {}

  /** To be called after each picture. */
  afterPicture(H: number): void {
    this.dispose();
    const variant = lagMapVariant(lagMapLayout(H, this.software));
    if (this.library.isReady(variant)) return;
    this.#timer = setTimeout(() => {
      this.library.compile(variant).catch(() => {
        // The map itself tries again and says what is wrong.
      });
    }, IDLE);
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

export interface LagMapRequest extends LagMapOptions {
  readonly problem: Problem;
  /** Of the finished pass; they must stay until the map is done or aborted. */
  readonly buffers: RunBuffers;
  readonly executor: Executor;
  readonly software: boolean;
  readonly overflowAt: number | null;
}

/**
 * log2 ‖∂(w_s ℓ_s)/∂h_k‖_F for all s ≥ k, [T·T] with row s: one batched backward sweep over the
 * slopes and injected errors that the pass left on the GPU (`Run.lagMap`).
 */
export async function computeLagMap(request: LagMapRequest): Promise<Float64Array> {
  const { problem, executor, overflowAt, signal, onProgress } = request;
  const { T, B, H } = problem;
  if (T > LAG_MAP_MOST_STEPS) {
    throw new BpttError(
      'too-large',
      'T',
      `The lag map of T = ${T} steps has too many cells; T = ${LAG_MAP_MOST_STEPS} fits.`,
      { T, B, H, fits: LAG_MAP_MOST_STEPS },
    );
  }
  throwIfAborted(signal);
  const map = new Float64Array(T * T).fill(-Infinity);
  // Steps from the overflow on have no gradient.
  const steps = overflowAt === null ? T : overflowAt - 1;
  for (let s = steps; s < T; s++) map.fill(NaN, s * T, s * T + s + 1);

  const layout = lagMapLayout(H, request.software);
  const bands = planLagMapBands(
    steps,
    B,
    lagMapColumns(layout),
    B * lagMapStepCost(layout, groupsOf(H)),
    executor.costPerSubmit,
  );
  const total = bands.reduce((sum, band) => sum + band.cells, 0);
  let done = 0;
  for (const band of bands) {
    const norms = await computeBand(request, layout, band, (part) =>
      onProgress?.((done + part * band.cells) / total),
    );
    done += band.cells;
    let cell = 0;
    for (let s = band.first; s <= band.last; s++) {
      map.set(norms.subarray(cell, cell + s), (s - 1) * T);
      cell += s;
    }
  }
  clearBeyondWindow(map, problem, steps);
  return map;
}

/** The band's part of the triangle, packed; `onPart` hears which part of it is done, 0…1. */
async function computeBand(
  { problem: { B, H }, buffers, executor, signal }: LagMapRequest,
  layout: LagMapLayout,
  band: LagMapBand,
  onPart: (part: number) => void,
): Promise<Float64Array> {
  const columns = lagMapColumns(layout);
  const scratch = await LagMapScratch.create(
    executor.device,
    planLagMapScratch(band, B, groupsOf(H), columns),
  );
  try {
    const work: LagMapWork = {
      transposedBlocks: buffers.get('transposedBlocks'),
      injected: buffers.get('injected'),
      slopes: buffers.get('slopes'),
      links: buffers.get('links'),
      rowExponents: buffers.get('rowExponents'),
      carriedSignals: scratch.get('carriedSignals'),
      carriedExponents: scratch.get('carriedExponents'),
      norms: scratch.get('rowNorms'),
      batch: B,
      hiddenGroups: groupsOf(H),
      layout,
      firstLoss: band.first,
      lastLoss: band.last,
    };
    const total = B > 1 ? scratch.get('norms') : work.norms;
    let last = band.last;
    for (;;) {
      throwIfAborted(signal);
      const slice = planSlice(work, last, executor.costPerSubmit);
      last = slice.next;
      if (last > 0) {
        await executor.run(slice.dispatches, [], signal);
        onPart(1 - last / band.last);
        continue;
      }
      const sum = B > 1 ? [dispatchStepNorms(work.norms, total, band.cells, B, 0)] : [];
      const [bytes] = await executor.run(
        [...slice.dispatches, ...sum],
        [{ buffer: total, offset: 0, size: band.cells * ROW_NORM_BYTES }],
        signal,
      );
      onPart(1);
      return log2NormsFrom(bytes!);
    }
  } finally {
    scratch.destroy();
  }
}

/** Dispatches from k = `last` down for a few submits; `next` is the step after them, 0 at the end. */
function planSlice(
  work: LagMapWork,
  last: number,
  mostCost: number,
): { readonly dispatches: readonly Dispatch[]; readonly next: number } {
  const { layout, batch, hiddenGroups, firstLoss, lastLoss } = work;
  const blocks = Math.ceil((lastLoss - firstLoss + 1) / lagMapColumns(layout));
  const stepCost = blocks * batch * lagMapStepCost(layout, hiddenGroups);
  const size = Math.max(1, Math.floor(mostCost / stepCost));
  const dispatches: Dispatch[] = [];
  let [next, cost] = [last, 0];
  while (next > 0 && cost < SUBMITS_PER_SLICE * mostCost) {
    const first = Math.max(1, next - size + 1);
    const dispatch = dispatchLagMap(work, first, next);
    dispatches.push(dispatch);
    cost += dispatch.cost;
    next = first - 1;
  }
  return { dispatches, next };
}

type ScratchName = keyof ReturnType<typeof planLagMapScratch>;

/** The buffers of one band; zero at first. Created and destroyed here. */
class LagMapScratch {
  private constructor(readonly buffers: Readonly<Record<ScratchName, GPUBuffer>>) {}

  /** @throws BpttError 'out-of-memory' */
  static async create(
    device: GPUDevice,
    bytes: Readonly<Record<ScratchName, number>>,
  ): Promise<LagMapScratch> {
    device.pushErrorScope('out-of-memory');
    const entries = Object.entries(bytes).map(([name, size]) => [
      name,
      device.createBuffer({
        label: `lag map: ${name}`,
        // A binding holds at least one vec4f.
        size: Math.max(16, size),
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
      }),
    ]);
    const scratch = new LagMapScratch(
      Object.fromEntries(entries) as Record<ScratchName, GPUBuffer>,
    );
    const failure = await device.popErrorScope();
    if (failure) {
      scratch.destroy();
      throw new BpttError(
        'out-of-memory',
        'T',
        'The GPU has no memory left for the lag map; make T, B or H smaller.',
      );
    }
    return scratch;
  }

  get(name: ScratchName): GPUBuffer {
    return this.buffers[name];
  }

  destroy(): void {
    for (const buffer of Object.values(this.buffers)) buffer.destroy();
  }
}
