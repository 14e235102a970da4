import { ZERO_EXPONENT, type ScaledRows, type ScaledTensor } from '../../model/scaled';
import { unpadRows } from './packing';
import { ROW_EXPONENTS_BYTES, ROW_NORM_BYTES, STORAGE_STRUCTS } from './structs';

/** log2 of the norms in an array of RowNorm; −Infinity for exact zeros. */
export function log2NormsFrom(bytes: ArrayBuffer): Float64Array {
  return mapRowNorms(bytes, (sum, exponent) =>
    exponent <= ZERO_EXPONENT || sum === 0 ? -Infinity : exponent + 0.5 * Math.log2(sum),
  );
}

/** Values kept in the form of a RowNorm: sum · 2^(2·exponent). */
export function valuesFrom(bytes: ArrayBuffer): Float64Array {
  return mapRowNorms(bytes, (sum, exponent) =>
    exponent <= ZERO_EXPONENT ? 0 : sum * 2 ** exponent * 2 ** exponent,
  );
}

function mapRowNorms(
  bytes: ArrayBuffer,
  value: (sum: number, exponent: number) => number,
): Float64Array {
  const count = bytes.byteLength / ROW_NORM_BYTES;
  const sums = new Float32Array(bytes);
  const exponents = new Int32Array(bytes);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) out[i] = value(sums[2 * i]!, exponents[2 * i + 1]!);
  return out;
}

type ExponentName = (typeof STORAGE_STRUCTS.RowExponents)[number][0];

/** One member of an array of RowExponents. */
export function exponentsFrom(bytes: ArrayBuffer, member: ExponentName): Int32Array {
  const stride = ROW_EXPONENTS_BYTES / 4;
  const offset = STORAGE_STRUCTS.RowExponents.findIndex(([name]) => name === member);
  const all = new Int32Array(bytes);
  return Int32Array.from({ length: all.length / stride }, (_, row) => all[row * stride + offset]!);
}

/** Padded rows and their exponents; rows of an exact zero say so. */
export function scaledRowsFrom(
  bytes: ArrayBuffer,
  exponents: Int32Array,
  width: number,
): ScaledRows {
  const rows = exponents.length;
  return { mantissas: unpadRows(new Float32Array(bytes), rows, width), exponents, width };
}

/** A parameter gradient [rows, columns] and its common exponent. */
export function scaledTensorFrom(
  bytes: ArrayBuffer,
  productExponent: number,
  rows: number,
  columns: number,
): ScaledTensor {
  const mantissas = unpadRows(new Float32Array(bytes), rows, columns).slice(0, rows * columns);
  const zero = productExponent <= ZERO_EXPONENT || mantissas.every((value) => value === 0);
  return { mantissas, exponent: zero ? ZERO_EXPONENT : productExponent };
}
