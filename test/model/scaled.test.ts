import { describe, expect, it } from 'vitest';
import { log2NormOfTensor, timesPowerOfTwo, ZERO_EXPONENT } from '../../src/model/scaled';

describe('scaled values', () => {
  it('norms of values whose squares leave float64', () => {
    expect(
      log2NormOfTensor({ mantissas: Float64Array.of(3e-200, 4e-200), exponent: 0 }),
    ).toBeCloseTo(Math.log2(5e-200), 9);
    expect(log2NormOfTensor({ mantissas: Float64Array.of(3e200, 4e200), exponent: 9 })).toBeCloseTo(
      Math.log2(5e200) + 9,
      9,
    );
  });
  it('zero is minus infinity, and only zero', () => {
    expect(log2NormOfTensor({ mantissas: Float32Array.of(0, 0), exponent: 5 })).toBe(-Infinity);
    expect(log2NormOfTensor({ mantissas: Float32Array.of(1), exponent: ZERO_EXPONENT })).toBe(
      -Infinity,
    );
    expect(log2NormOfTensor({ mantissas: Float64Array.of(5e-324), exponent: 0 })).toBe(-1074);
  });
  it('powers of two far outside float64', () => {
    expect(timesPowerOfTwo(3, 20_000)).toBe(Infinity);
    expect(timesPowerOfTwo(-3, -20_000)).toBe(-0);
    expect(timesPowerOfTwo(1, -1074)).toBe(5e-324);
    expect(timesPowerOfTwo(2 ** -1000, 2000)).toBe(2 ** 1000);
  });
});
