import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eigenvaluePair,
  pairFrame,
  pairMatrix,
  pointsOf,
  scaledPair,
  type EigenvaluePair,
} from '../../src/analysis/eigenvaluePair';
import { spectrum } from '../../src/analysis/spectrum';
import { frobenius, gaussian, rounded, spectralDistance } from '../support/matrices';

const real = (first: number, second: number): EigenvaluePair => ({
  kind: 'real',
  values: [first, second],
});
const complex = (re: number, im: number): EigenvaluePair => ({ kind: 'complex', re, im });
const UNIT = 2 ** -24;

/** How far a float32 matrix is from having the eigenvalues asked for. */
async function missedBy(matrix: Float32Array, asked: EigenvaluePair) {
  expect(matrix.every((v) => Number.isFinite(v) && !Object.is(v, -0))).toBe(true);
  const own = spectralDistance(pointsOf(eigenvaluePair(matrix)), pointsOf(asked));
  const { eigenvalues } = await spectrum(matrix, 2);
  return Math.max(own, spectralDistance(eigenvalues, pointsOf(asked)));
}

const entry = fc.double({ min: -3, max: 3, noNaN: true });
const matrices = fc.tuple(entry, entry, entry, entry).map(rounded);
/** Without entries whose products leave float32 */
const ordinary = matrices.map((values) => values.map((v) => (Math.abs(v) < 1e-4 ? 0 : v)));
const asked = fc.oneof(
  fc.tuple(entry, entry).map(([a, b]) => real(a, b)),
  fc.tuple(entry, fc.double({ min: 0, max: 3, noNaN: true })).map(([re, im]) => complex(re, im)),
);

describe('the eigenvalues of a 2×2 matrix', () => {
  it('of known matrices', () => {
    expect(eigenvaluePair(Float64Array.of(3, 0, 0, -2))).toEqual(real(3, -2));
    expect(eigenvaluePair(Float64Array.of(0, -2, 2, 0))).toEqual(complex(0, 2));
    expect(eigenvaluePair(Float64Array.of(0.5, 0, 0, 0.5))).toEqual(real(0.5, 0.5));
    expect(eigenvaluePair(Float64Array.of(0, 7, 0, 0))).toEqual(real(0, 0));
    // 1e8 and 1e-8: the difference of large numbers would lose the second.
    const far = eigenvaluePair(Float64Array.of(1e8, 1, 0, 1e-8));
    expect(far.kind === 'real' && far.values[1]).toBeCloseTo(1e-8, 20);
  });

  it('agree with the library', async () => {
    for (let seed = 1; seed < 60; seed++) {
      const matrix = gaussian(2, seed);
      const { eigenvalues } = await spectrum(matrix, 2);
      expect(spectralDistance(pointsOf(eigenvaluePair(matrix)), eigenvalues)).toBeLessThan(1e-14);
    }
  });
});

describe('moving the eigenvalues of a 2×2 matrix', () => {
  it('gives the ones asked for, to float32', async () => {
    let vectors = 0;
    await fc.assert(
      fc.asyncProperty(matrices, asked, fc.constantFrom(0, 1), async (matrix, to, moved) => {
        const frame = pairFrame(matrix, moved);
        // On one coupling of the size of the matrix, a double eigenvalue is known to its root only.
        if (frame.kind === 'vectors') vectors++;
        const result = pairMatrix(frame, to);
        const size = frobenius(result);
        const tolerance = frame.kind === 'vectors' ? 8 * UNIT * size : 2e-4 * size;
        expect(await missedBy(result, to)).toBeLessThanOrEqual(tolerance + 1e-30);
      }),
      { numRuns: 600 },
    );
    expect(vectors).toBeGreaterThan(300);
  });

  it('is the matrix itself where nothing moved', () => {
    for (let seed = 1; seed < 100; seed++) {
      const matrix = gaussian(2, seed);
      const result = pairMatrix(pairFrame(matrix, seed % 2 === 0 ? 0 : 1), eigenvaluePair(matrix));
      matrix.forEach((v, i) =>
        expect(Math.abs(result[i]! - v)).toBeLessThan(100 * UNIT * frobenius(matrix)),
      );
    }
  });

  it('keeps the eigenvectors: what commuted with the matrix still does', () => {
    fc.assert(
      fc.property(ordinary, fc.double({ min: 0.1, max: 2, noNaN: true }), (matrix, by) => {
        const pair = eigenvaluePair(matrix);
        const frame = pairFrame(matrix, 0);
        if (frame.kind !== 'vectors') return;
        const to =
          pair.kind === 'real'
            ? real(pair.values[0] + by, pair.values[1])
            : complex(pair.re - by, pair.im + by);
        const result = pairMatrix(frame, to);
        // Functions of one matrix: W R = R W
        const [a, b, c, d] = Array.from(matrix);
        const [e, f, g, h] = Array.from(result);
        const commutator = [b! * g! - f! * c!, a! * f! + b! * h! - e! * b! - f! * d!];
        expect(Math.hypot(...commutator)).toBeLessThanOrEqual(
          1e-5 * frobenius(matrix) * frobenius(result),
        );
      }),
    );
  });

  it('a pair meets on the axis as m·I and comes apart on the same basis', () => {
    const start = rounded([0.5, -2, 0.3, 0.7]);
    const frame = pairFrame(start, 0);
    expect(Array.from(pairMatrix(frame, real(0.6, 0.6)))).toEqual(
      Array.from(Float32Array.of(0.6, 0, 0, 0.6)),
    );
    const apart = pairMatrix(frame, real(0.9, 0.6));
    const back = pairMatrix(frame, eigenvaluePair(start));
    expect(frobenius(back.map((v, i) => v - start[i]!))).toBeLessThan(1e-6);
    // From there the pair's frame is the same again: nothing was lost on the axis.
    const again = pairMatrix(pairFrame(Float64Array.from(apart), 0), eigenvaluePair(start));
    expect(frobenius(again.map((v, i) => v - start[i]!))).toBeLessThan(1e-5);
  });

  it('a rotation comes apart along the axes', () => {
    const turn = pairFrame(rounded([0, -0.8, 0.8, 0]), 0);
    expect(Array.from(pairMatrix(turn, real(0.5, -0.25)))).toEqual([0.5, 0, 0, -0.25]);
    expect(Array.from(pairMatrix(turn, complex(0.25, 0.5)))).toEqual([0.25, -0.5, 0.5, 0.25]);
  });

  it('a multiple of I moves as a diagonal matrix or a rotation; so does 0', () => {
    for (const value of [0.5, 0]) {
      const frame = pairFrame(Float64Array.of(value, 0, 0, value), 1);
      expect(Array.from(pairMatrix(frame, real(value, -1)))).toEqual([value, 0, 0, -1]);
      const turned = pairMatrix(frame, complex(0.25, 0.5));
      expect(Array.from(turned, Math.abs)).toEqual([0.25, 0.5, 0.5, 0.25]);
      expect(turned[1]).toBe(-turned[2]!);
    }
  });

  it('a defective matrix keeps its coupling and the direction of the eigenvalue that stays', () => {
    const matrix = rounded([0.9, 5, 0, 0.9]);
    const nine = Math.fround(0.9);
    const stays = eigenvaluePair(matrix);
    expect(stays).toEqual(real(nine, nine));
    for (const moved of [0, 1] as const) {
      const frame = pairFrame(matrix, moved);
      const to = moved === 0 ? real(0.5, nine) : real(nine, 0.5);
      expect(Array.from(pairMatrix(frame, to))).toEqual([nine, 5, 0, 0.5]);
      const apart = pairMatrix(frame, complex(0.75, 0.5));
      expect(Array.from(apart)).toEqual([0.75, 5, Math.fround(-0.05), 0.75]);
      // Further apart than the coupling: a rotation, instead of an entry that grows as im².
      expect(Array.from(pairMatrix(frame, complex(0, 8)))).toEqual([0, 8, -8, 0]);
    }
    const lower = pairFrame(rounded([0.9, 0, 5, 0.9]), 0);
    expect(Array.from(pairMatrix(lower, real(0.5, nine)))).toEqual([0.5, 0, 5, nine]);
  });

  it('a nearly defective matrix moves as its neighbour does', () => {
    const near = rounded([0.9, 5, 1e-6, 0.9]);
    for (const matrix of [near, rounded([0.9, 5, -1e-6, 0.9]), rounded([0.9001, 5, 0, 0.9])]) {
      const frame = pairFrame(matrix, 0);
      expect(frame.kind).toBe('schur');
      const result = pairMatrix(frame, real(0.2, 0.9));
      expect(frobenius(result)).toBeLessThan(5.3);
      expect(
        spectralDistance(pointsOf(eigenvaluePair(result)), pointsOf(real(0.2, 0.9))),
      ).toBeLessThan(1e-6);
    }
  });
});

describe('scaling a 2×2 matrix', () => {
  it('scales the eigenvalues, also nearly equal ones', () => {
    for (const [matrix, tolerance] of [
      [[0.9, 5, 0, 0.9], UNIT],
      [[0.8, -0.5, 0.4, 0.3], 4 * UNIT],
      [[1.2, 0.7, -0.13, 0.6], 4 * UNIT],
      // A double eigenvalue .9 where no entry is zero and all are alike: the root of rounding.
      [[1.9, 1, -1, -0.1], 2e-4],
    ] as const) {
      const pair = eigenvaluePair(rounded(matrix));
      for (const factor of [0.3, 1.7, 1 / 3]) {
        const result = eigenvaluePair(scaledPair(rounded(matrix), factor));
        const expected = pointsOf(pair).map(([re, im]) => [factor * re, factor * im] as const);
        expect(spectralDistance(pointsOf(result), expected)).toBeLessThan(tolerance * 2 * factor);
      }
    }
    expect(scaledPair(rounded([0.9, 5, 0, 0.9]), 0)).toEqual(new Float32Array(4));
  });
});
