import { describe, expect, it } from 'vitest';
import { toEvaluation } from '../../src/model/evaluation';
import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS } from '../../src/model/kinds';
import type { Problem } from '../../src/model/problem';
import { ZERO_EXPONENT } from '../../src/model/scaled';
import { centralDifference, type DifferentiableArray } from '../../src/reference/finiteDifference';
import { referencePass } from '../../src/reference/pass';
import { expectClose } from '../support/compare';
import { randomProblem } from '../support/randomProblem';

const ARRAYS = {
  inputWeights: 'dWx',
  recurrentWeights: 'dWh',
  hiddenBias: 'db',
  outputWeights: 'dWy',
  outputBias: 'dc',
  initialState: 'dh0',
} as const satisfies Record<DifferentiableArray, string>;

/** Every entry of every parameter array against central differences of L. */
function expectCentralDifferences(problem: Problem): void {
  const evaluation = toEvaluation('reference', referencePass(problem));
  for (const [array, key] of Object.entries(ARRAYS) as [DifferentiableArray, 'dWx'][]) {
    const gradient = evaluation[key];
    const differences = Float64Array.from(gradient, (_, i) => centralDifference(problem, array, i));
    expectClose(gradient, differences, 2e-8, key);
  }
}

describe('backward against central differences', () => {
  it.each(ACTIVATIONS)('%s', (activation) => {
    expectCentralDifferences(randomProblem({ activation, seed: 11 }));
  });

  it.each(OUTPUT_ACTIVATIONS)('mse through %s', (outputActivation) => {
    expectCentralDifferences(randomProblem({ outputActivation, seed: 12 }));
  });

  it.each(LOSSES)('%s', (loss) => expectCentralDifferences(randomProblem({ loss, seed: 13 })));

  it('crossEntropy with targets that do not sum to 1', () => {
    expectCentralDifferences(
      randomProblem({ loss: 'crossEntropy', targetKind: 'dense', seed: 14 }),
    );
  });

  it('with cuts, what crosses them held constant', () => {
    expectCentralDifferences(randomProblem({ cuts: [3, 4, 7], T: 9, seed: 15 }));
  });

  it('with a cut at 1', () => expectCentralDifferences(randomProblem({ cuts: [1], seed: 16 })));

  it('with factors on the links, the one into step 1 too', () => {
    expectCentralDifferences(
      randomProblem({ linkFactors: [0.5, 1, 0, 1.25, 3, 0.125, 2], cuts: [5], seed: 18 }),
    );
  });

  it('with resets', () => {
    expectCentralDifferences(randomProblem({ resets: [4, 5], cuts: [7], T: 9, seed: 19 }));
  });

  it('with a reset at 1, which leaves h_0 without effect', () => {
    const problem = randomProblem({ resets: [1], seed: 20 });
    expectCentralDifferences(problem);
    expect(referencePass(problem).initialStateGradient.exponents[0]).toBe(ZERO_EXPONENT);
  });

  it.each([
    { depth: 1, every: 1 },
    { depth: 4, every: 1 },
    { depth: 4, every: 3 },
    { depth: 5, every: 5 },
    { depth: 12, every: 2 },
    { depth: 20, every: 1 },
  ])('with a window of $depth steps every $every', (window) => {
    expectCentralDifferences(randomProblem({ window, T: 13, seed: 21 }));
  });

  it('with everything at once', () => {
    const T = 12;
    const linkFactors = Array.from({ length: T }, (_, t) => (t % 5 === 3 ? 0 : 1 + 0.1 * t));
    const window = { depth: 5, every: 2 };
    expectCentralDifferences(
      randomProblem({ T, window, linkFactors, resets: [8], cuts: [3], seed: 22 }),
    );
  });

  it('with losses of different and no weight', () => {
    expectCentralDifferences(randomProblem({ lossWeights: [0, 2, 0, 0.5, 0, 0, 3], seed: 17 }));
  });

  it('would notice an ignored cut', () => {
    const cut = randomProblem({ cuts: [4], seed: 15 });
    const whole = toEvaluation('reference', referencePass({ ...cut, cuts: [] }));
    const difference = centralDifference(cut, 'recurrentWeights', 0);
    expect(Math.abs(whole.dWh[0]! - difference)).toBeGreaterThan(1e-3);
  });
});
