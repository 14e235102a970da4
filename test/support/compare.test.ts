import { describe, expect, it } from 'vitest';
import { expectClose, relativeError } from './compare';

const expected = Float64Array.of(1, -2, 3, 0.5);
const changed = (index: number, value: number): Float64Array => {
  const copy = expected.slice();
  copy[index] = value;
  return copy;
};
const close = (actual: ArrayLike<number>, to: ArrayLike<number> = expected) => {
  return () => expectClose(actual, to, 1e-4, 'array');
};

describe('the comparer', () => {
  it('accepts equal and nearly equal arrays', () => {
    expect(relativeError(expected, expected)).toBe(0);
    expect(close(Float32Array.from(expected, (v) => v * 1.00001))).not.toThrow();
  });

  it('measures ‖a − e‖/‖e‖', () => {
    expect(relativeError([3, 4.5], [3, 4])).toBeCloseTo(0.1, 12);
  });

  it.each([
    ['NaN', changed(1, NaN)],
    ['Infinity', changed(2, Infinity)],
    ['-Infinity', changed(3, -Infinity)],
    ['all NaN', expected.map(() => NaN)],
    ['zeros', expected.map(() => 0)],
    ['one wrong element', changed(3, 0.51)],
    ['a swapped pair', Float64Array.of(-2, 1, 3, 0.5)],
    ['a wrong sign', expected.map((v) => -v)],
    ['a missing element', expected.slice(0, 3)],
    ['one element too many', Float64Array.of(...expected, 0)],
    ['nothing', new Float64Array(0)],
  ])('refuses %s', (_, actual) => {
    expect(close(actual)).toThrow(/^array: /);
  });

  it('refuses non-finite numbers on the expected side', () => {
    expect(close(changed(0, NaN), changed(0, NaN))).toThrow(/NaN/);
    expect(close(changed(0, Infinity), changed(0, Infinity))).toThrow(/Infinity/);
  });

  it('wants an exact zero for an exact zero', () => {
    expect(close([0, -0], [0, 0])).not.toThrow();
    expect(close([0, 1e-300], [0, 0])).toThrow();
  });

  it('refuses an expected array too small to measure by', () => {
    expect(close([1e-150, 0], [1e-150, 0])).toThrow(/no measure/);
  });

  it('refuses two empty arrays', () => {
    expect(close([], [])).toThrow(/nothing/);
  });

  it('names the worst element', () => {
    expect(close(changed(2, 4))).toThrow('worst at [2]: 4 instead of 3');
  });
});
