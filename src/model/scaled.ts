/**
 * A value far outside any float: mantissas × 2^exponent, one exponent per row.
 * Gradients through time reach 2^±20000; this is how they stay numbers (docs/numerics.md).
 */

/** Exponent of a row that is exactly zero. Far below any real one, far above Int32's end. */
export const ZERO_EXPONENT = -(2 ** 28);

/** rows × width mantissas with one base-2 exponent per row. */
export interface ScaledRows {
  readonly mantissas: Float32Array | Float64Array;
  /** [rows]; ZERO_EXPONENT for a row that is exactly zero */
  readonly exponents: Int32Array;
  readonly width: number;
}

/** A whole tensor with one exponent. */
export interface ScaledTensor {
  readonly mantissas: Float32Array | Float64Array;
  /** ZERO_EXPONENT when every mantissa is 0 */
  readonly exponent: number;
}

/** v · 2^exponent in float64: ±Infinity or 0 where the result lies outside. */
export function timesPowerOfTwo(v: number, exponent: number): number {
  if (v === 0 || exponent <= ZERO_EXPONENT / 2) return 0;
  let e = exponent;
  // Three factors reach from the largest mantissa to the smallest subnormal without rounding twice
  // in the normal range.
  let r = v;
  while (e > 1000) {
    r *= 2 ** 1000;
    e -= 1000;
    if (!Number.isFinite(r)) return r;
  }
  while (e < -1000) {
    r *= 2 ** -1000;
    e += 1000;
    if (r === 0) return r;
  }
  return r * 2 ** e;
}

/** log2 of the Frobenius norm of rows [fromRow, toRow); −Infinity only for exact zeros. */
export function log2NormOfRows(rows: ScaledRows, fromRow: number, toRow: number): number {
  const { mantissas, exponents, width } = rows;
  // Relative to the largest entry, so that no square under- or overflows.
  let top = -Infinity;
  for (let r = fromRow; r < toRow; r++) {
    let peak = 0;
    for (let i = r * width; i < (r + 1) * width; i++) {
      const magnitude = Math.abs(mantissas[i]!);
      if (!(magnitude <= peak)) peak = magnitude;
    }
    if (peak === 0 || exponents[r]! <= ZERO_EXPONENT) continue;
    if (!Number.isFinite(peak)) return Number.isNaN(peak) ? NaN : Infinity;
    top = Math.max(top, exponents[r]! + Math.floor(Math.log2(peak)));
  }
  if (top === -Infinity) return -Infinity;
  let sum = 0;
  for (let r = fromRow; r < toRow; r++) {
    if (exponents[r]! <= ZERO_EXPONENT) continue;
    for (let i = r * width; i < (r + 1) * width; i++) {
      sum += timesPowerOfTwo(mantissas[i]!, exponents[r]! - top) ** 2;
    }
  }
  return top + 0.5 * Math.log2(sum);
}

/** log2 of the Frobenius norm of a whole scaled tensor. */
export function log2NormOfTensor(tensor: ScaledTensor): number {
  return log2NormOfRows(
    {
      mantissas: tensor.mantissas,
      exponents: Int32Array.of(tensor.exponent),
      width: tensor.mantissas.length,
    },
    0,
    1,
  );
}

/** The rows as float64, ±Infinity and 0 where a value lies outside it. */
export function rowsToFloat64(rows: ScaledRows): Float64Array {
  const { mantissas, exponents, width } = rows;
  const out = new Float64Array(mantissas.length);
  for (let i = 0; i < out.length; i++) {
    out[i] = timesPowerOfTwo(mantissas[i]!, exponents[Math.floor(i / width)]!);
  }
  return out;
}

/** The tensor as float64, ±Infinity and 0 where a value lies outside it. */
export function tensorToFloat64(tensor: ScaledTensor): Float64Array {
  return Float64Array.from(tensor.mantissas, (v) => timesPowerOfTwo(v, tensor.exponent));
}

/** u − v at their common exponent, brought near 1. Both may have mantissas far from 1. */
export function differenceOfScaled(
  u: ScaledTensor,
  v: ScaledTensor,
): { readonly mantissas: Float32Array; readonly exponent: number } {
  const top = Math.max(u.exponent, v.exponent);
  const difference = Float64Array.from(
    u.mantissas,
    (m, i) =>
      timesPowerOfTwo(m, u.exponent - top) - timesPowerOfTwo(v.mantissas[i]!, v.exponent - top),
  );
  const peak = difference.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
  if (top <= ZERO_EXPONENT || peak === 0) {
    return { mantissas: new Float32Array(difference.length), exponent: ZERO_EXPONENT };
  }
  const shift = Math.floor(Math.log2(peak));
  return {
    mantissas: Float32Array.from(difference, (d) => timesPowerOfTwo(d, -shift)),
    exponent: top + shift,
  };
}
