import { describe, expect, it } from 'vitest';
import { deviation, projection, ScaledMoments } from '../../src/engine/truncation/compare';
import { logSpaced } from '../../src/engine/truncation/guard';
import { ScaledSum } from '../../src/engine/truncation/scaledSum';
import { normalised } from '../../src/reference/scaling';

describe('the parts of the truncation analyses', () => {
  it('a sum takes terms of any size in any order', () => {
    for (const exponents of [
      [3000, -3000, 0],
      [-3000, 0, 3000],
      [0, 200, 500, -5000],
    ]) {
      const sum = new ScaledSum(2);
      for (const exponent of exponents) sum.addVector(Float64Array.of(1, -1.5), 0, 2, exponent);
      const { mantissas, exponent } = sum.total();
      expect(exponent).toBe(Math.max(...exponents));
      expect([...mantissas]).toEqual([1, -1.5]);
    }
  });

  it('deviations have no size of their own', () => {
    const at = (values: number[], exponent: number) =>
      normalised(Float64Array.from(values), exponent);
    for (const exponent of [0, -5000, 5000]) {
      const value = deviation(at([3, 4], exponent), at([3, 0], exponent));
      expect(value.cosine).toBeCloseTo(0.6, 14);
      expect(value.relativeError).toBeCloseTo(4 / 3, 14);
      expect(projection(at([3, 4], exponent), at([3, 0], exponent))).toBeCloseTo(1, 14);
    }
    expect(deviation(at([1], -4000), at([1], 0)).relativeError).toBe(1);
    expect(deviation(at([0], 0), at([1], 0))).toEqual({ cosine: NaN, relativeError: 1 });
    expect(deviation(at([1], 0), at([0], 0))).toEqual({ cosine: NaN, relativeError: Infinity });
  });

  it('moments keep what is large', () => {
    const moments = new ScaledMoments(1);
    for (const v of [1, 2, 6]) moments.add(normalised(Float64Array.of(v), 4000));
    moments.add(normalised(Float64Array.of(1), -4000));
    const { mantissas, exponent } = moments.mean();
    expect(mantissas[0]! * 2 ** (exponent - 4000)).toBeCloseTo(9 / 4, 14);
    const sd = moments.sd();
    const exact = Math.sqrt((1.25 ** 2 + 0.25 ** 2 + 3.75 ** 2 + 2.25 ** 2) / 3);
    expect(sd.mantissas[0]! * 2 ** (sd.exponent - 4000)).toBeCloseTo(exact, 14);
  });

  it('log-spaced whole numbers', () => {
    expect(logSpaced(5, 9)).toEqual([1, 2, 3, 4, 5]);
    expect(logSpaced(1000, 4)).toEqual([1, 10, 100, 1000]);
    expect(logSpaced(12, 1)).toEqual([12]);
    const many = logSpaced(100_000, 40);
    expect(many.at(-1)).toBe(100_000);
    expect(many).toEqual([...many].sort((a, b) => a - b));
  });
});
