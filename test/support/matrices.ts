import { randomSource } from './randomProblem';

/** Float32 entries, float64 arrays: what the weights of the page are. */
export type Square = Float64Array;

export const rounded = (values: Iterable<number>): Square =>
  Float64Array.from(values, (v) => Math.fround(v));

/** N(0, 1/H) */
export function gaussian(size: number, seed: number): Square {
  const random = randomSource(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return rounded(Array.from({ length: size * size }, () => normal() / Math.sqrt(size)));
}

export function product(a: ArrayLike<number>, b: ArrayLike<number>, size: number): Square {
  const c = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const v = a[i * size + k]!;
      for (let j = 0; j < size; j++) c[i * size + j]! += v * b[k * size + j]!;
    }
  }
  return c;
}

export function frobenius(values: ArrayLike<number>): number {
  return Math.hypot(...Array.from(values));
}

/**
 * A whole-number matrix similar to N, by `moves` elementary similarities (row i += row j, column
 * j −= column i): the eigenvalues stay exactly, and so does every entry in float32 while small.
 */
export function scrambled(matrix: ArrayLike<number>, size: number, moves: number, seed: number) {
  const random = randomSource(seed);
  const w = Float64Array.from(matrix);
  for (let n = 0; n < moves; n++) {
    const i = Math.floor(random() * size);
    const j = (i + 1 + Math.floor(random() * (size - 1))) % size;
    for (let k = 0; k < size; k++) w[i * size + k]! += w[j * size + k]!;
    for (let k = 0; k < size; k++) w[k * size + j]! -= w[k * size + i]!;
  }
  return w;
}

/** Greatest distance between two spectra, each value matched with the nearest one left. */
export function spectralDistance(
  actual: readonly (readonly [number, number])[],
  expected: readonly (readonly [number, number])[],
): number {
  const left = actual.slice();
  let worst = 0;
  for (const [re, im] of expected) {
    const distances = left.map((value) => Math.hypot(value[0] - re, value[1] - im));
    const nearest = Math.min(...distances);
    left.splice(distances.indexOf(nearest), 1);
    worst = Math.max(worst, nearest);
  }
  return left.length === 0 ? worst : Infinity;
}
