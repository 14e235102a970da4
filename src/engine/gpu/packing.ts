import type { Problem, Reals } from '../../model/problem';

/** Widths on the GPU are whole groups of four; the added entries are zero. */
export function groupsOf(width: number): number {
  return Math.ceil(width / 4);
}

/** rows × width → rows × 4·groups, float32. */
export function padRows(values: Reals, rows: number, width: number): Float32Array<ArrayBuffer> {
  const padded = groupsOf(width) * 4;
  if (padded === width) return Float32Array.from(values);
  const out = new Float32Array(rows * padded);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) out[row * padded + i] = values[row * width + i]!;
  }
  return out;
}

/** rows × 4·groups → rows × width. */
export function unpadRows(values: Float32Array, rows: number, width: number): Float32Array {
  const padded = groupsOf(width) * 4;
  if (padded === width) return values;
  const out = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    out.set(values.subarray(row * padded, row * padded + width), row * width);
  }
  return out;
}

/**
 * A [rows, columns] matrix as mat4x4f blocks, blocks[columnGroup · rowGroups + rowGroup], each
 * column-major as WGSL has it: block · v is four outputs from four inputs.
 */
export function packBlocks(
  matrix: Reals,
  rows: number,
  columns: number,
  transposed = false,
): Float32Array<ArrayBuffer> {
  const outRows = transposed ? columns : rows;
  const outColumns = transposed ? rows : columns;
  const rowGroups = groupsOf(outRows);
  const out = new Float32Array(rowGroups * groupsOf(outColumns) * 16);
  for (let r = 0; r < outRows; r++) {
    for (let c = 0; c < outColumns; c++) {
      const value = transposed ? matrix[c * columns + r]! : matrix[r * columns + c]!;
      const block = (c >> 2) * rowGroups + (r >> 2);
      out[block * 16 + (c & 3) * 4 + (r & 3)] = value;
    }
  }
  return out;
}

/** ŷ_t as loss.wgsl reads them: padded rows, or class indices. */
export function packTargets({
  T,
  B,
  O,
  targets,
}: Problem): Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
  return targets.kind === 'class'
    ? Int32Array.from(targets.indices)
    : padRows(targets.values, T * B, O);
}
