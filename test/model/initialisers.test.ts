import { EVD, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { INITIALISERS, type InitialiserKind } from '../../src/model/configuration';
import {
  generateInputWeights,
  generateOutputWeights,
  generateRecurrentWeights,
} from '../../src/model/initialisers';
import { orthonormaliseRows, spectralRadius } from '../../src/model/linearAlgebra';

const make = (kind: InitialiserKind, H: number, gain = 1, seed = 7, angle = 0.3) =>
  generateRecurrentWeights(H, { kind, angle }, gain, seed);

function eigenvalues(values: ArrayLike<number>, H: number): [number, number][] {
  const { realEigenvalues, imaginaryEigenvalues } = new EVD(
    Matrix.from1DArray(H, H, Array.from(values)),
  );
  return realEigenvalues.map((re, i) => [re, imaginaryEigenvalues[i]!]);
}
const radius = (values: ArrayLike<number>, H: number) =>
  Math.max(...eigenvalues(values, H).map(([re, im]) => Math.hypot(re, im)));

function moments(values: Float32Array) {
  const mean = values.reduce((s, v) => s + v, 0) / values.length;
  const variance = values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

/** max |W Wᵀ − gain² I| */
function departureFromOrthogonality(w: ArrayLike<number>, H: number, gain = 1): number {
  let worst = 0;
  for (let i = 0; i < H; i++) {
    for (let j = 0; j <= i; j++) {
      let dot = 0;
      for (let k = 0; k < H; k++) dot += w[i * H + k]! * w[j * H + k]!;
      worst = Math.max(worst, Math.abs(dot - (i === j ? gain * gain : 0)));
    }
  }
  return worst;
}

describe('every initialiser', () => {
  it.each(INITIALISERS)('%s: finite float32, repeatable, linear in the gain', (kind) => {
    for (const H of [1, 2, 3, 14, 15, 16, 37]) {
      const w = make(kind, H);
      expect(w).toBeInstanceOf(Float32Array);
      expect(w.length).toBe(H * H);
      expect(w.every((v) => Number.isFinite(v) && !Object.is(v, -0))).toBe(true);
      expect(make(kind, H)).toEqual(w);
      expect(make(kind, H, 2)).toEqual(w.map((v) => 2 * v));
      expect(make(kind, H, 0)).toEqual(new Float32Array(H * H));
    }
  });

  it.each(['gaussian', 'uniform', 'xavier', 'orthogonal', 'diagonal', 'smartTanh'] as const)(
    '%s: another seed, another matrix',
    (kind) => {
      expect(make(kind, 8, 1, 8)).not.toEqual(make(kind, 8, 1, 7));
    },
  );
});

describe('random initialisers', () => {
  it.each(['gaussian', 'uniform', 'xavier'] as const)(
    '%s: mean 0, variance gain²/H, ρ ≈ gain',
    (kind) => {
      const H = 200;
      const w = make(kind, H, 0.9);
      const { mean, variance } = moments(w);
      expect(Math.abs(mean)).toBeLessThan(0.002);
      expect(variance * H).toBeCloseTo(0.81, 1);
      expect(Math.abs(variance * H - 0.81)).toBeLessThan(0.02);
      expect(Math.abs(radius(w, H) - 0.9)).toBeLessThan(0.1);
    },
  );

  it('uniform and xavier stay inside their bounds', () => {
    const H = 50;
    const bound = Math.sqrt(3 / H) * 1.000001;
    for (const kind of ['uniform', 'xavier'] as const) {
      const w = make(kind, H);
      expect(Math.max(...w)).toBeLessThanOrEqual(bound);
      expect(Math.min(...w)).toBeGreaterThanOrEqual(-bound);
      expect(Math.max(...w)).toBeGreaterThan(0.98 * bound);
    }
  });

  it.each([1, 2, 3, 24, 65, 128])('orthogonal: W Wᵀ = gain² I, H = %i', (H) => {
    expect(departureFromOrthogonality(make('orthogonal', H), H)).toBeLessThan(1e-6);
    expect(departureFromOrthogonality(make('orthogonal', H, 1.5), H, 1.5)).toBeLessThan(2e-6);
  });

  it('orthogonal is Haar: entries have variance 1/H, and the trace mean 0 and variance 1', () => {
    const H = 5;
    let trace = 0;
    let traceSquared = 0;
    let corner = 0;
    let cornerSquared = 0;
    const N = 4000;
    for (let seed = 0; seed < N; seed++) {
      const w = make('orthogonal', H, 1, seed);
      let sum = 0;
      for (let i = 0; i < H; i++) sum += w[i * H + i]!;
      trace += sum / N;
      traceSquared += (sum * sum) / N;
      corner += w[0]! / N;
      cornerSquared += w[0]! ** 2 / N;
    }
    expect(Math.abs(trace)).toBeLessThan(0.07);
    expect(Math.abs(traceSquared - 1)).toBeLessThan(0.1);
    expect(Math.abs(corner)).toBeLessThan(0.03);
    expect(Math.abs(cornerSquared - 1 / H)).toBeLessThan(0.015);
  });

  it.each([1, 2, 20, 64, 120])('smartTanh: 15 connections per unit and ρ = gain, H = %i', (H) => {
    const w = make('smartTanh', H, 1.1);
    for (let i = 0; i < H; i++) {
      const row = w.subarray(i * H, (i + 1) * H);
      expect(row.filter((v) => v !== 0).length).toBe(Math.min(15, H));
    }
    expect(Math.abs(radius(w, H) - 1.1)).toBeLessThan(1e-6);
  });
});

describe('structured initialisers', () => {
  it('identity and zero', () => {
    expect(Array.from(make('identity', 2, 0.5))).toEqual([0.5, 0, 0, 0.5]);
    expect(make('zero', 3).every((v) => v === 0)).toBe(true);
  });

  it('diagonal: entries in [−gain, gain), zero elsewhere', () => {
    const H = 30;
    const w = make('diagonal', H, 2);
    w.forEach((v, i) => {
      if (i % (H + 1) === 0) expect(Math.abs(v)).toBeLessThanOrEqual(2);
      else expect(v).toBe(0);
    });
  });

  it.each([2, 3, 6])('rotation: eigenvalues gain·e^(±iθ), the odd one gain, H = %i', (H) => {
    const w = make('rotation', H, 0.9, 7, 0.7);
    const angles = eigenvalues(w, H).map(([re, im]) => {
      expect(Math.hypot(re, im)).toBeCloseTo(0.9, 6);
      return Math.abs(Math.atan2(im, re));
    });
    angles.sort((a, b) => b - a);
    angles.forEach((angle, i) => expect(angle).toBeCloseTo(i === H - 1 && H % 2 ? 0 : 0.7, 5));
    expect(w[0]).toBeCloseTo(0.9 * Math.cos(0.7), 6);
    expect(w[1]).toBeCloseTo(-0.9 * Math.sin(0.7), 6);
  });

  it('shift: h_i takes h_{i−1}, cyclic', () => {
    expect(Array.from(make('shift', 3))).toEqual([0, 0, 1, 1, 0, 0, 0, 1, 0]);
  });
});

describe('W_x and W_y', () => {
  it('have shape [out, in] and variance 1/fan-in', () => {
    const wx = generateInputWeights(300, 40, 3);
    const wy = generateOutputWeights(40, 300, 3);
    expect(wx.length).toBe(12_000);
    expect(wy.length).toBe(12_000);
    expect(moments(wx).variance * 40).toBeCloseTo(1, 1);
    expect(moments(wy).variance * 300).toBeCloseTo(1, 1);
    expect(generateInputWeights(300, 40, 3)).toEqual(wx);
    expect(generateInputWeights(300, 40, 4)).not.toEqual(wx);
  });
});

describe('linear algebra', () => {
  it('orthonormaliseRows keeps the first row’s direction', () => {
    const m = Float64Array.of(3, 4, 1, 0);
    orthonormaliseRows(m, 2, 2);
    const expected = [0.6, 0.8, 0.8, -0.6];
    m.forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 14));
  });

  it('spectralRadius of known matrices', () => {
    expect(spectralRadius(Float64Array.of(0.9, 5, 0, 0.9), 2)).toBeCloseTo(0.9, 9);
    expect(spectralRadius(Float64Array.of(0, 1, 0, 0), 2)).toBe(0);
    expect(spectralRadius(Float64Array.of(0, -2e-200, 2e-200, 0), 2)).toBeCloseTo(2e-200, 210);
    expect(spectralRadius(Float64Array.of(-3), 1)).toBeCloseTo(3, 12);
  });

  it('makes the largest matrices in about a second', () => {
    for (const kind of ['orthogonal', 'smartTanh'] as const) {
      const start = performance.now();
      const w = make(kind, 512, 1, 12345);
      const elapsed = performance.now() - start;
      expect(w.every(Number.isFinite)).toBe(true);
      expect(elapsed).toBeLessThan(5000); // about 500 ms alone; the machine may be busy
      const again = performance.now();
      make(kind, 512, 0.5, 12345);
      expect(performance.now() - again).toBeLessThan(elapsed);
    }
  });
});
