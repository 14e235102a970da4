import { describe, expect, it } from 'vitest';
import { dispatchSumPartials } from '../../../src/engine/gpu/kernels/sum_partials';
import { floats, kernelBench, testNumbers } from '../kernelHarness';

describe('sum_partials', () => {
  it.each([
    [1, 1],
    [63, 2],
    [64, 65],
    [65, 64],
    [130, 7],
  ])('%i groups in %i parts, added in order', async (groups, parts) => {
    const values = testNumbers(groups).reals(groups * 4 * parts, -100, 200);
    const gpu = await kernelBench();
    const total = gpu.poisoned(groups * 4);
    const dispatch = dispatchSumPartials(gpu.given(values), total, groups, parts);
    const [bytes] = await gpu.run([dispatch], [total]);

    const expected = new Float32Array(groups * 4);
    for (let part = 0; part < parts; part++) {
      // float32 sums in the same order: the same bits
      for (let i = 0; i < expected.length; i++) expected[i]! += values[part * groups * 4 + i]!;
    }
    expect(floats(bytes)).toEqual(expected);
  });
});
