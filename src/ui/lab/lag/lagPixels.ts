/** Largest cell of each pixel's block, row-major [size, size]; NaN where a block has no value. */
export function lagPixels(log2Norm: Float64Array, T: number, size: number): Float64Array {
  const pixels = new Float64Array(size * size).fill(NaN);
  for (let row = 0; row < size; row++) {
    const [s0, s1] = block(row, T, size);
    for (let column = 0; column < size; column++) {
      const [k0, k1] = block(column, T, size);
      let most = NaN;
      for (let s = s0; s < s1; s++) {
        for (let k = k0; k < Math.min(k1, s + 1); k++) {
          const v = log2Norm[s * T + k]!;
          if (!(v <= most) && !Number.isNaN(v)) most = v;
        }
      }
      pixels[row * size + column] = most;
    }
  }
  return pixels;
}

/** The cells a pixel stands for: every cell has its pixel, also where T is no multiple of `size`. */
function block(pixel: number, T: number, size: number): [number, number] {
  const first = Math.floor((pixel * T) / size);
  return [first, Math.max(first + 1, Math.floor(((pixel + 1) * T) / size))];
}
