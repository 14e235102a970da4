import type { PointerEvent } from 'react';
import { useText } from '../app/context';
import styles from './MatrixEditor.module.css';
import {
  boundsOf,
  cellAt,
  everything,
  wholeColumns,
  wholeRows,
  type Selection,
  type Shape,
} from './selection';

interface HeaderStripsProps {
  readonly shape: Shape;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
}

/** Along the map's edges: press for a whole row or column, drag or Shift for several, corner: all. */
export function HeaderStrips({ shape, selection, onSelect }: HeaderStripsProps) {
  const text = useText();
  const { top, left, bottom, right } = boundsOf(selection);

  const choose = (event: PointerEvent<HTMLElement>, axis: 'row' | 'column', extend: boolean) => {
    const box = event.currentTarget.getBoundingClientRect();
    const cell = cellAt(
      (event.clientX - box.left) / box.width,
      (event.clientY - box.top) / box.height,
      shape,
    );
    const next = { anchor: extend ? selection.anchor : cell, active: cell };
    onSelect(axis === 'row' ? wholeRows(next, shape) : wholeColumns(next, shape));
  };
  const handlers = (axis: 'row' | 'column') => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      choose(event, axis, event.shiftKey);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) choose(event, axis, true);
    },
  });
  const part = (from: number, to: number, count: number) => ({
    start: `${(100 * from) / count}%`,
    size: `max(3px, ${(100 * (to - from + 1)) / count}%)`,
  });
  const across = part(left, right, shape.columns);
  const down = part(top, bottom, shape.rows);

  // The map has keys for all of this.
  return (
    <>
      <span
        className={styles.corner}
        aria-hidden="true"
        title={text('weights.selectAll')}
        onPointerDown={(event) => {
          if (event.button === 0) onSelect(everything(shape));
        }}
      />
      <span
        className={styles.columns}
        aria-hidden="true"
        title={text('weights.selectColumns')}
        {...handlers('column')}
      >
        <span className={styles.rail}>
          <span className={styles.marked} style={{ left: across.start, width: across.size }} />
        </span>
      </span>
      <span
        className={styles.rows}
        aria-hidden="true"
        title={text('weights.selectRows')}
        {...handlers('row')}
      >
        <span className={styles.rail}>
          <span className={styles.marked} style={{ top: down.start, height: down.size }} />
        </span>
      </span>
    </>
  );
}
