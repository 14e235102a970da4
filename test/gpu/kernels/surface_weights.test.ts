import { expect, it } from 'vitest';
import { dispatchSurfaceWeights } from '../../../src/engine/gpu/kernels/surface_weights';
import { floats, kernelBench } from '../kernelHarness';
import { checkSurfaceWeights } from './surface';

it.each([
  [1, 1, 0, 1],
  [65, 7, 2, 4],
  [130, 3, 1, 2],
])('%i vec4f; of %i points those from %i on, %i of them', (...sizes) => checkSurfaceWeights(sizes));

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
