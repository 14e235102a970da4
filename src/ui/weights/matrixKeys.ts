import {
  everything,
  isSingle,
  selectTo,
  single,
  wholeColumns,
  wholeRows,
  type Selection,
  type Shape,
} from './selection';

/** The part of a keyboard event that matters here. */
export interface MatrixKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

export type MatrixCommand =
  | { readonly kind: 'select'; readonly selection: Selection }
  | { readonly kind: 'add'; readonly amount: number }
  | { readonly kind: 'zero' }
  /** Go to the number field; `begun`: with this key as the first character. */
  | { readonly kind: 'type'; readonly begun: boolean };

const STEP = 0.01;

const ARROWS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** What a key does to the selection of a matrix, as spreadsheets have it; null for other keys. */
export function matrixCommand(
  event: MatrixKey,
  selection: Selection,
  shape: Shape,
): MatrixCommand | null {
  const { key, shiftKey, altKey } = event;
  const command = event.ctrlKey || event.metaKey;
  const { active } = selection;
  const select = (next: Selection): MatrixCommand => ({ kind: 'select', selection: next });
  const to = (row: number, column: number) =>
    select(selectTo(selection, { row, column }, shape, shiftKey));

  if (altKey) {
    const sign = key === 'ArrowUp' ? 1 : key === 'ArrowDown' ? -1 : 0;
    return sign === 0 ? null : { kind: 'add', amount: sign * STEP * (shiftKey ? 10 : 1) };
  }
  const arrow = ARROWS[key];
  if (arrow !== undefined) {
    const far = command ? Math.max(shape.rows, shape.columns) : 1;
    return to(active.row + arrow[0] * far, active.column + arrow[1] * far);
  }
  if (key === 'Home') return to(command ? 0 : active.row, 0);
  if (key === 'End') return to(command ? shape.rows - 1 : active.row, shape.columns - 1);
  if (key === ' ' && shiftKey && command) return select(everything(shape));
  if (key === ' ' && shiftKey) return select(wholeRows(selection, shape));
  if (key === ' ' && command) return select(wholeColumns(selection, shape));
  if (command) return key.toLowerCase() === 'a' ? select(everything(shape)) : null;
  if (key === 'Escape') return isSingle(selection) ? null : select(single(active));
  if (key === 'Delete' || key === 'Backspace') return { kind: 'zero' };
  if (key === 'Enter') return { kind: 'type', begun: false };
  return /^[\d.+\-\u2212]$/.test(key) ? { kind: 'type', begun: true } : null;
}
