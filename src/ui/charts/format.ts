import { ZERO_EXPONENT } from '../../model/scaled';
import type { ScaledVector } from '../../engine/interface';

/**
 * The one place where a number becomes text: a few significant digits, a real minus sign, powers of
 * ten in superscripts. Locale-neutral, so that a screenshot means the same in every classroom.
 */
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const LOG10_OF_2 = Math.log10(2);

function superscript(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]);
  return (exponent < 0 ? '⁻' : '') + digits.join('');
}

/** 10ⁿ, with 10⁰ written 1. */
export function powerOfTen(exponent: number): string {
  return exponent === 0 ? '1' : `10${superscript(exponent)}`;
}

/** mantissa·10^exponent with 1 ≤ mantissa < 10, as text; plain decimals near 1. */
function scientific(mantissa: number, exponent: number, digits: number): string {
  let m = Number(mantissa.toPrecision(digits));
  let e = exponent;
  if (m >= 10) {
    m /= 10;
    e += 1;
  }
  if (e >= -3 && e < Math.max(4, digits)) {
    const decimals = Math.max(0, digits - 1 - e);
    return (m * 10 ** e).toFixed(decimals);
  }
  return `${m.toFixed(digits - 1)}×10${superscript(e)}`;
}

/** log2 of a magnitude as text, however far outside any float: −20000 gives "2.51×10⁻⁶⁰²¹". */
export function formatLog2(log2: number, digits = 3): string {
  if (log2 === -Infinity) return '0';
  if (!Number.isFinite(log2)) return '–';
  const log10 = log2 * LOG10_OF_2;
  // A whole power of two keeps its exact decimal digits where float64 still holds it.
  if (Math.abs(log2) < 1000) {
    const value = 2 ** log2;
    const e = Math.floor(Math.log10(value));
    return scientific(value / 10 ** e, e, digits);
  }
  const e = Math.floor(log10);
  return scientific(10 ** (log10 - e), e, digits);
}

export function formatNumber(value: number, digits = 3): string {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞';
  const e = Math.floor(Math.log10(Math.abs(value)));
  const text =
    e < -300
      ? formatLog2(Math.log2(Math.abs(value)), digits)
      : scientific(Math.abs(value) / 10 ** e, e, digits);
  return value < 0 ? `−${text}` : text;
}

/** With three digits, or fewer where the text would be longer than `most` characters. */
export function formatWithin(most: number, format: (digits: number) => string): string {
  const text = [3, 2].map(format).find(({ length }) => length <= most);
  return text ?? format(1);
}

/** One entry of a scaled vector as text. */
export function formatScaled(mantissa: number, exponent: number, digits = 3): string {
  if (mantissa === 0 || exponent === ZERO_EXPONENT) return '0';
  const text = formatLog2(Math.log2(Math.abs(mantissa)) + exponent, digits);
  return mantissa < 0 ? `−${text}` : text;
}

/** A factor between two magnitudes given by log2: "×0.871". */
export function formatRatio(log2Ratio: number, digits = 3): string {
  return `×${formatLog2(log2Ratio, digits)}`;
}

/** A share 0…1, given by its log2, as a percentage: "0" only for an exact zero. */
export function formatShare(log2Share: number): string {
  if (log2Share === -Infinity) return '0';
  if (!Number.isFinite(log2Share)) return '–';
  const percent = 100 * 2 ** log2Share;
  if (percent < 0.01) return '< 0.01 %';
  return `${percent >= 99.95 ? '100' : percent.toPrecision(percent < 1 ? 2 : 3)} %`;
}

/** Whole numbers with a thin, unbreakable space between thousands. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** log2 of the Euclidean norm of a vector with one exponent. */
export function log2NormOfVector(vector: ScaledVector): number {
  if (vector.exponent === ZERO_EXPONENT) return -Infinity;
  let sum = 0;
  for (const m of vector.mantissas) sum += m * m;
  return sum === 0 ? -Infinity : vector.exponent + 0.5 * Math.log2(sum);
}

/** log2 of the Euclidean norm of plain numbers. */
export function log2NormOfPlain(values: Float32Array): number {
  return log2NormOfVector({ mantissas: values, exponent: 0 });
}
