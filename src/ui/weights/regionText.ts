import type { Translate } from '../app/context';
import { shapeOfBounds, type Bounds, type Shape } from './selection';

/** “rows 2–4, columns 1–3”, “row 2, all columns”: a selection in words. */
export function regionText(text: Translate, bounds: Bounds, shape: Shape): string {
  const { top, left, bottom, right } = bounds;
  const { rows, columns } = shapeOfBounds(bounds);
  if (rows * columns > 1 && rows === shape.rows && columns === shape.columns) {
    return text('weights.everything', { rows, columns });
  }
  const row =
    rows === 1
      ? text('weights.row', { row: top + 1 })
      : rows === shape.rows
        ? text('weights.allRows')
        : text('weights.rows', { from: top + 1, to: bottom + 1 });
  const column =
    columns === 1
      ? text('weights.column', { column: left + 1 })
      : columns === shape.columns
        ? text('weights.allColumns')
        : text('weights.columns', { from: left + 1, to: right + 1 });
  return text('weights.region', { rows: row, columns: column });
}
