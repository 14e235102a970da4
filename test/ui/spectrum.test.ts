import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import {
  exponentsCost,
  exponentsCounted,
  QUIET_SECONDS,
  samplesFor,
  singularValuesCost,
} from '../../src/ui/lab/spectrum/cost';
import { phaseOf, reservationOf } from '../../src/ui/lab/spectrum/critical';
import {
  formatComplex,
  nearestEigenvalue,
  planeScale,
  turningOf,
} from '../../src/ui/charts/complexPlane';
import {
  decadesApart,
  meanSquareFactor,
  powerLine,
  spreadOf,
  zerosOf,
} from '../../src/ui/lab/spectrum/throughTime';

const FRAME = { size: 300, margin: 18, least: 1.06 };

describe('the complex plane', () => {
  it('holds the unit circle, all eigenvalues, and σ_max unless it is far larger', () => {
    for (const radius of [0, 0.3, 1, 7, 1e6]) {
      for (const sigma of [radius, 1.5 * radius, 40 * radius]) {
        const scale = planeScale(FRAME, radius, sigma);
        const reach = Math.max(1, radius, scale.showsSigma ? sigma : 0);
        expect(scale.x(reach)).toBeLessThanOrEqual(FRAME.size);
        expect(scale.y(reach)).toBeGreaterThanOrEqual(0);
      }
    }
    expect(planeScale(FRAME, 0.9, 5.157).showsSigma).toBe(false);
    expect(planeScale(FRAME, 0.9, 1.2).showsSigma).toBe(true);
  });

  it('reads the eigenvalue under the pointer, and none from afar', () => {
    const scale = planeScale(FRAME, 1, 1);
    const values = [
      [1, 0],
      [0.2, 0.5],
      [0.2, -0.5],
    ] as const;
    expect(nearestEigenvalue(values, scale, scale.x(0.2) + 2, scale.y(-0.5) - 2, 16)).toBe(2);
    expect(nearestEigenvalue(values, scale, scale.x(-0.8), scale.y(0), 16)).toBeNull();
    expect(nearestEigenvalue([], scale, 150, 150, 16)).toBeNull();
  });

  it('reads positions back, and writes them', () => {
    const scale = planeScale(FRAME, 3);
    const [re, im] = scale.at(scale.x(-1.25), scale.y(0.75));
    expect(re).toBeCloseTo(-1.25, 12);
    expect(im).toBeCloseTo(0.75, 12);
    expect(formatComplex([0.5, -0.25])).toBe('0.500 − 0.250i');
    expect(formatComplex([-2, 0])).toBe('−2.00');
  });

  it('knows flips, turns, and neither', () => {
    expect(turningOf([0.9, 0])).toEqual({ kind: 'none' });
    expect(turningOf([0, 0])).toEqual({ kind: 'none' });
    expect(turningOf([-0.9, 1e-17])).toEqual({ kind: 'flips' });
    expect(turningOf([0, -2])).toEqual({
      kind: 'turns',
      angle: expect.closeTo(-Math.PI / 2, 12) as number,
      period: expect.closeTo(4, 12) as number,
    });
  });
});

describe('singular values through time', () => {
  const value = {
    steps: Int32Array.of(3, 5),
    H: 4,
    log2Step: Float64Array.of(2, 1, 0, -Infinity, 1, 1, 1, 1),
    log2Product: Float64Array.of(10, 4, 2, -10, 20, 6, -Infinity, -Infinity),
  };

  it('takes the largest, the middle and the smallest', () => {
    expect(spreadOf(value.log2Product, 4)).toEqual({
      largest: [10, 20],
      median: [3, -Infinity],
      smallest: [-10, -Infinity],
    });
    expect(spreadOf(Float64Array.of(7, 5, 1), 3).median).toEqual([5]);
    expect(spreadOf(Float64Array.of(7, -3), 1)).toEqual({
      largest: [7, -3],
      median: [7, -3],
      smallest: [7, -3],
    });
  });

  it('says from where on a direction is lost, and how many are', () => {
    expect(zerosOf(value)).toEqual({ step: 5, count: 2 });
    expect(zerosOf({ ...value, log2Product: Float64Array.of(1, 1, 1, 1, 0, 0, 0, 0) })).toBeNull();
  });

  it('counts decades over what is not exactly 0', () => {
    expect(decadesApart(Float64Array.of(20, 6, -Infinity))).toBeCloseTo(14 * Math.log10(2), 12);
    expect(decadesApart(Float64Array.of(-20000, -40000))).toBeCloseTo(20000 * Math.log10(2), 8);
    expect(decadesApart(Float64Array.of(3))).toBe(0);
    expect(decadesApart(Float64Array.of(-Infinity, -Infinity))).toBeNull();
  });

  it('draws powers far outside any float', () => {
    expect(powerLine([1, 20_000], 0, 0.5)).toEqual([-1, -20_000]);
    expect(powerLine([8], 5, 4)).toEqual([6]);
    expect(powerLine([8], 5, 0)).toEqual([-Infinity]);
  });

  it('averages ‖J‖²/H', () => {
    expect(meanSquareFactor(value)).toBeCloseTo((16 + 4 + 1 + 0 + 4 * 4) / 8, 12);
  });
});

describe('what is computed unasked', () => {
  it('is what a laptop does in seconds', () => {
    expect(singularValuesCost(24, 96).seconds).toBeLessThan(QUIET_SECONDS);
    expect(singularValuesCost(64, 96).seconds).toBeLessThan(QUIET_SECONDS);
    expect(singularValuesCost(128, 2000).seconds).toBeGreaterThan(QUIET_SECONDS);
    expect(exponentsCost(128, 2000, exponentsCounted(128, 2000)).seconds).toBeLessThan(6);
  });

  it('samples fewer steps where each takes long, never none', () => {
    expect(samplesFor(24, 2000)).toBe(128);
    expect(samplesFor(128, 2000)).toBe(24);
    expect(samplesFor(512, 1)).toBe(1);
  });

  it('takes all exponents of a small network, else a few', () => {
    expect(exponentsCounted(24, 96)).toBe(24);
    expect(exponentsCounted(1, 1)).toBe(1);
    expect(exponentsCounted(33, 96)).toBe(4);
    expect(exponentsCounted(24, 100_000)).toBe(4);
  });
});

describe('stated and observed', () => {
  it('names the phase', () => {
    expect(phaseOf(1, 0.9)).toBe('ordered');
    expect(phaseOf(1, 1.001)).toBe('critical');
    expect(phaseOf(1, 1.2)).toBe('chaotic');
    expect(phaseOf(Infinity, 1.2)).toBe('unbounded');
  });

  it('says when W_h is not what the theory is about', () => {
    const gaussian = {
      ...DEFAULT_CONFIGURATION,
      H: 64,
      initialiser: { kind: 'gaussian', angle: 0 },
    } as const;
    const edit = (array: 'Wh' | 'Wx') => [{ array, index: 0, value: 1 }];
    expect(reservationOf(gaussian)).toBeNull();
    expect(reservationOf({ ...gaussian, edits: edit('Wx') })).toBeNull();
    expect(reservationOf({ ...gaussian, edits: edit('Wh') })).toBe('edited');
    expect(reservationOf({ ...gaussian, arrays: { Wh: [] } })).toBe('array');
    expect(reservationOf({ ...gaussian, H: 8 })).toBe('narrow');
    expect(reservationOf(DEFAULT_CONFIGURATION)).toBe('initialiser');
  });
});
