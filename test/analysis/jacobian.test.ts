import { describe, expect, it } from 'vitest';
import {
  log2SingularValuesOfProduct,
  log2SingularValuesOfStep,
  unitErrorSentBack,
} from '../../src/analysis/jacobian';
import type { Trajectory } from '../../src/analysis/trajectory';
import { orthonormaliseRows } from '../../src/model/linearAlgebra';
import cases from '../fixtures/jacobian_products.json';
import { chain, irnn } from '../support/problems';
import { randomProblem, randomSource } from '../support/randomProblem';
import { gaussianWeights, linear, log2Determinant, trajectoryOf } from './trajectories';

const product = (weights: ArrayLike<number>, H: number, n: number) =>
  log2SingularValuesOfProduct(linear(weights, H, n), 0, n);

function orthogonal(H: number, gain = 1, seed = 3): Float64Array {
  const matrix = gaussianWeights(H, 1, seed);
  orthonormaliseRows(matrix, H, H);
  return matrix.map((v) => gain * v);
}

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual).toHaveLength(expected.length);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    if (actual[i] === expected[i]) continue; // both −Infinity
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= worst)) worst = difference;
  }
  return worst;
}

/** The trajectory of test/fixtures/generate_jacobian_products.py, to the bit. */
function trajectoryOfCase({ H, steps, seed, scale, slopes }: (typeof cases)[number]): Trajectory {
  const draw = randomSource(seed);
  const recurrentWeights = Float64Array.from({ length: H * H }, () => scale * (2 * draw() - 1));
  const slope = (u: number): number => {
    if (slopes === 'uniform') return 0.05 + 0.95 * u;
    if (slopes === 'saturated') return 2 ** -Math.floor(60 * u * u);
    return slopes === 'relu' && u < 0.004 ? 0 : 1;
  };
  return {
    H,
    steps,
    recurrentWeights,
    preActivations: new Float64Array(steps * H),
    slopes: Float64Array.from({ length: steps * H }, () => slope(draw())),
  };
}

describe('singular values of a product of Jacobians', () => {
  it.each(cases)('are those of multiprecision arithmetic: $name', (fixture) => {
    const expected = fixture.log2SingularValues.map((v) => v ?? -Infinity);
    const actual = log2SingularValuesOfProduct(trajectoryOfCase(fixture), 0, fixture.steps);
    // The fixture is rounded to 6 decimals; 1e-3 is what is promised.
    expect(largestDifference(actual, expected)).toBeLessThan(1e-5);
  });

  it('stay right at H = 64 over 2000 steps, for a symmetric matrix: n log2 |λ|', () => {
    const H = 64;
    const basis = orthogonal(H);
    const eigenvalues = Float64Array.from({ length: H }, (_, i) => 2 * 0.9 ** i);
    const weights = new Float64Array(H * H);
    for (let i = 0; i < H; i++) {
      for (let j = 0; j < H; j++) {
        for (let k = 0; k < H; k++) {
          weights[i * H + j]! += basis[k * H + i]! * eigenvalues[k]! * basis[k * H + j]!;
        }
      }
    }
    const expected = eigenvalues.map((v) => 2000 * Math.log2(v));
    expect(expected[63]).toBeLessThan(-16_000);
    expect(largestDifference(product(weights, H, 2000), expected)).toBeLessThan(1e-3);
  }, 120_000);

  it('multiply to the determinant', () => {
    const trajectory = trajectoryOf(randomProblem({ T: 300, B: 1, H: 20, gain: 1.5, seed: 5 }));
    const { H, recurrentWeights, slopes } = trajectory;
    const expected = 300 * log2Determinant(recurrentWeights, H);
    const sum = slopes.reduce((total, v) => total + Math.log2(v), expected);
    const values = log2SingularValuesOfProduct(trajectory, 0, 300);
    expect(values.reduce((total, v) => total + v)).toBeCloseTo(sum, 4);
  });

  it('are all 1, times gain^n, for orthogonal weights without saturation', () => {
    for (const gain of [1, 0.95, 1.3]) {
      const values = product(orthogonal(24, gain), 24, 1000);
      for (const v of values) expect(v).toBeCloseTo(1000 * Math.log2(gain), 6);
    }
  });

  it('are all 1 at every step of an IRNN', () => {
    const trajectory = trajectoryOf(irnn(40, 6));
    for (const t of [1, 17, 40]) {
      expect(log2SingularValuesOfStep(trajectory, t)).toEqual(new Float64Array(6));
    }
    expect(log2SingularValuesOfProduct(trajectory, 3, 40)).toEqual(new Float64Array(6));
  });

  it('decay for orthogonal weights with tanh', () => {
    const problem = randomProblem({ T: 100, B: 1, H: 16, seed: 9 });
    const parameters = { ...problem.parameters, recurrentWeights: orthogonal(16) };
    const values = log2SingularValuesOfProduct(trajectoryOf({ ...problem, parameters }), 0, 100);
    expect(values[0]).toBeLessThan(-10);
  });

  it('spread over many decades for a Gaussian matrix, N = 100, 50 steps', () => {
    const weights = gaussianWeights(100, 1);
    const values = product(weights, 100, 50);
    expect((values[0]! - values[99]!) * Math.log10(2)).toBeGreaterThan(60);
    expect(values.reduce((a, b) => a + b)).toBeCloseTo(50 * log2Determinant(weights, 100), 3);
  });

  it('show the non-normal transient of [[.9, 5], [0, .9]]', () => {
    const weights = [0.9, 5, 0, 0.9];
    const norms = Array.from({ length: 60 }, (_, n) => 2 ** product(weights, 2, n + 1)[0]!);
    expect(norms[0]).toBeCloseTo(5.157, 3);
    expect(norms.indexOf(Math.max(...norms)) + 1).toBe(9);
    expect(norms[8]).toBeCloseTo(19.379, 3);
    expect(norms.findIndex((v) => v < 1) + 1).toBe(55);
    // det W^n = .81^n, far on as well.
    const [most, least] = product(weights, 2, 1900);
    expect(most! + least!).toBeCloseTo(1900 * Math.log2(0.81), 6);
  });

  it('are exactly zero where a direction is lost, and only there', () => {
    expect([...product([1, 1, 1, 1], 2, 3)]).toEqual([expect.closeTo(3, 9), -Infinity]);
    expect([...product([0, 1, 0, 0], 2, 1)]).toEqual([0, -Infinity]);
    expect([...product([0, 1, 0, 0], 2, 2)]).toEqual([-Infinity, -Infinity]);
    expect([...product([0, 0, 0, 0], 2, 2)]).toEqual([-Infinity, -Infinity]);
    expect([...product([1, 0, 0, 1e-20], 2, 10)]).toEqual([
      0,
      expect.closeTo(-200 * Math.log2(10), 6),
    ]);
  });

  it('of one unit are |w|^n far outside any float', () => {
    expect([...product([2], 1, 20_000)]).toEqual([20_000]);
    expect([...product([-0.5], 1, 20_000)]).toEqual([-20_000]);
  });

  it('survive slopes of a deeply saturated tanh', () => {
    const trajectory = trajectoryOf(chain(500, 1, { activation: 'tanh', bias: 40 }));
    const [value] = log2SingularValuesOfProduct(trajectory, 0, 500);
    // 4 e^(−2a) with a = 40 at step 1 and 41 from then on, to the rounding of tanh(40) = 1.
    const log2Slope = (a: number) => 2 - 2 * a * Math.LOG2E;
    expect(value).toBeCloseTo(log2Slope(40) + 499 * log2Slope(41), 3);
  });
});

describe('a unit error sent back', () => {
  it('falls as |w|^n, with no injection on the way, and stops at a cut', () => {
    const trajectory = trajectoryOf(chain(3000, 0.5, { lossEverywhere: true }));
    const norms = unitErrorSentBack(trajectory, 3000, new Float64Array(3000).fill(1));
    expect(norms[2999]).toBe(0);
    expect(norms[0]).toBe(-2999);
    const links = new Float64Array(3000).fill(1);
    links[10] = 0;
    const cut = unitErrorSentBack(trajectory, 20, links);
    expect([...cut.slice(8, 12)]).toEqual([-Infinity, -Infinity, -9, -8]);
    expect(cut[20]).toBeNaN();
    links[10] = 4;
    const [scaled] = unitErrorSentBack(trajectory, 20, links).slice(8);
    expect(scaled).toBe(-9);
    expect([...unitErrorSentBack(trajectory, 20, links, 18).slice(15, 20)]).toEqual([
      ...[-Infinity, -Infinity, -2, -1, 0],
    ]);
  });
});
