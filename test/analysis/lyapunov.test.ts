import { describe, expect, it } from 'vitest';
import { LyapunovExponents, lyapunovExponents } from '../../src/analysis/lyapunov';
import { meanField } from '../../src/analysis/meanField';
import { ACTIVATIONS } from '../../src/model/kinds';
import { activate, slope } from '../../src/reference/activations';
import { irnn } from '../support/problems';
import { randomProblem } from '../support/randomProblem';
import { gaussianWeights, linear, log2Determinant, trajectoryOf } from './trajectories';

const sum = (values: Float64Array) => values.reduce((total, v) => total + v, 0);

describe('Lyapunov exponents', () => {
  it.each(ACTIVATIONS.filter((f) => f !== 'relu'))('add up to mean ln |det J_t| for %s', (f) => {
    const problem = randomProblem({ T: 200, B: 1, H: 24, activation: f, gain: 0.9, seed: 4 });
    const trajectory = trajectoryOf(problem);
    const { H, recurrentWeights, slopes } = trajectory;
    for (const skip of [0, 50]) {
      const logSlopes = slopes.slice(skip * H).map((v) => Math.log(Math.abs(v)));
      const expected =
        log2Determinant(recurrentWeights, H) * Math.LN2 + sum(logSlopes) / (200 - skip);
      expect(Math.abs(sum(lyapunovExponents(trajectory, { skip })) - expected)).toBeLessThan(1e-4);
    }
  });

  it('add up in deep saturation too', () => {
    const trajectory = trajectoryOf(randomProblem({ T: 60, B: 1, H: 12, gain: 30, seed: 6 }));
    const { H, recurrentWeights, slopes } = trajectory;
    expect(Math.min(...slopes)).toBeLessThan(1e-40);
    const expected =
      log2Determinant(recurrentWeights, H) * Math.LN2 + sum(slopes.map((v) => Math.log(v))) / 60;
    expect(Math.abs(sum(lyapunovExponents(trajectory)) - expected)).toBeLessThan(1e-4);
  });

  it('are ln |λ| for a triangular matrix, and 0 for an IRNN', () => {
    // Upper triangular from Q_0 = I: R_ii is exactly |w_ii|.
    const exponents = lyapunovExponents(linear([0.5, 3, 0, 2], 2, 50));
    expect(exponents[0]).toBeCloseTo(Math.log(2), 12);
    expect(exponents[1]).toBeCloseTo(Math.log(0.5), 12);
    expect(lyapunovExponents(trajectoryOf(irnn(30, 5)))).toEqual(new Float64Array(5));
  });

  it('are −Infinity where a direction dies, the others staying right', () => {
    const trajectory = linear([2, 0, 0, 0, 0.5, 0, 0, 0, 1], 3, 10);
    trajectory.slopes[4 * 3 + 2] = 0;
    expect([...lyapunovExponents(trajectory)]).toEqual([
      expect.closeTo(Math.log(2), 12),
      expect.closeTo(Math.log(0.5), 12),
      -Infinity,
    ]);
  });

  it('are the first of all when only some are asked for', () => {
    const trajectory = trajectoryOf(randomProblem({ T: 400, B: 1, H: 16, gain: 1.8, seed: 8 }));
    const all = lyapunovExponents(trajectory, { skip: 20 });
    const some = lyapunovExponents(trajectory, { skip: 20, count: 3 });
    for (let i = 0; i < 3; i++) expect(some[i]).toBeCloseTo(all[i]!, 8);
  });

  it('converge as the running means do', () => {
    const { H, recurrentWeights, slopes, steps } = trajectoryOf(
      randomProblem({ T: 100, B: 1, H: 8, seed: 2 }),
    );
    const running = new LyapunovExponents(recurrentWeights, H, 2, 5);
    expect(running.exponents()).toEqual(new Float64Array(2).fill(NaN));
    for (let t = 0; t < steps; t++) running.advance(slopes, t * H);
    expect(running.length).toBe(95);
  });

  /*
   * H = 256, gain 2, no input: λ_max → ½ ln χ for H → ∞ (the mean square growth of a perturbation).
   * ½ ln χ = 0.1547; these three samples give 0.1557, 0.1493 and 0.1414, so at H = 256 they spread by
   * about 0.01: three times that is allowed.
   */
  it('lie near the mean field for wide random tanh networks', () => {
    const { chi } = meanField(
      {
        activation: 'tanh',
        f: (a) => activate('tanh', a),
        slope: (a) => slope('tanh', a),
      },
      2,
      0,
    );
    const H = 256;
    for (const seed of [1, 2, 3]) {
      const problem = randomProblem({ T: 300, B: 1, H, I: 1, O: 1, seed });
      const trajectory = trajectoryOf({
        ...problem,
        inputs: new Float64Array(300),
        parameters: {
          ...problem.parameters,
          hiddenBias: new Float64Array(H),
          recurrentWeights: gaussianWeights(H, 2, seed),
        },
      });
      const [largest] = lyapunovExponents(trajectory, { skip: 100, count: 1 });
      expect(Math.abs(largest! - 0.5 * Math.log(chi))).toBeLessThan(0.03);
    }
  });
});
