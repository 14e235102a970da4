import { expect, it } from 'vitest';
import { dispatchSurfaceWeights } from '../../../src/engine/gpu/kernels/surface_weights';
import { floats, kernelBench, testNumbers } from '../kernelHarness';

it.each([
  [1, 1, 0, 1],
  [65, 7, 2, 4],
  [130, 3, 1, 2],
])('%i vec4f, points %i of which %i… %i', async (words, points, first, count) => {
  const numbers = testNumbers(words);
  const [plane, at] = [numbers.reals(3 * words * 4), numbers.reals(2 * points, -3, 3)];
  const gpu = await kernelBench();
  const weights = gpu.poisoned(count * words * 4);
  const work = { points: gpu.given(at), plane: gpu.given(plane), weights, words };
  const [bytes] = await gpu.run([dispatchSurfaceWeights(work, first, count)], [weights]);
  const actual = floats(bytes);
  for (let point = 0; point < count; point++) {
    for (let i = 0; i < words * 4; i++) {
      const [a, b] = [at[2 * (first + point)]!, at[2 * (first + point) + 1]!];
      const expected = plane[i]! + a * plane[words * 4 + i]! + b * plane[2 * words * 4 + i]!;
      expect(actual[point * words * 4 + i]).toBeCloseTo(expected, 5);
    }
  }
});

it('is exact along one entry', async () => {
  const gpu = await kernelBench();
  const weights = gpu.poisoned(4);
  const work = {
    points: gpu.given(Float32Array.of(0.1, 0.3)),
    plane: gpu.given(Float32Array.of(0.7, -0.2, 5, 0, 1, 0, 0, 0, 0, 1, 0, 0)),
    weights,
    words: 1,
  };
  const [bytes] = await gpu.run([dispatchSurfaceWeights(work, 0, 1)], [weights]);
  const [x, y] = [Math.fround(Math.fround(0.7) + Math.fround(0.1)), Math.fround(-0.2)];
  expect([...floats(bytes)]).toEqual([x, Math.fround(y + Math.fround(0.3)), 5, 0]);
});
