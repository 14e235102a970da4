import { timesPowerOfTwo, ZERO_EXPONENT, type ScaledTensor } from '../model/scaled';

/**
 * Exact powers of two that keep the backward recursion inside floating point: v = m · 2^e with
 * max |m| in [1, 2) (docs/numerics.md, point 3).
 */
export interface ScaledValues extends ScaledTensor {
  readonly mantissas: Float64Array;
}

/** Below 2^LEAST_EXPONENT a row counts as exactly zero; no network of any size comes near it. */
const LEAST_EXPONENT = ZERO_EXPONENT / 2;

/** ⌊log2 v⌋ of a positive finite v (one off at most next to a power of two, which does no harm). */
export function exponentOf(v: number): number {
  return Math.floor(Math.log2(v));
}

/** max |v| over values[from…to). */
export function largestMagnitude(
  values: Float32Array | Float64Array,
  from: number,
  to: number,
): number {
  let most = 0;
  for (let i = from; i < to; i++) {
    const v = Math.abs(values[i]!);
    if (v > most) most = v;
  }
  return most;
}

/**
 * Brings values[from…to) · 2^exponent to max |m| in [1, 2), in place, and returns the new exponent.
 */
export function normaliseRow(
  values: Float64Array,
  from: number,
  to: number,
  exponent: number,
): number {
  const most = largestMagnitude(values, from, to);
  const shift = most === 0 ? 0 : exponentOf(most);
  const result = exponent + shift;
  if (most === 0 || result <= LEAST_EXPONENT) {
    values.fill(0, from, to);
    return ZERO_EXPONENT;
  }
  if (shift === 0) return result;
  if (Math.abs(shift) < 1000) {
    const scale = 2 ** -shift;
    for (let i = from; i < to; i++) values[i] = values[i]! * scale;
  } else {
    for (let i = from; i < to; i++) values[i] = timesPowerOfTwo(values[i]!, -shift);
  }
  return result;
}

/** Takes ownership of the values. */
export function normalised(values: Float64Array, exponent = 0): ScaledValues {
  const result = normaliseRow(values, 0, values.length, exponent);
  return { mantissas: values, exponent: result };
}

export function scaledZero(length: number): ScaledValues {
  return { mantissas: new Float64Array(length), exponent: ZERO_EXPONENT };
}

/** u + v at their common exponent. */
export function addScaled(u: ScaledValues, v: ScaledValues): ScaledValues {
  const top = Math.max(u.exponent, v.exponent);
  if (top === ZERO_EXPONENT) return scaledZero(u.mantissas.length);
  const [uScale, vScale] = [
    timesPowerOfTwo(1, u.exponent - top),
    timesPowerOfTwo(1, v.exponent - top),
  ];
  const sum = u.mantissas.map((m, i) => m * uScale + v.mantissas[i]! * vScale);
  return normalised(sum, top);
}

/** Mᵀ v for M [rows, columns] and v [rows]. */
export function transposedProduct(
  matrix: ArrayLike<number>,
  columns: number,
  v: ScaledValues,
): ScaledValues {
  const product = new Float64Array(columns);
  for (let i = 0; i < v.mantissas.length; i++) {
    const m = v.mantissas[i]!;
    for (let j = 0; j < columns; j++) product[j]! += matrix[i * columns + j]! * m;
  }
  return normalised(product, v.exponent);
}
