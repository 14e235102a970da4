/** Eigenvalues and singular values of W_h. */
export interface Spectrum {
  /** [re, im], modulus descending */
  readonly eigenvalues: readonly (readonly [number, number])[];
  /** Descending */
  readonly singularValues: readonly number[];
  /** ρ(W_h), the greatest modulus of an eigenvalue */
  readonly spectralRadius: number;
  /** σ_max(W_h) */
  readonly largestSingularValue: number;
}

/** The linear algebra library is loaded when it is first needed. O(H³). */
export async function spectrum(matrix: ArrayLike<number>, size: number): Promise<Spectrum> {
  const { EigenvalueDecomposition, Matrix, SingularValueDecomposition } = await import('ml-matrix');
  const m = Matrix.from1DArray(size, size, Array.from(matrix));
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(m);
  const eigenvalues = realEigenvalues
    .map((re, i): readonly [number, number] => [re, imaginaryEigenvalues[i]!])
    .sort((a, b) => Math.hypot(...b) - Math.hypot(...a) || b[1] - a[1]);
  const decomposition = new SingularValueDecomposition(m, {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  const singularValues = decomposition.diagonal.slice().sort((a, b) => b - a);
  return {
    eigenvalues,
    singularValues,
    spectralRadius: Math.hypot(...eigenvalues[0]!),
    largestSingularValue: singularValues[0]!,
  };
}
