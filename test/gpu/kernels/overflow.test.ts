import { describe, expect, it } from 'vitest';
import { dispatchOverflow } from '../../../src/engine/gpu/kernels/overflow';
import { groupsOf, padRows } from '../../../src/engine/gpu/packing';
import { kernelBench, paramsOf, testNumbers, words } from '../kernelHarness';

interface Planted {
  /** 0 is h_0 */
  readonly step: number;
  readonly entry: number;
  readonly at: number;
  readonly value: number;
  readonly where?: 'state' | 'logit';
}

const [B, H, O] = [3, 5, 6];

async function firstOverflow(T: number, planted: readonly Planted[]): Promise<number> {
  const numbers = testNumbers(T);
  const states = padRows(numbers.reals((T + 1) * B * H, -9e36, 9e36), (T + 1) * B, H);
  const logits = padRows(numbers.reals(T * B * O, -3e38, 3e38), T * B, O);
  for (const { step, entry, at, value, where } of planted) {
    if (where === 'logit') logits[((step - 1) * B + entry) * groupsOf(O) * 4 + at] = value;
    else states[(step * B + entry) * groupsOf(H) * 4 + at] = value;
  }
  const gpu = await kernelBench();
  const found = gpu.given(Uint32Array.of(T + 1));
  const dispatch = dispatchOverflow(
    paramsOf({ T, B, I: 1, H, O }),
    gpu.given(states),
    gpu.given(logits),
    found,
    T * B,
  );
  // One workgroup alone: rows past 64 are reached by striding.
  const [bytes] = await gpu.run([{ ...dispatch, workgroups: [1, 1, 1] }], [found]);
  return words(bytes)[0]!;
}

describe('overflow', () => {
  it.each([1, 21, 22, 63, 64, 65])('T = %i: none within the limits, nor in h_0', async (T) => {
    expect(await firstOverflow(T, [{ step: 0, entry: 1, at: 0, value: Infinity }])).toBe(T + 1);
  });

  it.each([
    [1.0000001e37, 'state'],
    [-1.1e37, 'state'],
    [3.4e38, 'state'],
    [Infinity, 'state'],
    [-Infinity, 'state'],
    [NaN, 'state'],
    [-NaN, 'state'],
    [Infinity, 'logit'],
    [-Infinity, 'logit'],
    [NaN, 'logit'],
  ] as const)('%d in a %s', async (value, where) => {
    for (const [T, step] of [
      [1, 1],
      [22, 22],
      [64, 43],
      [65, 65],
    ] as const) {
      const planted = [{ step, entry: step % B, at: (step * 2) % H, value, where }];
      expect(await firstOverflow(T, planted)).toBe(step);
    }
  });

  it('takes the first of several', async () => {
    const value = Infinity;
    expect(
      await firstOverflow(65, [
        { step: 60, entry: 0, at: 4, value },
        { step: 31, entry: 2, at: 1, value },
        { step: 30, entry: 1, at: 5, value, where: 'logit' },
      ]),
    ).toBe(30);
  });

  it('the limit itself, and any finite logit, is not over', async () => {
    const limit = Math.fround(1e37);
    expect(
      await firstOverflow(2, [
        { step: 1, entry: 0, at: 0, value: limit > 1e37 ? 9.999999e36 : limit },
        { step: 2, entry: 0, at: 0, value: 3.4028234663852886e38, where: 'logit' },
      ]),
    ).toBe(3);
  });
});
