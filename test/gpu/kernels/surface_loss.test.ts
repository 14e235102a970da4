import { describe, it } from 'vitest';
import {
  dispatchSurfaceLoss,
  surfaceLossVariant,
} from '../../../src/engine/gpu/kernels/surface_loss';
import { packTargets, padRows } from '../../../src/engine/gpu/packing';
import { packParams } from '../../../src/engine/gpu/pass';
import { packWeights } from '../../../src/engine/gpu/surface';
import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS } from '../../../src/model/kinds';
import { resetFlags } from '../../../src/model/links';
import type { Problem } from '../../../src/model/problem';
import { timesPowerOfTwo } from '../../../src/model/scaled';
import { randomProblem, type RandomProblemOptions } from '../../support/randomProblem';
import { referenceLoss } from '../../support/surfaces';
import { floats, ints, kernelBench } from '../kernelHarness';

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

interface Case extends RandomProblemOptions {
  /** Steps at which a dispatch starts, ascending, the first 1 */
  readonly starts?: readonly number[];
  readonly threads?: number;
  readonly points?: number;
}

/** Several points of their own weights, results not from the first place on. */
async function check({ starts = [1], threads = 4, points = 3, ...options }: Case): Promise<void> {
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
  const gpu = await kernelBench();
  const results = gpu.poisoned((first + points) * B * 3);
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
      const at = 3 * ((first + point) * B + n);
      const actual =
        ints(bytes)[at + 2] === 0
          ? timesPowerOfTwo(floats(bytes)[at]!, ints(bytes)[at + 1]!)
          : Infinity;
      const close =
        expected === Infinity ? actual === Infinity : Math.abs(actual / expected - 1) < 3e-4;
      if (!close) throw new Error(`point ${point}, entry ${n}: ${actual} instead of ${expected}`);
    }),
  );
}

describe('surface_loss', () => {
  it.each<[string, Case]>([
    ['one step', { T: 1, B: 1, I: 1, H: 1, O: 1 }],
    ['one thread', { T: 9, B: 2, I: 5, H: 6, O: 9, threads: 1 }],
    ['more threads than groups', { T: 9, B: 3, I: 2, H: 5, O: 3, threads: 32 }],
    ['fewer threads than groups', { T: 9, B: 2, I: 3, H: 70, O: 21, gain: 0.5 }],
    ['more outputs than units', { T: 5, B: 1, I: 3, H: 2, O: 66, loss: 'crossEntropy' }],
    ['padded units have f(0) = ½', { T: 8, B: 2, H: 5, activation: 'sigmoid' }],
    ['several dispatches', { T: 20, B: 2, H: 6, starts: [1, 2, 9, 17] }],
    ['resets where a dispatch starts', { T: 12, B: 2, H: 6, resets: [1, 5, 8], starts: [1, 5, 9] }],
    ['sums of many losses', { T: 200, B: 2, H: 3, gain: 0.5, starts: [1, 70] }],
    ['softmax, squares', { T: 5, B: 2, O: 5, outputActivation: 'softmax' }],
    ['sigmoid, bce', { T: 5, B: 2, O: 5, outputActivation: 'sigmoid', loss: 'bce' }],
    ['tanh, squares', { T: 5, B: 2, O: 2, outputActivation: 'tanh' }],
    [
      'overflow, in a later dispatch too',
      { T: 300, B: 2, activation: 'relu', gain: 9, starts: [1, 90, 250] },
    ],
  ])('%s', (_, options) => check(options));
});
