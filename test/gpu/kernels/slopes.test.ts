import { describe, expect, it } from 'vitest';
import { dispatchSlopes } from '../../../src/engine/gpu/kernels/slopes';
import { groupsOf, padRows } from '../../../src/engine/gpu/packing';
import { ACTIVATIONS, type Activation } from '../../../src/model/kinds';
import { ZERO_EXPONENT } from '../../../src/model/scaled';
import { scaledSlope } from '../../../src/reference/activations';
import {
  expectRows,
  exponentsOf,
  floats,
  kernelBench,
  paramsOf,
  POISON,
  rowExponents,
  testNumbers,
} from '../kernelHarness';

async function check(
  activation: Activation,
  [T, B, H]: readonly [number, number, number],
  firstOverflow: number,
  low = -4,
  high = 4,
) {
  const rows = T * B;
  const preActivations = testNumbers(rows + H).reals(rows * H, low, high);
  const gpu = await kernelBench();
  const slopes = gpu.poisoned(rows * groupsOf(H) * 4);
  const exponents = gpu.given(rowExponents(rows + B, {}));
  const dispatch = dispatchSlopes({
    params: paramsOf({ T, B, H, I: 1, O: 1 }),
    preActivations: gpu.given(padRows(preActivations, rows, H)),
    slopes,
    rowExponents: exponents,
    firstOverflow: gpu.given(Uint32Array.of(firstOverflow)),
    activation: ACTIVATIONS.indexOf(activation),
    rows,
    hiddenGroups: groupsOf(H),
  });
  const [values, written] = await gpu.run(
    [{ ...dispatch, workgroups: [1, 1, 1] }],
    [slopes, exponents],
  );

  const live = (Math.min(T + 1, firstOverflow) - 1) * B;
  const expected = {
    mantissas: new Float64Array(live * H),
    exponents: new Int32Array(live),
    width: H,
  };
  for (let row = 0; row < live; row++) {
    const parts = Array.from({ length: H }, (_, i) =>
      scaledSlope(activation, preActivations[row * H + i]!),
    );
    const top = parts.reduce(
      (most, { mantissa, exponent }) =>
        mantissa === 0
          ? most
          : Math.max(most, exponent + Math.floor(Math.log2(Math.abs(mantissa)))),
      ZERO_EXPONENT,
    );
    expected.exponents[row] = top;
    parts.forEach(({ mantissa, exponent }, i) => {
      expected.mantissas[row * H + i] = mantissa === 0 ? 0 : mantissa * 2 ** (exponent - top);
    });
  }
  const stride = groupsOf(H) * 4;
  expectRows(
    floats(values).subarray(0, live * stride),
    exponentsOf(written, 'slope').subarray(B, B + live),
    expected,
    1e-5,
    activation,
  );
  // Rows of the overflow and after are left alone.
  const rest = new Uint32Array(values!).subarray(live * stride);
  expect(rest.every((word) => word === POISON)).toBe(true);
}

describe('slopes', () => {
  it.each(ACTIVATIONS)('%s', async (activation) => {
    await check(activation, [13, 5, 7], 14);
    await check(activation, [3, 2, 1], 4, -30, 30);
  });
  // Rows that lie in a tail as a whole: near 2^-120 … 2^-5000.
  it.each(['tanh', 'sigmoid', 'elu', 'softplus', 'gelu', 'silu'] as const)(
    'the tail of %s keeps its digits',
    (activation) => check(activation, [9, 3, 4], 10, -90, -40),
  );
  it.each([
    [1, 1, 63],
    [21, 3, 64],
    [64, 1, 65],
    [13, 5, 2],
  ])('T = %i, B = %i, H = %i', (T, B, H) => check('tanh', [T, B, H], T + 1));
  it.each([1, 2, 9])('an overflow at step %i', (at) => check('silu', [9, 2, 5], at));
});
