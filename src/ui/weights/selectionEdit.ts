import { fitMatrix, type Matrix, type MatrixComplaint } from './matrixText';
import { indicesOf, shapeOfBounds, type Bounds, type Shape } from './selection';

/** New values of some entries: row-major index and value. */
export type Entries = readonly (readonly [index: number, value: number])[];

/** Applies `make` to the selected entries as they are now. */
export type EditSelection = (make: (entries: Entries) => Entries, gesture?: string) => void;

/** Seven digits are what fields show, and what float32 holds. */
function rounded(value: number): number {
  return Number(value.toPrecision(7)) + 0;
}

/** The shortest decimal that is the same float32 number: exact, and short in a link. */
function shortest(value: number): number {
  const single = Math.fround(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return short + 0;
  }
  return single + 0;
}

/** The same amount on top of every entry; nothing on top leaves them exactly as they are. */
export function added(entries: Entries, amount: number): Entries {
  if (amount === 0) return multiplied(entries, 1);
  return entries.map(([index, value]) => [index, rounded(value + amount)]);
}

export function multiplied(entries: Entries, factor: number): Entries {
  return entries.map(([index, value]) => [index, shortest(factor * value)]);
}

export function filled(entries: Entries, value: number): Entries {
  return entries.map(([index]) => [index, value]);
}

/** The entries of a selection as they are now. */
export function entriesOf(values: ArrayLike<number>, bounds: Bounds, columns: number): Entries {
  return indicesOf(bounds, columns).map((index) => [index, values[index]!]);
}

/** Least and greatest value of a selection. */
export function rangeOf(
  values: ArrayLike<number>,
  { top, left, bottom, right }: Bounds,
  columns: number,
): readonly [least: number, greatest: number] {
  let least = Infinity;
  let greatest = -Infinity;
  for (let row = top; row <= bottom; row++) {
    for (let i = row * columns + left; i <= row * columns + right; i++) {
      least = Math.min(least, values[i]!);
      greatest = Math.max(greatest, values[i]!);
    }
  }
  return [least, greatest];
}

/** Where a pasted matrix goes: into the selection, or in place of the whole array. */
export type Placement =
  | { readonly entries: Entries }
  | { readonly array: readonly number[] }
  | { readonly complaint: MatrixComplaint };

/**
 * A matrix of the selection's shape fills the selection, a single number all of it; one of the
 * array's shape replaces the array. Vectors may lie or stand.
 */
export function placed(matrix: Matrix, name: string, shape: Shape, bounds: Bounds): Placement {
  const { rows, columns } = shape;
  const indices = indicesOf(bounds, columns);
  if (matrix.values.length === 1) {
    return { entries: indices.map((index) => [index, matrix.values[0]!]) };
  }
  const whole = fitMatrix(matrix, name, rows, columns);
  if ('matrix' in whole) return { array: whole.matrix.values };
  const selected = shapeOfBounds(bounds);
  const part = fitMatrix(matrix, name, selected.rows, selected.columns);
  if ('matrix' in part) {
    return { entries: indices.map((index, i) => [index, part.matrix.values[i]!]) };
  }
  if (indices.length === 1) return whole;
  return {
    complaint: {
      key: 'weights.pasteShapes',
      params: {
        ...whole.complaint.params,
        selectedRows: selected.rows,
        selectedColumns: selected.columns,
      },
    },
  };
}
