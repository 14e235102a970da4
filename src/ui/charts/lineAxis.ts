import { formatNumber, powerOfTen } from './format';

/** Room around a small chart's plot, CSS pixels; the axes' labels take LEFT and BOTTOM. */
export const MARGIN = { top: 6, right: 8, bottom: 0, left: 0 };
export const LEFT = 46;
export const BOTTOM = 18;

/** log10: values are logarithms of what the ticks show. */
export type AxisKind = 'linear' | 'log10';

export interface LineSeries {
  /** Its column in a saved table, in English: "relative_error"; the name by default */
  readonly id?: string;
  /** With MathText's markup; also the legend */
  readonly name: string;
  /** A custom property of tokens.css: var(--backward) */
  readonly colour: string;
  /** SVG dash array, so that lines differ without colour */
  readonly dash?: string;
  /**
   * One per x, in the axis's own unit (logarithms on a log axis); null breaks the line. −Infinity,
   * the logarithm of an exact zero, breaks it too and is a dot on the lower edge.
   */
  readonly values: readonly (number | null)[];
}

/** A horizontal line with a meaning of its own */
export interface ReferenceLevel {
  readonly value: number;
  readonly name: string;
}

/** Least and greatest finite value with a little air; never empty. */
export function niceDomain(
  values: readonly (number | null | undefined)[],
  kind: AxisKind,
): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  if (low === 0 && high === 0 && kind === 'linear') return [-1, 1];
  const least = kind === 'linear' ? Math.max(1e-12, 1e-3 * Math.abs(high)) : 1;
  const lacking = Math.max(0, least - (high - low)) / 2;
  const air = 0.05 * Math.max(least, high - low);
  return [low - lacking - air, high + lacking + air];
}

/** About `most` round values inside the domain; whole numbers where they are exponents. */
export function linearTicks(
  [low, high]: readonly [number, number],
  most: number,
  whole: boolean,
): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  let stride = ([1, 2, 5, 10].find((nice) => nice * power >= rough) ?? 10) * power;
  if (whole) stride = Math.max(1, Math.round(stride));
  const ticks: number[] = [];
  for (let i = Math.ceil(low / stride - 1e-9); i * stride <= high + 1e-9 * stride; i++) {
    ticks.push(i === 0 ? 0 : i * stride);
  }
  return ticks;
}

/**
 * The ticks of the y axis. A logarithmic axis that holds nothing but exact zeros has no powers to
 * name: its one tick is the lower edge, where the zeros are drawn.
 */
export function valueTicks(
  domain: readonly [number, number],
  most: number,
  kind: AxisKind,
  values: readonly (number | null | undefined)[],
): { readonly at: readonly number[]; readonly label: (value: number) => string } {
  const span = domain[1] - domain[0];
  const isEmpty = kind !== 'linear' && !values.some(isFinite);
  if (!isEmpty) {
    return {
      at: linearTicks(domain, most, kind !== 'linear'),
      label: (value) => tickLabel(value, kind, span),
    };
  }
  return { at: values.includes(-Infinity) ? [domain[0]] : [], label: () => '0' };
}

function isFinite(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

/** `span` is what the axis covers: it decides how many digits a linear tick needs. */
export function tickLabel(value: number, kind: AxisKind, span: number): string {
  if (kind === 'log10') return powerOfTen(Math.round(value));
  const digits = span > 0 && value !== 0 ? Math.ceil(Math.log10(Math.abs(value) / span)) + 2 : 3;
  return formatNumber(Number(value.toPrecision(12)), Math.min(6, Math.max(2, digits)));
}

/** The place of an ascending list nearest to x. */
export function nearestIndex(places: readonly number[], x: number): number {
  let low = 0;
  let high = places.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (places[middle]! <= x) low = middle;
    else high = middle;
  }
  return high > low && places[high]! - x < x - places[low]! ? high : low;
}
