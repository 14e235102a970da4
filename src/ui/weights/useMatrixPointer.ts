import { useRef, type PointerEvent } from 'react';
import { useGesture } from '../controls/gesture';
import { boundsOf, cellAt, contains, single, type Cell, type Selection } from './selection';
import { added, type EditSelection, type Entries } from './selectionEdit';
import type { WeightArray } from './weightArrays';

interface MatrixPointerOptions {
  readonly array: WeightArray;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly selecting: boolean;
  readonly onEdit: EditSelection;
}

type Drag =
  | { readonly kind: 'select'; readonly anchor: Cell }
  | {
      readonly kind: 'value';
      readonly y: number;
      readonly cell: Cell;
      /** The entries when the drag began; null until it moves */
      start: Entries | null;
    };

/** Pixels before a press becomes a drag. */
const SLOP = 3;

/**
 * Press: select a cell; on a selection, take hold of all of it. Then up and down adds the same amount
 * to every selected entry (Shift ×10, Alt ÷10). Pressed with Shift, or while `selecting`: extend.
 */
export function useMatrixPointer(options: MatrixPointerOptions) {
  const { array, selection, onSelect, selecting, onEdit } = options;
  const gesture = useGesture();
  const drag = useRef<Drag | null>(null);

  const cellUnder = (event: PointerEvent<HTMLElement>): Cell => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    return cellAt(x, (event.clientY - box.top) / box.height, array);
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const cell = cellUnder(event);
    if (event.shiftKey || selecting) {
      const anchor = event.shiftKey ? selection.anchor : cell;
      drag.current = { kind: 'select', anchor };
      onSelect({ anchor, active: cell });
      // A browser would select text up to here.
      if (event.shiftKey) event.currentTarget.focus();
      return;
    }
    if (!contains(boundsOf(selection), cell)) onSelect(single(cell));
    drag.current = { kind: 'value', y: event.clientY, cell, start: null };
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const now = drag.current;
    if (now === null) return;
    if (now.kind === 'select') {
      onSelect({ anchor: now.anchor, active: cellUnder(event) });
      return;
    }
    const pixels = now.y - event.clientY;
    if (now.start === null && Math.abs(pixels) < SLOP) return;
    const factor = event.shiftKey ? 10 : event.altKey ? 0.1 : 1;
    gesture.soon(() =>
      onEdit((entries) => {
        now.start ??= entries;
        return added(now.start, 0.01 * factor * pixels);
      }, gesture.current()),
    );
  };

  const end = () => {
    gesture.end();
    const last = drag.current;
    drag.current = null;
    // A press on a selection that did not become a drag chooses the cell after all.
    if (last?.kind === 'value' && last.start === null) onSelect(single(last.cell));
  };

  return {
    onPointerDown,
    onPointerMove,
    onPointerUp: end,
    onPointerCancel: end,
    onLostPointerCapture: end,
  };
}
