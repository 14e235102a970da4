import { describe, expect, it } from 'vitest';
import { estimateMeanField } from '../../src/analysis/meanFieldEstimate';
import { chain, irnn, worked } from '../support/problems';

describe('what mean-field theory takes the arrays for', () => {
  it('is the norm of W_h and the mean square of the drive', () => {
    const { sigmaW, sigmaB } = estimateMeanField(worked([]), 0);
    expect(sigmaW ** 2).toBeCloseTo((0.25 + 0.09 + 0.04 + 0.64) / 2, 6);
    // x = (1, 0, −1, ½) through W_x = (1, ½)
    expect(sigmaB ** 2).toBeCloseTo(((1 + 1 + 0.25) * (1 + 0.25)) / 8, 12);
  });

  it('gives |w| for one unit, 1 for the identity', () => {
    expect(estimateMeanField(chain(5, -0.5), 0)).toEqual({ sigmaW: 0.5, sigmaB: 0 });
    expect(estimateMeanField(irnn(3, 7), 0).sigmaW).toBe(1);
  });

  it('reads the asked batch entry and the bias', () => {
    const problem = {
      ...chain(2, 0, { bias: 0.5 }),
      B: 2,
      inputs: Float64Array.of(0, 1, 0, 2),
      initialState: new Float64Array(2),
    };
    expect(estimateMeanField(problem, 0).sigmaB).toBeCloseTo(0.5, 12);
    expect(estimateMeanField(problem, 1).sigmaB).toBeCloseTo(
      Math.sqrt((1.5 ** 2 + 2.5 ** 2) / 2),
      12,
    );
  });

  it('samples a long sequence evenly', () => {
    const T = 50_000;
    const problem = { ...chain(T, 1), inputs: Float64Array.from({ length: T }, (_, t) => t / T) };
    expect(estimateMeanField(problem, 0).sigmaB ** 2).toBeCloseTo(1 / 3, 2);
  });
});
