import { describe, expect, it } from 'vitest';
import { lagCurve, lagHolding } from '../../src/analysis/lagMap';
import type { SingularValuesThroughTime } from '../../src/model/analyses';
import {
  cellAt,
  firstCell,
  hasZeros,
  movedCell,
  rangeOf,
  runsOf,
  stateOf,
  type LagMap,
} from '../../src/ui/lab/lag/lagCells';
import { lagPath, MOST_ROWS, pathPoints } from '../../src/ui/lab/lag/lagPath';
import { lagPixels } from '../../src/ui/lab/lag/lagPixels';
import { isSparse, shownLags } from '../../src/ui/lab/lag/lagSize';

/** log2 norm −(s − k) for all s ≥ k, changed by `at`. */
function mapOf(
  T: number,
  change: Partial<LagMap> = {},
  at = (s: number, k: number) => k - s,
): LagMap {
  const log2Norm = new Float64Array(T * T).fill(-Infinity);
  for (let s = 1; s <= T; s++) {
    for (let k = 1; k <= s; k++) log2Norm[(s - 1) * T + k - 1] = at(s, k);
  }
  const lossWeights = new Float64Array(T).fill(1);
  return { log2Norm, T, lossWeights, cuts: [], overflowAt: null, ...change };
}

describe('a cell of the lag map', () => {
  it('says why it is empty', () => {
    const lossWeights = Float64Array.from([1, 1, 0, 1, 1, 1]);
    const map = mapOf(6, { lossWeights, cuts: [2, 4], overflowAt: 6 }, (s, k) => {
      if (s === 6) return NaN;
      if (s === 3 || (s >= 4 && k < 4) || (s === 2 && k === 1)) return -Infinity;
      return s === 5 && k === 4 ? -Infinity : 0;
    });
    expect(stateOf(map, { s: 1, k: 1 })).toEqual({ kind: 'value', log2: 0 });
    expect(stateOf(map, { s: 3, k: 2 })).toEqual({ kind: 'noLoss' });
    // Of two cuts on the way, the first one that the gradient meets
    expect(stateOf(map, { s: 5, k: 1 })).toEqual({ kind: 'cut', cut: 4 });
    expect(stateOf(map, { s: 5, k: 4 })).toEqual({ kind: 'zero' });
    expect(stateOf(map, { s: 6, k: 2 })).toEqual({ kind: 'overflow' });
    expect(hasZeros(map)).toBe(true);
    expect(hasZeros(mapOf(4))).toBe(false);
    expect(firstCell(map)).toEqual({ s: 5, k: 1 });
  });

  it('moves inside the triangle only', () => {
    expect(movedCell({ s: 5, k: 5 }, 'ArrowUp', 1, 9)).toEqual({ s: 5, k: 5 });
    expect(movedCell({ s: 5, k: 5 }, 'ArrowRight', 1, 9)).toEqual({ s: 5, k: 5 });
    expect(movedCell({ s: 5, k: 3 }, 'ArrowDown', 10, 9)).toEqual({ s: 9, k: 3 });
    expect(movedCell({ s: 5, k: 3 }, 'ArrowLeft', 10, 9)).toEqual({ s: 5, k: 1 });
    expect(movedCell({ s: 5, k: 3 }, 'End', 1, 9)).toEqual({ s: 5, k: 5 });
    expect(movedCell({ s: 5, k: 3 }, 'a', 1, 9)).toBeNull();
  });

  it('is the one under the pointer, at the edge in the blank half', () => {
    expect(cellAt(0.26, 0.76, 4)).toEqual({ s: 4, k: 2 });
    expect(cellAt(0.9, 0.3, 4)).toEqual({ s: 2, k: 2 });
    expect(cellAt(-1, 7, 4)).toEqual({ s: 4, k: 1 });
  });
});

describe('the picture', () => {
  it('shows the largest of the cells that share a pixel and leaves the upper half blank', () => {
    const T = 7;
    const map = mapOf(T, {}, (s, k) => (s === 6 && k === 2 ? 50 : s === 7 ? NaN : -Infinity));
    const pixels = lagPixels(map.log2Norm, T, 3);
    expect([...pixels].map((v) => (v === 50 ? 1 : 0))).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0]);
    expect(pixels[1]).toBeNaN();
    // More pixels than cells: every cell has its own
    expect([...lagPixels(mapOf(2).log2Norm, 2, 4)]).toEqual(
      [
        [0, 0, NaN, NaN],
        [0, 0, NaN, NaN],
        [-1, -1, 0, 0],
        [-1, -1, 0, 0],
      ].flat(),
    );
  });

  it('has a range of finite values and runs of steps', () => {
    expect(rangeOf(Float64Array.from([NaN, -Infinity, 3, -2]))).toEqual({ low: -2, high: 3 });
    expect(rangeOf(Float64Array.from([NaN, -Infinity]))).toBeNull();
    expect(runsOf(6, (t) => t !== 3 && t !== 6)).toEqual([
      { from: 1, to: 2 },
      { from: 4, to: 5 },
    ]);
  });
});

describe('the path of a pinned cell', () => {
  /** Largest singular values √2 of each step and 2^−t of the product */
  const valuesOf = (from: number, to: number, stride = 1): SingularValuesThroughTime => {
    const length = (to - from) / stride;
    const steps = Int32Array.from({ length }, (_, i) => from + (i + 1) * stride);
    const log2Step = new Float64Array(2 * length);
    const log2Product = new Float64Array(2 * length);
    steps.forEach((t, i) => {
      log2Step.set([0.5, -9], 2 * i);
      log2Product.set([-t, -99], 2 * i);
    });
    return { steps, H: 2, log2Step, log2Product };
  };

  it('runs from s down with the measured ratios', () => {
    const map = mapOf(9, { cuts: [4] });
    const path = lagPath(map, { s: 7, k: 2 }, valuesOf(2, 7));
    expect(path.rows.map(({ t }) => t)).toEqual([7, 6, 5, 4, 3]);
    expect(path.rows[0]).toEqual({
      t: 7,
      log2Sigma: 0.5,
      log2Ratio: -1,
      log2Norm: -1,
      isCut: false,
    });
    expect(path.rows[3]!.isCut).toBe(true);
    expect(path.log2Product).toBe(-7);
    expect(path.log2Bound).toBe(2.5);
  });

  it('gives no product of factors that it does not know', () => {
    const path = lagPath(mapOf(300), { s: 257, k: 1 }, valuesOf(1, 257, 4));
    expect(path.log2Bound).toBeNull();
    expect(path.rows).toHaveLength(MOST_ROWS);
    expect(path.length).toBe(256);
  });

  it('asks for every factor where that is quick', () => {
    expect(pathPoints({ s: 60, k: 1 }, 512)).toBe(59);
    expect(pathPoints({ s: 300, k: 1 }, 8)).toBe(299);
    expect(pathPoints({ s: 300, k: 1 }, 128)).toBe(MOST_ROWS);
  });
});

describe('by lag', () => {
  it('passes over rows without a loss', () => {
    const every = lagCurve(mapOf(8).log2Norm, 8);
    const one = lagCurve(mapOf(8, {}, (s, k) => (s === 8 ? k - s : -Infinity)).log2Norm, 8);
    expect(one.log2Mean[3]).toBeCloseTo(-3, 12);
    expect(every.log2Mean[3]).toBeCloseTo(-3, 12);
    expect(lagHolding(one, 0.9)).toBe(3);
  });

  it('shows at most 192 lags, the first and the last among them', () => {
    for (const T of [1, 2, 64, 192, 193, 1024, 4096]) {
      const lags = shownLags(T);
      expect(lags.length).toBeLessThanOrEqual(192);
      expect([lags[0], lags[lags.length - 1]]).toEqual([0, T - 1]);
      expect(lags.every((lag, i) => i === 0 || lag > lags[i - 1]!)).toBe(true);
    }
  });

  it('knows a map with few losses', () => {
    const weights = new Float64Array(96);
    weights[95] = 1;
    expect(isSparse(weights)).toBe(true);
    expect(isSparse(weights.fill(1))).toBe(false);
    expect(isSparse(new Float64Array([1]))).toBe(false);
  });
});
