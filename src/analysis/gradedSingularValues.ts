/**
 * log2 of the singular values of D·X, D = diag 2^exponents of any size, X [rows, width] row-major
 * and well conditioned: one-sided Jacobi on the rows, each kept at length 1 with its size apart.
 * High relative accuracy for such matrices: J. Demmel, K. Veselić, "Jacobi's method is more accurate
 * than QR", SIAM J. Matrix Anal. 13 (1992). `rows` values, descending.
 */

/** Rows count as orthogonal below this cosine: it changes a singular value by its square. */
const ORTHOGONAL = 1e-9;
const MOST_SWEEPS = 60;

export function log2SingularValuesOfGraded(
  values: Float64Array,
  exponents: Float64Array,
  width: number,
): Float64Array {
  const rows = exponents.length;
  const y = Float64Array.from(values);
  const sizes = Float64Array.from(exponents);
  for (let k = 0; k < rows; k++) normalise(y, sizes, k, width);

  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let largestCosine = 0;
    for (let i = 0; i < rows; i++) {
      for (let j = i + 1; j < rows; j++) {
        if (sizes[i] === -Infinity || sizes[j] === -Infinity) continue;
        const cosine = Math.abs(
          sizes[i]! >= sizes[j]! ? rotate(y, sizes, i, j, width) : rotate(y, sizes, j, i, width),
        );
        if (cosine > largestCosine) largestCosine = cosine;
      }
    }
    if (largestCosine <= ORTHOGONAL) break;
  }
  return sizes.sort().reverse();
}

function normalise(y: Float64Array, sizes: Float64Array, row: number, width: number): void {
  let peak = 0;
  for (let i = row * width; i < (row + 1) * width; i++) peak = Math.max(peak, Math.abs(y[i]!));
  if (peak === 0) {
    sizes[row] = -Infinity;
    return;
  }
  let sum = 0;
  for (let i = row * width; i < (row + 1) * width; i++) sum += (y[i]! / peak) ** 2;
  const length = Math.sqrt(sum);
  for (let i = row * width; i < (row + 1) * width; i++) y[i] = y[i]! / peak / length;
  sizes[row]! += Math.log2(peak) + Math.log2(length);
}

/**
 * Makes the larger row i and the smaller row j orthogonal; returns the cosine they had. With
 * ρ = size_j/size_i ≤ 1 the angle's tangent is ρτ, so that for ρ → 0 (even underflown) only j
 * changes, by Gram–Schmidt.
 */
function rotate(y: Float64Array, sizes: Float64Array, i: number, j: number, width: number): number {
  const a = i * width;
  const b = j * width;
  let cosine = 0;
  for (let k = 0; k < width; k++) cosine += y[a + k]! * y[b + k]!;
  if (Math.abs(cosine) <= ORTHOGONAL) return cosine;
  const ratio = 2 ** (sizes[j]! - sizes[i]!);
  const zeta = (ratio * ratio - 1) / (2 * cosine);
  const tau = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(ratio, zeta));
  const scale = 1 / Math.hypot(1, tau * ratio);
  for (let k = 0; k < width; k++) {
    const [u, v] = [y[a + k]!, y[b + k]!];
    y[a + k] = scale * (u - tau * ratio * ratio * v);
    y[b + k] = scale * (tau * u + v);
  }
  normalise(y, sizes, i, width);
  normalise(y, sizes, j, width);
  return cosine;
}
