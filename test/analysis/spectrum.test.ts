import { describe, expect, it } from 'vitest';
import { largestSingularValue } from '../../src/analysis/largestSingularValue';
import { departureFromNormality, sideOfUnitCircle, spectrum } from '../../src/analysis/spectrum';
import { expectClose } from '../support/compare';
import { randomProblem } from '../support/randomProblem';

const random = (H: number) => randomProblem({ H, seed: H, gain: 1 }).parameters.recurrentWeights;

describe('spectrum', () => {
  it('of a non-normal matrix', async () => {
    const result = await spectrum([0.9, 5, 0, 0.9], 2);
    expect(result.spectralRadius).toBeCloseTo(0.9, 6);
    expect(result.largestSingularValue).toBeCloseTo(5.157, 3);
    expect(result.singularValues[1]).toBeCloseTo(0.81 / result.singularValues[0]!, 10);
  });

  it('of a scaled rotation: a conjugate pair', async () => {
    const [c, s] = [0.8 * Math.cos(0.3), 0.8 * Math.sin(0.3)];
    const { eigenvalues, singularValues } = await spectrum([c, -s, s, c], 2);
    expectClose(eigenvalues.flat(), [c, s, c, -s], 1e-12, 'eigenvalues');
    expectClose(singularValues, [0.8, 0.8], 1e-12, 'singular values');
  });

  it('sorts by modulus, not by real part', async () => {
    const { eigenvalues, singularValues } = await spectrum([0.5, 0, 0, 0, -3, 0, 0, 0, 2], 3);
    expect(eigenvalues.map(([re]) => re)).toEqual([-3, 2, 0.5]);
    expectClose(singularValues, [3, 2, 0.5], 1e-12, 'singular values');
  });

  it('keeps trace and determinant', async () => {
    const W = random(7);
    const { eigenvalues, singularValues } = await spectrum(W, 7);
    let trace = 0;
    for (let i = 0; i < 7; i++) trace += W[i * 8]!;
    expect(eigenvalues.reduce((sum, [re]) => sum + re, 0)).toBeCloseTo(trace, 10);
    const modulus = eigenvalues.reduce((product, e) => product * Math.hypot(...e), 1);
    expect(singularValues.reduce((product, s) => product * s, 1)).toBeCloseTo(modulus, 10);
  });

  it('of a single number', async () => {
    expect(await spectrum([-0.5], 1)).toEqual({
      eigenvalues: [[-0.5, 0]],
      singularValues: [0.5],
      spectralRadius: 0.5,
      largestSingularValue: 0.5,
    });
  });
});

describe('the departure from normality', () => {
  it('is 0 for normal matrices and 1 for nilpotent ones', async () => {
    const of = async (matrix: number[], size: number) =>
      departureFromNormality(await spectrum(matrix, size));
    expect(await of([0.6, -0.8, 0.8, 0.6], 2)).toBeLessThan(1e-7);
    expect(await of([2, 1, 1, -3], 2)).toBeLessThan(1e-7);
    expect(await of([0, 7, 0, 0], 2)).toBeCloseTo(1, 12);
    expect(await of([0, 0, 0, 0], 2)).toBe(0);
    // √(25/(25 + 2·0.81))
    expect(await of([0.9, 5, 0, 0.9], 2)).toBeCloseTo(Math.sqrt(25 / 26.62), 8);
  });

  it('knows the unit circle up to float32', () => {
    expect(sideOfUnitCircle([0.6, Math.fround(0.8)])).toBe(0);
    expect(sideOfUnitCircle([0, -1.001])).toBe(1);
    expect(sideOfUnitCircle([-0.999, 0])).toBe(-1);
  });
});

describe('the largest singular value', () => {
  it.each([1, 2, 3, 24, 63, 64, 65, 128, 200])('of size %d agrees with the SVD', async (H) => {
    const W = random(H);
    const { singularValues } = await spectrum(W, H);
    expectClose([largestSingularValue(W, H)], [singularValues[0]!], 1e-8, 'σ_max');
  });

  it('of simple matrices', () => {
    expect(largestSingularValue([0.9, 5, 0, 0.9], 2)).toBeCloseTo(5.157066, 5);
    expect(largestSingularValue([1, 0, 0, 0, 1, 0, 0, 0, 1], 3)).toBeCloseTo(1, 12);
    expect(largestSingularValue([0, 0, 0, 0], 2)).toBe(0);
    expect(largestSingularValue([0, 1, 0, 0], 2)).toBeCloseTo(1, 12);
    expect(largestSingularValue([3e200, 0, 0, 1e200], 2) / 3e200).toBeCloseTo(1, 12);
  });
});
