import { formatCount, formatNumber } from '../format';

/** The numbers behind a chart, column by column: all of them go into a CSV file. */
export interface DataTable {
  /** The first one names the rows: a step, a lag, a loss. */
  readonly columns: readonly DataColumn[];
  readonly rows: number;
  /** [rows] Where a row stands for several already: the last of them, in the first column's terms */
  readonly ends?: readonly number[];
  /** What the columns mean, one line each, in English: comment lines of the CSV file */
  readonly notes: readonly string[];
}

export interface DataColumn {
  /** ASCII, such as "log2_norm_dh": the heading in the CSV file */
  readonly id: string;
  /** The heading in the table on the page, with MathText's markup; without one it is not shown */
  readonly head?: string;
  /** [rows]; null and NaN are empty cells */
  readonly values: ArrayLike<number | string | null>;
  /** For the table on the page */
  readonly format?: (value: number) => string;
  /** Of a row that stands for several: the greatest number by default */
  readonly merge?: (values: readonly number[]) => number;
}

export interface TableRow {
  /** "12", or "12–15" where one row stands for several */
  readonly head: string;
  /** One per shown column after the first */
  readonly cells: readonly string[];
}

/** What the page shows of a table: at most so many rows. */
export const MOST_ROWS = 256;

/** The shown columns, and at most `most` rows; a row of several holds what `merge` makes of them. */
export function shownTable(
  { columns, rows, ends }: DataTable,
  most = MOST_ROWS,
): { readonly heads: readonly string[]; readonly rows: readonly TableRow[] } {
  const shown = columns.filter((column) => column.head !== undefined);
  const [first, ...others] = shown;
  // Every row but the last stands for as many.
  const each = Math.max(1, Math.ceil(rows / most));
  const count = Math.ceil(rows / each);
  return {
    heads: shown.map(({ head }) => head ?? ''),
    rows:
      first === undefined
        ? []
        : Array.from({ length: count }, (_, row) => {
            const from = row * each;
            const to = Math.min(rows, from + each) - 1;
            return {
              head: rangeText(first, first.values[from] ?? null, ends?.[to] ?? first.values[to]),
              cells: others.map((column) => mergedText(column, from, to)),
            };
          }),
  };
}

function mergedText(column: DataColumn, from: number, to: number): string {
  if (from === to) return cellText(column, column.values[from] ?? null);
  const numbers: number[] = [];
  const words: string[] = [];
  for (let i = from; i <= to; i++) {
    const value = column.values[i] ?? null;
    if (typeof value === 'number' && !Number.isNaN(value)) numbers.push(value);
    else if (typeof value === 'string' && value !== '') words.push(value);
  }
  if (words.length > 0) return words[0]!;
  if (numbers.length === 0) return cellText(column, null);
  return cellText(column, (column.merge ?? greatest)(numbers));
}

function greatest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}

function rangeText(
  column: DataColumn,
  first: number | string | null,
  last: number | string | null = first,
): string {
  const head = cellText(column, first);
  return first === last ? head : `${head}–${cellText(column, last)}`;
}

function cellText(column: DataColumn, value: number | string | null): string {
  if (typeof value === 'string') return value;
  if (value === null || Number.isNaN(value)) return '–';
  const { format } = column;
  if (format !== undefined) return format(value);
  return Number.isInteger(value) ? formatCount(value) : formatNumber(value);
}

/** Least and greatest log2 of float64's normal numbers: outside, a plain number has lost digits. */
const LEAST_LOG2 = -1022;
const GREATEST_LOG2 = 1024;

/**
 * 2^log2 where float64 holds it with all its digits, 0 for an exact zero; null elsewhere, where only
 * the logarithm is right.
 */
export function plainValues(log2: ArrayLike<number | null>): (number | null)[] {
  return Array.from(log2, (value) => {
    if (value === null || Number.isNaN(value)) return null;
    if (value === -Infinity) return 0;
    return value >= LEAST_LOG2 && value < GREATEST_LOG2 ? 2 ** value : null;
  });
}

/** Two columns: the logarithm, which is always right, and the plain number where there is one. */
export function log2Columns(
  id: string,
  log2: ArrayLike<number | null>,
  shown: Pick<DataColumn, 'head' | 'format' | 'merge'> = {},
): DataColumn[] {
  return [
    { id: `log2_${id}`, values: log2, ...shown },
    { id, values: plainValues(log2) },
  ];
}
