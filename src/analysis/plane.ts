import { PARAMETER_NAMES, type ParameterName } from '../model/optimizer';
import type { Parameters, Shape } from '../model/problem';
import { gaussian, STREAMS } from '../model/random';
import { mapParameters, type Plane } from '../model/surface';

/** Directions in weight space, and where something lies in the plane of two of them. */

/** ⟨u, v⟩ over all arrays */
export function dot(u: Parameters, v: Parameters): number {
  let sum = 0;
  for (const name of PARAMETER_NAMES) {
    for (let i = 0; i < u[name].length; i++) sum += u[name][i]! * v[name][i]!;
  }
  return sum;
}

/** ‖u‖ over all arrays, without overflow on the way */
export function norm(u: Parameters): number {
  return Math.hypot(...PARAMETER_NAMES.map((name) => normOf(u[name])));
}

function normOf(values: ArrayLike<number>, from = 0, to = values.length): number {
  let top = 0;
  for (let i = from; i < to; i++) top = Math.max(top, Math.abs(values[i]!));
  if (top === 0 || !Number.isFinite(top)) return top;
  let sum = 0;
  for (let i = from; i < to; i++) sum += (values[i]! / top) ** 2;
  return top * Math.sqrt(sum);
}

/** s u + t v */
export function combination(s: number, u: Parameters, t: number, v: Parameters): Parameters {
  return mapParameters(u, (name, i) => s * u[name][i]! + t * v[name][i]!);
}

/** One entry alone, by 1. */
export function entryDirection(like: Parameters, array: ParameterName, index: number): Parameters {
  return mapParameters(like, (name, i) => (name === array && i === index ? 1 : 0));
}

/** W_h itself: a is by how much it is scaled, 1 + a the factor. */
export function gainDirection(parameters: Parameters): Parameters {
  return mapParameters(parameters, (name, i) =>
    name === 'recurrentWeights' ? parameters[name][i]! : 0,
  );
}

/** u/‖u‖; null for a zero or a vector that is not finite. */
export function unit(u: Parameters): Parameters | null {
  const size = norm(u);
  if (!(size > 0 && size < Infinity)) return null;
  return mapParameters(u, (name, i) => u[name][i]! / size);
}

/** −g/‖g‖ of a gradient; null where there is none. */
export function descentDirection(gradient: Parameters): Parameters | null {
  const direction = unit(gradient);
  return direction && mapParameters(direction, (name, i) => -direction[name][i]!);
}

/**
 * Gaussian, then every unit's row of incoming weights, and each bias as a whole, brought to the norm
 * that it has in θ: filter normalisation (Li, Xu, Taylor, Studer, Goldstein, 2018, section 4). What
 * is zero in θ stays.
 */
export function randomDirection(
  { H, I }: Pick<Shape, 'H' | 'I'>,
  parameters: Parameters,
  seed: number,
): Parameters {
  const width: Record<ParameterName, number> = {
    recurrentWeights: H,
    inputWeights: I,
    hiddenBias: parameters.hiddenBias.length,
    outputWeights: H,
    outputBias: parameters.outputBias.length,
  };
  const draw = mapParameters(parameters, (name, i) =>
    gaussian(seed, STREAMS.surfaceDirection, i, PARAMETER_NAMES.indexOf(name)),
  );
  for (const name of PARAMETER_NAMES) {
    const [values, size] = [draw[name], width[name]];
    for (let from = 0; from < values.length; from += size) {
      const wanted = normOf(parameters[name], from, from + size);
      const scale = wanted / normOf(values, from, from + size);
      for (let i = from; i < from + size; i++) values[i] = values[i]! * scale;
    }
  }
  return draw;
}

/** Where weights lie in a plane through others. */
export interface PlanePoint {
  readonly a: number;
  readonly b: number;
  /** Their distance from the plane, ‖·‖ over all arrays */
  readonly off: number;
}

/** Below this sine the two directions are one: nothing can be told apart along them. */
const LEAST_SINE = 1e-4;

/** Whether two directions span a plane. */
export function spans({ first, second }: Plane): boolean {
  const [u, v] = [unit(first), unit(second)];
  if (u === null || v === null) return false;
  return Math.sqrt(Math.max(0, 1 - dot(u, v) ** 2)) > LEAST_SINE;
}

/**
 * The point of origin + a d₁ + b d₂ nearest to the weights, by least squares: the normal equations
 * of two unknowns, on directions of length one. The plane must span (`spans`).
 */
export function project(plane: Plane, origin: Parameters, weights: Parameters): PlanePoint {
  const [n1, n2] = [norm(plane.first), norm(plane.second)];
  const rest = combination(1, weights, -1, origin);
  const [p, q] = [dot(plane.first, rest) / n1, dot(plane.second, rest) / n2];
  const c = dot(plane.first, plane.second) / n1 / n2;
  const [s, t] = [(p - c * q) / (1 - c * c), (q - c * p) / (1 - c * c)];
  const [a, b] = [s / n1, t / n2];
  const left = mapParameters(
    rest,
    (name, i) => rest[name][i]! - a * plane.first[name][i]! - b * plane.second[name][i]!,
  );
  return { a, b, off: norm(left) };
}

/** Turns of power iteration; the picture needs no more of the second direction than its look. */
const TURNS = 60;

/**
 * The plane that shows most of a path: d₁ from its first weights to its last, d₂ the direction
 * orthogonal to it along which the path moves most (the leading right singular vector of what d₁
 * leaves). Both of length one. Null where the path does not move, or only along a line.
 */
export function pathPlane(path: readonly Parameters[]): Plane | null {
  const [start, end] = [path[0], path[path.length - 1]];
  if (start === undefined || end === undefined) return null;
  const first = unit(combination(1, end, -1, start));
  if (first === null) return null;
  const left = path.map((weights) => {
    const moved = combination(1, weights, -1, start);
    return combination(1, moved, -dot(moved, first), first);
  });
  const longest = left.reduce((u, v) => (norm(v) > norm(u) ? v : u));
  if (norm(longest) <= 1e-6 * norm(combination(1, end, -1, start))) return null;
  // Power iteration over the weights of the points: Gᵢⱼ = ⟨rᵢ, rⱼ⟩.
  const gram = left.map((u) => left.map((v) => dot(u, v)));
  let shares = left.map((v) => dot(v, longest));
  for (let turn = 0; turn < TURNS; turn++) {
    const next = gram.map((row) => row.reduce((sum, g, j) => sum + g * shares[j]!, 0));
    const size = Math.hypot(...next);
    shares = next.map((v) => v / size);
  }
  const sum = mapParameters(start, (name, i) =>
    left.reduce((total, v, j) => total + shares[j]! * v[name][i]!, 0),
  );
  const second = unit(combination(1, sum, -dot(sum, first), first));
  return second && { first, second };
}
