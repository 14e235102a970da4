import { BpttError, throwIfAborted } from '../model/errors';
import { GRID_SIZES, gridLine, type PlaneWindow, type SurfaceGrid } from '../model/surface';
import type { SurfaceRequest } from './client';
import type { LossSurface } from './interface';

export interface SurfaceControl {
  /** On the engine in use, which after a loss is another one */
  readonly survey: () => Promise<LossSurface>;
  readonly signal: AbortSignal;
  readonly onPart: (grid: SurfaceGrid) => void;
  readonly onProgress: (done: number) => void;
}

/**
 * The loss over a window of a plane, on grids that become finer and finer: each is told when it is
 * done, and only the points between those of the last one are computed. Rejects with 'aborted',
 * 'too-large', or what a run rejects with; a lost device is replaced once.
 */
export async function surveyWindow(
  { window, finest }: Pick<SurfaceRequest, 'window' | 'finest'>,
  control: SurfaceControl,
): Promise<SurfaceGrid> {
  const sizes = GRID_SIZES.filter((size) => size <= finest);
  const most = sizes[sizes.length - 1]!;
  let surface = await control.survey();
  let isRepeated = false;
  const lossesOf: LossesOf = async (points, options) => {
    try {
      return await surface.losses(points, options);
    } catch (error) {
      const isLoss = error instanceof BpttError && error.code === 'device-lost';
      if (!isLoss || isRepeated) throw error;
      isRepeated = true;
      surface.dispose();
      surface = await control.survey();
      return surface.losses(points, options);
    }
  };
  try {
    let grid: SurfaceGrid = { size: 1, losses: new Float64Array(0) };
    for (const size of sizes) {
      throwIfAborted(control.signal);
      const before = grid;
      grid = await refine(before, size, window, lossesOf, control, (done) =>
        control.onProgress(
          (before.losses.length + done * (size ** 2 - before.losses.length)) / most ** 2,
        ),
      );
      if (size < most) control.onPart(grid);
    }
    return grid;
  } finally {
    surface.dispose();
  }
}

type LossesOf = LossSurface['losses'];

/** The grid of `size` points along each side, a multiple (save one) of those of `coarse`. */
async function refine(
  coarse: SurfaceGrid,
  size: number,
  window: PlaneWindow,
  lossesOf: LossesOf,
  { signal }: SurfaceControl,
  onProgress: (done: number) => void,
): Promise<SurfaceGrid> {
  const losses = new Float64Array(size * size);
  const stride = coarse.size > 1 ? (size - 1) / (coarse.size - 1) : Infinity;
  const isNew = (i: number) => stride === Infinity || i % stride !== 0;
  const unknown: number[] = [];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (isNew(i) || isNew(j)) unknown.push(i * size + j);
      else losses[i * size + j] = coarse.losses[(i / stride) * coarse.size + j / stride]!;
    }
  }
  const points = new Float64Array(2 * unknown.length);
  unknown.forEach((cell, k) => {
    points[2 * k] = gridLine(window.a, cell % size, size);
    points[2 * k + 1] = gridLine(window.b, Math.floor(cell / size), size);
  });
  const found = await lossesOf(points, { signal, onProgress });
  unknown.forEach((cell, k) => (losses[cell] = found[k]!));
  return { size, losses };
}
