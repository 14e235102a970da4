import { describe, expect, it } from 'vitest';
import { ZERO_EXPONENT } from '../../src/model/scaled';
import {
  formatCount,
  formatLog2,
  formatNumber,
  formatScaled,
  formatShare,
  log2NormOfVector,
  powerOfTen,
} from '../../src/ui/charts/format';
import { parseMath, plainMath } from '../../src/ui/charts/MathText';
import { keyNumber } from '../../src/ui/timeline/readout';
import { slopeSummary, shortVector } from '../../src/ui/inspector/stepNumbers';

describe('numbers as text', () => {
  it('writes plain decimals near one and powers of ten elsewhere', () => {
    expect(formatNumber(0)).toBe('0');
    expect(formatNumber(0.865)).toBe('0.865');
    expect(formatNumber(-1.5)).toBe('−1.50');
    expect(formatNumber(123.4)).toBe('123');
    expect(formatNumber(0.00274)).toBe('0.00274');
    expect(formatNumber(2.74e-5)).toBe('2.74×10⁻⁵');
    expect(formatNumber(-3.9e12)).toBe('−3.90×10¹²');
  });

  it('carries a rounding into the next decade', () => {
    expect(formatNumber(9.999)).toBe('10.0');
    expect(formatNumber(0.99999)).toBe('1.00');
    expect(formatNumber(9.9999e-6)).toBe('1.00×10⁻⁵');
  });

  it('never shows NaN or Infinity by their names', () => {
    expect(formatNumber(NaN)).toBe('–');
    expect(formatNumber(-Infinity)).toBe('−∞');
    expect(formatLog2(NaN)).toBe('–');
  });

  it('reaches far outside any float', () => {
    expect(formatLog2(-20_000)).toBe('2.51×10⁻⁶⁰²¹');
    expect(formatLog2(20_000)).toBe('3.98×10⁶⁰²⁰');
    expect(formatLog2(-Infinity)).toBe('0');
    expect(formatLog2(-1)).toBe('0.500');
    expect(formatLog2(-1074)).toBe('4.94×10⁻³²⁴');
    expect(formatScaled(-0.5, -19_999, 2)).toBe('−2.5×10⁻⁶⁰²¹');
    expect(formatScaled(0.5, ZERO_EXPONENT)).toBe('0');
  });

  it('writes shares, counts and powers', () => {
    expect(formatShare(Math.log2(0.019))).toBe('1.90 %');
    expect(formatShare(-40_000)).toBe('< 0.01 %');
    expect(formatShare(-Infinity)).toBe('0');
    expect(formatShare(0)).toBe('100 %');
    expect(formatCount(100_000)).toBe('100\u202f000');
    expect([0, 3, -12].map(powerOfTen)).toEqual(['1', '10³', '10⁻¹²']);
  });

  it('takes the norm of a scaled vector in log2', () => {
    expect(log2NormOfVector({ mantissas: Float32Array.of(3, 4), exponent: -20_000 })).toBeCloseTo(
      Math.log2(5) - 20_000,
      9,
    );
    expect(log2NormOfVector({ mantissas: Float32Array.of(0), exponent: 0 })).toBe(-Infinity);
  });
});

describe('key numbers', () => {
  it('keep the whole exponent in the room of the column, with fewer digits if need be', () => {
    expect(keyNumber(Math.log2(4.811))).toBe('4.81');
    expect(keyNumber(Math.log2(3.13e-6))).toBe('3.13×10⁻⁶');
    expect(keyNumber(-25_155)).toBe('3.89×10⁻⁷⁵⁷³');
    expect(keyNumber(-48_097)).toMatch(/^\d\.\d×10⁻¹⁴⁴⁷⁹$/);
    expect(keyNumber(-400_000)).toMatch(/^\d×10⁻¹²⁰⁴¹²$/);
    for (let log2 = -330_000; log2 < 330_000; log2 += 997) {
      expect(keyNumber(log2).length, String(log2)).toBeLessThanOrEqual(12);
    }
  });
});

describe('texts with mathematics', () => {
  it('knows italics, subscripts and superscripts', () => {
    expect(parseMath('*W*_h^T *δ*_{62}')).toEqual([
      { kind: 'italic', text: 'W' },
      { kind: 'sub', text: 'h' },
      { kind: 'sup', text: 'T' },
      { kind: 'plain', text: ' ' },
      { kind: 'italic', text: 'δ' },
      { kind: 'sub', text: '62' },
    ]);
    expect(plainMath('Inputs *x*_t')).toBe('Inputs x_t');
  });

  it('leaves the underscore of a name alone', () => {
    expect(plainMath('detach_() too late')).toBe('detach_() too late');
    expect(parseMath('retain_graph=True at *h*_t')).toEqual([
      { kind: 'plain', text: 'retain' },
      { kind: 'plain', text: '_' },
      { kind: 'plain', text: 'graph=True at ' },
      { kind: 'italic', text: 'h' },
      { kind: 'sub', text: 't' },
    ]);
  });
});

describe('numbers of a step', () => {
  it('counts saturated units against the greatest slope', () => {
    const slopes = { mantissas: Float32Array.of(1, 0.5, 0.002, 0), exponent: -2 };
    const { mean, ...counts } = slopeSummary(slopes, 0.25);
    expect(mean).toBeCloseTo(0.09387, 4);
    expect(counts).toEqual({ saturated: 1, dead: 1 });
    expect(slopeSummary({ mantissas: Float32Array.of(0), exponent: ZERO_EXPONENT }, 1)).toEqual({
      mean: 0,
      saturated: 0,
      dead: 1,
    });
  });

  it('shortens long vectors', () => {
    expect(shortVector(Float32Array.of(1), String)).toBe('1');
    expect(shortVector(Float32Array.of(1, 2, 3, 4, 5), String)).toBe('(1, 2, 3, 4, …)');
  });
});
