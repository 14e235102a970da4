import { describe, expect, it } from 'vitest';
import {
  formatLimit,
  heatMapOf,
  keyShare,
  meanShare,
  sharesAt,
} from '../../src/ui/timeline/saturationView';

describe('the saturation track', () => {
  it('has the greatest values on top and draws nothing where nothing is', () => {
    const map = heatMapOf({
      ...{ bins: 2, columns: 3, least: 0, greatest: 1 },
      // Row 0 holds the least values; the last column is beyond an overflow.
      shares: Float32Array.of(0.25, 1, NaN, 0.75, 0, NaN),
    });
    expect(map).toMatchObject({ rows: 2, columns: 3 });
    const [a, b, c, d, e, f] = map.maximum;
    expect([a, d]).toEqual([Math.fround(Math.sqrt(0.75)), 0.5]);
    expect([b, e]).toEqual([NaN, 1]);
    expect([c, f]).toEqual([NaN, NaN]);
    expect(map.minimum).toBe(map.maximum);
  });

  it('averages over the shown steps that have a state', () => {
    const shares = Float64Array.of(0, 0.5, 1);
    expect(meanShare(shares, 2, 3)).toBe(0.75);
    expect(meanShare(shares, 3, 10)).toBe(1);
    expect(meanShare(shares, 7, 10)).toBeNaN();
  });

  it('reads one step, and none after the overflow', () => {
    const empty = { bins: 1, columns: 1, least: 0, greatest: 1, shares: Float32Array.of(1) };
    const view = {
      ...{ preActivations: empty, slopes: empty },
      saturated: Float64Array.of(0.5, 0.25),
      dead: Float64Array.of(0, 0.125),
    };
    expect(sharesAt(view, 2)).toEqual({ saturated: 0.25, dead: 0.125 });
    expect(sharesAt(view, 3)).toBeNull();
  });

  it('writes whole percents, and 0 and 100 only for what is exactly that', () => {
    const shares = [0, 1e-9, 0.004, 0.124, 0.5, 0.992, 0.9999, 1, NaN];
    const texts = ['0 %', '<1 %', '<1 %', '12 %', '50 %', '>99 %', '>99 %', '100 %', '–'];
    expect(shares.map(keyShare)).toEqual(texts);
  });

  it('writes limits without needless zeros', () => {
    expect([-6, -0.2, 0, 0.25, 1, 1.1289].map(formatLimit)).toEqual([
      '−6',
      '−0.2',
      '0',
      '0.25',
      '1',
      '1.1',
    ]);
  });
});
