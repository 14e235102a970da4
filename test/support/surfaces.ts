import type { LossSurface, Surveyor } from '../../src/engine/interface';
import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS } from '../../src/model/kinds';
import type { Problem } from '../../src/model/problem';
import { mapParameters, pointOnPlane, type Plane } from '../../src/model/surface';
import { forward } from '../../src/reference/forward';
import { losses } from '../../src/reference/losses';
import { chain } from './problems';
import { randomProblem, randomSource } from './randomProblem';

/** Two directions without any symmetry, every entry different. */
export function randomPlane({ parameters }: Problem, seed: number): Plane {
  const random = randomSource(seed);
  const direction = () => mapParameters(parameters, () => Math.fround(2 * random() - 1));
  return { first: direction(), second: direction() };
}

/** The directions of W_h's and b's entry 0. */
export function firstEntries({ parameters }: Problem): Plane {
  const along = (wanted: 'recurrentWeights' | 'hiddenBias') =>
    mapParameters(parameters, (name, i) => (name === wanted && i === 0 ? 1 : 0));
  return { first: along('recurrentWeights'), second: along('hiddenBias') };
}

/** In float64, by the definition; +Infinity where the forward pass overflows. */
export function referenceLoss(problem: Problem): number {
  const { overflowAt, lastStep, logits, outputs } = forward(problem);
  if (overflowAt !== null) return Infinity;
  return losses(problem, logits, outputs, lastStep).stepLosses.reduce((sum, l) => sum + l, 0);
}

export function referenceLosses(problem: Problem, plane: Plane, points: Float64Array): number[] {
  return Array.from({ length: points.length / 2 }, (_, i) => {
    const [a, b] = [points[2 * i]!, points[2 * i + 1]!];
    return referenceLoss({ ...problem, parameters: pointOnPlane(problem.parameters, plane, a, b) });
  });
}

/** n points of [−reach, reach]², the centre first. */
export function somePoints(n: number, reach: number, seed: number): Float64Array {
  const random = randomSource(seed);
  return Float64Array.from({ length: 2 * n }, (_, i) =>
    i < 2 ? 0 : Math.fround(reach * (2 * random() - 1)),
  );
}

export interface SurfaceCase {
  readonly name: string;
  readonly problem: Problem;
  readonly plane?: Plane;
  readonly points?: Float64Array;
}

/** Throws unless every loss is the reference's, relative to its size, and +Infinity with it. */
export async function expectSurface(
  surveyor: Surveyor,
  { problem, plane = randomPlane(problem, 5), points = somePoints(9, 0.4, 6) }: SurfaceCase,
  tolerance: number,
): Promise<void> {
  const surface: LossSurface = await surveyor.survey(problem, plane);
  try {
    const actual = await surface.losses(points);
    const expected = referenceLosses(problem, plane, points);
    if (actual.length !== expected.length) throw new Error(`${actual.length} losses`);
    expected.forEach((value, i) => {
      const close =
        value === Infinity
          ? actual[i] === Infinity
          : Math.abs(actual[i]! - value) <= tolerance * Math.max(Math.abs(value), 1e-6);
      if (!close) throw new Error(`loss ${i} is ${actual[i]} instead of ${value}`);
    });
  } finally {
    surface.dispose();
  }
}

const lastOnly = (T: number) => Array.from({ length: T }, (_, t) => (t === T - 1 ? 1 : 0));

/** Every formula, widths around groups of four, resets, overflow. */
export const SURFACE_CASES: readonly SurfaceCase[] = [
  ...ACTIVATIONS.map((activation, i) => ({
    name: activation,
    problem: randomProblem({ T: 7, B: 3, I: 2, H: 6, O: 3, activation, seed: 300 + i }),
  })),
  ...OUTPUT_ACTIVATIONS.flatMap((outputActivation, i) =>
    LOSSES.map((loss, j) => ({
      name: `${outputActivation}, ${loss}`,
      problem: randomProblem({
        ...{ T: 6, B: 2, I: 3, H: 5, O: 5, outputActivation, loss, seed: 320 + 3 * i + j },
      }),
    })),
  ),
  {
    name: 'dense targets that do not sum to one',
    problem: randomProblem({ loss: 'crossEntropy', targetKind: 'dense', seed: 341 }),
  },
  {
    name: 'a loss at the end only',
    problem: randomProblem({ T: 30, B: 2, H: 9, O: 2, lossWeights: lastOnly(30), seed: 342 }),
  },
  {
    name: 'resets, the first step among them',
    problem: randomProblem({ T: 12, B: 3, I: 5, H: 6, O: 3, resets: [1, 5, 6], seed: 343 }),
  },
  {
    name: 'cuts, factors and windows, which change no value',
    problem: randomProblem({ T: 9, cuts: [4], window: { depth: 3, every: 1 }, seed: 344 }),
  },
  ...[1, 4, 33, 130].map((H) => ({
    name: `H = ${H}`,
    problem: randomProblem({ T: 11, B: 2, I: 5, H, O: 6, gain: 0.6, seed: 345 + H }),
    points: somePoints(6, 0.05, H),
  })),
  {
    name: 'overflow of the state',
    problem: chain(300, 1, { initialState: 1, lossEverywhere: true }),
    plane: firstEntries(chain(1, 1)),
    // w^t at w = 1, 1.5, 0.5, −1.6, 1.2: over 300 steps two of them leave float32.
    points: Float64Array.of(0, 0, 0.5, 0, -0.5, 0.1, -2.6, 0, 0.2, 0.5),
  },
  {
    name: 'overflow of a logit at a step without a loss',
    problem: {
      ...chain(3, 1, { initialState: 1e36 }),
      parameters: { ...chain(3, 1).parameters, outputWeights: Float64Array.of(10) },
      lossWeights: Float64Array.of(1, 0, 0),
    },
    plane: firstEntries(chain(1, 1)),
    points: Float64Array.of(0, 0, 1.8, 0, 5.2, 0),
  },
];

/**
 * Section 2.2 and figure 6 of Pascanu, Mikolov and Bengio (2013): x_t = w σ(x_{t−1}) + b for 50 steps
 * from x_0 = ½, E = (σ(x_50) − 0.7)². Here h = σ(x).
 */
export const pascanu: Problem = {
  ...chain(50, 6, { activation: 'sigmoid', initialState: 1 / (1 + Math.exp(-0.5)), bias: -3 }),
  targets: { kind: 'dense', values: new Float64Array(50).fill(0.7) },
};
export const PASCANU_PLANE = firstEntries(pascanu);
