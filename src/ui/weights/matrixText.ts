import { formatNumber, parseNumber } from '../controls/parseNumber';
import type { MessageKey } from '../../i18n';

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Row-major */
  readonly values: readonly number[];
}

/** Why a text is no matrix, ready for `useText`. */
export interface MatrixComplaint {
  readonly key: MessageKey;
  readonly params: Readonly<Record<string, string | number>>;
}

export type MatrixResult = { readonly matrix: Matrix } | { readonly complaint: MatrixComplaint };

/** Longer texts are no matrix the page can hold (512² numbers of up to 24 characters). */
const MOST_CHARACTERS = 8_000_000;

/**
 * Reads what spreadsheets and NumPy print: lines of numbers separated by tabs, semicolons, commas or
 * spaces; nested lists; `array([[…]], dtype=…)`, also with NumPy's line breaks inside a row.
 */
export function parseMatrix(text: string): MatrixResult {
  const plain = text.slice(0, MOST_CHARACTERS).normalize('NFKC').trim();
  const lines = plain.includes('[') ? bracketedRows(plain) : plain.split(/\r?\n/);
  const rows = lines.map(splitRow).filter((row) => row.length > 0);
  const first = rows[0];
  if (first === undefined) return { complaint: { key: 'weights.pasteEmpty', params: {} } };

  const values: number[] = [];
  for (const [r, row] of rows.entries()) {
    for (const [c, entry] of row.entries()) {
      // "100 200" between separators is two numbers in a notation not read here, not 100200.
      const value = /\s/.test(entry) ? null : parseNumber(entry);
      if (value === null) {
        const params = { row: r + 1, column: c + 1, text: entry.slice(0, 24) };
        return { complaint: { key: 'weights.pasteBadNumber', params } };
      }
      values.push(value);
    }
    if (row.length !== first.length) {
      const params = { row: r + 1, got: row.length, needed: first.length };
      return { complaint: { key: 'weights.pasteRagged', params } };
    }
  }
  return { matrix: { rows: rows.length, columns: first.length, values } };
}

/** The innermost bracketed lists, each without its brackets. */
function bracketedRows(text: string): string[] {
  return Array.from(text.matchAll(/\[([^[\]]*)\]/g), (match) => match[1]!.replace(/\s+/g, ' '));
}

function splitRow(line: string): string[] {
  const trimmed = line.trim().replace(/[,;]$/, '');
  if (trimmed === '') return [];
  const separator = /[\t;]/.test(trimmed) ? /[\t;]/ : trimmed.includes(',') ? /,/ : /\s+/;
  return trimmed.split(separator).map((entry) => entry.trim());
}

/** Checks the shape; a vector may be pasted as a row or as a column. */
export function fitMatrix(
  matrix: Matrix,
  name: string,
  rows: number,
  columns: number,
): MatrixResult {
  const vector = rows === 1 || columns === 1;
  const transposed = vector && matrix.rows === columns && matrix.columns === rows;
  if (transposed || (matrix.rows === rows && matrix.columns === columns)) {
    return { matrix: { rows, columns, values: matrix.values } };
  }
  const params = { name, rows, columns, gotRows: matrix.rows, gotColumns: matrix.columns };
  return { complaint: { key: 'weights.pasteShape', params } };
}

/** `np.array([[…], […]])`; vectors are one-dimensional. */
export function toNumPy(values: ArrayLike<number>, rows: number, columns: number): string {
  const row = (r: number) =>
    `[${Array.from({ length: columns }, (_, c) => formatNumber(values[r * columns + c]!)).join(', ')}]`;
  if (columns === 1) {
    return `np.array([${Array.from({ length: rows }, (_, r) => formatNumber(values[r]!)).join(', ')}])`;
  }
  return `np.array([${Array.from({ length: rows }, (_, r) => row(r)).join(',\n          ')}])`;
}
