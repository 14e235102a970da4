import {
  dispatchSurfaceLoss,
  surfaceLossVariant,
} from '../../../src/engine/gpu/kernels/surface_loss';
import { shaderSources } from '../../../src/engine/gpu/shaderSources';
import { dispatchSurfaceWeights } from '../../../src/engine/gpu/kernels/surface_weights';
import { packTargets, padRows } from '../../../src/engine/gpu/packing';
import { packParams } from '../../../src/engine/gpu/pass';
import { entryLoss, packWeights } from '../../../src/engine/gpu/surface';
import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS } from '../../../src/model/kinds';
import { resetFlags } from '../../../src/model/links';
import type { Problem } from '../../../src/model/problem';
import { randomProblem, type RandomProblemOptions } from '../../support/randomProblem';
import { referenceLoss } from '../../support/surfaces';
import { floats, kernelBench, testNumbers } from '../kernelHarness';

/** The loss of each batch entry alone, as a share of the whole: L is their sum. */
function lossesByEntry(problem: Problem): number[] {
  const { T, B, I, H, O, targets } = problem;
  return Array.from({ length: B }, (_, n) => {
    const rows = (values: ArrayLike<number>, width: number) =>
      Float64Array.from(
        { length: T * width },
        (_v, i) => values[(Math.floor(i / width) * B + n) * width + (i % width)]!,
      );
    return (
      referenceLoss({
        ...problem,
        B: 1,
        inputs: rows(problem.inputs, I),
        initialState: Float64Array.from(problem.initialState.subarray(n * H, (n + 1) * H)),
        targets:
          targets.kind === 'dense'
            ? { kind: 'dense', values: rows(targets.values, O) }
            : { kind: 'class', indices: Int32Array.from(rows(targets.indices, 1)) },
      }) / B
    );
  });
}

export interface SurfaceLossCase extends RandomProblemOptions {
  /** Steps at which a dispatch starts, ascending, the first 1 */
  readonly starts?: readonly number[];
  readonly threads?: number;
  readonly points?: number;
}

/** Several points of their own weights, results not from the first place on. */
export async function checkSurfaceLoss(
  { starts = [1], threads = 4, points = 3, ...options }: SurfaceLossCase,
  sources = shaderSources,
): Promise<void> {
  const first = 2;
  const problems = Array.from({ length: points }, (_, point) => ({
    ...randomProblem(options),
    parameters: randomProblem({ ...options, seed: 77 + point }).parameters,
  }));
  const problem = problems[0]!;
  const { T, B, I, H } = problem;
  const schedule = new Float32Array(2 * (T + 1)).fill(NaN);
  resetFlags(problem).forEach((reset, t) => {
    schedule[2 * t + 1] = 1 - reset;
    schedule[2 * t + 2] = problem.lossWeights[t]!;
  });
  const weights = problems.flatMap((own) => [...packWeights(own, own.parameters)]);
  const gpu = await kernelBench(sources);
  const results = gpu.poisoned((first + points) * B * 5);
  const work = {
    params: packParams(problem),
    weights: gpu.given(Float32Array.from(weights)),
    inputs: gpu.given(padRows(problem.inputs, T * B, I)),
    targets: gpu.given(packTargets(problem)),
    schedule: gpu.given(schedule),
    initialStates: gpu.given(padRows(problem.initialState, B, H)),
    carriedStates: gpu.poisoned(points * B * Math.ceil(H / 4) * 4),
    results,
    batch: B,
    variant: surfaceLossVariant({
      activation: ACTIVATIONS.indexOf(problem.activation),
      output_activation: OUTPUT_ACTIVATIONS.indexOf(problem.outputActivation),
      loss: LOSSES.indexOf(problem.loss),
      threads,
    }),
    stepCost: 1,
  };
  const dispatches = starts.map((start, i) =>
    dispatchSurfaceLoss(work, first, points, start, (starts[i + 1] ?? T + 1) - 1),
  );
  const [bytes] = await gpu.run(dispatches, [results]);
  problems.forEach((own, point) =>
    lossesByEntry(own).forEach((expected, n) => {
      const actual = entryLoss(bytes!, (first + point) * B + n);
      const close =
        expected === Infinity ? actual === Infinity : Math.abs(actual / expected - 1) < 3e-4;
      if (!close) throw new Error(`point ${point}, entry ${n}: ${actual} instead of ${expected}`);
    }),
  );
}

/** Points first … first + count − 1 of `points`. */
export async function checkSurfaceWeights(
  [words, points, first, count]: readonly [number, number, number, number],
  sources = shaderSources,
): Promise<void> {
  const numbers = testNumbers(words);
  const [plane, at] = [numbers.reals(3 * words * 4), numbers.reals(2 * points, -3, 3)];
  const gpu = await kernelBench(sources);
  const weights = gpu.poisoned(count * words * 4);
  const work = { points: gpu.given(at), plane: gpu.given(plane), weights, words };
  const [bytes] = await gpu.run([dispatchSurfaceWeights(work, first, count)], [weights]);
  const actual = floats(bytes);
  for (let point = 0; point < count; point++) {
    for (let i = 0; i < words * 4; i++) {
      const [a, b] = [at[2 * (first + point)]!, at[2 * (first + point) + 1]!];
      const expected = plane[i]! + a * plane[words * 4 + i]! + b * plane[2 * words * 4 + i]!;
      const value = actual[point * words * 4 + i]!;
      if (!(Math.abs(value - expected) < 2e-6)) {
        throw new Error(`point ${point}, weight ${i}: ${value} instead of ${expected}`);
      }
    }
  }
}
