/**
 * out_n += M x_n for n = 0…count−1: M [rows, columns], x_n = x[xOffset + n·columns …],
 * out_n = out[n·rows …]. Float32 operands, float64 sums. Four batch entries share one pass over a
 * row of M; a remainder runs with four partial sums, so that no addition waits for the last one.
 */
export function addProducts(
  matrix: Float32Array,
  rows: number,
  columns: number,
  x: Float32Array,
  xOffset: number,
  count: number,
  out: Float64Array,
): void {
  let n = 0;
  for (; n + 4 <= count; n += 4) {
    const x0 = xOffset + n * columns;
    const x1 = x0 + columns;
    const x2 = x1 + columns;
    const x3 = x2 + columns;
    for (let i = 0; i < rows; i++) {
      const m = i * columns;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let j = 0; j < columns; j++) {
        const w = matrix[m + j]!;
        s0 += w * x[x0 + j]!;
        s1 += w * x[x1 + j]!;
        s2 += w * x[x2 + j]!;
        s3 += w * x[x3 + j]!;
      }
      const o = n * rows + i;
      out[o] = out[o]! + s0;
      out[o + rows] = out[o + rows]! + s1;
      out[o + 2 * rows] = out[o + 2 * rows]! + s2;
      out[o + 3 * rows] = out[o + 3 * rows]! + s3;
    }
  }
  for (; n < count; n++) addProduct(matrix, rows, columns, x, xOffset + n * columns, out, n * rows);
}

function addProduct(
  matrix: Float32Array,
  rows: number,
  columns: number,
  x: Float32Array,
  xOffset: number,
  out: Float64Array,
  outOffset: number,
): void {
  const whole = columns - (columns % 4);
  for (let i = 0; i < rows; i++) {
    const m = i * columns;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let j = 0;
    for (; j < whole; j += 4) {
      s0 += matrix[m + j]! * x[xOffset + j]!;
      s1 += matrix[m + j + 1]! * x[xOffset + j + 1]!;
      s2 += matrix[m + j + 2]! * x[xOffset + j + 2]!;
      s3 += matrix[m + j + 3]! * x[xOffset + j + 3]!;
    }
    for (; j < columns; j++) s0 += matrix[m + j]! * x[xOffset + j]!;
    out[outOffset + i] = out[outOffset + i]! + (s0 + s1 + (s2 + s3));
  }
}

/** Every batch entry's row of `out` becomes the bias. */
export function setBias(bias: Float32Array, count: number, out: Float64Array): void {
  for (let n = 0; n < count; n++) out.set(bias, n * bias.length);
}
