import { describe, expect, it } from 'vitest';
import {
  combination,
  descentDirection,
  dot,
  entryDirection,
  gainDirection,
  norm,
  pathPlane,
  project,
  randomDirection,
  spans,
  unit,
} from '../../src/analysis/plane';
import { descendInPlane } from '../../src/analysis/planeDescent';
import type { Parameters } from '../../src/model/problem';
import { mapParameters, pointOnPlane } from '../../src/model/surface';
import { referencePass } from '../../src/reference/pass';
import { timesPowerOfTwo, type ScaledTensor } from '../../src/model/scaled';
import { randomProblem } from '../support/randomProblem';
import { pascanu, PASCANU_PLANE, randomPlane, referenceLoss } from '../support/surfaces';

const problem = randomProblem({ H: 4, I: 3, O: 2, seed: 5 });
const { parameters } = problem;
const ZERO = mapParameters(parameters, () => 0);

describe('directions', () => {
  it('an entry, the gain, the steepest descent', () => {
    const entry = entryDirection(parameters, 'inputWeights', 7);
    expect(norm(entry)).toBe(1);
    expect(entry.inputWeights[7]).toBe(1);
    const doubled = combination(1, parameters, 1, gainDirection(parameters));
    expect(doubled.recurrentWeights[5]).toBe(2 * parameters.recurrentWeights[5]!);
    expect(doubled.inputWeights).toEqual(parameters.inputWeights);
    const down = descentDirection(parameters)!;
    expect(norm(down)).toBeCloseTo(1, 12);
    expect(dot(down, parameters)).toBeCloseTo(-norm(parameters), 12);
    expect(descentDirection(ZERO)).toBeNull();
    expect(unit(mapParameters(parameters, () => Infinity))).toBeNull();
  });

  it('lengths far outside float64’s squares', () => {
    const huge = mapParameters(parameters, (name, i) => 1e200 * parameters[name][i]!);
    expect(norm(huge) / norm(parameters) / 1e200).toBeCloseTo(1, 12);
  });

  it('random, each row as long as the row of the weights, and by its seed', () => {
    const given = { ...parameters, hiddenBias: new Float64Array(4) };
    const direction = randomDirection(problem, given, 3);
    const rowNorm = (p: Parameters, name: 'recurrentWeights' | 'inputWeights', row: number) => {
      const width = name === 'recurrentWeights' ? 4 : 3;
      return Math.hypot(...p[name].subarray(row * width, (row + 1) * width));
    };
    for (const name of ['recurrentWeights', 'inputWeights'] as const) {
      for (let row = 0; row < 4; row++) {
        expect(rowNorm(direction, name, row)).toBeCloseTo(rowNorm(given, name, row), 10);
      }
    }
    expect(direction.hiddenBias.every((value) => value === 0)).toBe(true);
    expect(Math.hypot(...direction.outputBias)).toBeCloseTo(Math.hypot(...given.outputBias), 10);
    expect(randomDirection(problem, given, 3)).toEqual(direction);
    const other = randomDirection(problem, given, 4);
    expect(Math.abs(dot(unit(other)!, unit(direction)!))).toBeLessThan(0.9);
    expect(other.recurrentWeights[0]).not.toBe(direction.recurrentWeights[0]);
  });

  it('two that are one span nothing', () => {
    const [first] = [parameters];
    const second = mapParameters(first, (name, i) => -3 * first[name][i]!);
    expect(spans({ first, second })).toBe(false);
    expect(spans({ first, second: ZERO })).toBe(false);
    expect(spans(randomPlane(problem, 2))).toBe(true);
  });
});

describe('where weights lie in a plane', () => {
  it('is found for skewed directions of any length', () => {
    const plane = randomPlane(problem, 8);
    const long = { ...plane, first: mapParameters(ZERO, (name, i) => 40 * plane.first[name][i]!) };
    const skewed = { ...long, second: combination(1, plane.second, 0.02, long.first) };
    const at = combination(1, parameters, 0.3, skewed.first);
    const found = project(skewed, parameters, combination(1, at, -7, skewed.second));
    expect(found.a).toBeCloseTo(0.3, 9);
    expect(found.b).toBeCloseTo(-7, 9);
    expect(found.off).toBeLessThan(1e-9);
  });

  it('is the nearest point of weights beside it, with their distance', () => {
    const plane = {
      first: entryDirection(parameters, 'hiddenBias', 1),
      second: entryDirection(parameters, 'recurrentWeights', 2),
    };
    const moved = mapParameters(parameters, (name, i) => {
      const by = { hiddenBias: [0, 0.5, 0, 0], outputBias: [3, -4] } as Record<string, number[]>;
      return parameters[name][i]! + (by[name]?.[i] ?? 0);
    });
    const { a, b, off } = project(plane, parameters, moved);
    expect(a).toBeCloseTo(0.5, 12);
    expect(b).toBeCloseTo(0, 12);
    expect(off).toBeCloseTo(5, 12);
  });
});

describe('the plane of a path', () => {
  const along = entryDirection(parameters, 'outputWeights', 1);
  const aside = entryDirection(parameters, 'recurrentWeights', 6);
  const little = entryDirection(parameters, 'outputBias', 0);
  const at = (s: number, t: number, u: number) =>
    combination(1, combination(1, parameters, s, along), 1, combination(t, aside, u, little));

  it('is from its first to its last weights, and across where it bulges', () => {
    const path = [at(0, 0, 0), at(1, 2, 0.1), at(2, 3, -0.1), at(3, 2, 0.1), at(4, 0, 0)];
    const plane = pathPlane(path)!;
    expect(dot(plane.first, along)).toBeCloseTo(1, 12);
    expect(Math.abs(dot(plane.second, aside))).toBeGreaterThan(0.999);
    expect(dot(plane.first, plane.second)).toBeCloseTo(0, 12);
    expect(norm(plane.second)).toBeCloseTo(1, 12);
    const top = project(plane, parameters, path[2]!);
    expect(top.a).toBeCloseTo(2, 9);
    expect(Math.abs(top.b)).toBeCloseTo(3, 2);
  });

  it('is none for a path along a line or without a move', () => {
    expect(pathPlane([at(0, 0, 0), at(1, 0, 0), at(4, 0, 0)])).toBeNull();
    expect(pathPlane([at(0, 0, 0), at(0, 0, 0)])).toBeNull();
    expect(pathPlane([])).toBeNull();
  });
});

describe('descent in a plane', () => {
  const plain = ({ mantissas, exponent }: ScaledTensor) =>
    Float64Array.from(mantissas, (m) => timesPowerOfTwo(m, exponent));
  const gradientAt = (of: typeof problem) => (weights: Parameters) => {
    const pass = referencePass({ ...of, parameters: weights });
    if (pass.overflowAt !== null) return Promise.resolve(null);
    const gradient = {
      inputWeights: plain(pass.inputWeightGradient),
      recurrentWeights: plain(pass.recurrentWeightGradient),
      hiddenBias: plain(pass.hiddenBiasGradient),
      outputWeights: plain(pass.outputWeightGradient),
      outputBias: plain(pass.outputBiasGradient),
    };
    const loss = pass.stepLosses.reduce((sum, l) => sum + l, 0);
    return Promise.resolve({ loss, gradient });
  };

  it('goes down along the gradient of (a, b), each point on the surface', async () => {
    const plane = randomPlane(problem, 3);
    const options = { start: [0.02, -0.01], lr: 1e-3, clipNorm: null, updates: 4 } as const;
    const path = await descendInPlane(parameters, plane, options, gradientAt(problem));
    expect(path.length).toBe(5);
    expect([path[0]!.a, path[0]!.b]).toEqual([0.02, -0.01]);
    const lossAt = (a: number, b: number) =>
      referenceLoss({ ...problem, parameters: pointOnPlane(parameters, plane, a, b) });
    for (const [i, { a, b, loss }] of path.entries()) {
      expect(loss).toBeCloseTo(lossAt(a, b), 9);
      if (i > 0) expect(loss).toBeLessThan(path[i - 1]!.loss);
    }
    // Central differences of the loss itself, along a.
    const e = 1e-2;
    const [p, q] = [path[0]!, path[1]!];
    const slope = (lossAt(p.a + e, p.b) - lossAt(p.a - e, p.b)) / (2 * e);
    expect((p.a - q.a) / 1e-3 / slope).toBeCloseTo(1, 2);
  });

  it('a clipped step is no longer than lr · c, and points the same way', async () => {
    const near = { start: [0, -0.236], lr: 0.1, updates: 1 } as const;
    const [free, clipped] = await Promise.all(
      [null, 0.05].map((clipNorm) =>
        descendInPlane(
          pascanu.parameters,
          PASCANU_PLANE,
          { ...near, clipNorm },
          gradientAt(pascanu),
        ),
      ),
    );
    const step = (path: typeof free) => [path![1]!.a - path![0]!.a, path![1]!.b - path![0]!.b];
    expect(free![0]!.gradientNorm).toBeGreaterThan(0.05);
    const [u, v] = [step(free), step(clipped)];
    expect(Math.hypot(...v)).toBeCloseTo(0.005, 9);
    expect((u[0]! * v[0]! + u[1]! * v[1]!) / Math.hypot(...u) / Math.hypot(...v)).toBeCloseTo(1, 9);
    expect(Math.hypot(...u)).toBeCloseTo(0.1 * free![0]!.gradientNorm, 9);
  });

  it('ends where the pass overflows, and says so', async () => {
    const path = await descendInPlane(
      parameters,
      randomPlane(problem, 3),
      { start: [0, 0], lr: 0.1, clipNorm: null, updates: 9 },
      (weights) =>
        weights.hiddenBias[0] === parameters.hiddenBias[0]
          ? gradientAt(problem)(weights)
          : Promise.resolve(null),
    );
    expect(path.map(({ loss }) => Number.isFinite(loss))).toEqual([true, false]);
  });
});
