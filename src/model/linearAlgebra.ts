/** The few dense routines (float64, row-major) that making weights needs. */

function dot(values: Float64Array, a: number, b: number, length: number): number {
  let even = 0;
  let odd = 0;
  let k = 0;
  for (; k + 1 < length; k += 2) {
    even += values[a + k]! * values[b + k]!;
    odd += values[a + k + 1]! * values[b + k + 1]!;
  }
  if (k < length) even += values[a + k]! * values[b + k]!;
  return even + odd;
}

/**
 * Makes the rows of a [rows, columns] matrix orthonormal in place, in their order: modified
 * Gram–Schmidt, each row twice (Giraud, Langou, Rozložník 2005: twice is enough). This is the Q of
 * the QR decomposition of the transposed matrix whose R has a positive diagonal.
 * The rows must be linearly independent.
 */
export function orthonormaliseRows(matrix: Float64Array, rows: number, columns: number): void {
  for (let i = 0; i < rows; i++) {
    const row = i * columns;
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const other = j * columns;
        const r = dot(matrix, row, other, columns);
        for (let k = 0; k < columns; k++) matrix[row + k]! -= r * matrix[other + k]!;
      }
    }
    const scale = 1 / Math.sqrt(dot(matrix, row, row, columns));
    for (let k = 0; k < columns; k++) matrix[row + k]! *= scale;
  }
}

/** Above this size the spectral radius is read from a dominant subspace. */
const DENSE_RADIUS_SIZE = 96;
const SUBSPACE_SIZE = 32;
const SUBSPACE_STEPS = 320;
const STEPS_BETWEEN_ORTHONORMALISATIONS = 8;

/**
 * ρ(M) = lim ‖M^k‖^(1/k) (Gelfand) by 48 squarings, k = 2^48, rescaled by powers of two.
 * Exact to rounding; 0 for a nilpotent matrix.
 */
function spectralRadiusBySquaring(matrix: Float64Array, n: number): number {
  let power = Float64Array.from(matrix);
  let square = new Float64Array(n * n);
  // power = M^(2^k) / 2^(logScale · 2^k)
  let logScale = 0;
  let weight = 1;
  for (let k = 0; k <= 48; k++) {
    let largest = 0;
    for (const v of power) largest = Math.max(largest, Math.abs(v));
    if (largest === 0) return 0;
    const exponent = Math.floor(Math.log2(largest));
    const scale = 2 ** -exponent;
    for (let i = 0; i < power.length; i++) power[i]! *= scale;
    logScale += exponent * weight;
    weight /= 2;
    if (k === 48) break;
    square.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const v = power[i * n + j]!;
        if (v === 0) continue;
        for (let c = 0; c < n; c++) square[i * n + c]! += v * power[j * n + c]!;
      }
    }
    [power, square] = [square, power];
  }
  return 2 ** logScale;
}

/** The nonzero entries row by row: those of row i are starts[i] … starts[i + 1] − 1. */
function compressRows(matrix: Float64Array, n: number) {
  const count = matrix.reduce((sum, v) => (v === 0 ? sum : sum + 1), 0);
  const starts = new Int32Array(n + 1);
  const columns = new Int32Array(count);
  const values = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const v = matrix[i * n + j]!;
      if (v === 0) continue;
      columns[at] = j;
      values[at] = v;
      at++;
    }
    starts[i + 1] = at;
  }
  return { starts, columns, values };
}

/**
 * The spectral radius of a [n, n] matrix. Up to n = 96 to rounding; above, by orthogonal iteration
 * on a 32-dimensional subspace (Golub & Van Loan, 7.3.2), meant for sparse random matrices, whose
 * 33rd eigenvalue is clearly smaller than the first: error below 1e-6 there.
 */
export function spectralRadius(matrix: Float64Array, n: number): number {
  if (n <= DENSE_RADIUS_SIZE) return spectralRadiusBySquaring(matrix, n);
  const { starts, columns, values } = compressRows(matrix, n);
  const p = SUBSPACE_SIZE;
  let basis = new Float64Array(p * n); // rows are vectors
  for (let r = 0; r < p; r++) {
    for (let i = 0; i < n; i++) basis[r * n + i] = Math.cos((i + 1) * (r + 0.5) * 0.7853);
  }
  let image = new Float64Array(p * n);
  const applyMatrix = () => {
    for (let r = 0; r < p; r++) {
      const start = r * n;
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let k = starts[i]!; k < starts[i + 1]!; k++) {
          sum += values[k]! * basis[start + columns[k]!]!;
        }
        image[start + i] = sum;
      }
    }
  };
  orthonormaliseRows(basis, p, n);
  for (let step = 1; step <= SUBSPACE_STEPS; step++) {
    applyMatrix();
    [basis, image] = [image, basis];
    if (step % STEPS_BETWEEN_ORTHONORMALISATIONS === 0) orthonormaliseRows(basis, p, n);
  }
  applyMatrix();
  const projected = new Float64Array(p * p); // Qᵀ M Q
  for (let r = 0; r < p; r++) {
    for (let c = 0; c < p; c++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += basis[r * n + i]! * image[c * n + i]!;
      projected[r * p + c] = sum;
    }
  }
  return spectralRadiusBySquaring(projected, p);
}
