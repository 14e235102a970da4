import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/engine/interface';
import { toEvaluation } from '../../src/model/evaluation';
import type { Problem } from '../../src/model/problem';
import { referencePass } from '../../src/reference/pass';
import { randomProblem } from '../support/randomProblem';
import { gpuEngine, gpuEvaluation } from './support';

/** h_t = w h_{t−1} + x_t with one loss at T. */
function scalarChain(T: number, w: number, options: Partial<Problem> = {}): Problem {
  const one = Float64Array.of(1);
  const zero = Float64Array.of(0);
  const lossWeights = new Float64Array(T);
  lossWeights[T - 1] = 1;
  return {
    ...{ T, B: 1, I: 1, H: 1, O: 1, activation: 'identity', outputActivation: 'identity' },
    loss: 'mse',
    parameters: {
      inputWeights: one,
      recurrentWeights: Float64Array.of(w),
      hiddenBias: zero,
      outputWeights: one,
      outputBias: zero,
    },
    initialState: zero,
    inputs: new Float64Array(T),
    targets: { kind: 'dense', values: new Float64Array(T).fill(-0.5) },
    lossWeights,
    cuts: [],
    ...options,
  };
}

async function withRun<R>(problem: Problem, check: (run: Run) => R | Promise<R>): Promise<R> {
  const { engine } = await gpuEngine();
  const run = await engine.run(problem);
  try {
    return await check(run);
  } finally {
    run.dispose();
  }
}

describe('far outside the range of a float', () => {
  it.each([0.5, 2, 0.9, -1.3])('a chain of 20 000 steps with w = %d', async (w) => {
    const T = 20_000;
    const problem = scalarChain(T, w);
    await withRun(problem, async (run) => {
      // e_T = 2(0 + 0.5) = 1, so |e_t| = |w|^(T−t).
      const perStep = Math.log2(Math.abs(Math.fround(w)));
      const { log2StateGradient, log2ErrorSignal } = run.summary.series;
      for (const t of [1, 2, 5000, T - 1, T]) {
        expect(Math.abs(log2StateGradient[t - 1]! - (T - t) * perStep)).toBeLessThan(0.01);
        expect(Math.abs(log2ErrorSignal[t - 1]! - (T - t) * perStep)).toBeLessThan(0.01);
      }
      const evaluation = toEvaluation('webgpu', await run.tensors());
      expect(Math.abs(evaluation.log2Norm.dh0 - T * perStep)).toBeLessThan(0.01);
      expect(Math.abs(evaluation.log2Norm.dh[0]! - (T - 1) * perStep)).toBeLessThan(0.01);
    });
  });

  it('a huge state times a tiny error signal counts like the reverse', async () => {
    // h_t = 2^t·h_0 and δ_t ∝ 2^(T−t): every step's product is equally large.
    const T = 180;
    const problem = scalarChain(T, 2, { initialState: Float64Array.of(2 ** -100) });
    const expected = toEvaluation('reference', referencePass(problem));
    const actual = await gpuEvaluation(problem);
    expect(Math.abs(actual.log2Norm.dWh - expected.log2Norm.dWh)).toBeLessThan(1e-4);
  });

  it('reports a forward overflow with its step and gives what came before', async () => {
    const T = 400;
    const inputs = new Float64Array(T);
    inputs[0] = 1;
    const problem = scalarChain(T, 2, { inputs, lossWeights: new Float64Array(T).fill(1) });
    const expected = toEvaluation('reference', referencePass(problem));
    const actual = await gpuEvaluation(problem);
    // 2^(t−1) > 1e37 first at t = 124
    expect(expected.overflowAt).toBe(124);
    expect(actual.overflowAt).toBe(124);
    expect(actual.h[122]).toBe(2 ** 122);
    expect(actual.h[123]).toBeNaN();
    expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThan(1e-5);
    for (const key of ['dWh', 'dWx', 'db', 'dWy', 'dc', 'dh0'] as const) {
      expect(Math.abs(actual.log2Norm[key] - expected.log2Norm[key])).toBeLessThan(1e-4);
    }
    await withRun(problem, async (run) => {
      const view = await run.view({ from: 1, to: T, columns: 100, rows: 8, batchEntry: 0 });
      expect(view.states.maximum[29]).toBe(2 ** 119);
      expect(view.states.maximum[30]).toBeNaN();
      const detail = await run.inspect(200, 0);
      expect(detail.state[0]).toBeNaN();
    });
  });

  it('a cut gives an exact zero before it', async () => {
    const problem = scalarChain(50, 0.9, { cuts: [20] });
    await withRun(problem, (run) => {
      const { log2StateGradient } = run.summary.series;
      expect(log2StateGradient[18]).toBe(-Infinity);
      expect(log2StateGradient[19]).toBeGreaterThan(-10);
      expect(run.summary.log2Gradient.initialState).toBe(-Infinity);
    });
  });

  it('saturation deep in the tail is small, not zero', async () => {
    // tanh′(60) = 4 e^−120 = 2^−171.1
    const problem = scalarChain(3, 0.5, {
      activation: 'tanh',
      inputs: Float64Array.of(60, 60, 60),
    });
    const expected = toEvaluation('reference', referencePass(problem));
    const actual = await gpuEvaluation(problem);
    for (let t = 0; t < 3; t++) {
      expect(expected.log2Norm.delta[t]!).toBeLessThan(-160);
      expect(Math.abs(actual.log2Norm.delta[t]! - expected.log2Norm.delta[t]!)).toBeLessThan(1e-3);
    }
  });
});

describe('long and large', () => {
  it('summary, view and inspector agree with the full tensors', async () => {
    const problem = randomProblem({ T: 37, B: 3, I: 2, H: 9, O: 3, cuts: [12], seed: 5 });
    const exact = toEvaluation('reference', referencePass(problem));
    await withRun(problem, async (run) => {
      const { series, totalLoss, log2Gradient } = run.summary;
      expect(totalLoss).toBeCloseTo(exact.loss, 4);
      expect(log2Gradient.recurrentWeights).toBeCloseTo(exact.log2Norm.dWh, 3);
      for (let t = 0; t < 37; t++) {
        expect(series.log2State[t]).toBeCloseTo(exact.log2Norm.h[t]!, 3);
        expect(series.log2StateGradient[t]).toBeCloseTo(exact.log2Norm.dh[t]!, 3);
        expect(series.log2ErrorSignal[t]).toBeCloseTo(exact.log2Norm.delta[t]!, 3);
        expect(series.stepLosses[t]).toBeCloseTo(exact.lossPerStep[t]!, 4);
        let squares = 0;
        for (let i = 0; i < 9; i++) {
          for (let j = 0; j < 9; j++) {
            let sum = 0;
            for (let n = 0; n < 3; n++) {
              const before =
                t === 0 ? problem.initialState[n * 9 + j]! : exact.h[((t - 1) * 3 + n) * 9 + j]!;
              sum += exact.delta[(t * 3 + n) * 9 + i]! * before;
            }
            squares += sum * sum;
          }
        }
        expect(series.log2Contribution[t]).toBeCloseTo(0.5 * Math.log2(squares), 3);
      }
      const view = await run.view({ from: 4, to: 23, columns: 7, rows: 4, batchEntry: 2 });
      expect([view.states.rows, view.states.columns]).toEqual([4, 7]);
      for (let c = 0; c < 7; c++) {
        for (let r = 0; r < 4; r++) {
          let [least, most, error] = [Infinity, -Infinity, -Infinity];
          for (let s = Math.floor((c * 20) / 7); s < Math.floor(((c + 1) * 20) / 7); s++) {
            for (let i = Math.floor((r * 9) / 4); i < Math.floor(((r + 1) * 9) / 4); i++) {
              const at = ((3 + s) * 3 + 2) * 9 + i;
              least = Math.min(least, exact.h[at]!);
              most = Math.max(most, exact.h[at]!);
              error = Math.max(error, Math.log2(Math.abs(exact.delta[at]!)));
            }
          }
          expect(view.states.minimum[r * 7 + c]).toBeCloseTo(least, 4);
          expect(view.states.maximum[r * 7 + c]).toBeCloseTo(most, 4);
          expect(view.log2ErrorSignals.maximum[r * 7 + c]).toBeCloseTo(error, 2);
        }
      }
      for (const step of [1, 11, 37]) {
        const detail = await run.inspect(step, 1);
        const scale = (v: { mantissas: Float32Array; exponent: number }, i: number) =>
          v.mantissas[i]! * 2 ** v.exponent;
        for (let i = 0; i < 9; i++) {
          const at = ((step - 1) * 3 + 1) * 9 + i;
          expect(detail.state[i]).toBeCloseTo(exact.h[at]!, 4);
          expect(scale(detail.stateGradient, i)).toBeCloseTo(exact.dh[at]!, 4);
          expect(scale(detail.errorSignal, i)).toBeCloseTo(exact.delta[at]!, 4);
          expect(scale(detail.injected, i) + scale(detail.carried, i)).toBeCloseTo(
            exact.dh[at]!,
            4,
          );
        }
      }
      // The step before a cut receives nothing from it.
      expect((await run.inspect(11, 1)).carried.mantissas.every((v) => v === 0)).toBe(true);
    });
  });

  it('T = 100 000 runs in pieces, and two runs give the same bits', async () => {
    const problem = randomProblem({ T: 100_000, B: 1, I: 1, H: 4, O: 1, seed: 3 });
    const [first, second] = [await gpuEvaluation(problem), await gpuEvaluation(problem)];
    expect(second.dWh).toEqual(first.dWh);
    expect(second.h).toEqual(first.h);
    expect(first.h.every(Number.isFinite)).toBe(true);
  });

  it('refuses what cannot fit, naming the length that does', async () => {
    const { engine } = await gpuEngine();
    const problem = scalarChain(100_000, 0.5);
    const huge = { ...problem, B: 256, H: 512 };
    await expect(engine.run(huge)).rejects.toMatchObject({ code: 'too-large', path: 'T' });
  });

  it('stops when its signal fires', async () => {
    const { engine } = await gpuEngine();
    const controller = new AbortController();
    const running = engine.run(randomProblem({ T: 4000, B: 2, H: 64 }), controller.signal);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
  });
});
