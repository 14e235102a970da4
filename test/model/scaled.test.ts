import { describe, expect, it } from 'vitest';
import {
  log2NormOfRows,
  log2NormOfTensor,
  rowsToFloat64,
  tensorToFloat64,
  timesPowerOfTwo,
  ZERO_EXPONENT,
} from '../../src/model/scaled';
import { addScaled, normalised, scaledZero, transposedProduct } from '../../src/reference/scaling';

describe('timesPowerOfTwo', () => {
  it.each([
    [1.5, 3, 12],
    [1, -1074, 5e-324],
    [1.75, 1023, 1.75 * 2 ** 1023],
    [2 ** -1000, 2000, 2 ** 1000],
    [2 ** 1000, -2000, 2 ** -1000],
    [1, 1024, Infinity],
    [-1, 20_000, -Infinity],
    [1, -20_000, 0],
    [0, 20_000, 0],
    [1, ZERO_EXPONENT, 0],
  ])('%d · 2^%d', (v, exponent, expected) => {
    expect(timesPowerOfTwo(v, exponent)).toBe(expected);
  });
});

describe('norms of scaled rows', () => {
  const rows = {
    mantissas: Float64Array.of(3, 4, 1, 0, 0, 0),
    exponents: Int32Array.of(5000, -5000, ZERO_EXPONENT),
    width: 2,
  };

  it('stay numbers where the values are none', () => {
    expect(log2NormOfRows(rows, 0, 1)).toBeCloseTo(5000 + Math.log2(5), 12);
    expect(log2NormOfRows(rows, 1, 2)).toBe(-5000);
    expect(log2NormOfRows(rows, 0, 3)).toBeCloseTo(5000 + Math.log2(5), 12);
  });

  it('are −Infinity for exact zeros only', () => {
    expect(log2NormOfRows(rows, 2, 3)).toBe(-Infinity);
    const tiny = { mantissas: Float64Array.of(1), exponent: -100_000 };
    expect(log2NormOfTensor(tiny)).toBe(-100_000);
  });

  it('become ±Infinity and 0 as plain numbers', () => {
    expect([...rowsToFloat64(rows)]).toEqual([Infinity, Infinity, 0, 0, 0, 0]);
    expect([...tensorToFloat64({ mantissas: Float32Array.of(1, -2), exponent: 3 })]).toEqual([
      8, -16,
    ]);
  });
});

describe('scaled arithmetic', () => {
  it('normalises to [1, 2)', () => {
    expect(normalised(Float64Array.of(0, -12, 3), 7)).toEqual({
      mantissas: Float64Array.of(0, -1.5, 0.375),
      exponent: 10,
    });
    expect(normalised(Float64Array.of(5e-324)).mantissas[0]).toBe(1);
    expect(normalised(Float64Array.of(0, 0), 5)).toEqual(scaledZero(2));
    expect(normalised(Float64Array.of(1), ZERO_EXPONENT + 1)).toEqual(scaledZero(1));
  });

  it('adds across any distance', () => {
    const large = normalised(Float64Array.of(1, 0), 9000);
    const small = normalised(Float64Array.of(0, 1), -9000);
    expect(addScaled(large, small)).toEqual(large);
    expect(addScaled(scaledZero(2), small)).toEqual(small);
    const sum = addScaled(large, normalised(Float64Array.of(-1, 1), 9000));
    expect([...tensorToFloat64({ ...sum, exponent: sum.exponent - 9000 })]).toEqual([0, 1]);
  });

  it('multiplies by the transpose', () => {
    // M = [[1, 2, 3], [4, 5, 6]], v = (1, −1) · 2^600
    const product = transposedProduct([1, 2, 3, 4, 5, 6], 3, {
      mantissas: Float64Array.of(1, -1),
      exponent: 600,
    });
    expect([...product.mantissas].map((m) => m * 2)).toEqual([-3, -3, -3]);
    expect(product.exponent).toBe(601);
  });
});
