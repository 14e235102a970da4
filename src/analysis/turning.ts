import type { Reals } from '../model/problem';
import type { Complex } from './complex';
import { largestSingularValue } from './largestSingularValue';
import { isNilpotent } from './nilpotent';
import { NEGLIGIBLE_RADIUS } from './scaling';
import { sortedEigenvalues } from './spectrum';

/*
 * All eigenvalues of a real matrix scaled by s, all complex pairs turned by the angle φ, real ones
 * where they are. With the real block diagonalisation W = V D V⁻¹ (Golub & Van Loan, Matrix
 * Computations, 7.1: the real eigenvectors, and real and imaginary part of one of each conjugate
 * pair, are the columns of V; D has a 1×1 block λ for the former and [[re, im], [−im, re]] for the
 * latter), turning λ to e^{iφ} λ multiplies such a block by [[cos φ, sin φ], [−sin φ, cos φ]]:
 *
 *   W(s, φ) = s V D R(φ) V⁻¹ = s [ W + (cos φ − 1) C + sin φ S ],
 *   C = V D P V⁻¹,  S = V D J V⁻¹,
 *
 * P the identity on the pairs' blocks, J = [[0, 1], [−1, 0]] there, both zero elsewhere. C and S are
 * computed once, in O(H³); every further position of a drag costs O(H²), and (1, 0) is W itself.
 */

/** Above this size a drag only scales: the decomposition would take longer than a moment. */
export const LARGEST_TURNED = 128;

/**
 * How dependent the eigenvectors may be, as ‖V‖_F ‖V⁻¹‖_F / H with columns of length 1: the mean
 * condition number of the eigenvalues, 1 for a normal matrix, about 10 for a Gaussian one of any
 * size. Beyond it, rounding W(s, φ) to float32 moves the eigenvalues by more than
 * 1000 · 2⁻²⁴ ‖W‖ ≈ 6e-5 ‖W‖.
 */
export const MOST_DEPENDENT = 1000;

/**
 * Why eigenvalues cannot be turned: all are real, their eigenvectors nearly dependent, the matrix
 * above `LARGEST_TURNED`; or why they cannot even be scaled: they are 0, up to what rounding makes
 * of it (`scaling.ts`).
 */
export type TurningRefusal = 'real' | 'dependent' | 'large' | 'zero';

export interface Turning {
  /** Modulus descending, as in `Spectrum` */
  readonly eigenvalues: readonly Complex[];
  /** C and S, row-major [H, H]; null where there is a refusal */
  readonly parts: { readonly pairs: Float64Array; readonly turned: Float64Array } | null;
  readonly refusal: TurningRefusal | null;
}

/**
 * What a drag of the eigenvalues of a [size, size] matrix needs. O(size³), meant for sizes up to
 * `LARGEST_TURNED`.
 */
export async function turning(matrix: Reals, size: number): Promise<Turning> {
  const { EigenvalueDecomposition, Matrix, LuDecomposition } = await import('ml-matrix');
  const given = Matrix.from1DArray(size, size, Array.from(matrix));
  const decomposition = new EigenvalueDecomposition(given);
  const { realEigenvalues: re, imaginaryEigenvalues: im } = decomposition;
  const eigenvalues = sortedEigenvalues(re, im);
  const refused = (refusal: TurningRefusal): Turning => ({ eigenvalues, parts: null, refusal });
  const radius = Math.hypot(...eigenvalues[0]!);
  const least = NEGLIGIBLE_RADIUS * largestSingularValue(matrix, size);
  if (radius === 0 || radius < least || isNilpotent(matrix, size)) return refused('zero');
  if (im.every((value) => value === 0)) return refused('real');

  const vectors = decomposition.eigenvectorMatrix.clone();
  normaliseColumns(vectors, im);
  const lu = new LuDecomposition(vectors);
  if (lu.isSingular()) return refused('dependent');
  const inverse = lu.solve(Matrix.eye(size, size));
  const dependence = (vectors.norm() * inverse.norm()) / size;
  if (!(dependence <= MOST_DEPENDENT)) return refused('dependent');

  // V D P and V D J, column by column.
  const kept = Matrix.zeros(size, size);
  const turned = Matrix.zeros(size, size);
  for (let j = 0; j < size; j++) {
    if (im[j]! <= 0) continue;
    const [a, b] = [re[j]!, im[j]!];
    for (let i = 0; i < size; i++) {
      const [x, y] = [vectors.get(i, j), vectors.get(i, j + 1)];
      // [x y] [[a, b], [−b, a]], and the same times [[0, 1], [−1, 0]]
      kept.set(i, j, a * x - b * y);
      kept.set(i, j + 1, b * x + a * y);
      turned.set(i, j, -b * x - a * y);
      turned.set(i, j + 1, a * x - b * y);
    }
  }
  const flat = (product: InstanceType<typeof Matrix>) => Float64Array.from(product.to1DArray());
  return {
    eigenvalues,
    parts: { pairs: flat(kept.mmul(inverse)), turned: flat(turned.mmul(inverse)) },
    refusal: null,
  };
}

/** Columns of length 1; the two of a pair share a factor, since they are one complex vector. */
function normaliseColumns(
  vectors: { get(i: number, j: number): number; set(i: number, j: number, v: number): unknown },
  im: readonly number[],
): void {
  const size = im.length;
  for (let j = 0; j < size; j++) {
    const width = im[j]! > 0 ? 2 : 1;
    let sum = 0;
    for (let i = 0; i < size; i++) {
      for (let k = j; k < j + width; k++) sum += vectors.get(i, k) ** 2;
    }
    const factor = Math.sqrt(width / sum);
    for (let i = 0; i < size; i++) {
      for (let k = j; k < j + width; k++) vectors.set(i, k, factor * vectors.get(i, k));
    }
    j += width - 1;
  }
}

/** W(s, φ) rounded to float32; without parts, s W. O(size²). */
export function turnedMatrix(
  matrix: Reals,
  parts: Turning['parts'],
  scale: number,
  angle: number,
): Float32Array {
  if (parts === null || angle === 0) return Float32Array.from(matrix, (v) => scale * v + 0);
  const cosine = Math.cos(angle) - 1;
  const sine = Math.sin(angle);
  const { pairs, turned } = parts;
  return Float32Array.from(
    matrix,
    (v, i) => scale * (v + cosine * pairs[i]! + sine * turned[i]!) + 0,
  );
}

/** Where an eigenvalue of W is in W(s, φ): above the axis it turns by φ, below by −φ. */
export function turnedEigenvalue([re, im]: Complex, scale: number, angle: number): Complex {
  if (im === 0) return [scale * re, 0];
  const turn = im > 0 ? angle : -angle;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  return [scale * (cosine * re - sine * im), scale * (sine * re + cosine * im)];
}
