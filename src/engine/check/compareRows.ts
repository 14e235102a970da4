import type { ArrayCheck, CheckedArray, CheckLevel } from '../../model/analyses';
import { timesPowerOfTwo, ZERO_EXPONENT } from '../../model/scaled';
import { valueAt, type CheckRows } from './rows';

export const GOOD = 1e-4;
const FAIR = 1e-2;

export function levelOf(error: number): CheckLevel {
  if (error <= GOOD) return 'good';
  return error <= FAIR ? 'fair' : 'bad';
}

export interface ComparisonRules {
  /**
   * A size below which a row's own values are no measure, because they are what is left over of
   * larger ones that cancelled: for every row, at exponent 0.
   */
  readonly leastScale?: (row: number) => number;
  /** The same for the rows of a parameter gradient, as a part of the array's largest value */
  readonly leastShare?: number;
  /** Of several errors that are bad, tell the first: a wrong state spoils the steps after it. */
  readonly firstBad?: boolean;
}

/**
 * The largest |engine − reference| of any element, relative to the largest |reference| of its row,
 * each row at its own exponent: what has vanished is checked as strictly as what has not.
 */
export function compareRows(
  array: CheckedArray,
  engine: CheckRows,
  reference: CheckRows,
  rules: ComparisonRules = {},
): ArrayCheck {
  const { width } = reference;
  const rows = Math.min(engine.rows, reference.rows);
  const leastOfArray = (rules.leastShare ?? 0) * peakOf(reference, 0, rows * width);
  let worst = 0;
  let at = -1;
  for (let row = 0; row < rows; row++) {
    const exponent = reference.exponentOf(row);
    const shift = shiftOf(engine.exponentOf(row), exponent);
    const peak = peakOf(reference, row * width, (row + 1) * width);
    const scale = Math.max(peak, leastOfArray, rules.leastScale?.(row) ?? 0);
    for (let i = row * width; i < (row + 1) * width; i++) {
      const value = timesPowerOfTwo(engine.values[i]!, shift);
      const distance = Math.abs(value - reference.values[i]!);
      // Where 0 is due, only 0 will do; a NaN compares as the largest error there is.
      const error = distance === 0 ? 0 : scale > 0 ? distance / scale : Infinity;
      if (error <= worst) continue;
      worst = Number.isNaN(error) ? Infinity : error;
      at = i;
    }
    if (rules.firstBad && levelOf(worst) === 'bad') break;
    if (worst === Infinity) break;
  }
  return {
    array,
    error: worst,
    index: at,
    level: levelOf(worst),
    engine: at < 0 ? NaN : valueAt(engine, at),
    reference: at < 0 ? NaN : valueAt(reference, at),
  };
}

/** What brings the engine's mantissas to the reference's exponent; a reference of zeros has none. */
function shiftOf(engine: number, reference: number): number {
  if (engine === ZERO_EXPONENT || reference === ZERO_EXPONENT) return 0;
  return engine - reference;
}

function peakOf({ values }: CheckRows, from: number, to: number): number {
  let peak = 0;
  for (let i = from; i < to; i++) peak = Math.max(peak, Math.abs(values[i]!));
  return peak;
}
