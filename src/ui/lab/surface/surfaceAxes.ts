import {
  combination,
  descentDirection,
  entryDirection,
  gainDirection,
  norm,
  pathPlane,
  project,
  randomDirection,
  spans,
} from '../../../analysis/plane';
import type { WeightKey } from '../../../model/configuration';
import { PARAMETER_NAMES } from '../../../model/optimizer';
import { PARAMETER_OF } from '../../../model/parameterArrays';
import type { Parameters, Problem } from '../../../model/problem';
import { sameValue } from '../../../model/sameValue';
import type { Plane, PlaneWindow } from '../../../model/surface';
import { WEIGHT_LABELS } from '../../weights/weightArrays';
import type { AxisChoice, AxisSetting, SurfaceSettings } from './surfaceSettings';

export interface Axis {
  readonly direction: Parameters;
  /** What the axis counts is offset + a: a weight its own value, the gain its factor. */
  readonly offset: number;
  /** Ends of the map, as the axis counts */
  readonly from: number;
  readonly to: number;
  /** Null on the plane of a run */
  readonly choice: AxisChoice | null;
  /** Of one weight: W_h[1,2] */
  readonly entry?: string;
}

export interface SurfaceAxes {
  readonly x: Axis;
  readonly y: Axis;
  readonly plane: Plane;
  readonly window: PlaneWindow;
  /** Where a = b = 0: the present weights, or a run's first */
  readonly origin: Parameters;
  /** a and b of the present weights, of their shadow where they are beside the plane */
  readonly here: readonly [a: number, b: number];
}

/** Why there is no plane. */
export type NoAxes =
  /** Both directions are one, or one of them is zero */
  | 'same'
  /** The gradient is on its way */
  | 'waiting'
  /** The gradient is zero or not finite */
  | 'noGradient'
  /** No run that moves */
  | 'noRun';

/** Shape of the arrays, [rows, columns] */
export function arrayShape(
  key: WeightKey,
  { H, I, O }: Pick<Problem, 'H' | 'I' | 'O'>,
): readonly [number, number] {
  const shapes = { Wh: [H, H], Wx: [H, I], b: [H, 1], Wy: [O, H], c: [O, 1] } as const;
  return shapes[key];
}

/** The entry inside a network of another size. */
function entryIndex(
  problem: Problem,
  { array, row, column }: Extract<AxisChoice, { kind: 'entry' }>,
): number {
  const [rows, columns] = arrayShape(array, problem);
  return Math.min(row, rows - 1) * columns + Math.min(column, columns - 1);
}

/** W_h[1,2], b[3]: rows and columns from 1, as the matrix editor counts; b alone where it is one. */
function entryName(problem: Problem, choice: Extract<AxisChoice, { kind: 'entry' }>): string {
  const [rows, columns] = arrayShape(choice.array, problem);
  const index = entryIndex(problem, choice);
  const [row, column] = [Math.floor(index / columns) + 1, (index % columns) + 1];
  const isVector = choice.array === 'b' || choice.array === 'c';
  const label = WEIGHT_LABELS[choice.array];
  if (rows * columns === 1) return label;
  return isVector ? `${label}[${row}]` : `${label}[${row},${column}]`;
}

/**
 * @param gradient ∂L/∂θ, undefined while it is on its way, null where there is none
 * @param path the recorded weights of a run
 */
export function axesOf(
  problem: Problem,
  settings: Pick<SurfaceSettings, 'plane' | 'x' | 'y'>,
  gradient: Parameters | null | undefined,
  path: readonly Parameters[],
): SurfaceAxes | NoAxes {
  if (settings.plane === 'training') return axesOfRun(problem, path);
  const x = axisOf(problem, settings.x, gradient);
  if (typeof x === 'string') return x;
  const y = axisOf(problem, settings.y, gradient);
  if (typeof y === 'string') return y;
  return withPlane(x, y, problem.parameters, problem.parameters);
}

function withPlane(
  x: Axis,
  y: Axis,
  origin: Parameters,
  present: Parameters,
): SurfaceAxes | NoAxes {
  const plane = { first: x.direction, second: y.direction };
  if (!spans(plane)) return 'same';
  const window = {
    a: [x.from - x.offset, x.to - x.offset],
    b: [y.from - y.offset, y.to - y.offset],
  } as const;
  const { a, b } = origin === present ? { a: 0, b: 0 } : project(plane, origin, present);
  return { x, y, plane, window, origin, here: [a, b] };
}

function axisOf(
  problem: Problem,
  { choice, range }: AxisSetting,
  gradient: Parameters | null | undefined,
): Axis | NoAxes {
  const { parameters } = problem;
  const within = (direction: Parameters, offset: number, reach: number, centre = offset): Axis => {
    const [from, to] = range ?? [centre - reach, centre + reach];
    return { direction, offset, from, to, choice };
  };
  switch (choice.kind) {
    case 'entry': {
      const [name, index] = [PARAMETER_OF[choice.array], entryIndex(problem, choice)];
      const value = parameters[name][index]!;
      const direction = entryDirection(parameters, name, index);
      const axis = within(direction, value, 2, Math.round(10 * value) / 10);
      return { ...axis, entry: entryName(problem, choice) };
    }
    case 'gain':
      return within(gainDirection(parameters), 1, 1);
    case 'gradient': {
      if (gradient === undefined) return 'waiting';
      const direction = gradient && descentDirection(gradient);
      return direction === null ? 'noGradient' : within(direction, 0, 1);
    }
    case 'random':
      return within(randomDirection(problem, parameters, choice.seed), 0, 1);
  }
}

/** Room around a run on its own plane, in parts of its extent */
const AIR = 0.25;
/** A last step that leads further than this, in the extent before it, would be all there is to see. */
const MOST_LEAP = 5;

/** Weights from their own first ones on: the present ones may be far away, where float32 is coarse. */
function axesOfRun(problem: Problem, path: readonly Parameters[]): SurfaceAxes | NoAxes {
  const { parameters } = problem;
  const run = withoutLeap(
    path.filter((weights) =>
      PARAMETER_NAMES.every((name) => weights[name].length === parameters[name].length),
    ),
  );
  const plane = pathPlane(run);
  if (plane === null) return 'noRun';
  const origin = run[0]!;
  const points = run.map((weights) => project(plane, origin, weights));
  const axis = (direction: Parameters, values: readonly number[]): Axis => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const air = AIR * (high - low);
    return { direction, offset: 0, from: low - air, to: high + air, choice: null };
  };
  return withPlane(
    axis(
      plane.first,
      points.map(({ a }) => a),
    ),
    axis(
      plane.second,
      points.map(({ b }) => b),
    ),
    origin,
    parameters,
  );
}

/** A run up to where it was thrown far away, as over a cliff. */
function withoutLeap(run: readonly Parameters[]): readonly Parameters[] {
  const first = run[0];
  if (first === undefined) return run;
  const distances = run.map((weights) => norm(combination(1, weights, -1, first)));
  let count = run.length;
  while (count > 3) {
    const before = Math.max(...distances.slice(0, count - 1));
    if (before === 0 || distances[count - 1]! <= MOST_LEAP * before) break;
    count--;
  }
  return run.slice(0, count);
}

/** Relative distance up to which weights lie in a plane. */
const ON_PLANE = 1e-6;

interface Surveyed {
  readonly axes: SurfaceAxes;
  readonly problem: Problem;
}

/** Whether what one map shows at some numbers, the other one shows there, too. */
export function isSameSurface(a: Surveyed, b: Surveyed): boolean {
  if (a.axes === b.axes && a.problem === b.problem) return true;
  // Only entries count the same wherever in the plane the present weights are.
  const choices = [a.axes.x, a.axes.y, b.axes.x, b.axes.y].map(({ choice }) => choice);
  if (!choices.every((choice) => choice?.kind === 'entry')) return false;
  if (!sameValue(choices.slice(0, 2), choices.slice(2))) return false;
  const { parameters, ...rest } = a.problem;
  const { parameters: others, ...otherRest } = b.problem;
  if (!sameValue(rest, otherRest)) return false;
  return project(b.axes.plane, others, parameters).off <= ON_PLANE * norm(others);
}
