import { describe, expect, it } from 'vitest';
import { dispatchRowNorms } from '../../../src/engine/gpu/kernels/row_norms';
import { groupsOf, padRows } from '../../../src/engine/gpu/packing';
import { EXPONENT_KIND } from '../../../src/engine/gpu/structs';
import { ZERO_EXPONENT } from '../../../src/model/scaled';
import {
  expectLogs,
  ints,
  kernelBench,
  log2Norms,
  rowExponents,
  testNumbers,
} from '../kernelHarness';

interface Case {
  readonly T: number;
  readonly B: number;
  readonly width: number;
  readonly kind: keyof typeof EXPONENT_KIND;
  /** The matrix has B rows before step 1. */
  readonly withInitial: boolean;
  readonly firstOverflow?: number;
  /** Rows are scaled by 2^±this. */
  readonly range?: number;
}

async function check({ T, B, width, kind, withInitial, range = 0, ...rest }: Case): Promise<void> {
  const firstOverflow = rest.firstOverflow ?? T + 1;
  const rows = T * B + (withInitial ? B : 0);
  const numbers = testNumbers(rows * 100 + width);
  const values = numbers.reals(rows * width);
  for (let row = 0; row < rows; row++) {
    const scale = row % 7 === 3 ? 0 : 2 ** numbers.whole(-range, range);
    for (let i = 0; i < width; i++) values[row * width + i]! *= scale;
  }
  const exponents = () =>
    Int32Array.from({ length: T * B + B }, (_, row) =>
      row % 11 === 5 ? ZERO_EXPONENT : numbers.whole(-30_000, 30_000),
    );
  const members = {
    logit_gradient: exponents(),
    slope: exponents(),
    state_gradient: exponents(),
    error_signal: exponents(),
  };
  const carriedOf = {
    none: null,
    logitGradient: members.logit_gradient,
    stateGradient: members.state_gradient,
    errorSignal: members.error_signal,
  }[kind];

  const gpu = await kernelBench();
  const norms = gpu.poisoned(rows * 2);
  const dispatch = dispatchRowNorms({
    values: gpu.given(padRows(values, rows, width)),
    norms,
    rowExponents: gpu.given(rowExponents(T * B + B, members)),
    firstOverflow: gpu.given(Uint32Array.of(firstOverflow)),
    rows,
    groups: groupsOf(width),
    exponentKind: EXPONENT_KIND[kind],
    stopOffset: withInitial ? B : 0,
    batch: B,
  });
  const [bytes] = await gpu.run([{ ...dispatch, workgroups: [1, 1, 1] }], [norms]);

  const live = (firstOverflow - 1) * B + (withInitial ? B : 0);
  const expected = Array.from({ length: rows }, (_, row) => {
    const carried = carriedOf === null ? 0 : carriedOf[row + (withInitial ? 0 : B)]!;
    const norm = Math.hypot(...values.subarray(row * width, (row + 1) * width));
    if (row >= live || norm === 0 || carried === ZERO_EXPONENT) return -Infinity;
    return Math.log2(norm) + carried;
  });
  expectLogs(log2Norms(bytes), expected, 1e-5, kind);
  expected.forEach((norm, row) => {
    if (norm === -Infinity) expect(ints(bytes)[2 * row + 1]).toBe(ZERO_EXPONENT);
  });
}

const KINDS = Object.keys(EXPONENT_KIND) as (keyof typeof EXPONENT_KIND)[];

describe('row_norms', () => {
  it.each(KINDS)('exponent: %s', async (kind) => {
    await check({ T: 13, B: 5, width: 7, kind, withInitial: false });
    await check({ T: 5, B: 3, width: 6, kind, withInitial: true, range: 120 });
  });
  it.each([
    [1, 1, 1],
    [21, 3, 63],
    [32, 2, 64],
    [13, 5, 65],
    [2, 2, 257],
  ])('T = %i, B = %i, width %i', async (T, B, width) => {
    await check({ T, B, width, kind: 'errorSignal', withInitial: false, range: 100 });
    await check({ T, B, width, kind: 'none', withInitial: true, range: 100 });
  });
  it.each([1, 2, 8])('an overflow at step %i', async (firstOverflow) => {
    const size = { T: 8, B: 3, width: 5, firstOverflow };
    await check({ ...size, kind: 'errorSignal', withInitial: false });
    await check({ ...size, kind: 'stateGradient', withInitial: true });
  });
});
