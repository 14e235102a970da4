import { afterAll, describe, expect, it } from 'vitest';
import { leavesFormat, FLOAT_FORMATS, rounded } from '../../src/analysis/floatFormats';
import { gradientFlow } from '../../src/analysis/gradientFlow';
import { unitErrorSentBack } from '../../src/analysis/jacobian';
import { problemOfEntry } from '../../src/engine/batchEntry';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import { linksOf } from '../../src/model/links';
import type { Problem } from '../../src/model/problem';
import { buildProblem } from '../../src/tasks/buildProblem';
import { chain, irnn } from '../support/problems';
import { randomProblem } from '../support/randomProblem';
import { trajectoryOf } from './trajectories';

const engine = createCpuEngine();
afterAll(() => engine.dispose());

async function flow(problem: Problem) {
  const run = await engine.run(problem);
  run.dispose();
  const plain = gradientFlow(run.summary, problem);
  if (plain.measuredOn === 'gradient') return plain;
  // Nothing is said before the unit error is there: the injected errors would hide the decay.
  expect(plain).toMatchObject({ factor: null, halfLife: null, doublingTime: null });
  const trajectory = trajectoryOf(problemOfEntry(problem, 0));
  const unitError = new Float64Array(problem.T).fill(NaN);
  unitError.set(unitErrorSentBack(trajectory, plain.to, linksOf(problem)));
  return gradientFlow(run.summary, problem, unitError);
}

describe('the verdict', () => {
  it('vanishing, with its factor and half-life', async () => {
    const { kind, factor, halfLife, doublingTime } = await flow(chain(100, 0.9));
    expect(kind).toBe('vanishing');
    expect(factor).toBeCloseTo(0.9, 6);
    expect(halfLife).toBeCloseTo(Math.log(0.5) / Math.log(0.9), 4);
    expect(doublingTime).toBeNull();
  });

  it('exploding, with its doubling time', async () => {
    const { kind, factor, halfLife, doublingTime } = await flow(chain(100, 1.1));
    expect(kind).toBe('exploding');
    expect(factor).toBeCloseTo(1.1, 6);
    expect(doublingTime).toBeCloseTo(Math.log(2) / Math.log(1.1), 4);
    expect(halfLife).toBeNull();
  });

  it.each([
    [100, 1, 'stable'],
    [100, 0.997, 'stable'],
    [100, 1.003, 'stable'],
    [100, 0.99, 'vanishing'],
    [100, 1.01, 'exploding'],
    // Little per step, but much over the whole.
    [2000, 0.998, 'vanishing'],
    [2000, 1.002, 'exploding'],
  ] as const)('%d steps of %f: %s', async (T, w, kind) => {
    expect((await flow(chain(T, w))).kind).toBe(kind);
  });

  it('is exact 20 000 steps long', async () => {
    expect((await flow(chain(20_000, 0.5))).factor).toBeCloseTo(0.5, 9);
    expect((await flow(irnn(50, 4))).factor).toBe(1);
  });

  it('zero, where the gradient dies exactly', async () => {
    // The relu is dead at every step: e_T is there, δ_T is 0.
    const dead = await flow(chain(10, 1, { activation: 'relu', bias: -1 }));
    expect(dead).toMatchObject({ kind: 'zero', factor: null, zeroAt: 9 });
    const none = await flow({ ...chain(10, 1), lossWeights: new Float64Array(10) });
    expect(none).toMatchObject({ kind: 'zero', factor: null, zeroAt: null });
  });

  it('overflow, with the factor of what came before', async () => {
    const options = { activation: 'relu', initialState: 1, lossEverywhere: true } as const;
    const result = await flow(chain(60, 9, options));
    expect(result).toMatchObject({ kind: 'overflow', overflowAt: 39, from: 1, to: 38 });
    expect(Number.isFinite(result.factor)).toBe(true);
  });

  it('knows whether the overflow comes before a loss', async () => {
    const options = { activation: 'relu', initialState: 1 } as const;
    const late = chain(60, 9, options);
    expect(await flow(late)).toMatchObject({ overflowAt: 39, missesLosses: true });
    const lossWeights = Float64Array.from({ length: 60 }, (_, i) => (i === 37 ? 1 : 0));
    expect(await flow({ ...late, lossWeights })).toMatchObject({ missesLosses: false });
    expect(await flow(chain(20, 1))).toMatchObject({ overflowAt: null, missesLosses: false });
  });

  it('says why it is not measured on the gradient: losses on the way, or links scaled up', async () => {
    const many = await flow(chain(20, 0.9, { lossEverywhere: true }));
    expect(many).toMatchObject({ measuredOn: 'unitError', hasScaledLinks: false });
    const linkFactors = Float64Array.from({ length: 20 }, (_, i) => (i === 9 ? 2 : 1));
    const scaled = await flow({ ...chain(20, 0.9), linkFactors });
    expect(scaled).toMatchObject({ measuredOn: 'unitError', hasScaledLinks: true });
  });

  it('measures back to the nearest cut only', async () => {
    const result = await flow({ ...chain(100, 0.9), cuts: [20, 81] });
    expect(result).toMatchObject({ kind: 'vanishing', lastCut: 81, from: 81, to: 100 });
    expect(result.factor).toBeCloseTo(0.9, 6);
    expect(result.bound.log2[79]).toBeNaN();
  });

  it('has no factor for a single step', async () => {
    expect(await flow(chain(1, 0.5))).toMatchObject({ kind: 'stable', factor: null });
    expect(await flow({ ...chain(5, 0.5), cuts: [5] })).toMatchObject({
      kind: 'stable',
      factor: null,
    });
  });

  it('ignores a unit error where one loss feeds the stretch', async () => {
    const problem = chain(50, 0.9);
    const run = await engine.run(problem);
    run.dispose();
    const result = gradientFlow(run.summary, problem, new Float64Array(50));
    expect(result.measuredOn).toBe('gradient');
    expect(result.factor).toBeCloseTo(0.9, 6);
  });

  it('starts where the last loss is', async () => {
    const lossWeights = new Float64Array(50);
    lossWeights[29] = 1;
    const result = await flow({ ...chain(50, 0.8), lossWeights });
    expect(result.factor).toBeCloseTo(0.8, 6);
    expect(result.zeroAt).toBeNull();
    expect(result.bound.holds).toBe(true);
  });
});

describe('with a loss at every step', () => {
  it('sees the decay that the injected errors hide', async () => {
    const problem = buildProblem({ ...DEFAULT_CONFIGURATION, lossPlacement: 'every' });
    const result = await flow(problem);
    expect(result).toMatchObject({ measuredOn: 'unitError', kind: 'vanishing', from: 1, to: 96 });
    expect(result.factor).toBeLessThan(0.95 + 1e-9);
    expect(result.factor).toBeGreaterThan(0.7);
    // The gradient itself hardly falls: its own slope would have said “stable”.
    const run = await engine.run(problem);
    run.dispose();
    const norms = run.summary.series.log2StateGradient;
    expect(norms[0]! - norms[95]!).toBeGreaterThan(95 * Math.log2(0.97));
  });

  it.each([0.5, 1.25])('is exact for a scalar chain of %f', async (w) => {
    const result = await flow(chain(60, w, { lossEverywhere: true }));
    expect(result.measuredOn).toBe('unitError');
    expect(result.factor).toBeCloseTo(w, 12);
    expect(result.halfLife ?? result.doublingTime).toBeCloseTo(Math.LN2 / Math.abs(Math.log(w)), 9);
  });

  it('measures from the end back to the nearest cut', async () => {
    const result = await flow({ ...chain(60, 0.5, { lossEverywhere: true }), cuts: [20, 41] });
    expect(result).toMatchObject({ from: 41, to: 60, lastCut: 41, measuredOn: 'unitError' });
    expect(result.factor).toBeCloseTo(0.5, 12);
    expect(result.zeroAt).toBeNull();
  });

  it('is zero where nothing from the end arrives', async () => {
    const options = { activation: 'relu', bias: -1, lossEverywhere: true } as const;
    expect(await flow(chain(10, 1, options))).toMatchObject({ kind: 'zero', zeroAt: 9 });
  });
});

describe('float formats', () => {
  it('are left where the powers of ½ leave them', async () => {
    // ‖e_t‖ = 2^(1−(T−t)): below 2^−k first at T − t = k + 2.
    const T = 200;
    const { formats } = await flow(chain(T, 0.5));
    expect(formats.float16).toEqual({ subnormalAt: T - 16, zeroAt: T - 26, infiniteAt: null });
    expect(formats.bfloat16).toEqual({ subnormalAt: T - 128, zeroAt: T - 135, infiniteAt: null });
    expect(formats.float32).toEqual({ subnormalAt: T - 128, zeroAt: T - 151, infiniteAt: null });
  });

  it('overflow where the powers of 2 pass them', async () => {
    const T = 200;
    const { formats } = await flow(chain(T, 2));
    // 2^15 fits float16, 2^16 does not; ‖e_t‖ = 2^(1+T−t)
    expect(formats.float16.infiniteAt).toBe(T - 15);
    expect(formats.bfloat16.infiniteAt).toBe(T - 127);
    expect(formats.float32.infiniteAt).toBe(T - 127);
  });

  it('are not left by exact zeros or by steps without a result', () => {
    const norms = Float64Array.of(-Infinity, 0, 3, NaN);
    expect(leavesFormat(norms, 4, FLOAT_FORMATS.float16)).toEqual({
      subnormalAt: null,
      zeroAt: null,
      infiniteAt: null,
    });
  });
});

describe('rounding to a format', () => {
  const { float16, bfloat16, float32 } = FLOAT_FORMATS;

  it.each([-149.2, -140.3, -126.1, -20.7, 0, 1.3, 100.9, 127.9])(
    'agrees with Math.fround at 2^%f',
    (log2) => {
      const shown = rounded(log2, float32);
      const expected = Math.log2(Math.fround(2 ** log2));
      expect('log2' in shown ? shown.log2 : shown.kind).toBeCloseTo(expected, 12);
    },
  );

  it('goes to zero from half of the least subnormal on, and no sooner', () => {
    expect(rounded(-150, float32).kind).toBe('zero');
    expect(rounded(-149.99, float32)).toEqual({
      kind: 'subnormal',
      log2: -149,
      bits: 1,
      of: 24,
    });
    expect(Math.fround(2 ** -150)).toBe(0);
    expect(rounded(-Infinity, float16).kind).toBe('zero');
  });

  it('goes to infinity half a unit above the greatest number', () => {
    expect(rounded(Math.log2(65519), float16)).toMatchObject({ log2: Math.log2(65504) });
    expect(rounded(Math.log2(65520), float16).kind).toBe('infinite');
    expect(rounded(128, bfloat16).kind).toBe('infinite');
    expect(rounded(9000, float32).kind).toBe('infinite');
  });

  it('tells how many digits are left', () => {
    expect(rounded(-16, float16)).toEqual({ kind: 'subnormal', log2: -16, bits: 9, of: 11 });
    expect(rounded(-14, float16)).toMatchObject({ kind: 'normal', bits: 11 });
    // bfloat16 has 8 bits: the neighbours of 1 are 1/128 apart.
    const near = rounded(Math.log2(1 + 3 / 512), bfloat16);
    expect('log2' in near ? 2 ** near.log2 : near.kind).toBeCloseTo(1 + 1 / 128, 12);
  });
});

describe('the bound', () => {
  it('is met by a scalar chain', async () => {
    const { bound } = await flow(chain(50, 0.7));
    expect(bound).toMatchObject({ greatestSlope: 1, largestSingularValue: 0.7 });
    expect(bound.factor).toBeCloseTo(0.7, 12);
    expect(bound.holds).toBe(true);
    expect(bound.log2[0]).toBeCloseTo(49 * Math.log2(0.7) + 1, 6);
  });

  it.each(['tanh', 'sigmoid', 'relu', 'silu', 'sin'] as const)(
    'lies above %s',
    async (activation) => {
      const lossWeights = new Array<number>(30).fill(0);
      lossWeights[29] = 1;
      const problem = randomProblem({ T: 30, B: 1, H: 12, activation, lossWeights, seed: 51 });
      const run = await engine.run(problem);
      const { bound } = gradientFlow(run.summary, problem);
      expect(bound.holds).toBe(true);
      run.summary.series.log2StateGradient.forEach((v, t) => {
        expect(v).toBeLessThanOrEqual(bound.log2[t]! + 1e-4);
      });
    },
  );

  it('does not hold with losses on the way', async () => {
    expect((await flow(randomProblem())).bound.holds).toBe(false);
  });
});
