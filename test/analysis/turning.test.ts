import { describe, expect, it } from 'vitest';
import { spectrum } from '../../src/analysis/spectrum';
import {
  LARGEST_TURNED,
  MOST_DEPENDENT,
  turnedEigenvalue,
  turnedMatrix,
  turning,
} from '../../src/analysis/turning';
import { INITIALISERS } from '../../src/model/configuration';
import { generateRecurrentWeights } from '../../src/model/initialisers';
import type { Reals } from '../../src/model/problem';
import {
  frobenius,
  gaussian,
  product,
  rounded,
  scrambled,
  spectralDistance,
} from '../support/matrices';

const UNIT = 2 ** -24;

/** Eigenvalues of W(s, φ) against those asked for, relative to ‖W(s, φ)‖. */
async function missedBy(matrix: Reals, size: number, scale: number, angle: number) {
  const { eigenvalues, parts, refusal } = await turning(matrix, size);
  expect(refusal).toBeNull();
  const result = turnedMatrix(matrix, parts, scale, angle);
  expect(result.every((v) => Number.isFinite(v) && !Object.is(v, -0))).toBe(true);
  const asked = eigenvalues.map((value) => turnedEigenvalue(value, scale, angle));
  const got = (await spectrum(result, size)).eigenvalues;
  return spectralDistance(got, asked) / frobenius(result);
}

describe('turning all pairs of eigenvalues', () => {
  it.each([3, 5, 24, 64])('gives the ones asked for, Gaussian, H = %i', async (size) => {
    for (let seed = 1; seed <= (size > 30 ? 2 : 6); seed++) {
      const matrix = gaussian(size, seed + 100 * size);
      const { refusal } = await turning(matrix, size);
      if (refusal === 'real') continue;
      for (const [scale, angle] of [
        [1, 0.3],
        [0.5, -1.1],
        [2, 3],
      ] as const) {
        expect(await missedBy(matrix, size, scale, angle)).toBeLessThan(100 * UNIT);
      }
    }
  });

  it.each(['orthogonal', 'rotation', 'shift'] as const)(
    'keeps a %s matrix normal: all singular values stay 1',
    async (kind) => {
      for (const size of [3, 24]) {
        const matrix = generateRecurrentWeights(size, { kind, angle: 0.4 }, 1, 7);
        expect(await missedBy(matrix, size, 1, 0.7)).toBeLessThan(8 * UNIT);
        const { parts } = await turning(matrix, size);
        const { singularValues } = await spectrum(turnedMatrix(matrix, parts, 1, 0.7), size);
        for (const value of singularValues) expect(value).toBeCloseTo(1, 5);
      }
    },
  );

  it('turns a rotation by θ into the one by θ + φ', async () => {
    const at = (angle: number) => generateRecurrentWeights(5, { kind: 'rotation', angle }, 0.9, 1);
    const matrix = at(0.4);
    const { parts } = await turning(matrix, 5);
    const expected = at(0.65);
    // The odd last unit's real eigenvalue stays.
    turnedMatrix(matrix, parts, 1, 0.25).forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 6));
  });

  it('is the matrix itself at s = 1, φ = 0, and after a full turn', async () => {
    const matrix = gaussian(24, 3);
    const { parts } = await turning(matrix, 24);
    expect(Array.from(turnedMatrix(matrix, parts, 1, 0))).toEqual(Array.from(matrix));
    turnedMatrix(matrix, parts, 1, 2 * Math.PI).forEach((v, i) =>
      expect(v).toBeCloseTo(matrix[i]!, 6),
    );
  });

  it('keeps the eigenvectors: W(s, φ) commutes with W', async () => {
    const matrix = gaussian(7, 5);
    const { parts } = await turning(matrix, 7);
    const result = turnedMatrix(matrix, parts, 1.3, 0.8);
    const left = product(matrix, result, 7);
    const right = product(result, matrix, 7);
    expect(frobenius(left.map((v, i) => v - right[i]!))).toBeLessThan(1e-5);
  });

  it('real eigenvalues stay where pairs turn', async () => {
    // A pair ±i beside .5 and −.25, mixed by a similarity of whole numbers
    const blocks = [0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, -0.25];
    const matrix = scrambled(blocks, 4, 6, 2);
    const { parts } = await turning(matrix, 4);
    const { eigenvalues } = await spectrum(turnedMatrix(matrix, parts, 1, Math.PI / 2 - 0.3), 4);
    const angle = Math.PI - 0.3;
    const expected = [
      [Math.cos(angle), Math.sin(angle)],
      [Math.cos(angle), -Math.sin(angle)],
      [0.5, 0],
      [-0.25, 0],
    ] as const;
    expect(spectralDistance(eigenvalues, expected)).toBeLessThan(1e-5);
  });

  it('refuses real spectra, eigenvectors that nearly coincide, and 0', async () => {
    const refusalOf = async (matrix: Reals, size: number) => {
      const { refusal, parts, eigenvalues } = await turning(matrix, size);
      expect(eigenvalues).toHaveLength(size);
      expect(parts === null).toBe(refusal !== null);
      return refusal;
    };
    expect(await refusalOf(rounded([2, 1, 0, 0, 3, 1, 0, 0, 4]), 3)).toBe('real');
    expect(await refusalOf(new Float64Array(9), 3)).toBe('zero');
    expect(await refusalOf(rounded([0, 1, 0, 0, 0, 1, 0, 0, 0]), 3)).toBe('zero');
    expect(await refusalOf(rounded([1e-4, 1, 0, 0, 1e-4, 1, 0, 0, 1e-4]), 3)).toBe('zero');
    // Two equal pairs ±i on one Jordan chain: no basis of eigenvectors
    const chain = rounded([0, 1, 1, 0, -1, 0, 0, 1, 0, 0, 0, 1, 0, 0, -1, 0]);
    expect(await refusalOf(chain, 4)).toBe('dependent');
    expect(await refusalOf(gaussian(LARGEST_TURNED, 1), LARGEST_TURNED)).toBeNull();
  });

  it('refuses where rounding to float32 would be seen, and not before', async () => {
    // Two pairs at a distance d with a coupling of 1 between them: κ about 1/d²
    const coupled = (d: number) =>
      rounded([0, 1, 1, 0, -1, 0, 0, 1, 0, 0, 0, 1 + d, 0, 0, -1 - d, 0]);
    let worst = 0;
    for (const d of [0.3, 0.1, 0.03, 0.01, 0.003, 1e-3, 1e-4]) {
      const matrix = coupled(d);
      if ((await turning(matrix, 4)).refusal === null) {
        worst = Math.max(worst, await missedBy(matrix, 4, 1, 0.9));
      } else expect(d).toBeLessThan(0.02);
    }
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(MOST_DEPENDENT * UNIT);
  });

  it.each(INITIALISERS)('starts from %s weights, or says why not', async (kind) => {
    for (const size of [3, 24]) {
      const matrix = generateRecurrentWeights(size, { kind, angle: 0.3 }, 1, 7);
      const { refusal } = await turning(matrix, size);
      const expected =
        kind === 'zero' ? 'zero' : kind === 'identity' || kind === 'diagonal' ? 'real' : null;
      if (size === 24) expect(refusal).toBe(expected);
    }
  });

  it('without parts it scales', () => {
    expect(Array.from(turnedMatrix(rounded([1, 2, 3, 4]), null, 0.5, 0.4))).toEqual([
      0.5, 1, 1.5, 2,
    ]);
  });
});
