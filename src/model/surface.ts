import { byParameter, type ByParameter, type ParameterName } from './optimizer';
import type { Parameters } from './problem';

/** Two directions in weight space, each of the problem's own shapes. */
export interface Plane {
  readonly first: Parameters;
  readonly second: Parameters;
}

/** Five arrays of the shapes of `like`, entry for entry, in float64. */
export function mapParameters(
  like: Parameters,
  make: (name: ParameterName, index: number) => number,
): ByParameter<Float64Array> {
  return byParameter((name) => Float64Array.from(like[name], (_, index) => make(name, index)));
}

/** θ + a d₁ + b d₂, every weight rounded to float32 as the engines keep it. */
export function pointOnPlane(
  parameters: Parameters,
  plane: Plane,
  a: number,
  b: number,
): Parameters {
  const { first, second } = plane;
  return mapParameters(parameters, (name, i) =>
    Math.fround(parameters[name][i]! + a * first[name][i]! + b * second[name][i]!),
  );
}

/** The part of a plane that a grid covers: a from…to along the first direction, b along the second. */
export interface PlaneWindow {
  readonly a: readonly [from: number, to: number];
  readonly b: readonly [from: number, to: number];
}

/** Points along each side of the grids that follow one another; each has every point of the last. */
export const GRID_SIZES = [9, 17, 33, 65, 129] as const;

/** The place of grid line `i` of `size` over from…to, ends and middle exactly. */
export function gridLine([from, to]: readonly [number, number], i: number, size: number): number {
  const part = i / (size - 1);
  if (part === 1) return to;
  return part === 0.5 ? (from + to) / 2 : from + part * (to - from);
}

/** L on the points of a grid, as far as it is known. */
export interface SurfaceGrid {
  /** Points along each side, one of GRID_SIZES */
  readonly size: number;
  /** [size,size], row i at b, column j at a; +Infinity where the forward pass overflows */
  readonly losses: Float64Array;
}
