import { normaliseRow } from '../../reference/scaling';
import type { Float32Rows } from './tensors';

/**
 * Stores values[offset …] · 2^exponent as one row with max |mantissa| in [1, 2); the values are
 * normalised in place. Returns the row's exponent.
 */
export function storeRow(
  values: Float64Array,
  offset: number,
  exponent: number,
  rows: Float32Rows,
  row: number,
): number {
  const { mantissas, exponents, width } = rows;
  const result = normaliseRow(values, offset, offset + width, exponent);
  exponents[row] = result;
  for (let i = 0; i < width; i++) mantissas[row * width + i] = values[offset + i]!;
  return result;
}
