import type { Complex } from './complex';
import { isNilpotent } from './nilpotent';

/** Eigenvalues and singular values of W_h. */
export interface Spectrum {
  /** Modulus descending */
  readonly eigenvalues: readonly Complex[];
  /** Descending */
  readonly singularValues: readonly number[];
  /** ρ(W_h), the greatest modulus of an eigenvalue */
  readonly spectralRadius: number;
  /** σ_max(W_h) */
  readonly largestSingularValue: number;
}

/** Modulus descending, of a conjugate pair the one above the axis first. */
export function sortedEigenvalues(re: readonly number[], im: readonly number[]): Complex[] {
  return re
    .map((value, i): Complex => [value, im[i]!])
    .sort((a, b) => Math.hypot(...b) - Math.hypot(...a) || b[1] - a[1]);
}

/**
 * The linear algebra library is loaded when it is first needed. O(H³). The eigenvalues of a
 * nilpotent matrix are 0, where the library's would be rounding.
 */
export async function spectrum(matrix: ArrayLike<number>, size: number): Promise<Spectrum> {
  const { EigenvalueDecomposition, Matrix, SingularValueDecomposition } = await import('ml-matrix');
  const values = Float64Array.from(matrix);
  const m = Matrix.from1DArray(size, size, values);
  const eigenvaluesOf = (decomposition: InstanceType<typeof EigenvalueDecomposition>) =>
    sortedEigenvalues(decomposition.realEigenvalues, decomposition.imaginaryEigenvalues);
  const eigenvalues = isNilpotent(values, size)
    ? Array.from(values.subarray(0, size), (): Complex => [0, 0])
    : eigenvaluesOf(new EigenvalueDecomposition(m));
  const singular = new SingularValueDecomposition(m, {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  const singularValues = singular.diagonal.slice().sort((a, b) => b - a);
  return {
    eigenvalues,
    singularValues,
    spectralRadius: Math.hypot(...eigenvalues[0]!),
    largestSingularValue: singularValues[0]!,
  };
}

/** Rounding to float32 leaves the eigenvalues of an orthogonal matrix this close to the circle. */
const ON_CIRCLE = 1e-5;

/** 1 outside the unit circle, −1 inside, 0 on it up to float32's rounding. */
export function sideOfUnitCircle([re, im]: Complex): -1 | 0 | 1 {
  const modulus = Math.hypot(re, im);
  return modulus > 1 + ON_CIRCLE ? 1 : modulus < 1 - ON_CIRCLE ? -1 : 0;
}

/**
 * Henrici's departure from normality √(‖W‖_F² − Σ|λ|²), relative to ‖W‖_F: 0 for a normal matrix,
 * whose ‖Wⁿ‖ is ρⁿ, towards 1 for a nilpotent one.
 */
export function departureFromNormality({
  eigenvalues,
  singularValues,
}: Pick<Spectrum, 'eigenvalues' | 'singularValues'>): number {
  const largest = singularValues[0] ?? 0;
  if (largest === 0) return 0;
  const frobenius = singularValues.reduce((sum, s) => sum + (s / largest) ** 2, 0);
  const moduli = eigenvalues.reduce(
    (sum, [re, im]) => sum + (Math.hypot(re, im) / largest) ** 2,
    0,
  );
  return Math.sqrt(Math.max(0, 1 - moduli / frobenius));
}
