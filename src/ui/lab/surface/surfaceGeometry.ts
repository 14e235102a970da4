import { GRID_SIZES, gridLine, type SurfaceGrid } from '../../../model/surface';
import type { SurfaceAxes } from './surfaceAxes';

/** Places count from the lower left corner, in parts of the finest grid's lines. */
export const UNITS = GRID_SIZES[GRID_SIZES.length - 1]! - 1;

/** A point of the finest grid: whole numbers 0…UNITS, right and up. */
export interface Place {
  readonly i: number;
  readonly j: number;
}

/** The same place on the lines of a coarser grid. */
export function snapped({ i, j }: Place, size: number): Place {
  const stride = UNITS / (size - 1);
  return { i: Math.round(i / stride) * stride, j: Math.round(j / stride) * stride };
}

export function placeAt(x: number, y: number, size: number): Place {
  const bounded = (part: number) => Math.round(Math.min(1, Math.max(0, part)) * UNITS);
  return snapped({ i: bounded(x), j: bounded(1 - y) }, size);
}

/** Where a key goes from a place; null for other keys. */
export function movedPlace(
  { i, j }: Place,
  key: string,
  lines: number,
  size: number,
): Place | null {
  const step = (lines * UNITS) / (size - 1);
  const bounded = (v: number) => Math.min(UNITS, Math.max(0, v));
  switch (key) {
    case 'ArrowRight':
      return { i: bounded(i + step), j };
    case 'ArrowLeft':
      return { i: bounded(i - step), j };
    case 'ArrowUp':
      return { i, j: bounded(j + step) };
    case 'ArrowDown':
      return { i, j: bounded(j - step) };
    case 'Home':
      return { i: 0, j };
    case 'End':
      return { i: UNITS, j };
    default:
      return null;
  }
}

export function lossAt({ size, losses }: SurfaceGrid, place: Place): number {
  const { i, j } = snapped(place, size);
  const stride = UNITS / (size - 1);
  return losses[(j / stride) * size + i / stride]!;
}

/** a and b of a place, as the engine has them. */
export function coordinates({ window }: SurfaceAxes, { i, j }: Place): readonly [number, number] {
  return [gridLine(window.a, i, UNITS + 1), gridLine(window.b, j, UNITS + 1)];
}

/** Digits of a map's ends: what a field shows, and enough for any zoom worth it */
const DIGITS = 6;

/** An axis of `factor` times its extent around a number; the same where that is nothing in float32. */
export function zoomed(
  { from, to }: { readonly from: number; readonly to: number },
  centre: number,
  factor: number,
): readonly [number, number] {
  const half = (factor * (to - from)) / 2;
  const rounded = [centre - half, centre + half].map((v) => Number(v.toPrecision(DIGITS)));
  const [low, high] = [rounded[0]!, rounded[1]!];
  const least = UNITS * 2 ** -23 * Math.max(Math.abs(low), Math.abs(high));
  return high - low > least ? [low, high] : [from, to];
}

/** The place nearest to the present weights. */
export function centrePlace({ window: { a, b }, here }: SurfaceAxes, size: number): Place {
  return placeAt((here[0] - a[0]) / (a[1] - a[0]), (b[1] - here[1]) / (b[1] - b[0]), size);
}

export interface LossRange {
  /** log2 of the least and the greatest loss that have colours of their own */
  readonly low: number;
  readonly high: number;
}

/** Losses further down than this part of the points share the lowest colour: a minimum has no bottom. */
const LOWEST_SHARE = 0.005;

/** Null where every loss is infinite or zero. */
export function rangeOf({ losses }: SurfaceGrid): LossRange | null {
  const logs = losses.filter((loss) => loss > 0 && loss < Infinity).map(Math.log2);
  if (logs.length === 0) return null;
  logs.sort();
  return { low: logs[Math.floor(LOWEST_SHARE * logs.length)]!, high: logs[logs.length - 1]! };
}

/** Of each pixel, row by row from above: 0…1 in the range, NaN where the pass overflows. */
export function surfaceShades(
  { size, losses }: SurfaceGrid,
  { low, high }: LossRange,
  pixels: number,
): Float64Array {
  const out = new Float64Array(pixels * pixels);
  const line = (pixel: number) => Math.round(((pixel + 0.5) / pixels) * (size - 1));
  for (let y = 0; y < pixels; y++) {
    const row = line(pixels - 1 - y) * size;
    for (let x = 0; x < pixels; x++) {
      const loss = losses[row + line(x)]!;
      if (loss === Infinity) out[y * pixels + x] = NaN;
      else {
        const part = high > low ? (Math.log2(loss) - low) / (high - low) : 1;
        out[y * pixels + x] = Math.min(1, Math.max(0, part));
      }
    }
  }
  return out;
}

const CONTOURS = 9;

/** log2 losses of the level lines: evenly spread inside the range. */
export function levelsOf({ low, high }: LossRange): number[] {
  return Array.from(
    { length: CONTOURS },
    (_, i) => low + ((i + 1) / (CONTOURS + 1)) * (high - low),
  );
}
