import type { DataTable } from './dataTable';

/** Cells of one part: a few milliseconds' work */
const CELLS = 20_000;

/** What is said before the numbers: name and value, one comment line each. */
export type CommentLine = readonly [name: string, value: string];

/**
 * A table as comma-separated values: comment lines that begin with "#", a line of headings, and then
 * every row. Numbers are the shortest decimals that read back exactly; ±Infinity is written out, a
 * missing value is an empty cell. Lines end in "\n". It comes in parts, between which the page can
 * do something else.
 */
export function* csvParts(
  table: DataTable,
  comments: readonly CommentLine[],
): Generator<string, void, undefined> {
  const { columns, rows, notes } = table;
  const head = [
    ...comments.map(([name, value]) => commented(`${name}: ${value}`)),
    ...notes.map(commented),
    columns.map(({ id }) => field(id)).join(','),
  ];
  yield `${head.join('\n')}\n`;
  const atOnce = Math.max(1, Math.floor(CELLS / columns.length));
  for (let first = 0; first < rows; first += atOnce) {
    const lines: string[] = [];
    for (let row = first; row < Math.min(rows, first + atOnce); row++) {
      lines.push(columns.map(({ values }) => cell(values[row] ?? null)).join(','));
    }
    yield `${lines.join('\n')}\n`;
  }
}

/** A line break would end the comment, and what follows would pass for numbers. */
function commented(text: string): string {
  return `# ${text.replace(/[\r\n\u2028\u2029]+/g, ' ')}`;
}

function cell(value: number | string | null): string {
  if (value === null) return '';
  if (typeof value === 'string') return field(value);
  return Number.isNaN(value) ? '' : String(value);
}

/** RFC 4180; a spreadsheet would run a text that begins like a formula. */
function field(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
