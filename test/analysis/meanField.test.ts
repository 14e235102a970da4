import { describe, expect, it } from 'vitest';
import { criticalPoint, gaussianMean, meanField } from '../../src/analysis/meanField';
import { ACTIVATIONS, type Activation } from '../../src/model/kinds';
import { activate, slope } from '../../src/reference/activations';

const of = (activation: Activation) => ({
  activation,
  f: (a: number) => activate(activation, a),
  slope: (a: number) => slope(activation, a),
});
const field = (activation: Activation, sigmaW: number, sigmaB: number) =>
  meanField(of(activation), sigmaW, sigmaB);

describe('mean-field theory', () => {
  it('knows the moments of a Gaussian', () => {
    for (const q of [1e-8, 0.3, 1, 50, 1e8]) {
      expect(gaussianMean(() => 1, q)).toBeCloseTo(1, 13);
      expect(gaussianMean((a) => a ** 4, q) / q ** 2).toBeCloseTo(3, 11);
      expect(gaussianMean(Math.abs, q) / Math.sqrt(q)).toBeCloseTo(Math.sqrt(2 / Math.PI), 12);
    }
  });

  it('gives the published numbers for tanh', () => {
    const critical = criticalPoint(of('tanh'), Math.sqrt(0.05))!;
    expect(critical.sigmaW ** 2).toBeCloseTo(1.76095, 5);
    expect(critical.q).toBeCloseTo(0.57005, 5);
    expect(field('tanh', Math.sqrt(1.3), Math.sqrt(0.05)).chi).toBeCloseTo(0.88016, 5);
    expect(field('tanh', critical.sigmaW, Math.sqrt(0.05)).chi).toBeCloseTo(1, 9);
  });

  it('is critical at σ_w = 1 for tanh without biases, where q* = 0', () => {
    const critical = criticalPoint(of('tanh'), 0)!;
    expect(critical.sigmaW).toBeCloseTo(1, 5);
    expect(critical.q).toBe(0);
    expect(field('tanh', 0.9, 0)).toEqual({ q: 0, chi: expect.closeTo(0.81, 12) as number });
    expect(field('tanh', 1, 0).q).toBe(0);
  });

  it('has the closed forms of relu, identity and sin', () => {
    const relu = field('relu', 1.2, 0.3);
    expect(relu.q).toBeCloseTo(0.09 / (1 - 0.72), 10);
    expect(relu.chi).toBeCloseTo(0.72, 12);
    expect(criticalPoint(of('relu'), 0.3)).toBeNull();
    expect(field('relu', Math.SQRT2, 0)).toEqual({ q: 1, chi: expect.closeTo(1, 12) as number });
    expect(field('identity', 0.5, 1).q).toBeCloseTo(4 / 3, 10);
    const { q, chi } = field('sin', 1.5, 0.2);
    expect((2.25 * (1 - Math.exp(-2 * q))) / 2 + 0.04).toBeCloseTo(q, 10);
    expect(chi).toBeCloseTo((2.25 * (1 + Math.exp(-2 * q))) / 2, 10);
  });

  it('reports a variance without bound as Infinity, never NaN', () => {
    const { q, chi } = field('relu', Math.sqrt(2.1), 0.1);
    expect(q).toBe(Infinity);
    expect(chi).toBeCloseTo(1.05, 12);
    expect(field('identity', 1.01, 0)).toEqual({ q: Infinity, chi: 1.01 ** 2 });
    for (const activation of ['leakyRelu', 'elu', 'softplus', 'gelu', 'silu'] as const) {
      expect(field(activation, 3, 0.5).q).toBe(Infinity);
      expect(field(activation, 3, 0.5).chi).toBeCloseTo(activation === 'leakyRelu' ? 4.50045 : 4.5);
    }
  });

  it.each(ACTIVATIONS)('solves its own equation for %s', (activation) => {
    for (const [sigmaW, sigmaB] of [
      [0.4, 0],
      [0.7, 0.3],
      [0.95, 0.05],
      [1.2, 1],
      [40, 0.1],
    ] as const) {
      const { q, chi } = field(activation, sigmaW, sigmaB);
      expect(chi).toBeGreaterThan(0);
      if (q === Infinity) continue;
      const { f, slope } = of(activation);
      // At q* = 0 the limit of small signals counts, which sees both sides of a kink.
      const root = Math.sqrt(Math.max(q, 1e-16));
      // Simpson's rule on a fine grid, independent of the quadrature under test.
      const mean = (g: (a: number) => number) => {
        const n = 40_000;
        let sum = 0;
        for (let i = 0; i <= n; i++) {
          const z = -10 + (20 * i) / n;
          const weight = i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2;
          sum += weight * g(root * z) * Math.exp((-z * z) / 2);
        }
        return ((20 / n / 3) * sum) / Math.sqrt(2 * Math.PI);
      };
      expect(sigmaW ** 2 * mean((a) => f(a) ** 2) + sigmaB ** 2).toBeCloseTo(q, 5);
      expect(sigmaW ** 2 * mean((a) => slope(a) ** 2)).toBeCloseTo(chi, 3);
    }
  });

  it('costs a moment', () => {
    const start = performance.now();
    field('gelu', 1.4, 0.1);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
