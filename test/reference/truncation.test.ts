import { describe, expect, it } from 'vitest';
import { toEvaluation, type Evaluation } from '../../src/model/evaluation';
import type { Problem } from '../../src/model/problem';
import { withTruncation, type TruncationScheme } from '../../src/model/truncation';
import { referencePass } from '../../src/reference/pass';
import { expectClose } from '../support/compare';
import { linear } from '../support/problems';
import { randomProblem } from '../support/randomProblem';

const GRADIENTS = ['dWx', 'dWh', 'db', 'dWy', 'dc', 'dh0'] as const;
const EVERYTHING = ['lossPerStep', 'h', 'y', 'dh', 'delta', ...GRADIENTS] as const;

const evaluate = (problem: Problem): Evaluation =>
  toEvaluation('reference', referencePass(problem));

function expectSame(actual: Problem, expected: Problem, tolerance = 1e-12): void {
  const [a, e] = [evaluate(actual), evaluate(expected)];
  for (const key of EVERYTHING) expectClose(a[key], e[key], tolerance, key);
}

describe('∂h/∂θ of h ← .95 h + θ', () => {
  const gradient = (scheme: TruncationScheme, lossEverywhere = false) =>
    evaluate(withTruncation(linear(2000, 0.95, lossEverywhere), scheme)).db[0]!;

  it('in full', () => expect(gradient({ kind: 'none' })).toBeCloseTo(20, 10));

  it('over a sliding window of 10 steps', () => {
    expect(gradient({ kind: 'sliding', depth: 10, every: 1 })).toBeCloseTo(8.0253, 4);
    // The window moves with every loss; only the first nine have less behind them.
    const all = gradient({ kind: 'sliding', depth: 10, every: 1 }, true) / 2000;
    expect(all).toBeGreaterThan(8.0253 - 0.02);
    expect(all).toBeLessThan(8.0253);
  });

  it('over chunks of 10 steps, averaged over the positions', () => {
    expect(gradient({ kind: 'chunked', every: 10 }, true) / 2000).toBeCloseTo(4.752, 4);
  });

  it('over a window of 10 steps every 10 steps, which are the chunks', () => {
    const window = { kind: 'sliding', depth: 10, every: 10 } as const;
    expect(gradient(window, true) / 2000).toBeCloseTo(4.752, 4);
  });
});

describe('schemes', () => {
  const problem = randomProblem({ T: 23, seed: 31 });

  it('chunks are their cuts', () => {
    expectSame(withTruncation(problem, { kind: 'chunked', every: 7 }), {
      ...problem,
      cuts: [8, 15, 22],
    });
  });

  it.each([22, 23, 24, 500])('a window of %i of 23 steps', (depth) => {
    const windowed = withTruncation(problem, { kind: 'sliding', depth, every: 1 });
    if (depth >= 23) expectSame(windowed, problem);
    else expect(() => expectSame(windowed, problem)).toThrow();
  });

  it('a window reaches just its depth back', () => {
    const lossWeights = Array.from({ length: 23 }, (_, t) => (t === 19 ? 1 : 0));
    const one = randomProblem({ T: 23, seed: 31, lossWeights, window: { depth: 6, every: 1 } });
    const { dh } = evaluate(one).log2Norm;
    dh.forEach((norm, t) => expect(norm > -Infinity).toBe(t >= 14 && t <= 19));
    expectSame(one, { ...randomProblem({ T: 23, seed: 31, lossWeights }), cuts: [15] });
  });

  it('every 4 steps, a window goes back from there', () => {
    const lossWeights = Array.from({ length: 23 }, (_, t) => (t === 17 ? 1 : 0));
    const windowed = randomProblem({
      T: 23,
      seed: 31,
      lossWeights,
      window: { depth: 6, every: 4 },
    });
    // The loss of step 18 waits for step 20, whose six steps begin at 15.
    expectSame(windowed, { ...windowed, window: null, cuts: [15] });
  });

  it('is the sum over losses, each with its own cut', () => {
    const sum = new Float64Array(problem.H ** 2);
    for (let s = 1; s <= 23; s++) {
      const lossWeights = problem.lossWeights.map((w, t) => (t === s - 1 ? w : 0));
      const cuts = s > 4 ? [s - 3] : [];
      evaluate({ ...problem, lossWeights, cuts }).dWh.forEach((v, i) => (sum[i]! += v));
    }
    const windowed = withTruncation(problem, { kind: 'sliding', depth: 4, every: 1 });
    expectClose(evaluate(windowed).dWh, sum, 1e-12, 'dWh');
  });

  it('resets make problems of their own of the chunks', () => {
    const [T, every] = [14, 5];
    const whole = randomProblem({ T, seed: 32 });
    const reset = evaluate(withTruncation(whole, { kind: 'reset', every }));
    const { B, I, O } = whole;
    const sums = { dWx: 0, dWh: 0, db: 0, dWy: 0, dc: 0 };
    let loss = 0;
    const parts = [0, 5, 10].map((from) => {
      const to = Math.min(T, from + every);
      const { targets } = whole;
      if (targets.kind !== 'dense') throw new Error('dense targets');
      return evaluate({
        ...whole,
        T: to - from,
        initialState: from === 0 ? whole.initialState : new Float64Array(B * whole.H),
        inputs: whole.inputs.slice(from * B * I, to * B * I),
        targets: { kind: 'dense', values: targets.values.slice(from * B * O, to * B * O) },
        lossWeights: whole.lossWeights.slice(from, to),
      });
    });
    for (const part of parts) loss += part.loss;
    expectClose([reset.loss], [loss], 1e-13, 'loss');
    for (const key of ['h', 'y', 'dh', 'delta', 'lossPerStep'] as const) {
      expectClose(
        reset[key],
        parts.flatMap((part) => [...part[key]]),
        1e-13,
        key,
      );
    }
    for (const key of Object.keys(sums) as (keyof typeof sums)[]) {
      const sum = parts[0]![key].map((_, i) => parts.reduce((s, part) => s + part[key][i]!, 0));
      expectClose(reset[key], sum, 1e-12, key);
    }
    expectClose(reset.dh0, parts[0]!.dh0, 1e-13, 'dh0');
  });

  it('a detach changes no value, a reset does', () => {
    const plain = evaluate(problem);
    expect(evaluate(withTruncation(problem, { kind: 'chunked', every: 5 })).h).toEqual(plain.h);
    const reset = evaluate(withTruncation(problem, { kind: 'reset', every: 5 }));
    expect(reset.h).not.toEqual(plain.h);
    expect(reset.lossPerStep).not.toEqual(plain.lossPerStep);
  });

  it('a link that is kept by every draw is an ordinary one', () => {
    expectSame(withTruncation(problem, { kind: 'random', keep: 1, seed: 3 }), problem);
  });

  it('stays right far outside the floats', () => {
    // |∂ℓ_T/∂h_k| = .5^(T−k) within the window, 2·.5^(T−k) with every link doubled.
    const T = 3000;
    const chain = linear(T, 0.5, false);
    const { dh } = evaluate({ ...chain, window: { depth: 2500, every: 1 } }).log2Norm;
    expect(dh[T - 2500]).toBeCloseTo(-2499, 9);
    expect(dh[T - 2501]).toBe(-Infinity);
    const doubled = evaluate({ ...chain, linkFactors: new Float64Array(T).fill(4) });
    expect(doubled.log2Norm.dh[0]).toBeCloseTo(T - 1, 9);
  });
});
