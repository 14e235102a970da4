import { expect, it, describe } from 'vitest';
import { dispatchPreviousStateNorms } from '../../../src/engine/gpu/kernels/previous_state_norms';
import { ZERO_EXPONENT } from '../../../src/model/scaled';
import { kernelBench, rowNormsOf, testNumbers, words } from '../kernelHarness';

async function check(T: number, B: number): Promise<void> {
  const numbers = testNumbers(T * 100 + B);
  const norms = Array.from({ length: (T + 1) * B }, (_, row) => ({
    sum: numbers.reals(1, 1, 9)[0]!,
    exponent: row % 5 === 3 ? ZERO_EXPONENT : numbers.whole(-300, 300),
  }));
  const resets = Array.from({ length: T + 1 }, (_, t) => t % 3 === 1 || t === 0);
  const gpu = await kernelBench();
  const out = gpu.poisoned(T * B * 2);
  const dispatch = dispatchPreviousStateNorms({
    hiddenStateNorms: gpu.given(rowNormsOf(norms)),
    retained: gpu.given(Float32Array.from(resets, (reset) => (reset ? 0 : 1))),
    previousStateNorms: out,
    rows: T * B,
    batch: B,
  });
  const [bytes] = await gpu.run([{ ...dispatch, workgroups: [1, 1, 1] }], [out]);
  const expected = norms
    .slice(0, T * B)
    .map((norm, row) => (resets[Math.floor(row / B)] ? { sum: 0, exponent: ZERO_EXPONENT } : norm));
  expect(words(bytes)).toEqual(rowNormsOf(expected));
}

describe('previous_state_norms', () => {
  it.each([
    [1, 1],
    [7, 9],
    [32, 2],
    [65, 3],
  ])('T = %i, B = %i', (T, B) => check(T, B));
});
