import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber, parseNumber } from '../../../src/ui/controls/parseNumber';

const READ: readonly [text: string, value: number][] = [
  ['0', 0],
  ['42', 42],
  ['+42', 42],
  ['-0.95', -0.95],
  ['.5', 0.5],
  ['5.', 5],
  ['007', 7],
  ['1e-3', 0.001],
  ['1E3', 1000],
  ['-2.5e+2', -250],
  ['.5e1', 5],
  ['  7 \n', 7],
  ['\ufeff7', 7],
  // Underflow is a number, overflow is none.
  ['1e-400', 0],
  ['1e308', 1e308],
  ['123456789012345678901234567890', 1.2345678901234568e29],
];

const FOREIGN: readonly [text: string, value: number][] = [
  ['１２．５', 12.5],
  ['－０．９５', -0.95],
  ['＋３', 3],
  ['１ｅ－３', 0.001],
  ['３。５', 3.5],
  ['３｡５', 3.5],
  ['０，５', 0.5],
  ['\u22121.5', -1.5],
  ['\u20135', -5],
  ['1e\u22123', 0.001],
  ['\u22121,000', -1000],
];

const SEPARATED: readonly [text: string, value: number][] = [
  ['0,5', 0.5],
  [',5', 0.5],
  ['-0,25', -0.25],
  ['1,5e-3', 0.0015],
  ['12,34', 12.34],
  ['1,000', 1000],
  ['1,234,567', 1234567],
  ['-12,345.75', -12345.75],
  ['100,000.', 100000],
  // No thousands begin with a zero: three decimals.
  ['0,125', 0.125],
  ['-0,125', -0.125],
  ['0,001', 0.001],
  ['1234,5', 1234.5],
  ['1 000', 1000],
  ['1\u00a0234\u202f567,5', 1234567.5],
  ['- 5', -5],
];

const NONE = [
  '',
  ' ',
  '+',
  '-',
  '.',
  ',',
  '-.',
  'e3',
  '1e',
  '1e+',
  '1e1.5',
  '--1',
  '1-2',
  'NaN',
  'nan',
  'Infinity',
  '-Infinity',
  '∞',
  '1e309',
  '-1e400',
  '9'.repeat(400),
  '0x10',
  '0b1',
  '1n',
  '1_000',
  '1..2',
  '1.2.3',
  '1,2,3',
  '1,00,000',
  '1.000.000,5',
  '1,000,00',
  'abc',
  '5px',
  '50%',
  '½',
  '1/2',
  '٣',
  '１．２．３',
  'null',
  '[1]',
];

describe('reading a typed number', () => {
  it.each(READ)('reads %j', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(FOREIGN)('reads %j, as input methods and typesetters write it', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(SEPARATED)('reads the separators of %j', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(NONE)('refuses %j', (text) => {
    expect(parseNumber(text)).toBeNull();
  });

  it.each(['1 2', '5 0', '1 00', '12 3456', '0 125', '1000 000', '1 e3', '1. 5', '1\t2', '1\n2'])(
    'does not join the numbers of %j into one',
    (text) => {
      expect(parseNumber(text)).toBeNull();
    },
  );

  it('reads back every finite number JavaScript writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value))).toBe(Number(String(value)));
      }),
    );
  });

  it('gives a finite number or null for any text', () => {
    const soup = fc.string({
      unit: fc.constantFrom(...'0159+-−.,eE ０９－，。\u00a0\u200bNaInfx[]'),
      maxLength: 24,
    });
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'grapheme' })), (text) => {
        const value = parseNumber(text);
        expect(value === null || Number.isFinite(value)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a long text quickly', () => {
    const started = performance.now();
    expect(parseNumber(`${'1,000'.repeat(20_000)}x`)).toBeNull();
    expect(parseNumber(`${'1'.repeat(100_000)}x`)).toBeNull();
    expect(parseNumber(`${' '.repeat(100_000)}x`)).toBeNull();
    expect(parseNumber(`${'1 000 '.repeat(20_000)}x`)).toBeNull();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('writing a number into a field', () => {
  it.each([
    [0.95, '0.95'],
    [1e-7, '1e-7'],
    [100000, '100000'],
    [0, '0'],
    [-0, '0'],
    [-3, '-3'],
    [0.1 + 0.2, '0.3'],
    [Math.fround(0.1), '0.1'],
    [Math.PI, '3.141593'],
    [1e21, '1e+21'],
  ])('writes %d as %j', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('is read back to seven significant digits', () => {
    const finite = fc.double({ noNaN: true, min: -1e300, max: 1e300 });
    fc.assert(
      fc.property(finite, (value) => {
        const back = parseNumber(formatNumber(value));
        expect(back).not.toBeNull();
        expect(Math.abs(back! - value)).toBeLessThanOrEqual(5.1e-7 * Math.abs(value) + 1e-322);
      }),
    );
  });
});
