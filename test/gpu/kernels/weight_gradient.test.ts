import { describe, it } from 'vitest';
import { dispatchWeightGradient } from '../../../src/engine/gpu/kernels/weight_gradient';
import { groupsOf, padRows, unpadRows } from '../../../src/engine/gpu/packing';
import { EXPONENT_KIND } from '../../../src/engine/gpu/structs';
import { timesPowerOfTwo, ZERO_EXPONENT } from '../../../src/model/scaled';
import { expectClose } from '../../support/compare';
import {
  expectPadding,
  floats,
  kernelBench,
  rowExponents,
  rowNormsOf,
  testNumbers,
} from '../kernelHarness';

interface Case {
  readonly T: number;
  readonly B: number;
  readonly left: number;
  readonly right: number;
  /** Rows before the right matrix's partner of row 0 */
  readonly offset?: number;
  readonly rowsPerPart?: number;
  /** Left and right rows are scaled by 2^±this. */
  readonly range?: number;
  readonly kind?: 'logitGradient' | 'errorSignal';
  readonly ones?: boolean;
  readonly firstOverflow?: number;
  readonly mostCost?: number;
}

async function check(options: Case): Promise<void> {
  const { T, B, left, right, offset = 0, range = 0, kind = 'errorSignal' } = options;
  const { ones = false, firstOverflow = T + 1, mostCost = 1e9 } = options;
  const rows = T * B;
  const rowsPerPart = options.rowsPerPart ?? rows;
  const partCount = Math.ceil(rows / rowsPerPart);
  const numbers = testNumbers(rows * 10_000 + left * 100 + right);
  const leftValues = numbers.reals(rows * left);
  const leftExponents = Int32Array.from({ length: rows + B }, (_, row) =>
    row % 9 === 4 ? ZERO_EXPONENT : 200 * range + numbers.whole(-range, range),
  );
  const rightValues = numbers.reals((rows + offset) * right);
  const norms = Array.from({ length: rows + offset }, (_, row) => {
    const scale = row % 8 === 6 ? 0 : 2 ** numbers.whole(-range, range);
    let peak = 0;
    for (let i = row * right; i < (row + 1) * right; i++) {
      rightValues[i]! *= scale;
      peak = Math.max(peak, Math.abs(rightValues[i]!));
    }
    return { sum: 1, exponent: peak === 0 ? ZERO_EXPONENT : Math.floor(Math.log2(peak)) };
  });
  // Relative to the largest exponent of any product, as product_exponents.wgsl finds it.
  const exponentOfProduct = (row: number) =>
    leftExponents[row + B]! + (ones ? 0 : norms[row + offset]!.exponent);
  const product = Math.max(...Array.from({ length: rows }, (_, row) => exponentOfProduct(row)));

  const gpu = await kernelBench();
  const [leftGroups, rightGroups] = [groupsOf(left), groupsOf(right)];
  const parts = gpu.poisoned(partCount * leftGroups * 4 * rightGroups * 4);
  const dispatches = dispatchWeightGradient(
    {
      left: gpu.given(padRows(leftValues, rows, left)),
      right: gpu.given(padRows(rightValues, rows + offset, right)),
      rowExponents: gpu.given(
        rowExponents(rows + B, {
          [kind === 'errorSignal' ? 'error_signal' : 'logit_gradient']: leftExponents,
        }),
      ),
      rightNorms: gpu.given(rowNormsOf(norms)),
      productExponents: gpu.given(Int32Array.of(1, 2, 3, product, 5)),
      firstOverflow: gpu.given(Uint32Array.of(firstOverflow)),
      parts,
      ...{ rows, leftGroups, rightGroups, rightRowOffset: offset, rowsPerPart, partCount },
      ...{ product: 3, exponentKind: EXPONENT_KIND[kind], batch: B, ones },
    },
    mostCost,
  );
  const [bytes] = await gpu.run(dispatches, [parts]);

  const live = (firstOverflow - 1) * B;
  for (let part = 0; part < partCount; part++) {
    const expected = new Float64Array(left * right);
    for (let r = part * rowsPerPart; r < Math.min(live, rows, (part + 1) * rowsPerPart); r++) {
      const carried = leftExponents[r + B]!;
      if (carried === ZERO_EXPONENT) continue;
      for (let i = 0; i < left; i++) {
        for (let j = 0; j < right; j++) {
          const v = ones ? 1 : rightValues[(r + offset) * right + j]!;
          expected[i * right + j]! +=
            timesPowerOfTwo(leftValues[r * left + i]!, carried - product) * v;
        }
      }
    }
    const size = leftGroups * 4 * rightGroups * 4;
    const own = floats(bytes).subarray(part * size, (part + 1) * size);
    expectPadding(own, left, right, `part ${part}`);
    if (own.subarray(left * rightGroups * 4).some((v) => v !== 0)) {
      throw new Error(`part ${part}: padding rows are not zero`);
    }
    expectClose(
      unpadRows(own, left, right).subarray(0, left * right),
      expected,
      1e-5,
      `part ${part}`,
    );
  }
}

describe('weight_gradient', () => {
  it.each([
    [1, 1, 1, 2],
    [5, 3, 2, 1],
    [3, 2, 31, 33],
    [4, 1, 63, 65],
    [2, 3, 64, 7],
    [7, 2, 65, 64],
    [2, 2, 5, 63],
  ])('T = %i, B = %i, %i × %i', async (T, B, left, right) => {
    await check({ T, B, left, right });
    await check({ T, B, left, right, offset: B, kind: 'logitGradient' });
  });

  it.each([
    [1, 1e9],
    [63, 1e9],
    [64, 1e9],
    [65, 65 * 24 * 4],
  ])('%i rows a part', (rowsPerPart, mostCost) =>
    check({ T: 65, B: 2, left: 6, right: 7, rowsPerPart, mostCost }),
  );

  it.each([3, 40, 100])('exponents within ±%i', async (range) => {
    await check({ T: 20, B: 3, left: 6, right: 5, range });
    await check({ T: 20, B: 3, left: 6, right: 5, range, offset: 3, rowsPerPart: 31 });
  });

  it.each(['errorSignal', 'logitGradient'] as const)('a bias gradient: %s', async (kind) => {
    await check({ T: 9, B: 2, left: 7, right: 1, kind, ones: true });
    await check({ T: 23, B: 3, left: 65, right: 1, kind, ones: true, range: 20, rowsPerPart: 16 });
  });

  it.each([2, 6, 9])('an overflow at step %i', (firstOverflow) =>
    check({ T: 9, B: 3, left: 5, right: 6, firstOverflow }),
  );
});
