import { useId, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useAppStore, useText } from '../app/context';
import { plainMath } from '../charts/MathText';
import { useChange, useGesture } from '../controls/gesture';
import { formatNumber } from '../controls/parseNumber';
import { HeatMap, largestMagnitude } from './HeatMap';
import styles from './MatrixEditor.module.css';
import { toNumPy } from './matrixText';
import { changeEntry, WEIGHT_LABELS, type WeightArray } from './weightArrays';

interface MatrixEditorProps {
  readonly array: WeightArray;
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  readonly onPaste: (text: string) => void;
  /** Enter: type the selected entry's value. */
  readonly onType: () => void;
}

/** The heat map to edit: select by pointer or arrow keys, drag up or down, Alt with arrows. */
export function MatrixEditor({ array, selected, onSelect, onPaste, onType }: MatrixEditorProps) {
  const text = useText();
  const store = useAppStore();
  const change = useChange();
  const gesture = useGesture();
  const box = useRef<HTMLDivElement>(null);
  const drag = useRef<{ y: number; value: number; index: number; moved: boolean } | null>(null);
  const keysId = useId();
  const { rows, columns, values } = array;
  const name = plainMath(WEIGHT_LABELS[array.key]);
  const row = Math.floor(selected / columns);
  const column = selected % columns;

  const set = (index: number, value: number) => {
    const rounded = Number(value.toPrecision(6));
    const { configuration } = store.getState();
    change(changeEntry(configuration, array, index, rounded), gesture.current());
  };
  const endGesture = () => {
    drag.current = null;
    gesture.end();
  };

  const onPointerDown = (event: PointerEvent) => {
    const bounds = box.current?.getBoundingClientRect();
    if (event.button !== 0 || bounds === undefined) return;
    const bin = (part: number, count: number) =>
      Math.min(count - 1, Math.max(0, Math.floor(part * count)));
    const r = bin((event.clientY - bounds.top) / bounds.height, rows);
    const c = bin((event.clientX - bounds.left) / bounds.width, columns);
    const index = r * columns + c;
    onSelect(index);
    drag.current = { y: event.clientY, value: values[index]!, index, moved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const start = drag.current;
    if (start === null) return;
    const pixels = start.y - event.clientY;
    if (!start.moved && Math.abs(pixels) < 3) return;
    start.moved = true;
    set(start.index, start.value + pixels * stepFor(event));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const move = (r: number, c: number) =>
      onSelect(
        Math.min(rows - 1, Math.max(0, r)) * columns + Math.min(columns - 1, Math.max(0, c)),
      );
    const vertical = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    const whole = event.ctrlKey || event.metaKey;
    if (event.altKey && vertical !== 0) {
      set(selected, values[selected]! + vertical * (event.shiftKey ? 0.1 : 0.01));
    } else if (vertical !== 0) move(row - vertical, column);
    else if (event.altKey) return;
    else if (event.key === 'ArrowLeft') move(row, column - 1);
    else if (event.key === 'ArrowRight') move(row, column + 1);
    else if (event.key === 'Home') move(whole ? 0 : row, 0);
    else if (event.key === 'End') move(whole ? rows - 1 : row, columns - 1);
    else if (event.key === 'Delete' || event.key === 'Backspace') set(selected, 0);
    else if (event.key === 'Enter') onType();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={box}
      className={styles.map}
      role="application"
      tabIndex={0}
      aria-label={text('weights.map', { name, rows, columns })}
      aria-describedby={keysId}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endGesture}
      onPointerCancel={endGesture}
      onKeyDown={onKeyDown}
      onKeyUp={gesture.end}
      onPaste={(event) => {
        event.preventDefault();
        onPaste(event.clipboardData.getData('text/plain'));
      }}
      onCopy={(event) => {
        event.preventDefault();
        event.clipboardData.setData('text/plain', toNumPy(values, rows, columns));
      }}
    >
      <HeatMap array={array} largest={largestMagnitude(values)} />
      <span
        className={styles.cursor}
        data-export="none"
        style={{
          left: `min(${(100 * column) / columns}%, 100% - 9px)`,
          top: `min(${(100 * row) / rows}%, 100% - 9px)`,
          width: `${100 / columns}%`,
          height: `${100 / rows}%`,
        }}
      />
      <span id={keysId} className={styles.hidden}>
        {text('weights.mapKeys')}
      </span>
      <span className={styles.hidden} aria-live="polite">
        {text('weights.cellValue', {
          name,
          row: row + 1,
          column: column + 1,
          value: formatNumber(values[selected]!),
        })}
      </span>
    </div>
  );
}

function stepFor(event: { readonly shiftKey: boolean; readonly altKey: boolean }): number {
  return 0.01 * (event.shiftKey ? 10 : event.altKey ? 0.1 : 1);
}
