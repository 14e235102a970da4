import { BpttError } from '../../model/errors';
import type { Shape } from '../../model/problem';
import { groupsOf } from './packing';
import type { MemoryLimits } from './planner';
import { SURFACE_LOSS_BYTES } from './structs';

/** Bytes of the weights of one tile: what the caches of a GPU and its memory can spare. */
const TILE_BYTES = 64 * 2 ** 20;
/** Workgroups that fill any GPU; time is cut rather than fewer of them. */
const ENOUGH_WORKGROUPS = 1024;
/** WebGPU's least limit of workgroups along one axis. */
const MOST_WORKGROUPS = 65_535;
/** A step of one workgroup costs at least this many multiply-adds' time: its barrier and latency. */
const LEAST_STEP_COST = 200;

/** vec4f of all weights of one point: W_x, W_h, b, W_y, c. */
export function surfaceWords({ I, H, O }: Shape): number {
  const [gi, gh, go] = [groupsOf(I), groupsOf(H), groupsOf(O)];
  return 4 * gh * (gi + gh + go) + gh + go;
}

/** One step of one point and batch entry, multiply-adds. */
export function surfaceStepCost({ I, H, O }: Shape): number {
  const [gi, gh, go] = [groupsOf(I), groupsOf(H), groupsOf(O)];
  return LEAST_STEP_COST + 16 * gh * (gi + gh + go) + 80 * gh + 100 * go;
}

/**
 * Threads of a workgroup: one per group of four units, in few sizes, so that a drag of H does not
 * compile at every stop. A software adapter pays a barrier by the thread.
 */
export function surfaceThreads({ H, O }: Shape, software: boolean): number {
  const groups = Math.max(groupsOf(H), groupsOf(O));
  if (software) return groups <= 2 ? 1 : 4;
  return [1, 4, 8, 32].find((threads) => groups <= threads) ?? 128;
}

/** Buffers that every call of a surface shares, bytes. */
export function surfaceBuffers(shape: Shape) {
  const { T, B, I, H, O } = shape;
  return {
    inputs: T * B * groupsOf(I) * 16,
    targets: T * B * groupsOf(O) * 16,
    schedule: (T + 1) * 8,
    initialStates: B * groupsOf(H) * 16,
    plane: 3 * surfaceWords(shape) * 16,
  };
}

/** Buffers of one call. */
export function tileBuffers(shape: Shape, points: number, tile: number) {
  return {
    points: points * 8,
    weights: tile * surfaceWords(shape) * 16,
    carriedStates: tile * shape.B * groupsOf(shape.H) * 16,
    results: points * shape.B * SURFACE_LOSS_BYTES,
  };
}

/** Points at once whose results are read back together. */
const MOST_RESULTS = 2 ** 20;
export function mostPointsAtOnce({ B }: Shape): number {
  return Math.max(1, Math.floor(MOST_RESULTS / B));
}

/**
 * How many of `points` points have their weights in memory together, so that one step of them is
 * within `mostCost` (save that of a single point) and, where there is room, all their steps are.
 */
export function planTile(shape: Shape, points: number, mostCost: number): number {
  const { T, B, H } = shape;
  const perPoint = surfaceWords(shape) * 16 + B * groupsOf(H) * 16;
  const stepCost = B * surfaceStepCost(shape);
  const byMemory = TILE_BYTES / perPoint;
  const byTime = Math.max(mostCost / (T * stepCost), ENOUGH_WORKGROUPS / B);
  const byStep = mostCost / stepCost;
  return Math.max(1, Math.floor(Math.min(points, MOST_WORKGROUPS, byMemory, byTime, byStep)));
}

/** @throws BpttError 'too-large' with the largest T (and, at T = 1, whether any) that fits. */
export function assertSurfaceFits(shape: Shape, limits: MemoryLimits): void {
  const fits = (T: number) => {
    const own = { ...shape, T };
    const sizes = Object.values({ ...surfaceBuffers(own), ...tileBuffers(own, 1, 1) });
    const total = sizes.reduce((sum, size) => sum + size, 0) + TILE_BYTES;
    return total <= limits.budget && Math.max(...sizes) <= limits.largestBuffer;
  };
  if (fits(shape.T)) return;
  let [low, high] = [0, shape.T];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  const { T, B, H } = shape;
  const message =
    low > 0
      ? `The loss surface of T = ${T} with B = ${B} needs more GPU memory than there is; T = ${low} fits.`
      : `B = ${B} and H = ${H} need more GPU memory than there is; make them smaller.`;
  throw new BpttError('too-large', 'T', message, { T, B, H, fits: low });
}
