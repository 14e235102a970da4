import { describe, expect, it } from 'vitest';
import { connect } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import { surveyWindow } from '../../src/engine/surface';
import { gridLine } from '../../src/model/surface';
import { randomProblem } from '../support/randomProblem';
import {
  expectSurface,
  pascanu,
  PASCANU_PLANE,
  randomPlane,
  referenceLosses,
  somePoints,
  SURFACE_CASES,
} from '../support/surfaces';
import { asSlow, gpuEngine } from './support';

describe('the loss surface on the GPU', () => {
  it.each(SURFACE_CASES)('is the reference: $name', async (surface) =>
    expectSurface((await gpuEngine()).engine, surface, 1e-3),
  );

  it('is the reference over many points, cut into tiles and chunks', async () => {
    const problem = randomProblem({ T: 60, B: 2, I: 2, H: 20, O: 2, gain: 0.5, seed: 9 });
    const points = somePoints(400, 0.1, 3);
    await expectSurface((await gpuEngine()).engine, { name: '', problem, points }, 1e-3);
  });

  it('is the cliff of Pascanu, Mikolov and Bengio', async () => {
    const points = Float64Array.from({ length: 2 * 81 }, (_, i) => {
      const at = i >> 1;
      return i % 2 === 0 ? (at % 9) * 0.3 - 1.2 : Math.floor(at / 9) * 0.25 - 1.1;
    });
    const surface = { name: '', problem: pascanu, plane: PASCANU_PLANE, points };
    await expectSurface((await gpuEngine()).engine, surface, 2e-3);
  });

  it('streams over a window as the worker asks for it', async () => {
    const { engine } = await gpuEngine();
    const window = { a: [-1, 1], b: [-0.5, 0.5] } as const;
    const parts: number[] = [];
    const grid = await surveyWindow(
      { window, finest: 17 },
      {
        survey: () => engine.survey(pascanu, PASCANU_PLANE),
        signal: new AbortController().signal,
        onPart: ({ size }) => parts.push(size),
        onProgress: () => undefined,
      },
    );
    expect(parts).toEqual([9]);
    const points = Float64Array.from({ length: 2 * 17 * 17 }, (_, i) => {
      const cell = i >> 1;
      return i % 2 === 0
        ? gridLine(window.a, cell % 17, 17)
        : gridLine(window.b, Math.floor(cell / 17), 17);
    });
    const expected = referenceLosses(pascanu, PASCANU_PLANE, points);
    // Next to the edge a rounding of the weights decides which side a point is on.
    const apart = expected.filter((loss, i) => !(Math.abs(grid.losses[i]! / loss - 1) < 2e-3));
    expect(apart.length).toBeLessThan(5);
  });

  it('is the same, bit for bit, however points are grouped', async () => {
    const { engine } = await gpuEngine();
    const problem = randomProblem({ T: 30, H: 7, seed: 12 });
    const points = somePoints(50, 0.3, 4);
    const surface = await engine.survey(problem, randomPlane(problem, 2));
    const [all, one] = await Promise.all([
      surface.losses(points),
      surface.losses(points.subarray(34, 36)),
    ]);
    expect(one[0]).toBe(all[17]);
    surface.dispose();
  });

  it('is the same, bit for bit, however its steps are cut', async () => {
    const { device, engine } = await gpuEngine();
    const adapter = asSlow(engine.adapter);
    const slow = new GpuEngine({ device, adapter, sources: shaderSources });
    const problem = randomProblem({ T: 300, H: 7, gain: 0.5, seed: 12 });
    const points = somePoints(60, 0.3, 4);
    const surface = await slow.survey(problem, randomPlane(problem, 2));
    const all = await surface.losses(points);
    for (let i = 0; i < points.length; i += 20) {
      const [one] = await surface.losses(points.subarray(i, i + 2));
      expect(all[i / 2]).toBe(one);
    }
    slow.dispose();
  });

  it('is cancelled, and rejects after disposal', async () => {
    const { engine } = await gpuEngine();
    const problem = randomProblem({ T: 2000, B: 2, H: 32 });
    const surface = await engine.survey(problem, randomPlane(problem, 1));
    const controller = new AbortController();
    const parts: number[] = [];
    const pending = surface.losses(somePoints(500, 0.1, 2), {
      signal: controller.signal,
      onProgress: (done) => {
        parts.push(done);
        controller.abort();
      },
    });
    await expect(pending).rejects.toMatchObject({ code: 'aborted' });
    expect(parts.length).toBe(1);
    expect(parts[0]).toBeLessThan(1);
    surface.dispose();
    await expect(surface.losses(Float64Array.of(0, 0))).rejects.toMatchObject({ code: 'aborted' });
  });

  it('says what is too large', async () => {
    const { device, engine } = await gpuEngine();
    const small = new GpuEngine({
      ...{ device, adapter: engine.adapter, sources: shaderSources },
      memoryBudget: 2 ** 27,
    });
    const problem = randomProblem({ T: 30_000, B: 64, I: 8, H: 2, O: 2 });
    await expect(small.survey(problem, randomPlane(problem, 1))).rejects.toMatchObject({
      code: 'too-large',
    });
    small.dispose();
  });

  it('rejects when the device is lost', async () => {
    const { device, adapter } = await connect(navigator.gpu);
    const engine = new GpuEngine({ device, adapter: asSlow(adapter), sources: shaderSources });
    const problem = randomProblem({ T: 3000, B: 2, H: 32 });
    const surface = await engine.survey(problem, randomPlane(problem, 1));
    const pending = surface.losses(somePoints(500, 0.1, 2), {
      onProgress: () => device.destroy(),
    });
    await expect(pending).rejects.toMatchObject({ code: 'device-lost' });
    await expect(surface.losses(Float64Array.of(0, 0))).rejects.toMatchObject({
      code: 'device-lost',
    });
    await expect(engine.survey(problem, randomPlane(problem, 1))).rejects.toMatchObject({
      code: 'device-lost',
    });
  });
});
