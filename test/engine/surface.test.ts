import { afterAll, describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { pointOnPlane } from '../../src/model/surface';
import { randomProblem } from '../support/randomProblem';
import {
  expectSurface,
  pascanu,
  PASCANU_PLANE,
  randomPlane,
  referenceLosses,
  SURFACE_CASES,
  somePoints,
} from '../support/surfaces';

const engine = createCpuEngine();
afterAll(() => engine.dispose());

describe('the loss surface on the CPU', () => {
  it.each(SURFACE_CASES)('is the reference: $name', (surface) =>
    expectSurface(engine, surface, 2e-5),
  );

  it('is the loss of a run at the same weights', async () => {
    const problem = randomProblem({ T: 9, seed: 3 });
    const plane = randomPlane(problem, 4);
    const surface = await engine.survey(problem, plane);
    const [value] = await surface.losses(Float64Array.of(0.25, -0.5));
    const parameters = pointOnPlane(problem.parameters, plane, 0.25, -0.5);
    const run = await engine.run({ ...problem, parameters });
    expect(value).toBeCloseTo(run.summary.totalLoss, 12);
  });

  it('is cancelled between two points and by disposal', async () => {
    const problem = randomProblem({ T: 400, B: 4, H: 40 });
    const surface = await engine.survey(problem, randomPlane(problem, 1));
    const controller = new AbortController();
    const points = somePoints(200, 0.1, 2);
    const pending = surface.losses(points, { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'aborted' });
    const second = surface.losses(points);
    surface.dispose();
    await expect(second).rejects.toMatchObject({ code: 'aborted' });
    await expect(surface.losses(points)).rejects.toMatchObject({ code: 'aborted' });
  });

  it('tells how far it is', async () => {
    const problem = randomProblem();
    const surface = await engine.survey(problem, randomPlane(problem, 1));
    const parts: number[] = [];
    await surface.losses(somePoints(4, 0.1, 2), { onProgress: (done) => parts.push(done) });
    expect(parts).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it('has overflow points among its cases', () => {
    const infinite = SURFACE_CASES.filter(({ problem, plane = randomPlane(problem, 5), points }) =>
      points ? referenceLosses(problem, plane, points).includes(Infinity) : false,
    );
    expect(infinite.map(({ name }) => name)).toEqual([
      'overflow of the state',
      'overflow of a logit at a step without a loss',
    ]);
  });
});

describe('the scalar example of Pascanu, Mikolov and Bengio', () => {
  // h ← σ(w h + b), 50 steps from h_0 = σ(½), (h_50 − 0.7)², by hand.
  const byHand = (w: number, b: number) => {
    const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));
    let h = sigmoid(0.5);
    for (let t = 0; t < 50; t++) h = sigmoid(w * h + b);
    return (h - 0.7) ** 2;
  };

  it('has its cliff', async () => {
    const offsets = [
      [0, 0],
      [0.4, 0],
      [-0.4, 0],
      [1, -0.5],
      // From one fixed point to the other within two hundredths of b:
      [0, -0.22],
      [0, -0.24],
    ] as const;
    const surface = await engine.survey(pascanu, PASCANU_PLANE);
    const values = await surface.losses(Float64Array.from(offsets.flat()));
    offsets.forEach(([w, b], i) =>
      expect(values[i]! / byHand(6 + w, -3 + b), String([w, b])).toBeCloseTo(1, 4),
    );
    expect(values[5]! / values[4]!).toBeGreaterThan(5);
  });
});
