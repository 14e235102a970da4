import { describe, it } from 'vitest';
import { dispatchStepNorms } from '../../../src/engine/gpu/kernels/step_norms';
import { timesPowerOfTwo, ZERO_EXPONENT } from '../../../src/model/scaled';
import { expectLogs, kernelBench, log2Norms, rowNormsOf, testNumbers } from '../kernelHarness';

async function check(T: number, B: number, offset: number, range: number): Promise<void> {
  const numbers = testNumbers(T * 100 + B);
  const rows = Array.from({ length: offset + T * B }, (_, row) =>
    row % 5 === 1 || Math.floor((row - offset) / B) === 2
      ? { sum: 0, exponent: ZERO_EXPONENT }
      : { sum: numbers.reals(1, 1, 300)[0]!, exponent: numbers.whole(-range, range) },
  );
  const gpu = await kernelBench();
  const norms = gpu.poisoned(T * 2);
  const dispatch = dispatchStepNorms(gpu.given(rowNormsOf(rows)), norms, T, B, offset);
  const [bytes] = await gpu.run([{ ...dispatch, workgroups: [1, 1, 1] }], [norms]);

  const expected = Array.from({ length: T }, (_, t) => {
    const own = rows.slice(offset + t * B, offset + (t + 1) * B);
    const top = Math.max(...own.map(({ exponent }) => exponent));
    let sum = 0;
    for (const row of own) sum += timesPowerOfTwo(row.sum, 2 * (row.exponent - top));
    return sum === 0 ? -Infinity : top + 0.5 * Math.log2(sum);
  });
  expectLogs(log2Norms(bytes), expected, 1e-5, 'step norms');
}

describe('step_norms', () => {
  it.each([
    [1, 1, 0, 0],
    [3, 63, 63, 2],
    [64, 5, 0, 9],
    [65, 2, 2, 70],
    [63, 3, 3, 30_000],
    [130, 65, 0, 5],
  ])('T = %i, B = %i, %i rows before, exponents within ±%i', (T, B, offset, range) =>
    check(T, B, offset, range),
  );
});
