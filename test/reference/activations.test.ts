import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, MAXIMUM_SLOPE } from '../../src/model/kinds';
import { activate, scaledSlope, slope } from '../../src/reference/activations';
import { erfcx } from '../../src/reference/erf';
import table from '../fixtures/activations.json';

type Row = [a: number, value: number, slope: number, log2Slope: number | null];

/** Relative, for numbers float64 has; the tails included. */
function expectRelative(actual: number, expected: number, tolerance: number): void {
  if (Math.abs(expected) < 1e-300) expect(Math.abs(actual)).toBeLessThanOrEqual(1e-299);
  else expect(Math.abs(actual - expected)).toBeLessThan(tolerance * Math.abs(expected));
}

describe.each(ACTIVATIONS)('%s', (kind) => {
  const rows = table[kind] as Row[];

  it.each(rows)('f(%f)', (a, value) => expectRelative(activate(kind, a), value, 4e-15));

  it.each(rows)("f'(%f)", (a, _, derivative) => {
    // gelu' has a zero at −0.7518, beside which its two terms cancel.
    const tolerance = kind === 'gelu' && a === -0.75 ? 1e-13 : 4e-15;
    expectRelative(slope(kind, a), derivative, tolerance);
  });

  it.each(rows)("log2 f'(%f), however small", (a, _, derivative, log2) => {
    const { mantissa, exponent } = scaledSlope(kind, a);
    if (log2 === null) {
      expect(mantissa).toBe(0);
      return;
    }
    expect(Math.log2(Math.abs(mantissa)) + exponent).toBeCloseTo(log2, 9);
    if (derivative !== 0) expect(Math.sign(mantissa)).toBe(Math.sign(derivative));
  });

  it('is finite for every finite float32', () => {
    for (const a of [1e37, -1e37, 3.4e38, -3.4e38]) {
      expect(Number.isFinite(activate(kind, a))).toBe(true);
      expect(Number.isFinite(slope(kind, a))).toBe(true);
      expect(Number.isFinite(scaledSlope(kind, a).mantissa)).toBe(true);
    }
  });

  it('has the documented largest slope', () => {
    let most = 0;
    for (let a = -10; a <= 10; a += 1 / 512) most = Math.max(most, Math.abs(slope(kind, a)));
    expect(most).toBeLessThanOrEqual(MAXIMUM_SLOPE[kind] + 1e-4);
    expect(most).toBeGreaterThan(MAXIMUM_SLOPE[kind] - 2e-4);
  });
});

it("relu'(0) = 0", () => expect(slope('relu', 0)).toBe(0));

it.each(table.erfcx as [number, number][])('erfcx(%f)', (x, value) => {
  expectRelative(erfcx(x), value, 1e-15);
});
