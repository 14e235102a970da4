import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS } from '../../src/model/kinds';
import { toEvaluation } from '../../src/model/evaluation';
import { referencePass } from '../../src/reference/pass';
import { randomProblem, type RandomProblemOptions } from '../support/randomProblem';
import { expectMatches, gpuEvaluation } from './support';

async function check(options: RandomProblemOptions): Promise<void> {
  const problem = randomProblem(options);
  const expected = toEvaluation('reference', referencePass(problem));
  const actual = await gpuEvaluation(problem);
  expectMatches(actual, expected, 1e-4);
  for (const key of ['h', 'dh', 'delta'] as const) {
    actual.log2Norm[key].forEach((norm, step) => {
      const exact = expected.log2Norm[key][step]!;
      if (exact === -Infinity) expect(norm).toBe(-Infinity);
      else expect(Math.abs(norm - exact)).toBeLessThan(1e-2);
    });
  }
}

describe('the WebGPU engine against the float64 reference', () => {
  it.each(ACTIVATIONS)('f = %s, a batch of 3, cuts', (activation) =>
    check({ T: 13, B: 3, I: 5, H: 7, O: 2, activation, cuts: [1, 6], seed: 11 }),
  );
  it.each(
    OUTPUT_ACTIVATIONS.flatMap((outputActivation) =>
      LOSSES.map((loss) => [outputActivation, loss] as const),
    ),
  )('g = %s, loss = %s', (outputActivation, loss) =>
    check({ T: 9, B: 2, I: 3, H: 6, O: 5, outputActivation, loss, seed: 12 }),
  );
  it.each([
    [1, 1, 1, 1, 1],
    [2, 1, 3, 63, 2],
    [3, 2, 1, 64, 5],
    [5, 3, 2, 65, 7],
    [7, 5, 66, 127, 1],
    [4, 2, 5, 129, 67],
    [3, 1, 2, 257, 3],
    [3, 2, 3, 512, 2],
    [2, 256, 3, 5, 2],
    [301, 1, 2, 3, 1],
  ])('T = %i, B = %i, I = %i, H = %i, O = %i', (T, B, I, H, O) =>
    check({ T, B, I, H, O, seed: T * 7 + H }),
  );
});
