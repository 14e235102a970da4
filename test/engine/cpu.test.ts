import { afterAll, describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { toEvaluation } from '../../src/model/evaluation';
import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS } from '../../src/model/kinds';
import type { Problem } from '../../src/model/problem';
import { log2NormOfRows, log2NormOfTensor } from '../../src/model/scaled';
import { referencePass } from '../../src/reference/pass';
import { expectClose } from '../support/compare';
import { GOLDEN_CASES } from '../support/golden';
import { relativeErrors } from '../support/passes';
import { chain, irnn, worked } from '../support/problems';
import { randomProblem } from '../support/randomProblem';

const engine = createCpuEngine();
afterAll(() => engine.dispose());

async function pass(problem: Problem) {
  const run = await engine.run(problem);
  try {
    return { tensors: await run.tensors(), summary: run.summary };
  } finally {
    run.dispose();
  }
}

const evaluate = async (problem: Problem) => toEvaluation('cpu', (await pass(problem)).tensors);

/** Every array and every single row within the tolerance of the reference. */
async function expectLikeReference(problem: Problem, tolerance: number): Promise<void> {
  const errors = relativeErrors((await pass(problem)).tensors, referencePass(problem));
  for (const [name, error] of errors) {
    expect(error, name).toBeLessThan(tolerance);
  }
}

describe('the CPU engine against the golden cases', () => {
  const ARRAYS = ['lossPerStep', 'h', 'y', 'dh', 'delta'] as const;
  const SUMS = ['dWx', 'dWh', 'db', 'dWy', 'dc', 'dh0'] as const;

  it.each(GOLDEN_CASES)('$name', async ({ problem, expected }) => {
    const evaluation = await evaluate(problem);
    expectClose([evaluation.loss], [expected.loss], 1e-5, 'loss');
    for (const key of [...ARRAYS, ...SUMS]) {
      expectClose(evaluation[key], expected[key], 1e-5, key);
    }
  });
});

describe('the CPU engine against the reference', () => {
  it.each(ACTIVATIONS.flatMap((activation) => LOSSES.map((loss) => ({ activation, loss }))))(
    '$activation, $loss',
    async ({ activation, loss }) => {
      await expectLikeReference(randomProblem({ activation, loss, T: 13, seed: 21 }), 2e-5);
    },
  );

  it.each(
    OUTPUT_ACTIVATIONS.flatMap((outputActivation) =>
      LOSSES.map((loss) => ({ outputActivation, loss })),
    ),
  )('$outputActivation, $loss', async ({ outputActivation, loss }) => {
    await expectLikeReference(randomProblem({ outputActivation, loss, seed: 22 }), 2e-5);
  });

  it.each([
    { T: 1, B: 1, I: 1, H: 1, O: 1 },
    { T: 2, B: 1, I: 2, H: 3, O: 1 },
    { T: 5, B: 3, I: 1, H: 4, O: 2 },
    { T: 6, B: 4, I: 5, H: 7, O: 3 },
    { T: 9, B: 5, I: 6, H: 63, O: 4 },
    { T: 4, B: 7, I: 3, H: 65, O: 5 },
    { T: 3, B: 9, I: 8, H: 2, O: 66 },
  ])('T $T, B $B, I $I, H $H, O $O', async (shape) => {
    await expectLikeReference(randomProblem({ ...shape, cuts: [2], seed: 23 }), 2e-5);
  });

  it('does not depend on the precision of the arrays it is given', async () => {
    const problem = randomProblem({ seed: 24 });
    const single: Problem = { ...problem, inputs: Float32Array.from(problem.inputs) };
    expect((await evaluate(single)).dWh).toEqual((await evaluate(problem)).dWh);
  });

  it('takes cuts and loss weights into account', async () => {
    const base = randomProblem({ seed: 25 });
    const whole = await evaluate(base);
    const cut = await evaluate({ ...base, cuts: [4] });
    const light = await evaluate({ ...base, lossWeights: new Float64Array(7).fill(1) });
    expect(cut.dWh).not.toEqual(whole.dWh);
    expect(light.dWh).not.toEqual(whole.dWh);
  });
});

describe('the known answers', () => {
  it('worked example', async () => {
    const whole = await evaluate(worked([]));
    expectClose(whole.dWh, [0.522486681, -0.169489497, 0.703759626, 1.353454659], 1e-6, 'dWh');
    const cut = await evaluate(worked([3]));
    expectClose(cut.delta.subarray(0, 2), [0.093519118, -0.064564288], 1e-6, 'δ_1');
  });

  it.each([0.5, 2])('scalar chain of 20 000 steps, w = %f', async (w) => {
    const T = 20_000;
    const { series } = (await pass(chain(T, w))).summary;
    for (const t of [1, 100, 10_000, T]) {
      const exact = 1 + (T - t) * Math.log2(w);
      expect(Math.abs(series.log2StateGradient[t - 1]! - exact)).toBeLessThan(1e-9);
      expect(Math.abs(series.log2ErrorSignal[t - 1]! - exact)).toBeLessThan(1e-9);
    }
  });

  it('a gradient that only arrives 2^−1750 small, where the states are not zero', async () => {
    // h_{t−1} = 2^(101−t) until float32 ends at 2^−149, after 250 steps; δ_t = 2^(1−(T−t)).
    const { summary } = await pass(chain(2000, 0.5, { initialState: 2 ** 100 }));
    const exact = 1 - 1999 + 100 + Math.log2(250);
    expect(summary.log2Gradient.recurrentWeights).toBeCloseTo(exact, 6);
  });

  it('IRNN: e is the same at every step', async () => {
    const { dh } = await evaluate(irnn(30, 5));
    for (let t = 0; t < 30; t++) {
      expect(dh.subarray(t * 5, (t + 1) * 5)).toEqual(dh.subarray(29 * 5));
    }
  });

  it('exact zeros before a cut', async () => {
    const lossWeights = [0, 0, 0, 0, 0, 0, 1];
    const { tensors, summary } = await pass(randomProblem({ cuts: [4], lossWeights }));
    expect(tensors.errorSignals.mantissas.subarray(0, 30).every((v) => v === 0)).toBe(true);
    expect([...summary.series.log2ErrorSignal.subarray(0, 3)]).toEqual([
      -Infinity,
      -Infinity,
      -Infinity,
    ]);
    expect([...summary.series.log2Contribution.subarray(0, 3)].every((v) => v === -Infinity)).toBe(
      true,
    );
    expect(Number.isFinite(summary.series.log2ErrorSignal[3])).toBe(true);
    expect(summary.log2Gradient.initialState).toBe(-Infinity);
  });

  it.each(['tanh', 'sigmoid'] as const)(
    '%s far beyond float64 in saturation',
    async (activation) => {
      await expectLikeReference(chain(10, 1.5, { activation, bias: 1000 }), 1e-4);
    },
  );

  it('elu, softplus, silu and gelu far in their tails', async () => {
    for (const activation of ['elu', 'softplus', 'silu', 'gelu'] as const) {
      await expectLikeReference(chain(6, 1.5, { activation, bias: -900 }), 1e-3);
    }
  });
});

describe('overflow', () => {
  const options = { activation: 'relu', initialState: 1, lossEverywhere: true } as const;

  it('agrees with the reference, series included', async () => {
    const { tensors, summary } = await pass(chain(60, 9, options));
    expect(tensors.overflowAt).toBe(39);
    const shorter = await pass(chain(38, 9, options));
    expect(summary.totalLoss).toBe(shorter.summary.totalLoss);
    expect(tensors.recurrentWeightGradient).toEqual(shorter.tensors.recurrentWeightGradient);
    expect(summary.series.log2State.subarray(0, 38)).toEqual(shorter.summary.series.log2State);
    expect(summary.series.stepLosses.subarray(38).every(Number.isNaN)).toBe(true);
    expect(summary.series.log2ErrorSignal.subarray(38).every(Number.isNaN)).toBe(true);
  });

  it('counts logits beyond float32', async () => {
    const base = chain(9, 9, options);
    const parameters = { ...base.parameters, outputWeights: Float64Array.of(1e35) };
    const problem = { ...base, parameters };
    expect((await pass(problem)).tensors.overflowAt).toBe(4);
    expect(referencePass(problem).overflowAt).toBe(4);
  });
});

describe('the summary', () => {
  // B < H sums by dot products, B > H builds the matrix.
  it.each([
    { B: 1, H: 6 },
    { B: 3, H: 6 },
    { B: 8, H: 3 },
  ])('has the contribution ‖Σ_n δ_t h_{t−1}ᵀ‖ for B $B, H $H', async ({ B, H }) => {
    const T = 6;
    const problem = randomProblem({ B, H, T, seed: 31 });
    const { series } = (await pass(problem)).summary;
    const evaluation = toEvaluation('reference', referencePass(problem));
    for (let t = 0; t < T; t++) {
      let square = 0;
      for (let i = 0; i < H; i++) {
        for (let j = 0; j < H; j++) {
          let sum = 0;
          for (let n = 0; n < B; n++) {
            const previous = t === 0 ? problem.initialState : evaluation.h;
            const row = t === 0 ? n : (t - 1) * B + n;
            sum += evaluation.delta[(t * B + n) * H + i]! * previous[row * H + j]!;
          }
          square += sum * sum;
        }
      }
      expect(series.log2Contribution[t]).toBeCloseTo(0.5 * Math.log2(square), 4);
    }
  });

  it('has the contribution of one entry beside another with h = 0 and a huge δ', async () => {
    // Entry 0 starts at 2^100; entry 1 has h = 0 and, by its target, a δ 2^120 times as large.
    const base = chain(2000, 0.5);
    const values = new Float64Array(4000);
    values[3999] = 2 ** 120;
    const { series } = (
      await pass({
        ...base,
        B: 2,
        inputs: new Float64Array(4000),
        initialState: Float64Array.of(2 ** 100, 0),
        targets: { kind: 'dense', values: values.fill(-1, 3998, 3999) },
      })
    ).summary;
    // Entry 0: δ_100 = 2^−1900 (its e_T is 1), h_99 = 2^1. Entry 1 adds exactly nothing.
    expect(series.log2Contribution[99]).toBeCloseTo(-1900 + 1, 9);
    expect(series.log2Contribution[1999]).toBe(-Infinity);
  });

  it('has the norms of the reference', async () => {
    const problem = randomProblem({ seed: 32, cuts: [5] });
    const { summary, tensors } = await pass(problem);
    const { loss, log2Norm } = toEvaluation('reference', referencePass(problem));
    expect(summary.totalLoss).toBeCloseTo(loss, 5);
    expectClose(summary.series.log2State, log2Norm.h, 1e-5, 'h');
    expectClose(summary.series.log2StateGradient, log2Norm.dh, 1e-5, 'dh');
    expectClose(summary.series.log2ErrorSignal, log2Norm.delta, 1e-5, 'delta');
    const g = summary.log2Gradient;
    expectClose(
      [g.inputWeights, g.recurrentWeights, g.hiddenBias, g.outputWeights, g.outputBias],
      [log2Norm.dWx, log2Norm.dWh, log2Norm.db, log2Norm.dWy, log2Norm.dc],
      1e-5,
      'gradients',
    );
    expect(g.initialState).toBeCloseTo(log2Norm.dh0, 5);
    expect(log2NormOfTensor(tensors.recurrentWeightGradient)).toBe(g.recurrentWeights);
    expect(log2NormOfRows(tensors.errorSignals, 0, 2)).toBe(summary.series.log2ErrorSignal[0]);
    expect(summary.engine).toBe('cpu');
    expect(summary.adapter).toEqual({ name: 'CPU', software: true });
  });

  it('is the same, bit for bit, on a second run', async () => {
    const problem = randomProblem({ seed: 33 });
    const [first, second] = [await pass(problem), await pass(problem)];
    expect(second.tensors).toEqual(first.tensors);
    expect(second.summary.series).toEqual(first.summary.series);
  });
});
