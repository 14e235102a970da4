import { describe, expect, it } from 'vitest';
import { toEvaluation } from '../../src/model/evaluation';
import { referencePass } from '../../src/reference/pass';
import { expectClose } from '../support/compare';
import { GOLDEN_CASES } from '../support/golden';

const TOLERANCE = 1e-10;
const ARRAYS = [
  'lossPerStep',
  'h',
  'y',
  'dh',
  'delta',
  'dWx',
  'dWh',
  'db',
  'dWy',
  'dc',
  'dh0',
] as const;

describe('the reference against the golden cases', () => {
  it('has them all', () => expect(GOLDEN_CASES.length).toBeGreaterThanOrEqual(20));

  it.each(GOLDEN_CASES)('$name', ({ problem, expected }) => {
    const evaluation = toEvaluation('reference', referencePass(problem));
    expectClose([evaluation.loss], [expected.loss], TOLERANCE, 'loss');
    for (const key of ARRAYS) expectClose(evaluation[key], expected[key], TOLERANCE, key);
  });
});
