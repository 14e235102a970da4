import type { DataTable } from './dataTable';

/** What is said before the numbers: name and value, one comment line each. */
export type CommentLine = readonly [name: string, value: string];

/**
 * A table as comma-separated values: comment lines that begin with "#", a line of headings, and then
 * every row. Numbers are the shortest decimals that read back exactly; ±Infinity is written out, a
 * missing value is an empty cell. Lines end in "\n".
 */
export function toCsv(table: DataTable, comments: readonly CommentLine[]): string {
  const { columns, rows, notes } = table;
  const lines = [
    ...comments.map(([name, value]) => commented(`${name}: ${value}`)),
    ...notes.map(commented),
    columns.map(({ id }) => field(id)).join(','),
  ];
  for (let row = 0; row < rows; row++) {
    lines.push(columns.map(({ values }) => cell(values[row] ?? null)).join(','));
  }
  return `${lines.join('\n')}\n`;
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
