import { gridLine } from '../../../model/surface';
import type { Translate } from '../../app/context';
import type { DataTable } from '../../charts/export/dataTable';
import { formatNumber } from '../../charts/format';
import { axisTitle } from './surfaceText';
import type { DrawnSurface } from './useSurface';

/** A row per point of the grid. */
export function surfaceTable({ grid, axes }: DrawnSurface, text: Translate): DataTable {
  const { size, losses } = grid;
  const along = (pick: (cell: number) => number) =>
    Float64Array.from(losses, (_, cell) => pick(cell));
  return {
    rows: losses.length,
    columns: [
      {
        id: 'x',
        head: axisTitle(axes.x, 'x', text),
        values: along((cell) => axes.x.offset + gridLine(axes.window.a, cell % size, size)),
        format: formatNumber,
      },
      {
        id: 'y',
        head: axisTitle(axes.y, 'y', text),
        values: along(
          (cell) => axes.y.offset + gridLine(axes.window.b, Math.floor(cell / size), size),
        ),
        format: formatNumber,
      },
      { id: 'loss', head: '*L*', values: losses, format: formatNumber },
    ],
    notes: [
      'loss: sum of w_t l_t at the present weights moved to (x, y); Infinity where the forward pass leaves float32.',
    ],
  };
}
