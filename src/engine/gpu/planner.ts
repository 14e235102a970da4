import { BpttError } from '../../model/errors';
import { lossWindows, mostWindowsAtOnce, windowsOf } from '../../model/links';
import type { Problem, Reals, Shape } from '../../model/problem';
import { groupsOf } from './packing';
import { ROW_EXPONENTS_BYTES, ROW_NORM_BYTES } from './structs';

/** What the plan must keep to; from device.limits. */
export interface MemoryLimits {
  /** Bytes of one storage buffer */
  readonly largestBuffer: number;
  /** Bytes of everything one run allocates */
  readonly budget: number;
}

/** One run's default budget: what a laptop GPU can spare. */
export const MEMORY_BUDGET = 2 ** 30;

/** Rows whose products one part of a weight gradient sums; short sums keep float32 accurate. */
const ROWS_PER_PART = 512;
const MOST_PARTS_BYTES = 64 * 2 ** 20;

export interface PartPlan {
  readonly rowsPerPart: number;
  readonly partCount: number;
}

/** How the rows of a weight gradient are split over workgroups. */
export function planParts(rows: number, leftGroups: number, rightGroups: number): PartPlan {
  const bytesPerPart = leftGroups * rightGroups * 64;
  const mostParts = Math.max(1, Math.floor(MOST_PARTS_BYTES / bytesPerPart));
  // Small problems still get a few parts, so that more than one core or multiprocessor works.
  const wanted = Math.max(Math.ceil(rows / ROWS_PER_PART), Math.min(8, Math.ceil(rows / 32)));
  const partCount = Math.min(mostParts, wanted);
  const rowsPerPart = Math.ceil(rows / partCount);
  return { rowsPerPart, partCount: Math.ceil(rows / rowsPerPart) };
}

/** What a truncated problem needs beyond its shape. */
type Truncated = Pick<Problem, 'window' | 'resets'> & { readonly lossWeights?: Reals };

/** The backward passes that a run consists of (lanes.ts), and whether states are reset. */
export interface LanePlan {
  readonly lanes: number;
  /** Lanes that run side by side, each with its own e_t and δ_t; the sum takes them group by group */
  readonly lanesAtOnce: number;
  readonly resets: boolean;
}

const ORDINARY: LanePlan = { lanes: 1, lanesAtOnce: 1, resets: false };

/** Enough workgroups for any GPU. */
const MOST_LANES_AT_ONCE = 256;

/** Bytes of every buffer of one run. */
export function planBuffers(shape: Shape, plan = ORDINARY) {
  const { T, B, I, H, O } = shape;
  const rows = T * B;
  const slots = rows + B;
  const [i, h, o] = [groupsOf(I) * 16, groupsOf(H) * 16, groupsOf(O) * 16];
  const [gi, gh, go] = [groupsOf(I), groupsOf(H), groupsOf(O)];
  const ownLanes = plan.lanes > 1 ? plan.lanesAtOnce : 0;
  const parts = (left: number, right: number) =>
    planParts(rows, left, right).partCount * left * right * 64;
  return {
    inputs: rows * i,
    targets: rows * o,
    lossWeights: T * 4,
    links: (T + 1) * 2 * 4,
    laneLinks: plan.lanes > 1 ? plan.lanes * (T + 1) * 2 * 4 : 0,
    retained: (T + 1) * 4,
    inputBlocks: gh * gi * 64,
    recurrentBlocks: gh * gh * 64,
    transposedBlocks: gh * gh * 64,
    outputBlocks: go * gh * 64,
    transposedOutputBlocks: gh * go * 64,
    hiddenBias: h,
    outputBias: o,
    zeroBias: h,
    preActivations: rows * h,
    hiddenStates: slots * h,
    slopes: rows * h,
    logits: rows * o,
    outputs: rows * o,
    logitGradients: rows * o,
    injected: rows * h,
    stateGradients: slots * h,
    errorSignals: rows * h,
    laneStateGradients: ownLanes * slots * h,
    laneErrorSignals: ownLanes * rows * h,
    rowExponents: (1 + ownLanes) * slots * ROW_EXPONENTS_BYTES,
    firstOverflow: 4,
    rowLosses: rows * ROW_NORM_BYTES,
    hiddenStateNorms: slots * ROW_NORM_BYTES,
    previousStateNorms: plan.resets ? rows * ROW_NORM_BYTES : 0,
    stateGradientNorms: slots * ROW_NORM_BYTES,
    errorSignalNorms: rows * ROW_NORM_BYTES,
    inputNorms: rows * ROW_NORM_BYTES,
    logitGradientNorms: rows * ROW_NORM_BYTES,
    shares: rows * ROW_NORM_BYTES,
    stepLosses: T * ROW_NORM_BYTES,
    stepStateNorms: T * ROW_NORM_BYTES,
    stepStateGradientNorms: T * ROW_NORM_BYTES,
    stepErrorSignalNorms: T * ROW_NORM_BYTES,
    stepContributions: T * ROW_NORM_BYTES,
    productExponents: 5 * 4,
    parts: Math.max(parts(gh, gh), parts(gh, gi), parts(gh, 1), parts(go, gh), parts(go, 1)),
    recurrentWeightGradient: gh * gh * 64,
    inputWeightGradient: gh * gi * 64,
    hiddenBiasGradient: gh * 64,
    outputWeightGradient: go * gh * 64,
    outputBiasGradient: go * 64,
  };
}

export type BufferName = keyof ReturnType<typeof planBuffers>;

function fits(shape: Shape, plan: LanePlan, limits: MemoryLimits): boolean {
  const sizes = Object.values(planBuffers(shape, plan));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return total <= limits.budget && Math.max(...sizes) <= limits.largestBuffer;
}

/** One lane after the other: what needs least memory. Without loss weights, a loss at every step. */
function leastPlan(problem: Pick<Problem, 'T'> & Truncated): LanePlan {
  const { lossWeights } = problem;
  const windows = lossWeights ? lossWindows({ ...problem, lossWeights }) : windowsOf(problem);
  return {
    lanes: mostWindowsAtOnce(windows),
    lanesAtOnce: 1,
    resets: (problem.resets ?? []).length > 0,
  };
}

/** As many lanes side by side as there is room for. The problem must pass `assertFits`. */
export function planLanes(problem: Shape & Truncated, limits: MemoryLimits): LanePlan {
  const least = leastPlan(problem);
  let [low, high] = [1, Math.min(least.lanes, MOST_LANES_AT_ONCE) + 1];
  while (high - low > 1) {
    const lanesAtOnce = Math.floor((low + high) / 2);
    if (fits(problem, { ...least, lanesAtOnce }, limits)) low = lanesAtOnce;
    else high = lanesAtOnce;
  }
  return { ...least, lanesAtOnce: low };
}

/** @throws BpttError 'too-large' with the largest T (and, at T = 1, whether any) that fits. */
export function assertFits(problem: Shape & Truncated, limits: MemoryLimits): void {
  if (fits(problem, leastPlan(problem), limits)) return;
  const { B, I, H, O, window = null, resets = [] } = problem;
  const fitsAt = (T: number): boolean => {
    const shorter = { T, B, I, H, O, window, resets };
    return fits(shorter, leastPlan(shorter), limits);
  };
  let [low, high] = [0, problem.T];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fitsAt(middle)) low = middle;
    else high = middle;
  }
  const { T } = problem;
  const windowed = window ? ` and a window of ${window.depth} steps` : '';
  const message =
    low > 0
      ? `T = ${T} with B = ${B} and H = ${H}${windowed} needs more GPU memory than there is; T = ${low} fits.`
      : `B = ${B} and H = ${H} need more GPU memory than there is; make them smaller.`;
  throw new BpttError('too-large', 'T', message, { T, B, H, fits: low });
}

/**
 * Workgroup size of the time loops: at least one thread per group of four units, up to 128. Three
 * sizes only, so that a drag of H does not compile at every stop.
 */
export function recurrenceThreads(hiddenGroups: number): number {
  if (hiddenGroups <= 8) return 8;
  return hiddenGroups <= 32 ? 32 : 128;
}

/** Steps first…last (1-based, inclusive) of the chunks of a time loop, ascending. */
export function planChunks(
  steps: number,
  costPerStep: number,
  mostCost: number,
): { readonly first: number; readonly last: number }[] {
  const size = Math.max(1, Math.min(steps, Math.floor(mostCost / costPerStep)));
  const chunks = [];
  for (let first = 1; first <= steps; first += size) {
    chunks.push({ first, last: Math.min(steps, first + size - 1) });
  }
  return chunks;
}

/** How forward_registers.wgsl and backward_registers.wgsl are unrolled. */
export interface RegisterLayout {
  readonly HIDDEN_GROUPS: number;
  /** Groups of four units a thread owns */
  readonly ROW_BLOCKS: number;
  readonly THREADS: number;
}

/** Compiling for one H pays from this much work on: T·H² multiply-adds along the chain. */
const LEAST_REGISTER_WORK = 500_000;

/**
 * The unrolled time loops for this size, or null where streaming is the better choice. On a software
 * adapter a barrier costs by the thread, so few threads own many rows; on a GPU a thread's rows must
 * fit its registers (docs/performance.md).
 */
export function registerLayout({ T, H }: Shape, software: boolean): RegisterLayout | null {
  const groups = groupsOf(H);
  // On a GPU of 2024 H = 64 still gains a third from registers, though they spill.
  const mostGroups = software ? 32 : 16;
  if (groups > mostGroups || T * H * H < LEAST_REGISTER_WORK) return null;
  const blocks = software && groups % 2 === 0 ? 2 : 1;
  return { HIDDEN_GROUPS: groups, ROW_BLOCKS: blocks, THREADS: groups / blocks };
}

/** How lag_map.wgsl is unrolled and how its threads share the work. */
export interface LagMapLayout {
  /** Error vectors of a thread */
  readonly COLUMNS: number;
  /** Groups of four units a thread computes at once */
  readonly ROW_BLOCKS: number;
  /** Threads that share the rows of one error vector */
  readonly rowThreads: number;
  /** Sets of COLUMNS error vectors of a workgroup */
  readonly splits: number;
}

/** MOST_CELLS of lag_map.wgsl: vec4f of workgroup memory for the error vectors. */
const LAG_MAP_CELLS = 256;

/**
 * A software adapter runs four threads as one: few fat ones, each weight loaded for many columns.
 * A GPU wants them thin and many (docs/performance.md).
 */
export function lagMapLayout(H: number, software: boolean): LagMapLayout {
  const groups = groupsOf(H);
  let groupThreads = 1;
  while (groupThreads < groups) groupThreads *= 2;
  const columns = Math.min(32, LAG_MAP_CELLS / groupThreads);
  const COLUMNS = Math.min(columns, software ? 8 : 4);
  if (!software) {
    return { COLUMNS, ROW_BLOCKS: 1, rowThreads: groupThreads, splits: columns / COLUMNS };
  }
  const splits = Math.min(columns / COLUMNS, groups > 2 ? 2 : 4);
  return { COLUMNS, ROW_BLOCKS: Math.min(2, groups), rowThreads: 4 / splits, splits };
}

/** Bytes of one band's part of the map, of every batch entry; its buffers are freed after it. */
const LAG_MAP_BAND_BYTES = 64 * 2 ** 20;
/** A dispatch should take at least this many steps: it loads and stores the error vectors. */
const LAG_MAP_LEAST_STEPS = 8;

/** Loss steps first…last (1-based, inclusive) of one band of the lag map. */
export interface LagMapBand {
  readonly first: number;
  readonly last: number;
  /** (s, k) with first ≤ s ≤ last and 1 ≤ k ≤ s */
  readonly cells: number;
}

/**
 * Bands of whole blocks of `columns` loss steps, bounded by memory and by the time of one step.
 * @param blockCost one step of one block of every batch entry
 */
export function planLagMapBands(
  steps: number,
  batch: number,
  columns: number,
  blockCost: number,
  mostCost: number,
): LagMapBand[] {
  const byMemory = LAG_MAP_BAND_BYTES / (steps * batch * ROW_NORM_BYTES * columns);
  const byTime = mostCost / (LAG_MAP_LEAST_STEPS * blockCost);
  const size = columns * Math.max(1, Math.floor(Math.min(byMemory, byTime)));
  const bands: LagMapBand[] = [];
  for (let first = 1; first <= steps; first += size) {
    const last = Math.min(steps, first + size - 1);
    bands.push({ first, last, cells: (last * (last + 1) - first * (first - 1)) / 2 });
  }
  return bands;
}

/** Bytes of the buffers of one band. */
export function planLagMapScratch(
  { first, last, cells }: LagMapBand,
  batch: number,
  hiddenGroups: number,
  columns: number,
) {
  const vectors = Math.ceil((last - first + 1) / columns) * columns * batch;
  return {
    carriedSignals: vectors * hiddenGroups * 16,
    carriedExponents: vectors * 4,
    rowNorms: cells * batch * ROW_NORM_BYTES,
    /** Sums over the batch; rowNorms has them when there is nothing to sum. */
    norms: batch > 1 ? cells * ROW_NORM_BYTES : 0,
  };
}
