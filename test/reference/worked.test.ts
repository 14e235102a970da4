import { describe, expect, it } from 'vitest';
import { toEvaluation } from '../../src/model/evaluation';
import type { Problem } from '../../src/model/problem';
import { log2NormOfRows, log2NormOfTensor } from '../../src/model/scaled';
import { centralDifference } from '../../src/reference/finiteDifference';
import { referencePass } from '../../src/reference/pass';
import { chain, irnn, worked } from '../support/problems';
import { expectClose } from '../support/compare';
import { randomProblem } from '../support/randomProblem';

const evaluate = (problem: Problem) => toEvaluation('reference', referencePass(problem));

describe('the worked example', () => {
  it('without a cut', () => {
    const { loss, delta, dWh } = evaluate(worked([]));
    expect(loss).toBeCloseTo(0.7319528948, 9);
    expectClose(delta.subarray(6), [-0.890216308, 0.904996932], 1e-9, 'δ_4');
    expectClose(delta.subarray(0, 2), [0.216460904, 0.614370425], 1e-9, 'δ_1');
    expectClose(dWh, [0.522486681, -0.169489497, 0.703759626, 1.353454659], 1e-9, '∂L/∂W_h');
  });

  it('with a cut at 3', () => {
    const { delta, dWh } = evaluate(worked([3]));
    expectClose(delta.subarray(0, 2), [0.093519118, -0.064564288], 1e-8, 'δ_1');
    expectClose(dWh, [0.420614249, -0.231303258, -0.156291032, 0.831596446], 1e-9, '∂L/∂W_h');
  });
});

describe('the scalar chain', () => {
  it.each([0.5, 2])('of 20 000 steps, w = %f, is exact in log2', (w) => {
    const T = 20_000;
    const { log2Norm, overflowAt } = evaluate(chain(T, w));
    expect(overflowAt).toBeNull();
    const atEnd = log2Norm.dh[T - 1]!;
    expect(Number.isFinite(atEnd)).toBe(true);
    for (const t of [1, 2, 1000, 1100, 10_000, T - 1074, T - 1, T]) {
      const exact = (T - t) * Math.log2(w) + atEnd;
      expect(Math.abs(log2Norm.dh[t - 1]! - exact)).toBeLessThan(1e-9);
      expect(Math.abs(log2Norm.delta[t - 1]! - exact)).toBeLessThan(1e-9);
    }
    expect(Math.abs(log2Norm.dh0 - (T * Math.log2(w) + atEnd))).toBeLessThan(1e-9);
    expect(Number.isFinite(log2Norm.db)).toBe(true);
  });

  it.each([
    ['0.5 leaves normal float32 at k = 127', 0.5, 127, -126],
    ['1.1 overflows float32 at k = 931', 1.1, 931, 128],
  ])('%s', (_, w, k, limit) => {
    const T = 1000;
    const { log2Norm } = evaluate(chain(T, w));
    const back = (steps: number) => log2Norm.dh[T - 1 - steps]! - log2Norm.dh[T - 1]!;
    const beyond = (log2: number) => (w < 1 ? log2 < limit : log2 >= limit);
    expect(beyond(back(k - 1))).toBe(false);
    expect(beyond(back(k))).toBe(true);
  });
});

describe('the error recursion', () => {
  it('leaves e as it is under W_h = I and active relus', () => {
    const problem = irnn(40, 6);
    const { dh, h } = evaluate(problem);
    expect(h.every((v) => v > 0)).toBe(true);
    const last = dh.subarray(39 * 6);
    for (let t = 0; t < 40; t++) expect(dh.subarray(t * 6, (t + 1) * 6)).toEqual(last);
  });

  it('is exactly zero before a cut when the only loss is after it', () => {
    const lossWeights = [0, 0, 0, 0, 0, 0, 1];
    const { dh, delta, log2Norm, dh0 } = evaluate(randomProblem({ cuts: [4], lossWeights }));
    const perStep = 2 * 5;
    expect(dh.subarray(0, 3 * perStep).every((v) => v === 0)).toBe(true);
    expect(delta.subarray(0, 3 * perStep).every((v) => v === 0)).toBe(true);
    expect(dh.subarray(3 * perStep).every((v) => v !== 0)).toBe(true);
    expect([...log2Norm.delta.subarray(0, 3)]).toEqual([-Infinity, -Infinity, -Infinity]);
    expect(dh0.every((v) => v === 0)).toBe(true);
  });

  it("keeps the cut step's own product", () => {
    const cut = evaluate(randomProblem({ T: 1, cuts: [1] }));
    const whole = evaluate(randomProblem({ T: 1 }));
    expect(cut.dWh).toEqual(whole.dWh);
    expect(cut.dh0.every((v) => v === 0)).toBe(true);
    expect(whole.dh0.every((v) => v !== 0)).toBe(true);
  });

  it('sees through units so saturated that their slope is below float64', () => {
    // a = 1000 at every step: tanh′ = 4 e^(−2000) each, so e_1 is e_10 · (w · 4 e^(−2000))⁹.
    const problem = chain(10, 1.5, { activation: 'tanh', bias: 1000 });
    const { log2Norm } = evaluate(problem);
    // h = 1 exactly, so a = 1001.5 but for the first step.
    const perStep = Math.log2(1.5) + 2 - 2 * 1001.5 * Math.LOG2E;
    expect(log2Norm.dh[0]! - log2Norm.dh[9]!).toBeCloseTo(9 * perStep, 7);
  });

  it('adds at the common exponent of the products, not of δ alone', () => {
    // δ halves with every step back while h halves with every step forward from 2^100.
    const T = 300;
    const problem = chain(T, 0.5, { initialState: 2 ** 100 });
    const pass = referencePass(problem);
    // Every product is δ_t h_{t−1} = e_T · 2^−(T−t) · 2^(100−(t−1)): all T of them are equal.
    const e = log2NormOfRows(pass.errorSignals, T - 1, T);
    const exact = e - (T - 1) + 100 + Math.log2(T);
    expect(log2NormOfTensor(pass.recurrentWeightGradient)).toBeCloseTo(exact, 9);
  });
});

describe('overflow', () => {
  const problem = chain(200, 9, { activation: 'relu', initialState: 1, lossEverywhere: true });

  it('is reported at the first state beyond 1e37', () => {
    expect(referencePass(problem).overflowAt).toBe(39);
  });

  it('leaves the results of the truncated sequence', () => {
    const pass = evaluate(problem);
    const shorter = evaluate(
      chain(38, 9, { activation: 'relu', initialState: 1, lossEverywhere: true }),
    );
    expect(pass.loss).toBe(shorter.loss);
    expect(pass.dWh).toEqual(shorter.dWh);
    expect(pass.dh0).toEqual(shorter.dh0);
    expect(pass.h.subarray(0, 38)).toEqual(shorter.h);
    expect(pass.h.subarray(38).every(Number.isNaN)).toBe(true);
  });

  it('at step 1 leaves nothing but zeros', () => {
    const { loss, dWh, overflowAt } = evaluate(
      chain(3, 1, { activation: 'relu', initialState: 2e37, lossEverywhere: true }),
    );
    expect(overflowAt).toBe(1);
    expect(loss).toBe(0);
    expect([...dWh]).toEqual([0]);
  });
});

it('a nearly certain prediction keeps its gradient', () => {
  // One class at logit 60: 1 − p = e^(−60), far below float64's resolution of p.
  const base = chain(1, 1, { initialState: 0 });
  const problem: Problem = {
    ...base,
    O: 2,
    outputActivation: 'softmax',
    loss: 'crossEntropy',
    targets: { kind: 'class', indices: Int32Array.of(0) },
    parameters: {
      ...base.parameters,
      outputWeights: Float64Array.of(1, -1),
      outputBias: Float64Array.of(60, 0),
    },
  };
  const { dc, loss } = evaluate(problem);
  expectClose(dc, [-Math.exp(-60), Math.exp(-60)], 1e-12, '∂L/∂c');
  expect(loss).toBeCloseTo(Math.exp(-60), 40);
  // The same far from certainty, against differences.
  expect(evaluate(worked([])).dc[0]).toBeCloseTo(centralDifference(worked([]), 'outputBias', 0), 8);
});
