import { describe, expect, it } from 'vitest';
import { dispatchAffine } from '../../../src/engine/gpu/kernels/affine';
import { groupsOf, packBlocks, padRows, unpadRows } from '../../../src/engine/gpu/packing';
import { expectClose } from '../../support/compare';
import { expectPadding, floats, kernelBench, testNumbers } from '../kernelHarness';

describe('affine', () => {
  it.each([
    // rows, inputs, outputs, rows to skip, cost of one dispatch
    [1, 1, 2, 0, 1e9],
    [2, 64, 1, 1, 1e9],
    [31, 5, 3, 2, 1e9],
    [33, 3, 31, 3, 1e9],
    [63, 65, 33, 0, 1e9],
    [65, 63, 64, 5, 1e9],
    [64, 7, 65, 1, 1e9],
    [97, 6, 9, 4, 33 * 16 * 6], // three dispatches
  ])('%i rows of %i → %i, %i skipped', async (rows, width, outputs, skipped, mostCost) => {
    const numbers = testNumbers(rows * 1000 + width);
    const matrix = numbers.reals(outputs * width);
    const bias = numbers.reals(outputs);
    const input = numbers.reals((rows + skipped) * width, -3, 5);
    const gpu = await kernelBench();
    const output = gpu.poisoned(rows * groupsOf(outputs) * 4);
    const dispatches = dispatchAffine(
      {
        blocks: gpu.given(packBlocks(matrix, outputs, width)),
        bias: gpu.given(padRows(bias, 1, outputs)),
        input: gpu.given(padRows(input, rows + skipped, width)),
        output,
        rows,
        inGroups: groupsOf(width),
        outGroups: groupsOf(outputs),
        inRowOffset: skipped,
      },
      mostCost,
    );
    expect(dispatches.length).toBe(mostCost === 1e9 ? 1 : 3);
    const [bytes] = await gpu.run(dispatches, [output]);

    const expected = Float64Array.from({ length: rows * outputs }, (_, at) => {
      const [row, i] = [Math.floor(at / outputs), at % outputs];
      let sum = bias[i]!;
      for (let j = 0; j < width; j++) {
        sum += matrix[i * width + j]! * input[(row + skipped) * width + j]!;
      }
      return sum;
    });
    expectPadding(floats(bytes), rows, outputs, 'output');
    expectClose(unpadRows(floats(bytes), rows, outputs), expected, 1e-6, 'output');
  });
});
