/** Entries of an array: the rectangle between two corners, 0-based. */
export interface Selection {
  /** Where it was begun; stays while it is extended. */
  readonly anchor: Cell;
  /** Where it was extended to; arrows move it. */
  readonly active: Cell;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface Shape {
  readonly rows: number;
  readonly columns: number;
}

/** Both ends inclusive */
export interface Bounds {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const FIRST_CELL: Selection = {
  anchor: { row: 0, column: 0 },
  active: { row: 0, column: 0 },
};

export function single(cell: Cell): Selection {
  return { anchor: cell, active: cell };
}

export function isSingle({ anchor, active }: Selection): boolean {
  return anchor.row === active.row && anchor.column === active.column;
}

function inside({ row, column }: Cell, { rows, columns }: Shape): Cell {
  return {
    row: Math.min(rows - 1, Math.max(0, row)),
    column: Math.min(columns - 1, Math.max(0, column)),
  };
}

/** The selection in an array that may have shrunk since. */
export function clampSelection({ anchor, active }: Selection, shape: Shape): Selection {
  return { anchor: inside(anchor, shape), active: inside(active, shape) };
}

/** With `extend`, from the anchor to the cell; otherwise the cell alone. */
export function selectTo(from: Selection, to: Cell, shape: Shape, extend: boolean): Selection {
  const active = inside(to, shape);
  return extend ? { anchor: from.anchor, active } : single(active);
}

/** Every row the selection touches, from edge to edge; the active cell's row stays active. */
export function wholeRows({ anchor, active }: Selection, { columns }: Shape): Selection {
  return {
    anchor: { row: anchor.row, column: 0 },
    active: { row: active.row, column: columns - 1 },
  };
}

export function wholeColumns({ anchor, active }: Selection, { rows }: Shape): Selection {
  return {
    anchor: { row: 0, column: anchor.column },
    active: { row: rows - 1, column: active.column },
  };
}

export function everything({ rows, columns }: Shape): Selection {
  return { anchor: { row: 0, column: 0 }, active: { row: rows - 1, column: columns - 1 } };
}

export function boundsOf({ anchor, active }: Selection): Bounds {
  return {
    top: Math.min(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    bottom: Math.max(anchor.row, active.row),
    right: Math.max(anchor.column, active.column),
  };
}

export function shapeOfBounds({ top, left, bottom, right }: Bounds): Shape {
  return { rows: bottom - top + 1, columns: right - left + 1 };
}

export function contains({ top, left, bottom, right }: Bounds, { row, column }: Cell): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}

/** Row-major indices into an array of `columns` columns, ascending. */
export function indicesOf({ top, left, bottom, right }: Bounds, columns: number): number[] {
  const indices: number[] = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) indices.push(row * columns + column);
  }
  return indices;
}

/** The cell under a point, given as parts 0…1 of the map's width and height. */
export function cellAt(x: number, y: number, { rows, columns }: Shape): Cell {
  return inside({ row: Math.floor(y * rows), column: Math.floor(x * columns) }, { rows, columns });
}
