/**
 * σ_max(M) of a square matrix by Lanczos on MᵀM with full reorthogonalisation. Light enough to run
 * on every edit (64 products at most), and without a linear algebra library.
 */

/** Krylov dimension; the extreme singular value has settled to 1e-9 or better well before this. */
const MOST_VECTORS = 64;
/** A new direction shorter than this part of σ² is rounding: the Krylov space is exhausted. */
const EXHAUSTED = 1e-13;

export function largestSingularValue(matrix: ArrayLike<number>, size: number): number {
  let scale = 0;
  for (let i = 0; i < size * size; i++) scale = Math.max(scale, Math.abs(matrix[i]!));
  if (scale === 0) return 0;
  // Entries near 1, so that squares neither over- nor underflow.
  const m = Float64Array.from({ length: size * size }, (_, i) => matrix[i]! / scale);

  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  // Any start that no natural matrix is orthogonal to; the same every time.
  let q: Float64Array = Float64Array.from(
    { length: size },
    (_, i) => 1 + 0.5 * Math.sin(1 + 2.7 * i),
  );
  divide(q, Math.sqrt(dot(q, q)));
  while (basis.length < Math.min(size, MOST_VECTORS)) {
    basis.push(q);
    const next = gramProduct(m, size, q);
    diagonal.push(dot(next, q));
    // Twice: once leaves what rounding of the first pass put back.
    for (let pass = 0; pass < 2; pass++) {
      for (const b of basis) {
        const overlap = dot(next, b);
        for (let i = 0; i < size; i++) next[i]! -= overlap * b[i]!;
      }
    }
    const length = Math.sqrt(dot(next, next));
    if (!(length > EXHAUSTED * Math.max(...diagonal))) break;
    offDiagonal.push(length);
    divide(next, length);
    q = next;
  }
  return scale * Math.sqrt(Math.max(0, largestEigenvalue(diagonal, offDiagonal)));
}

function dot(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += u[i]! * v[i]!;
  return sum;
}

function divide(v: Float64Array, by: number): void {
  for (let i = 0; i < v.length; i++) v[i]! /= by;
}

/** MᵀM v */
function gramProduct(m: Float64Array, size: number, v: Float64Array): Float64Array {
  const product = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += m[i * size + j]! * v[j]!;
    for (let j = 0; j < size; j++) product[j]! += m[i * size + j]! * sum;
  }
  return product;
}

/** Of a symmetric tridiagonal matrix, by bisection on the count of eigenvalues above x. */
function largestEigenvalue(diagonal: readonly number[], offDiagonal: readonly number[]): number {
  let high = 0;
  diagonal.forEach((d, i) => {
    const left = i > 0 ? offDiagonal[i - 1]! : 0;
    const right = i < diagonal.length - 1 ? offDiagonal[i]! : 0;
    high = Math.max(high, d + left + right);
  });
  let low = Math.max(...diagonal);
  for (let k = 0; k < 200 && high - low > 1e-15 * high; k++) {
    const middle = 0.5 * (low + high);
    if (anyAbove(middle, diagonal, offDiagonal)) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/** Sylvester's law: T − x I has a positive pivot in its LDLᵀ exactly when an eigenvalue exceeds x. */
function anyAbove(x: number, diagonal: readonly number[], offDiagonal: readonly number[]): boolean {
  let pivot = diagonal[0]! - x;
  for (let i = 1; ; i++) {
    if (pivot > 0) return true;
    if (i >= diagonal.length) return false;
    const b = offDiagonal[i - 1]!;
    pivot = diagonal[i]! - x - (b * b) / (pivot === 0 ? -Number.MIN_VALUE * 2 ** 60 : pivot);
  }
}
