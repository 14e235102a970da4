import { gridLine } from '../../../model/surface';
import type { Translate } from '../../app/context';
import type { DataTable } from '../../charts/export/dataTable';
import { formatNumber } from '../../charts/format';
import { axisTitle } from './surfaceText';
import type { DrawnSurface } from './useSurface';

/** Lines of the table on the page, and its columns, along the two axes */
const SHOWN = { rows: 17, columns: 9 } as const;

/** Some of the losses as a table of the map itself: rows from its top to its bottom. */
export function surfaceTable({ grid, axes }: DrawnSurface, text: Translate): DataTable {
  const { size, losses } = grid;
  const lines = (count: number) => {
    const most = Math.min(count, size);
    return Array.from({ length: most }, (_, k) => (k * (size - 1)) / (most - 1));
  };
  const rows = lines(SHOWN.rows).reverse();
  const corner = `${axisTitle(axes.y, 'y', text)} \\ ${axisTitle(axes.x, 'x', text)}`;
  return {
    rows: rows.length,
    columns: [
      {
        id: 'y',
        head: corner,
        values: rows.map((i) => axes.y.offset + gridLine(axes.window.b, i, size)),
        format: formatNumber,
      },
      ...lines(SHOWN.columns).map((j) => ({
        id: `x_${j}`,
        head: formatNumber(axes.x.offset + gridLine(axes.window.a, j, size)),
        values: rows.map((i) => losses[i * size + j]!),
        format: formatNumber,
      })),
    ],
    notes: [],
  };
}

/** All of them, a row per point. */
export function surfaceFile({ grid, axes }: DrawnSurface): DataTable {
  const { size, losses } = grid;
  return {
    rows: losses.length,
    columns: [
      {
        id: 'x',
        values: losses.map((_, k) => axes.x.offset + gridLine(axes.window.a, k % size, size)),
      },
      {
        id: 'y',
        values: losses.map(
          (_, k) => axes.y.offset + gridLine(axes.window.b, Math.floor(k / size), size),
        ),
      },
      { id: 'loss', values: losses },
    ],
    notes: [
      'loss: sum of w_t l_t at the present weights moved to (x, y); Infinity where the forward pass leaves float32.',
    ],
  };
}
