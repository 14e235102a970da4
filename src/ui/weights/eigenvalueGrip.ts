import type { Complex } from '../../analysis/complex';
import {
  eigenvaluePair,
  pairFrame,
  pairMatrix,
  pointsOf,
  type EigenvaluePair,
  type PairFrame,
} from '../../analysis/eigenvaluePair';
import {
  turnedEigenvalue,
  turnedMatrix,
  type Turning,
  type TurningRefusal,
} from '../../analysis/turning';
import type { Reals } from '../../model/problem';

/*
 * What a hand on an eigenvalue of W_h does, by the size of W_h. H = 1: the weight is the eigenvalue.
 * H = 2: the eigenvalue, and its conjugate, go where they are put. Larger: all are scaled, and pairs
 * turned, so that the one in hand follows. A grip is immutable; moving gives the next one, always
 * computed from the matrix of its beginning.
 */
export type Grip =
  | { readonly kind: 'single'; readonly value: number }
  | {
      readonly kind: 'pair';
      readonly matrix: Reals;
      readonly pair: EigenvaluePair;
      /** Made for the eigenvalue that is moved first; null before */
      readonly frame: PairFrame | null;
    }
  | {
      readonly kind: 'all';
      readonly matrix: Reals;
      readonly turning: Turning;
      readonly scale: number;
      readonly angle: number;
    };

/**
 * Why an eigenvalue is not where it was pulled to. 'single': one weight is real. 'axis': two real
 * ones leave the axis where they meet. 'onlyReal': this real one stays on the axis while pairs turn.
 */
export type Blocked = TurningRefusal | 'single' | 'axis' | 'onlyReal';

export interface Moved {
  readonly grip: Grip;
  readonly matrix: Float32Array;
  /** Index of the eigenvalue in hand among `eigenvaluesOf(grip)` */
  readonly at: number;
  readonly blocked: Blocked | null;
  /** Where the matrix is only scaled: the factor on that of the grip's beginning */
  readonly factor: number | null;
}

/** Eigenvalues are kept within this distance from 0. */
const REACH = 1000;
const LEAST_TURN = 1e-9;
/** Smaller parts of ρ than this make no handle: their distance would be a huge factor. */
const LEAST_HANDLE = 0.01;

/** The grip on a matrix [size, size] up to size 2; others need their `Turning`. */
export function smallGrip(matrix: Reals, size: number): Grip | null {
  if (size === 1) return { kind: 'single', value: matrix[0]! };
  if (size === 2) return { kind: 'pair', matrix, pair: eigenvaluePair(matrix), frame: null };
  return null;
}

export function largeGrip(matrix: Reals, turning: Turning): Grip {
  return { kind: 'all', matrix, turning, scale: 1, angle: 0 };
}

/** Where the eigenvalues are now. The order stays while they move, except for a pair of H = 2. */
export function eigenvaluesOf(grip: Grip): readonly Complex[] {
  switch (grip.kind) {
    case 'single':
      return [[grip.value, 0]];
    case 'pair':
      return pointsOf(grip.pair);
    case 'all':
      return grip.turning.eigenvalues.map((value) =>
        turnedEigenvalue(value, grip.scale, grip.angle),
      );
  }
}

/** Indices of the eigenvalues that can be moved. */
export function handlesOf(grip: Grip): readonly number[] {
  if (grip.kind === 'single') return [0];
  if (grip.kind === 'pair') return [0, 1];
  const { eigenvalues, refusal } = grip.turning;
  if (refusal === 'zero') return [];
  const least = LEAST_HANDLE * Math.hypot(...eigenvalues[0]!);
  return eigenvalues.flatMap((value, i) => (Math.hypot(...value) >= least ? [i] : []));
}

/**
 * Pulls eigenvalue `at` to a point. Within `tolerance` of the real axis it is on the axis, and as
 * near to another one of H = 2 on it.
 */
export function moveEigenvalue(grip: Grip, at: number, to: Complex, tolerance: number): Moved {
  const target: Complex = [within(to[0]), within(to[1])];
  switch (grip.kind) {
    case 'single': {
      const value = Math.fround(target[0]) + 0;
      const blocked = Math.abs(target[1]) > tolerance ? 'single' : null;
      return { grip: { kind: 'single', value }, ...all(Float32Array.of(value), 0, blocked, null) };
    }
    case 'pair':
      return movePair(grip, at, target, tolerance);
    case 'all':
      return moveAll(grip, at, target, tolerance);
  }
}

function all(matrix: Float32Array, at: number, blocked: Blocked | null, factor: number | null) {
  return { matrix, at, blocked, factor };
}

function within(value: number): number {
  return Math.min(REACH, Math.max(-REACH, value));
}

function movePair(
  grip: Extract<Grip, { kind: 'pair' }>,
  at: number,
  to: Complex,
  tolerance: number,
): Moved {
  const moved = movedPair(grip.pair, at, to, tolerance);
  const frame = grip.frame ?? pairFrame(grip.matrix, at === 0 ? 0 : 1);
  const matrix = pairMatrix(frame, moved.pair);
  return {
    grip: { ...grip, pair: moved.pair, frame },
    ...all(matrix, moved.at, moved.blocked, null),
  };
}

/**
 * A pair pulled onto the axis meets there; pulled on along it, one goes and the other stays where
 * they met. Real ones leave the axis only together, so only where they meet.
 */
function movedPair(pair: EigenvaluePair, at: number, [re, im]: Complex, tolerance: number) {
  const isOff = Math.abs(im) > tolerance;
  const other = pair.kind === 'complex' ? re : pair.values[at === 0 ? 1 : 0];
  const meet = Math.abs(re - other) <= tolerance;
  if (isOff && meet) {
    const next: EigenvaluePair = { kind: 'complex', re, im: Math.abs(im) };
    return { pair: next, at: im > 0 ? 0 : 1, blocked: null };
  }
  const here = meet ? other : re;
  const values: readonly [number, number] = at === 0 ? [here, other] : [other, here];
  const next: EigenvaluePair = { kind: 'real', values };
  return { pair: next, at, blocked: isOff ? ('axis' as const) : null };
}

function moveAll(
  grip: Extract<Grip, { kind: 'all' }>,
  at: number,
  to: Complex,
  tolerance: number,
): Moved {
  const { parts, refusal, eigenvalues } = grip.turning;
  const from = eigenvalues[at]!;
  const most = REACH / Math.hypot(...eigenvalues[0]!);
  const isReal = from[1] === 0;
  let { scale, angle } = grip;
  let blocked: Blocked | null = null;
  if (isReal || parts === null) {
    // Along its own line through 0, to the other side as well: then all are negated.
    const line = turnedEigenvalue(from, 1, angle);
    const length = Math.hypot(...line);
    scale = (to[0] * line[0] + to[1] * line[1]) / length ** 2;
    const off = Math.abs(to[0] * line[1] - to[1] * line[0]) / length;
    if (off > tolerance) blocked = refusal ?? 'onlyReal';
  } else {
    const sign = scale < 0 ? -1 : 1;
    const turn = Math.atan2(sign * to[1], sign * to[0]) - Math.atan2(from[1], from[0]);
    scale = (sign * Math.hypot(...to)) / Math.hypot(...from);
    if (to[0] !== 0 || to[1] !== 0) angle = from[1] > 0 ? turn : -turn;
    // Rounding of a pull along the line is no turn.
    if (Math.abs(angle) < LEAST_TURN) angle = 0;
  }
  scale = Math.min(most, Math.max(-most, scale));
  const matrix = turnedMatrix(grip.matrix, parts, scale, angle);
  return {
    grip: { ...grip, scale, angle },
    ...all(matrix, at, blocked, angle === 0 ? scale : null),
  };
}
