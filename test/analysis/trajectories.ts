import type { Trajectory } from '../../src/analysis/trajectory';
import { gaussian } from '../../src/model/random';
import type { Problem } from '../../src/model/problem';
import { slope } from '../../src/reference/activations';
import { forward } from '../../src/reference/forward';

/** `steps` steps with every slope 1: the product of n of them is W_h^n. */
export function linear(weights: ArrayLike<number>, H: number, steps: number): Trajectory {
  return {
    H,
    steps,
    recurrentWeights: Float64Array.from(weights),
    preActivations: new Float64Array(steps * H),
    slopes: new Float64Array(steps * H).fill(1),
  };
}

/** Batch entry 0 of a problem with B = 1. */
export function trajectoryOf(problem: Problem): Trajectory {
  const { preActivations, lastStep } = forward(problem);
  return {
    H: problem.H,
    steps: lastStep,
    recurrentWeights: problem.parameters.recurrentWeights,
    preActivations,
    slopes: preActivations.map((a) => slope(problem.activation, a)),
  };
}

/** Entries N(0, gain²/H). */
export function gaussianWeights(H: number, gain: number, seed = 1): Float64Array {
  return Float64Array.from(
    { length: H * H },
    (_, i) => (gain / Math.sqrt(H)) * gaussian(seed, 1, i),
  );
}

/** log2 |det M| by elimination with row pivoting; −Infinity when singular. */
export function log2Determinant(matrix: ArrayLike<number>, H: number): number {
  const m = Float64Array.from(matrix);
  let sum = 0;
  for (let k = 0; k < H; k++) {
    let pivot = k;
    for (let i = k + 1; i < H; i++) {
      if (Math.abs(m[i * H + k]!) > Math.abs(m[pivot * H + k]!)) pivot = i;
    }
    for (let j = 0; j < H; j++) {
      [m[k * H + j], m[pivot * H + j]] = [m[pivot * H + j]!, m[k * H + j]!];
    }
    sum += Math.log2(Math.abs(m[k * H + k]!));
    for (let i = k + 1; i < H; i++) {
      const factor = m[i * H + k]! / m[k * H + k]!;
      for (let j = k; j < H; j++) m[i * H + j]! -= factor * m[k * H + j]!;
    }
  }
  return sum;
}
