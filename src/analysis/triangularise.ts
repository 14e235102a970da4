/**
 * Householder QR for matrices whose rows and columns differ by many orders of magnitude, as those
 * of diag f′(a_t) W_h Q do in a saturated network. With the rows sorted by size and each column
 * carrying its own exponent, the error of every entry is small relative to its own row and column
 * (A. J. Cox, N. J. Higham, "Stability of Householder QR factorization for weighted least squares
 * problems", 1998), so small diagonal entries of R keep their digits.
 */

/** A column-major matrix [rows, columns]: entry (i, j) is values[j·rows + i], times 2^exponents[j]. */
export interface GradedMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  readonly exponents: Float64Array;
  /** Size of each row before its entries cancelled [rows]; what is below rounding of it is zero */
  readonly rowScales: Float64Array;
}

export interface Triangularised {
  /** With pivoting the rank; else min(rows, columns) */
  readonly rank: number;
  /** Column order: column k of R is column order[k] of the matrix. Identity without pivoting */
  readonly order: Int32Array;
  /** Orthonormal columns, column-major [rows, min(rows, columns)] */
  readonly q: Float64Array;
  /** Column-major [rows, columns] in the order given; entries on and above the diagonal are R */
  readonly r: Float64Array;
}

/** Entries below this part of their row's size, times √H-like growth, are rounding. */
const ROUNDING = 4 * Number.EPSILON;
/** Squares of smaller numbers may leave float64's normal range. */
const SMALL = 1e-140;

/**
 * @param pivoting take the column with the longest remaining part first; the factorisation then
 *   ends where nothing but rounding remains
 */
export function triangularise(matrix: GradedMatrix, pivoting: boolean): Triangularised {
  const { rows, columns } = matrix;
  const rowOrder = Array.from(matrix.rowScales.keys()).sort(
    (i, j) => matrix.rowScales[j]! - matrix.rowScales[i]! || i - j,
  );
  const r = new Float64Array(rows * columns);
  const floors = Float64Array.from(
    rowOrder,
    (i) => ROUNDING * Math.max(rows, columns) * matrix.rowScales[i]!,
  );
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++) r[j * rows + i] = matrix.values[j * rows + rowOrder[i]!]!;
  }
  const order = Int32Array.from({ length: columns }, (_, j) => j);
  const lengths = Float64Array.from(order, (j) => tailLength(r, j * rows, 0, rows, floors));

  const count = Math.min(rows, columns);
  const factors = new Float64Array(count);
  let rank = count;
  for (let k = 0; k < count; k++) {
    if (pivoting) {
      const best = longest(lengths, order, matrix.exponents, k);
      if (lengths[best] === 0) {
        rank = k;
        break;
      }
      swapColumns(r, rows, k, best);
      [order[k], order[best]] = [order[best]!, order[k]!];
      [lengths[k], lengths[best]] = [lengths[best]!, lengths[k]!];
    }
    factors[k] = reflect(r, rows, k, lengths[k]!);
    for (let j = k + 1; j < columns; j++) {
      if (factors[k] !== 0) applyReflection(r, k * rows, factors[k]!, r, j * rows, k, rows);
      lengths[j] = tailLength(r, j * rows, k + 1, rows, floors);
    }
  }
  return { rank, order, q: orthogonalFactor(r, rows, count, factors, rowOrder), r };
}

/** ‖column[from…rows)‖; the entries become exact zeros where all of them are rounding. */
function tailLength(
  values: Float64Array,
  start: number,
  from: number,
  rows: number,
  floors: Float64Array,
): number {
  let peak = 0;
  let sum = 0;
  let present = false;
  for (let i = from; i < rows; i++) {
    const v = Math.abs(values[start + i]!);
    if (v > floors[i]!) present = true;
    if (v > peak) peak = v;
    sum += v * v;
  }
  if (!present) {
    values.fill(0, start + from, start + rows);
    return 0;
  }
  if (peak > SMALL) return Math.sqrt(sum);
  sum = 0;
  for (let i = from; i < rows; i++) sum += (values[start + i]! / peak) ** 2;
  return peak * Math.sqrt(sum);
}

function longest(
  lengths: Float64Array,
  order: Int32Array,
  exponents: Float64Array,
  from: number,
): number {
  let best = from;
  let most = -Infinity;
  for (let j = from; j < lengths.length; j++) {
    const size = Math.log2(lengths[j]!) + exponents[order[j]!]!;
    // Columns of one size keep their order: rounding must not shuffle an orthogonal matrix.
    if (size > most + 1e-9 || (most === -Infinity && size > most)) {
      most = size;
      best = j;
    }
  }
  return best;
}

function swapColumns(values: Float64Array, rows: number, a: number, b: number): void {
  if (a === b) return;
  const kept = values.slice(a * rows, (a + 1) * rows);
  values.copyWithin(a * rows, b * rows, (b + 1) * rows);
  values.set(kept, b * rows);
}

/**
 * Column k's reflection I − τ v vᵀ with v_k = 1, stored below the diagonal; r_kk on it. Returns τ.
 */
function reflect(r: Float64Array, rows: number, k: number, length: number): number {
  const at = k * rows + k;
  if (length === 0) {
    r[at] = 0;
    return 0;
  }
  const head = r[at]!;
  const diagonal = head > 0 ? -length : length;
  const lead = head - diagonal;
  for (let i = at + 1; i < (k + 1) * rows; i++) r[i]! /= lead;
  r[at] = diagonal;
  return -lead / diagonal;
}

/** c ← (I − τ v vᵀ) c on rows k…rows. */
function applyReflection(
  v: Float64Array,
  vStart: number,
  factor: number,
  c: Float64Array,
  cStart: number,
  k: number,
  rows: number,
): void {
  let sum = c[cStart + k]!;
  for (let i = k + 1; i < rows; i++) sum += v[vStart + i]! * c[cStart + i]!;
  if (sum === 0) return;
  sum *= factor;
  c[cStart + k]! -= sum;
  for (let i = k + 1; i < rows; i++) c[cStart + i]! -= sum * v[vStart + i]!;
}

/** The first `count` columns of the product of the reflections, rows back in their own order. */
function orthogonalFactor(
  r: Float64Array,
  rows: number,
  count: number,
  factors: Float64Array,
  rowOrder: readonly number[],
): Float64Array {
  const sorted = new Float64Array(rows * count);
  for (let j = count - 1; j >= 0; j--) {
    sorted[j * rows + j] = 1;
    for (let k = j; k >= 0; k--) {
      if (factors[k] !== 0) applyReflection(r, k * rows, factors[k]!, sorted, j * rows, k, rows);
    }
  }
  const q = new Float64Array(rows * count);
  for (let j = 0; j < count; j++) {
    for (let i = 0; i < rows; i++) q[j * rows + rowOrder[i]!] = sorted[j * rows + i]!;
  }
  return q;
}
