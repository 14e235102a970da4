import { describe, it } from 'vitest';
import { dispatchHeatMap, LOG2_OF_ZERO } from '../../../src/engine/gpu/kernels/heat_map';
import { groupsOf, padRows } from '../../../src/engine/gpu/packing';
import { ZERO_EXPONENT } from '../../../src/model/scaled';
import { expectLogs, floats, kernelBench, rowExponents, testNumbers } from '../kernelHarness';

interface Case {
  readonly T: number;
  readonly B: number;
  readonly width: number;
  readonly from: number;
  readonly steps: number;
  readonly columns: number;
  readonly rows: number;
  readonly logarithmic?: boolean;
  /** Rows before step 1 */
  readonly offset?: number;
}

async function check(options: Case): Promise<void> {
  const { T, B, width, from, steps, columns, rows, logarithmic = false, offset = 0 } = options;
  const entry = B - 1;
  const numbers = testNumbers(T * 100 + width);
  const values = numbers.reals((T * B + offset) * width, -3, 2);
  values.forEach((_, i) => {
    if (i % 6 === 1) values[i] = 0;
  });
  const exponents = Int32Array.from({ length: T * B + B }, (_, row) =>
    row % 4 === 2 && !logarithmic ? ZERO_EXPONENT : numbers.whole(-30_000, 30_000),
  );
  const gpu = await kernelBench();
  const cells = gpu.poisoned(rows * columns * 2);
  const dispatch = dispatchHeatMap(
    gpu.given(padRows(values, T * B + offset, width)),
    gpu.given(rowExponents(T * B + B, { error_signal: exponents })),
    cells,
    {
      first_step: from,
      ...{ steps, columns, rows, width, groups: groupsOf(width), batch: B, entry },
      row_offset: offset,
      logarithmic: logarithmic ? 1 : 0,
    },
  );
  const [bytes] = await gpu.run([dispatch], [cells]);

  const expected: number[] = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      let [least, most] = [Infinity, -Infinity];
      for (
        let s = Math.floor((c * steps) / columns);
        s < Math.floor(((c + 1) * steps) / columns);
        s++
      ) {
        for (
          let i = Math.floor((r * width) / rows);
          i < Math.floor(((r + 1) * width) / rows);
          i++
        ) {
          const row = (from - 1 + s) * B + entry;
          const value = values[(row + offset) * width + i]!;
          const shown = logarithmic ? Math.log2(Math.abs(value)) + exponents[row + B]! : value;
          least = Math.min(least, shown);
          most = Math.max(most, shown);
        }
      }
      expected.push(least, most);
    }
  }
  const actual = Array.from(floats(bytes), (v) => (v <= LOG2_OF_ZERO ? -Infinity : v));
  // float32 holds 30 000 to about 2^-10
  expectLogs(actual, expected, logarithmic ? 4e-3 : 0, 'cells');
}

describe('heat_map', () => {
  it.each([
    { T: 1, B: 1, width: 1, from: 1, steps: 1, columns: 1, rows: 1 },
    { T: 9, B: 2, width: 7, from: 3, steps: 5, columns: 5, rows: 7 },
    { T: 80, B: 3, width: 65, from: 5, steps: 71, columns: 9, rows: 8, offset: 3 },
    { T: 66, B: 2, width: 63, from: 1, steps: 65, columns: 64, rows: 63, offset: 2 },
    { T: 65, B: 1, width: 64, from: 2, steps: 64, columns: 63, rows: 1 },
    { T: 70, B: 5, width: 6, from: 4, steps: 67, columns: 65, rows: 5 },
  ])('$width units of $steps steps as $columns × $rows', async (size) => {
    await check(size);
    await check({ ...size, offset: 0, logarithmic: true });
  });
});
