import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/engine/analyze';
import type { AnalysisRequest, AnalysisValue } from '../../src/model/analyses';
import { toEvaluation } from '../../src/model/evaluation';
import type { Problem } from '../../src/model/problem';
import {
  randomLinks,
  withoutTruncation,
  withTruncation,
  type TruncationScheme,
} from '../../src/model/truncation';
import { referencePass } from '../../src/reference/pass';
import { relativeError } from '../support/compare';
import { linear } from '../support/problems';
import { randomProblem } from '../support/randomProblem';

function ask<R extends AnalysisRequest>(
  problem: Problem,
  request: R,
  signal = new AbortController().signal,
  onProgress: (done: number) => void = () => undefined,
): Promise<AnalysisValue<R>> {
  const run = () => Promise.reject(new Error('no engine'));
  return analyze(problem, request, { run, signal, onProgress });
}

const evaluate = (problem: Problem) => toEvaluation('reference', referencePass(problem));

function cosine(u: Float64Array, v: Float64Array): number {
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
}

const PROBLEM = randomProblem({
  ...{ T: 19, B: 3, cuts: [5], window: { depth: 4, every: 2 }, seed: 61 },
  linkFactors: new Array<number>(19).fill(0.5),
});
const FULL = withoutTruncation(PROBLEM);

describe('truncation', () => {
  const SCHEMES: readonly TruncationScheme[] = [
    { kind: 'cuts', at: [4, 12] },
    { kind: 'chunked', every: 5 },
    { kind: 'sliding', depth: 6, every: 1 },
    { kind: 'sliding', depth: 6, every: 4 },
    { kind: 'reset', every: 5 },
  ];
  it.each(SCHEMES)('%o: as the definition says', async (scheme) => {
    const [own, full] = [evaluate(withTruncation(FULL, scheme)).dWh, evaluate(FULL).dWh];
    const value = await ask(PROBLEM, { kind: 'truncation', scheme });
    expect(value.relativeError).toBeCloseTo(relativeError(own, full), 10);
    expect(value.cosine).toBeCloseTo(cosine(own, full), 10);
    expect(value.relativeError).toBeGreaterThan(1e-3);
  });

  it('none, and what reaches all the way, is the full gradient', async () => {
    for (const scheme of [
      { kind: 'none' },
      { kind: 'chunked', every: 19 },
      { kind: 'sliding', depth: 19, every: 1 },
      { kind: 'random', keep: 1, seed: 3 },
    ] as const) {
      const value = await ask(PROBLEM, { kind: 'truncation', scheme });
      expect(value.relativeError).toBeLessThan(1e-12);
      expect(value.cosine).toBeCloseTo(1, 12);
    }
  });

  it('keeps the problem’s resets on both sides', async () => {
    const reset = { ...FULL, resets: [8] };
    const scheme = { kind: 'cuts', at: [8] } as const;
    const value = await ask(reset, { kind: 'truncation', scheme });
    expect(value.relativeError).toBeLessThan(1e-12);
  });

  it('random: mean and deviation are those of the draws', async () => {
    const scheme = { kind: 'random', keep: 0.7, seed: 9 } as const;
    const value = await ask(PROBLEM, { kind: 'truncation', scheme, samples: 40 });
    const draws = Array.from({ length: 40 }, (_, sample) => {
      const linkFactors = randomLinks(scheme, 19, sample);
      return evaluate({ ...FULL, linkFactors }).dWh;
    });
    const mean = draws[0]!.map((_, i) => draws.reduce((sum, draw) => sum + draw[i]!, 0) / 40);
    const sd = mean.map((m, i) =>
      Math.sqrt(draws.reduce((sum, draw) => sum + (draw[i]! - m) ** 2, 0) / 39),
    );
    expect(relativeError(value.mean!, mean)).toBeLessThan(1e-12);
    expect(relativeError(value.sd!, sd)).toBeLessThan(1e-12);
    expect(value.relativeError).toBeCloseTo(relativeError(mean, evaluate(FULL).dWh), 10);
    const { mean: again } = await ask(PROBLEM, { kind: 'truncation', scheme, samples: 40 });
    expect(again).toEqual(value.mean);
  });

  it('random: without bias on three networks', async () => {
    const samples = 4000;
    const networks = [
      randomProblem({ T: 12, B: 1, H: 3, gain: 1.2, seed: 62 }),
      randomProblem({ T: 15, B: 2, H: 4, activation: 'relu', seed: 63 }),
      randomProblem({ T: 10, B: 1, H: 5, activation: 'sigmoid', loss: 'crossEntropy', seed: 64 }),
    ];
    for (const [at, problem] of networks.entries()) {
      const scheme = { kind: 'random', keep: 0.8, seed: 100 + at } as const;
      const { mean, sd } = await ask(problem, { kind: 'truncation', scheme, samples });
      evaluate(problem).dWh.forEach((exact, i) => {
        const error = sd![i]! / Math.sqrt(samples);
        expect(Math.abs(mean![i]! - exact)).toBeLessThan(3 * error + 1e-6 * Math.abs(exact));
      });
      const { cosine, relativeError } = await ask(problem, { kind: 'truncation', scheme, samples });
      expect(cosine).toBeGreaterThan(0.99);
      expect(relativeError).toBeLessThan(0.1);
    }
  });

  it('d2l’s randomised truncation: π = .9, T = 60, w = .9', () => {
    // X_T = 1 + (w ξ/π) X_{T−1}: the mean and the variance follow in closed form.
    const [keep, w, T, samples] = [0.9, 0.9, 60, 4000];
    let [mean, square] = [1, 1];
    for (let t = 1; t < T; t++) {
      square = 1 + 2 * w * mean + (w * w * square) / keep;
      mean = 1 + w * mean;
    }
    const sd = Math.sqrt(square - mean * mean);
    expect(mean).toBeCloseTo(9.982, 4);
    expect(sd).toBeCloseTo(9.373, 3);
    const draws = Array.from({ length: samples }, (_, sample) => {
      const linkFactors = randomLinks({ keep, seed: 1 }, T, sample);
      return evaluate({ ...linear(T, w, false), linkFactors }).db[0]!;
    });
    const average = draws.reduce((sum, x) => sum + x, 0) / samples;
    const spread = Math.sqrt(draws.reduce((sum, x) => sum + (x - average) ** 2, 0) / (samples - 1));
    expect(Math.abs(average - mean)).toBeLessThan((3 * sd) / Math.sqrt(samples));
    // The fourth moment decides how sure a standard deviation is.
    const fourth = draws.reduce((sum, x) => sum + (x - average) ** 4, 0) / samples;
    const error = Math.sqrt((fourth - spread ** 4) / samples) / (2 * spread);
    expect(Math.abs(spread - sd)).toBeLessThan(3 * error);
  });

  it('stays right far outside float64', async () => {
    const tiny = { ...linear(3000, 0.5, false), inputs: new Float64Array(3000).fill(1) };
    const scheme = { kind: 'sliding', depth: 1400, every: 1 } as const;
    const zero = await ask(linear(3000, 2, false), { kind: 'truncation', scheme });
    expect(zero).toEqual({ cosine: NaN, relativeError: 0 });
    const value = await ask(tiny, { kind: 'truncation', scheme });
    expect(value.relativeError).toBeLessThan(1e-12);
    const dead = await ask(tiny, { kind: 'truncation', scheme: { kind: 'cuts', at: [3000] } });
    expect(dead.cosine).toBe(1);
    expect(dead.relativeError).toBeCloseTo(0.5, 9);
  });

  it('refuses what would take long, with what to change', async () => {
    const large = randomProblem({ T: 400, B: 2, H: 200 });
    const scheme = { kind: 'random', keep: 0.5, seed: 1 } as const;
    await expect(ask(large, { kind: 'truncation', scheme, samples: 10_000 })).rejects.toMatchObject(
      {
        code: 'too-large',
      },
    );
    await expect(ask(PROBLEM, { kind: 'truncation', scheme, samples: 0 })).rejects.toMatchObject({
      code: 'invalid-request',
      path: 'samples',
    });
  });

  it('is overtaken', async () => {
    const controller = new AbortController();
    const scheme = { kind: 'random', keep: 0.5, seed: 1 } as const;
    const request = { kind: 'truncation', scheme, samples: 4000 } as const;
    const running = ask(randomProblem({ T: 80, B: 2, H: 20 }), request, controller.signal);
    setTimeout(() => controller.abort(), 5);
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('truncationSweep', () => {
  it.each([1, 3, 40])('windows every %i: as one pass after the other says', async (every) => {
    const progress: number[] = [];
    const value = await ask(
      PROBLEM,
      { kind: 'truncationSweep', every, points: 9 },
      undefined,
      (done) => progress.push(done),
    );
    expect(value.steps[0]).toBe(1);
    expect(value.steps[value.steps.length - 1]).toBe(19);
    const full = evaluate(FULL);
    value.steps.forEach((k, i) => {
      const window = { depth: k, every: Math.min(every, k) };
      for (const [errors, own] of [
        [value.chunked, evaluate(withTruncation(FULL, { kind: 'chunked', every: k }))],
        [value.sliding, evaluate({ ...FULL, window })],
      ] as const) {
        for (const key of ['dWh', 'dWx', 'db', 'dh0'] as const) {
          expect(errors[key].relativeError[i]).toBeCloseTo(relativeError(own[key], full[key]), 9);
          if (own[key].some((v) => v !== 0)) {
            expect(errors[key].cosine[i]).toBeCloseTo(cosine(own[key], full[key]), 9);
          } else expect(errors[key].cosine[i]).toBeNaN();
        }
        expect(relativeError(own.dWy, full.dWy)).toBe(0);
      }
    });
    expect(Math.max(...progress)).toBe(1);
    expect(Math.min(...progress)).toBeGreaterThanOrEqual(0);
  });

  it('parts by lag add up, and each is what a window gains', async () => {
    const { byLag, cumulativeError } = await ask(PROBLEM, {
      ...{ kind: 'truncationSweep', every: 1, points: 5 },
    });
    const full = evaluate(FULL).dWh;
    let before = new Float64Array(full.length);
    for (let d = 0; d < 19; d++) {
      const own = evaluate({ ...FULL, window: { depth: d + 1, every: 1 } }).dWh;
      const gained = Math.hypot(...own.map((v, i) => v - before[i]!));
      expect(byLag[d]).toBeCloseTo(Math.log2(gained), 7);
      expect(cumulativeError[d]).toBeCloseTo(relativeError(own, full), 9);
      before = Float64Array.from(own);
    }
    expect(cumulativeError[18]).toBeLessThan(1e-12);
  });

  it('goes as far as an overflow, and over resets', async () => {
    const inputs = new Float64Array(150).fill(1);
    for (const problem of [
      { ...linear(150, 2, true), inputs },
      { ...linear(40, 0.9, true), inputs: inputs.subarray(0, 40), resets: [11, 30] },
    ]) {
      const value = await ask(problem, { kind: 'truncationSweep', every: 4, points: 6 });
      const end = value.steps.length - 1;
      for (const errors of [value.chunked, value.sliding]) {
        expect(errors.dWh.relativeError[end]).toBeLessThan(1e-12);
        expect(errors.dWh.relativeError[0]).toBeGreaterThan(0.1);
      }
    }
  });

  it('log2 of lags far outside the floats', async () => {
    // h = 1 throughout and one loss at the end: lag d has a quarter of the lag before.
    const inputs = new Float64Array(1500).fill(0.75);
    const chain = { ...linear(1500, 0.25, false), initialState: Float64Array.of(1), inputs };
    const request = { kind: 'truncationSweep', every: 1, points: 3 } as const;
    const { byLag } = await ask(chain, request);
    for (const d of [1, 700, 1499]) expect(byLag[d]! - byLag[0]!).toBeCloseTo(-2 * d, 9);
  });

  it('refuses what would take long', async () => {
    const large = randomProblem({ T: 5000, B: 1, H: 64 });
    await expect(
      ask(large, { kind: 'truncationSweep', every: 1, points: 5 }),
    ).rejects.toMatchObject({ code: 'too-large', path: 'T' });
  });
});

describe('truncationSamples', () => {
  it('the mean comes to the full gradient', async () => {
    const problem = randomProblem({ T: 12, B: 2, H: 4, seed: 65 });
    const value = await ask(problem, {
      ...{ kind: 'truncationSamples', keep: 0.8, seed: 4, samples: 2000, points: 12 },
    });
    const end = value.counts.length - 1;
    expect([value.counts[0], value.counts[end]]).toEqual([1, 2000]);
    expect(value.sd[0]).toBeNaN();
    expect(Math.abs(value.mean[end]! - 1)).toBeLessThan((3 * value.sd[end]!) / Math.sqrt(2000));
    expect(value.relativeError[end]!).toBeLessThan(value.relativeError[0]! / 5);
    expect(value.cosine[end]).toBeGreaterThan(0.99);
    const scheme = { kind: 'random', keep: 0.8, seed: 4 } as const;
    const whole = await ask(problem, { kind: 'truncation', scheme, samples: 2000 });
    expect(value.relativeError[end]).toBe(whole.relativeError);
  });
});

describe('truncationNow', () => {
  it('is the problem as it stands beside the same network with nothing in the way', async () => {
    const now = await ask(PROBLEM, { kind: 'truncationNow' });
    const [own, full] = [evaluate(PROBLEM), evaluate(FULL)];
    for (const key of ['dWh', 'dWx', 'db', 'dh0'] as const) {
      expect(now[key].relativeError).toBeCloseTo(relativeError(own[key], full[key]), 9);
      expect(now[key].cosine).toBeCloseTo(cosine(own[key], full[key]), 9);
    }
    const dot = (g: ArrayLike<number>) =>
      Array.from(g).reduce((sum, v, i) => sum + v * PROBLEM.parameters.recurrentWeights[i]!, 0);
    expect(now.dWh.alongSelf).toBeCloseTo(dot(own.dWh) / dot(full.dWh), 8);
  });

  it('compares a reset network with the one that is not reset', async () => {
    const problem = { ...FULL, resets: [7, 13] };
    const { dWh } = await ask(problem, { kind: 'truncationNow' });
    expect(dWh.relativeError).toBeCloseTo(
      relativeError(evaluate(problem).dWh, evaluate(FULL).dWh),
      9,
    );
    expect(dWh.relativeError).toBeGreaterThan(0.01);
  });

  it('has no slope along a parameter that is zero', async () => {
    const parameters = { ...FULL.parameters, hiddenBias: new Float32Array(FULL.H) };
    const { db } = await ask({ ...FULL, parameters, cuts: [4] }, { kind: 'truncationNow' });
    expect(db.alongSelf).toBeNaN();
    expect(db.relativeError).toBeGreaterThan(0);
  });
});
