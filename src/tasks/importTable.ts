import Papa from 'papaparse';
import { BpttError } from '../model/errors';
import { isMissing, parseNumber, type NumberStyle } from './parseNumber';

const TABLE_LIMITS = {
  /** UTF-16 units */
  characters: 20 * 1024 * 1024,
  rows: 200_000,
  columns: 256,
} as const;

export interface TableColumn {
  /** The header's text, or '' where the file has no header. */
  readonly name: string;
  /** One number per row, gaps filled; empty where the column is not numeric. */
  readonly values: readonly number[];
  /** Rows without a usable number (filled by linear interpolation, at the ends by the nearest). */
  readonly missing: number;
  /** Whether the column has at least 2 numbers and most of its cells are numbers. */
  readonly numeric: boolean;
}

export interface ImportedTable {
  readonly columns: readonly TableColumn[];
  readonly rowCount: number;
  /** Whether rows or columns beyond TABLE_LIMITS were left out. */
  readonly truncated: boolean;
}

function refuse(reason: string, details: Record<string, string | number> = {}): never {
  throw new BpttError('invalid-file', 'table', reason, details);
}

const DELIMITERS = ['\t', ';', '|', ','] as const;
const SAMPLE_LINES = 30;

/**
 * The delimiter that occurs equally often, outside quotes, in each of the first lines; failing
 * that, one that most lines have; '' when there is none.
 */
function detectDelimiter(text: string): string {
  const lines: string[] = [];
  for (const line of text.slice(0, 100_000).split('\n')) {
    if (line.trim() !== '' && lines.push(line.replace(/"[^"]*"/g, '')) >= SAMPLE_LINES) break;
  }
  const counts = DELIMITERS.map((delimiter) =>
    lines.map((line) => line.split(delimiter).length - 1),
  );
  const consistent = counts.findIndex((c) => c[0]! > 0 && c.every((v) => v === c[0]));
  if (consistent >= 0) return DELIMITERS[consistent]!;
  const present = counts.findIndex((c) => c.filter((v) => v > 0).length > lines.length / 2);
  if (present < 0) return '';
  // A header without a comma over lines with one each: a single column with decimal commas.
  const [header, ...rest] = counts[present]!;
  if (DELIMITERS[present] === ',' && header === 0 && rest.every((v) => v <= 1)) return '';
  return DELIMITERS[present]!;
}

const POINT: NumberStyle = { decimalComma: false };
const COMMA: NumberStyle = { decimalComma: true };

function listSeparator(lines: readonly string[]): RegExp {
  if (lines.length > 1) return /\s+/u;
  if (/[;；、]/u.test(lines[0]!)) return /\s*[;；、]\s*/u;
  if (/[,，]/u.test(lines[0]!)) return /\s*[,，]\s*/u;
  return /\s+/u;
}

/**
 * A plain list of numbers: on one line, separated by semicolons, commas or spaces; or one per line;
 * or lines of different lengths separated by spaces. Else null.
 */
function readList(text: string): string[][] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const separator = listSeparator(lines);
  const width = lines[0]!.trim().split(separator).length;
  const ragged = lines.some((line) => line.trim().split(separator).length !== width);
  if (lines.length > 1 && width > 1 && !ragged) return null; // columns separated by spaces
  const items: string[][] = [];
  for (const line of lines) {
    for (const item of line.trim().split(separator)) {
      if (item === '' && lines.length === 1) continue; // a trailing comma
      // Over several lines a comma means two columns, not a decimal comma.
      const style = lines.length === 1 ? COMMA : POINT;
      const readable = parseNumber(item, POINT) ?? parseNumber(item, style);
      if (readable === null && !isMissing(item)) return null;
      if (lines.length > 1 && item.includes(',')) return null;
      items.push([item]);
      if (items.length > TABLE_LIMITS.rows) return items;
    }
  }
  return items.length > 0 ? items : null;
}

/** Rows of cells; without a delimiter, runs of spaces separate columns when all lines agree. */
function readRows(text: string): { rows: string[][]; delimiter: string } {
  const list = readList(text);
  if (list) return { rows: list, delimiter: '' };
  const delimiter = detectDelimiter(text);
  const { data: rows } = Papa.parse<string[]>(text, {
    delimiter: delimiter || '\t',
    newline: '\n',
    skipEmptyLines: 'greedy',
    preview: TABLE_LIMITS.rows + 2,
  });
  if (delimiter === '') {
    const cells = rows.map((row) => row[0]!.trim().split(/\s+/u));
    const width = cells[0]?.length ?? 0;
    if (width > 1 && cells.every((row) => row.length === width)) return { rows: cells, delimiter };
  }
  return { rows, delimiter };
}

/**
 * Whether the file writes 1,5 for one and a half: such cells occur and none like 1.5 do. "1,234"
 * alone could be either: a decimal comma where the delimiter is not itself a comma.
 */
function usesDecimalComma(rows: readonly string[][], delimiter: string): boolean {
  let sure = 0;
  let ambiguous = 0;
  for (const row of rows.slice(0, 2000)) {
    for (const cell of row) {
      const text = cell.trim();
      if (/^[+-]?\d*\.\d+$/.test(text) && !/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(text)) return false;
      if (/^[+-]?[1-9]\d{0,2}(,\d{3})+$/.test(text)) ambiguous++;
      else if (/^[+-]?[\d.]*\d,\d+$/.test(text)) sure++;
    }
  }
  return sure > 0 || (ambiguous > 0 && delimiter !== ',');
}

/** In place: null becomes the linear interpolation of its neighbours; at the ends the nearest. */
function fillGaps(values: (number | null)[]): number[] {
  let last = -1;
  for (let i = 0; i <= values.length; i++) {
    const value = i < values.length ? values[i]! : null;
    if (i < values.length && value === null) continue;
    const before = last >= 0 ? values[last]! : null;
    for (let k = last + 1; k < i; k++) {
      const share = (k - last) / (i - last);
      if (before === null) values[k] = value;
      else if (value === null) values[k] = before;
      else values[k] = before * (1 - share) + value * share;
    }
    last = i;
  }
  return values.map((v) => v ?? 0);
}

function readColumn(
  rows: readonly string[][],
  index: number,
  name: string,
  style: NumberStyle,
): TableColumn {
  const values: (number | null)[] = [];
  let numbers = 0;
  let texts = 0;
  for (const row of rows) {
    const cell = row[index] ?? '';
    const value = parseNumber(cell, style);
    values.push(value);
    if (value !== null) numbers++;
    else if (!isMissing(cell)) texts++;
  }
  const numeric = numbers >= 2 && numbers > texts;
  return {
    name,
    values: numeric ? fillGaps(values) : [],
    missing: rows.length - numbers,
    numeric,
  };
}

/**
 * A table (CSV, TSV, semicolons, aligned columns) or a plain list of numbers, from the text of a
 * dropped or pasted file. Delimiter, header row and decimal comma are detected. Total: every string
 * gives a table with at least one numeric column, or an error. Nothing is ever executed.
 * @throws BpttError 'invalid-file' with what to do
 */
export function importTable(raw: string): ImportedTable {
  if (raw.length > TABLE_LIMITS.characters) {
    refuse('The file is larger than 20 MB. Give a part of it.', { most: TABLE_LIMITS.characters });
  }
  if (raw.startsWith('PK\u0003\u0004') || raw.includes('\u0000')) {
    refuse('This is not a text file. Export the table as CSV (UTF-8) and choose that file.');
  }
  const text = raw.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (text.trim() === '') refuse('The file is empty. Choose a file with a column of numbers.');

  const { rows: all, delimiter } = readRows(text);
  const style: NumberStyle = { decimalComma: usesDecimalComma(all, delimiter) };
  const first = all[0] ?? [];
  const isHeader =
    first.every((cell) => parseNumber(cell, style) === null) &&
    first.some((cell) => cell.trim() !== '' && !isMissing(cell));
  const body = isHeader ? all.slice(1) : all;
  const rows = body.slice(0, TABLE_LIMITS.rows);
  const width = rows.reduce((most, row) => Math.max(most, row.length), first.length);
  const columns = Array.from({ length: Math.min(width, TABLE_LIMITS.columns) }, (_, i) =>
    readColumn(rows, i, isHeader ? (first[i] ?? '').trim().slice(0, 100) : '', style),
  );
  if (!columns.some((column) => column.numeric)) {
    refuse('No column holds at least 2 numbers. Choose a file with a column of numbers.', {
      rows: rows.length,
    });
  }
  return {
    columns,
    rowCount: rows.length,
    truncated: body.length > rows.length || width > TABLE_LIMITS.columns,
  };
}
