import type { Reals } from '../model/problem';
import type { Complex } from './complex';

/*
 * A real 2×2 matrix is W = m I + N, m half its trace, N traceless:
 *
 *   N = [[p, e + a], [e − a, −p]],  N² = (y² − a²) I  with  y = √(p² + e²)   (Cayley–Hamilton)
 *
 * so its eigenvalues are m ± √(y² − a²): real where the symmetric part (p, e) outweighs the
 * antisymmetric one, a pair otherwise.
 */

/** Two eigenvalues of a real 2×2 matrix: both real, or re ± im·i with im > 0. */
export type EigenvaluePair =
  | { readonly kind: 'real'; readonly values: readonly [number, number] }
  | { readonly kind: 'complex'; readonly re: number; readonly im: number };

interface Traceless {
  readonly p: number;
  readonly e: number;
  readonly a: number;
}

function split([w00, w01, w10, w11]: ArrayLike<number> & Iterable<number>): Traceless & {
  readonly m: number;
} {
  return {
    m: (w00! + w11!) / 2,
    p: (w00! - w11!) / 2,
    e: (w01! + w10!) / 2,
    a: (w01! - w10!) / 2,
  };
}

/** y² − a², from products that float32 entries leave exact. */
function discriminantOf(matrix: Reals): number {
  const p = (matrix[0]! - matrix[3]!) / 2;
  return p * p + matrix[1]! * matrix[2]!;
}

/** The eigenvalues of a [2, 2] matrix; real ones descending. */
export function eigenvaluePair(matrix: Reals): EigenvaluePair {
  const { m } = split(matrix);
  const discriminant = discriminantOf(matrix);
  const root = Math.sqrt(Math.abs(discriminant));
  if (discriminant < 0) return { kind: 'complex', re: m, im: root };
  // The larger modulus by a sum of like signs; the other through the determinant, which loses
  // nothing where the two nearly cancel.
  const far = m + (m < 0 ? -root : root);
  const determinant = matrix[0]! * matrix[3]! - matrix[1]! * matrix[2]!;
  const near = far === 0 || root === 0 ? m : determinant / far;
  return { kind: 'real', values: far >= near ? [far, near] : [near, far] };
}

/** As points of the plane: real ones in their order, of a pair the upper one first. */
export function pointsOf(pair: EigenvaluePair): readonly [Complex, Complex] {
  if (pair.kind === 'complex') {
    return [
      [pair.re, pair.im],
      [pair.re, -pair.im],
    ];
  }
  return [
    [pair.values[0], 0],
    [pair.values[1], 0],
  ];
}

/**
 * What stays of a matrix while its eigenvalues are moved.
 *
 * - `vectors`: its eigenvectors, the columns of V, of unit length. With K = V diag(1, −1) V⁻¹ and
 *   J = V [[0, −1], [1, 0]] V⁻¹, W is m I + r K for m ± r, and m I + w J for m ± w i: the real basis
 *   V in which the block is [[m, −w], [w, m]]. Where the two meet, W = m I.
 * - `schur`: one direction and the coupling t of W = Q [[λ₁, t], [0, λ₂]] Qᵀ, Q a rotation, for a
 *   matrix that has no such basis or hardly one.
 */
export type PairFrame =
  | { readonly kind: 'vectors'; readonly real: Traceless; readonly turning: Traceless }
  | {
      readonly kind: 'schur';
      /** The first column of Q */
      readonly cosine: number;
      readonly sine: number;
      readonly coupling: number;
      /** Which of `values` stands first on the diagonal */
      readonly first: 0 | 1;
    };

/**
 * κ(V) above this and the frame is Schur's: moving eigenvalues on nearly parallel eigenvectors
 * would make entries of κ times their distance.
 */
const MOST_CONDITION = 100;

/**
 * The frame of a [2, 2] matrix. `moved` is the eigenvalue that will be moved, as an index into
 * `eigenvaluePair(matrix).values`: where the frame is Schur's, the other one keeps its eigenvector.
 */
export function pairFrame(matrix: Reals, moved: 0 | 1): PairFrame {
  const { p, e, a } = split(matrix);
  const discriminant = discriminantOf(matrix);
  const symmetric = Math.hypot(p, e);
  if (symmetric === 0 && a === 0) {
    return framed({ p: 1, e: 0, a: 0 }, 'real');
  }
  const root = Math.sqrt(Math.abs(discriminant));
  // σ_max of N/√|y² − a²|, whose determinant is ±1: the condition of V, its columns of unit length.
  const condition = (symmetric + Math.abs(a)) / root;
  if (condition <= MOST_CONDITION) {
    const unit = { p: p / root, e: e / root, a: a / root };
    return framed(unit, discriminant > 0 ? 'real' : 'turning');
  }
  if (discriminant >= 0) return schurOfReal(matrix, moved);
  return schurOfComplex({ p, e, a });
}

/**
 * K and J from one of them. With unit eigenvectors at ± θ/2 from their bisector, both have the
 * bisector's symmetric direction ŝ: K = cosec θ·ŝ + cot θ·A and J = cot θ·ŝ + cosec θ·A,
 * A = [[0, 1], [−1, 0]]; each has the other's lengths exchanged.
 */
function framed(given: Traceless, kind: 'real' | 'turning'): PairFrame {
  const length = Math.hypot(given.p, given.e);
  // A rotation has no direction of its own: its real eigenvectors will be the axes.
  const [p, e] = length === 0 ? [1, 0] : [given.p / length, given.e / length];
  const turn = Math.abs(given.a);
  const other = { p: turn * p, e: turn * e, a: given.a < 0 ? -length : length };
  return kind === 'real'
    ? { kind: 'vectors', real: given, turning: other }
    : { kind: 'vectors', real: other, turning: given };
}

function schurOfReal(matrix: Reals, moved: 0 | 1): PairFrame {
  const pair = eigenvaluePair(matrix);
  const first = moved === 0 ? 1 : 0;
  const stays = pair.kind === 'real' ? pair.values[first] : pair.re;
  // Its eigenvector, from the row of W − λI that says more.
  const [w00, w01, w10, w11] = [matrix[0]!, matrix[1]!, matrix[2]!, matrix[3]!];
  const upper = Math.hypot(w00 - stays, w01);
  const lower = Math.hypot(w10, w11 - stays);
  const [x, y] = upper >= lower ? [-w01, w00 - stays] : [stays - w11, w10];
  const length = Math.hypot(x, y);
  const [cosine, sine] = [x / length, y / length];
  // (1, 2) of Qᵀ W Q
  const coupling = w01 * cosine * cosine - w10 * sine * sine + (w11 - w00) * cosine * sine;
  return { kind: 'schur', cosine, sine, coupling, first };
}

/** Q that makes the diagonal of N zero, the larger entry above it. */
function schurOfComplex({ p, e, a }: Traceless): PairFrame {
  // Turning the axes by φ turns (p, e) by 2φ; (0, y) for a > 0, (0, −y) for a < 0 is wanted.
  const sign = a < 0 ? -1 : 1;
  const angle = (Math.atan2(e, p) - (sign * Math.PI) / 2) / 2;
  const coupling = a + sign * Math.hypot(p, e);
  return { kind: 'schur', cosine: Math.cos(angle), sine: Math.sin(angle), coupling, first: 0 };
}

/**
 * The float32 matrix [2, 2] of a frame with the eigenvalues asked for. Where the eigenvalues are
 * those the frame was made from, it is that matrix up to rounding.
 */
export function pairMatrix(frame: PairFrame, asked: EigenvaluePair): Float32Array {
  const m = asked.kind === 'complex' ? asked.re : (asked.values[0] + asked.values[1]) / 2;
  const half = asked.kind === 'complex' ? asked.im : (asked.values[0] - asked.values[1]) / 2;
  const discriminant = asked.kind === 'complex' ? -half * half : half * half;
  if (frame.kind === 'vectors') {
    const { p, e, a } = asked.kind === 'complex' ? frame.turning : frame.real;
    const entries = [half * p, half * (e + a), half * (e - a), -half * p];
    return rounded([m + entries[0]!, entries[1]!, entries[2]!, m + entries[3]!], m, discriminant);
  }
  const { cosine, sine, coupling } = frame;
  let t = coupling;
  let [diagonal, below] = [0, 0];
  if (asked.kind === 'complex') {
    // The coupling grows along once the pair is further apart than it: a rotation then.
    t = (coupling < 0 ? -1 : 1) * Math.max(Math.abs(coupling), asked.im);
    below = (-asked.im * asked.im) / t;
  } else diagonal = frame.first === 0 ? half : -half;
  // Q [[diagonal, t], [below, −diagonal]] Qᵀ
  const cc = cosine * cosine;
  const ss = sine * sine;
  const cs = cosine * sine;
  const p = (cc - ss) * diagonal - cs * (t + below);
  const upper = 2 * cs * diagonal + cc * t - ss * below;
  const lower = 2 * cs * diagonal - ss * t + cc * below;
  return rounded([m + p, upper, lower, m - p], m, discriminant);
}

/** Neighbours of the larger off-diagonal entry that are tried, on either side. */
const NEIGHBOURS = 64;
const HALF_UNIT = 2 ** -24;

/**
 * Rounds to float32 so that the eigenvalues survive it: the second diagonal entry keeps the trace,
 * and of the off-diagonal ones, whose product decides y² − a², the larger moves by up to 64 units in
 * the last place to where the other rounds well. (Of a double eigenvalue, which rounding moves by
 * its root, that still leaves up to 1e-4 ‖W‖.)
 */
function rounded(matrix: readonly number[], m: number, discriminant: number): Float32Array {
  const w00 = Math.fround(matrix[0]!);
  const [w01, w10] = [Math.fround(matrix[1]!), Math.fround(matrix[2]!)];
  // Triangular: the eigenvalues are the diagonal.
  if (w01 === 0 || w10 === 0) {
    return Float32Array.of(w00 + 0, w01 + 0, w10 + 0, Math.fround(matrix[3]!) + 0);
  }

  const w11 = Math.fround(2 * m - w00);
  const p = (w00 - w11) / 2;
  const product = discriminant - p * p;
  const root = Math.sqrt(Math.abs(discriminant));
  // What moves an eigenvalue by less than its own rounding is good enough.
  const tolerance = HALF_UNIT * root * Math.max(root, Math.abs(m));
  const larger = Math.abs(w01) >= Math.abs(w10) ? w01 : w10;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(larger))) - 23);
  let best = { error: Infinity, larger, other: 0 };
  for (let k = 0; k <= 2 * NEIGHBOURS && best.error > tolerance; k++) {
    // 0, 1, −1, 2, −2, …: the nearest one that is good enough
    const steps = k % 2 === 1 ? (k + 1) / 2 : -k / 2;
    const candidate = Math.fround(larger + steps * unit);
    const other = Math.fround(product / candidate);
    const error = Math.abs(candidate * other - product);
    if (error < best.error) best = { error, larger: candidate, other };
  }
  return larger === w01
    ? Float32Array.of(w00 + 0, best.larger, best.other + 0, w11 + 0)
    : Float32Array.of(w00 + 0, best.other + 0, best.larger, w11 + 0);
}

/** W times a factor, float32, with eigenvalues as exact as `pairMatrix` makes them. */
export function scaledPair(matrix: Reals, factor: number): Float32Array {
  const { m } = split(matrix);
  return rounded(
    Array.from(matrix, (v) => factor * v),
    factor * m,
    factor * factor * discriminantOf(matrix),
  );
}
