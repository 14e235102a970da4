import { describe, expect, it } from 'vitest';
import { isNilpotent } from '../../src/analysis/nilpotent';
import { spectrum } from '../../src/analysis/spectrum';
import { INITIALISERS } from '../../src/model/configuration';
import { generateRecurrentWeights } from '../../src/model/initialisers';
import { gaussian, rounded, scrambled } from '../support/matrices';

/** A chain of length `size`: ones above the diagonal. */
function chain(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i + 1 < size; i++) matrix[i * size + i + 1] = 1;
  return matrix;
}

describe('nilpotent matrices', () => {
  it('are known, whatever their axes', async () => {
    const cases: [Float64Array, number][] = [
      [rounded([0]), 1],
      [rounded([0, 7, 0, 0]), 2],
      [rounded([1, -1, 1, -1]), 2],
      [rounded([2, -1, 4, -2]), 2],
      [rounded([1e-20, -1e-20, 1e-20, -1e-20]), 2],
      [Float64Array.of(0.1, -0.1, 0.1, -0.1), 2],
      [Float64Array.of(0, 1e300, 0, 0), 2],
      [Float64Array.of(0, 5e-324, 0, 0), 2],
      [new Float64Array(16), 4],
      [chain(24), 24],
      [chain(128), 128],
    ];
    for (const size of [3, 5, 8, 24]) {
      for (let seed = 1; seed < 6; seed++) {
        cases.push([scrambled(chain(size), size, size, seed), size]);
      }
    }
    for (const [matrix, size] of cases) {
      expect(isNilpotent(matrix, size)).toBe(true);
      if (size > 30) continue;
      const { spectralRadius, eigenvalues } = await spectrum(matrix, size);
      expect(spectralRadius).toBe(0);
      expect(eigenvalues).toEqual(Array.from({ length: size }, () => [0, 0]));
    }
  });

  it('are not the others: neither tiny, nor singular, nor without a trace', () => {
    const others: [Float64Array, number][] = [
      [rounded([1e-30]), 1],
      [rounded([0, 1, 1e-7, 0]), 2],
      // Rounding to float32 took it off the nilpotent matrices
      [rounded([0.3 * 0.7, -0.3 * 0.3, 0.7 * 0.7, -0.7 * 0.3]), 2],
      [rounded([0, -1, 1, 0]), 2],
      [rounded([0.001, 5, 0, 0.001]), 2],
      [rounded([1, 0, 0, 0]), 2],
      // 1, e^{±2πi/3}: W³ = I, tr W = tr W² = 0
      [rounded([0, 0, 1, 1, 0, 0, 0, 1, 0]), 3],
    ];
    for (let seed = 1; seed < 10; seed++) others.push([gaussian(24, seed), 24]);
    for (const [matrix, size] of others) expect(isNilpotent(matrix, size)).toBe(false);
  });

  it('among the generated weights only zero is one', () => {
    for (const kind of INITIALISERS) {
      for (const size of [1, 2, 3, 24, 128]) {
        const matrix = generateRecurrentWeights(size, { kind, angle: 0.3 }, 1, 7);
        expect(isNilpotent(matrix, size)).toBe(kind === 'zero');
      }
    }
  });
});
