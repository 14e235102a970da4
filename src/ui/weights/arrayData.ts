import type { Translate } from '../app/context';
import type { DataColumn, DataTable } from '../charts/export/dataTable';
import { formatNumber } from '../charts/format';
import type { WeightArray } from './weightArrays';

/** Columns up to this many are in the table on the page; a file has all of them. */
const MOST_COLUMNS = 64;

/** A weight array as it is written: a line per row. */
export function arrayData({ key, rows, columns, values }: WeightArray, text: Translate): DataTable {
  return {
    rows,
    columns: [
      {
        id: 'row',
        head: text('table.row'),
        values: Array.from({ length: rows }, (_, r) => r + 1),
      },
      ...Array.from({ length: columns }, (_, c): DataColumn => ({
        id: `${key}_${c + 1}`,
        values: Array.from({ length: rows }, (_, r) => values[r * columns + c]!),
        format: formatNumber,
        ...(c < MOST_COLUMNS && { head: text('table.column', { column: c + 1 }) }),
      })),
    ],
    notes: [`${key}: ${rows} x ${columns}, row by row.`],
  };
}
