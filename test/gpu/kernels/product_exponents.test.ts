import { describe, expect, it } from 'vitest';
import { dispatchProductExponents } from '../../../src/engine/gpu/kernels/product_exponents';
import { ZERO_EXPONENT } from '../../../src/model/scaled';
import { ints, kernelBench, paramsOf, rowNormsOf, testNumbers } from '../kernelHarness';

async function check(T: number, B: number, allZero = false): Promise<void> {
  const rows = T * B;
  const numbers = testNumbers(rows);
  const norms = (count: number) =>
    Array.from({ length: count }, (_, row) => ({
      sum: 1,
      exponent:
        allZero || row % 3 === 2 ? ZERO_EXPONENT : numbers.whole(-30_000, row % 2 ? 10 : 30_000),
    }));
  const [signals, gradients, inputs] = [norms(rows), norms(rows), norms(rows)];
  const states = norms(rows + B);
  const previous = norms(rows);
  const gpu = await kernelBench();
  const products = gpu.given(new Int32Array(5).fill(2 * ZERO_EXPONENT));
  const dispatch = dispatchProductExponents({
    params: paramsOf({ T, B, I: 2, H: 3, O: 5 }),
    errorSignalNorms: gpu.given(rowNormsOf(signals)),
    logitGradientNorms: gpu.given(rowNormsOf(gradients)),
    inputNorms: gpu.given(rowNormsOf(inputs)),
    hiddenStateNorms: gpu.given(rowNormsOf(states)),
    previousStateNorms: gpu.given(rowNormsOf(previous)),
    productExponents: products,
    rows,
  });
  const [bytes] = await gpu.run([{ ...dispatch, workgroups: [1, 1, 1] }], [products]);

  const largest = (exponentAt: (row: number) => number) =>
    Math.max(...Array.from({ length: rows }, (_, row) => exponentAt(row)));
  const [delta, dz] = [signals, gradients].map((list) => (row: number) => list[row]!.exponent) as [
    (row: number) => number,
    (row: number) => number,
  ];
  expect(Array.from(ints(bytes))).toEqual([
    largest((row) => delta(row) + previous[row]!.exponent),
    largest((row) => delta(row) + inputs[row]!.exponent),
    largest(delta),
    largest((row) => dz(row) + states[row + B]!.exponent),
    largest(dz),
  ]);
}

describe('product_exponents', () => {
  it.each([
    [1, 1],
    [7, 9],
    [32, 2],
    [13, 5],
    [129, 3],
  ])('T = %i, B = %i', (T, B) => check(T, B));
  it('nothing but exact zeros', () => check(5, 2, true));
});
