import { describe, expect, it } from 'vitest';
import {
  barScale,
  GHOST_STYLES,
  ghostNorms,
  ghostOutline,
  ghostOutputs,
  plainBars,
  relativeBars,
  scaledBars,
} from '../../src/ui/charts/ghosts';
import { PIN_LIMITS } from '../../src/model/configuration';
import { valueDomain } from '../../src/ui/charts/prediction';
import { logDomain } from '../../src/ui/charts/series';

const SCALE = { from: 1, to: 4, width: 400 };

describe('ghost curves', () => {
  it('have a line of their own for every pin there can be', () => {
    expect(GHOST_STYLES).toHaveLength(PIN_LIMITS.pins);
    expect(new Set(GHOST_STYLES.map(({ colour }) => colour)).size).toBe(PIN_LIMITS.pins);
    expect(new Set(GHOST_STYLES.map(({ dash }) => dash)).size).toBe(PIN_LIMITS.pins);
  });

  it('are drawn at their own steps of the present axis, whatever their length', () => {
    const shorter = ghostNorms(Float64Array.of(-2, -1), SCALE, 256, Infinity);
    expect(shorter.map(({ step }) => step)).toEqual([1, 2]);
    const longer = ghostNorms(new Float64Array(10).fill(1), SCALE, 256, Infinity);
    expect(longer.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
    expect(ghostNorms(Float64Array.of(1, 2), { ...SCALE, from: 3 }, 256, Infinity)).toEqual([]);
    const many = ghostNorms(new Float64Array(5000), { ...SCALE, to: 5000 }, 256, Infinity);
    expect(many).toHaveLength(256);
  });

  it('break at exact zeros and end at an overflow', () => {
    const norms = Float64Array.of(-Infinity, -Infinity, 0, 5);
    expect(ghostNorms(norms, SCALE, 256, 4).map(({ high }) => high)).toEqual([null, null, 0]);
  });

  it('enter the axis, as far as the present curve stays readable', () => {
    const present = [{ step: 1, low: -1, high: 0 }];
    const near = [{ points: [{ step: 9, low: -8, high: 5 }] }];
    expect(logDomain(present, [], [], near).low).toBeLessThan(-8);
    expect(logDomain(present, [], [], near).high).toBeGreaterThan(5);
    const far = [{ points: [{ step: 9, low: -6000, high: -6000 }] }];
    const { low } = logDomain(present, [], [], far);
    expect(low).toBeGreaterThan(-60);
    expect(low).toBeLessThan(-40);
    // Where the present gradient is exactly zero, the ghosts make the axis.
    const zero = [{ step: 1, low: null, high: null }];
    expect(logDomain(zero, [], [], near).low).toBeLessThan(-8);
    expect(logDomain(zero, [], [], [{ points: zero }])).toEqual({ low: -3, high: 0.5 });
  });
});

describe('ghost bars', () => {
  it('of losses share the scale of the largest, contributions have their own', () => {
    const { bars, largest } = plainBars(Float64Array.of(0, 4, NaN, 1), SCALE, 256, Infinity);
    expect(largest).toBe(4);
    expect(scaledBars(bars, 8).map(({ height }) => height)).toEqual([0, 0.5, 0, 0.125]);
    expect(scaledBars(bars, 0).every(({ height }) => height === 0)).toBe(true);
    // A ghost that explodes runs out of the plot instead of flattening the present bars.
    expect(barScale(4, [6, 2])).toBe(6);
    expect(barScale(4, [1e30])).toBe(32);
    expect(barScale(0, [3])).toBe(3);
    const shares = relativeBars(Float64Array.of(-20_000, -20_001, -Infinity), SCALE, 256, Infinity);
    expect(shares.map(({ height }) => height)).toEqual([1, 0.5, 0]);
  });

  it('are outlined bar by bar, with nothing along the bottom', () => {
    const bar = (from: number, height: number) => ({ from, to: from, height });
    const outline = ghostOutline(
      [bar(1, 0), bar(2, 1), bar(3, 0.5), bar(4, 1e-9), bar(5, 1)],
      0.01,
    );
    expect(outline.map(({ step, high }) => [step, high])).toEqual([
      [1.5, 0],
      [1.5, 1],
      [2.5, 0.5],
      [3.5, 0],
      [4.5, null],
      [4.5, 0],
      [4.5, 1],
      [5.5, 0],
    ]);
    expect(ghostOutline([], 0)).toEqual([]);
  });
});

describe('ghost predictions', () => {
  const map = (values: number[]) => ({
    ...{ rows: 1, columns: values.length },
    minimum: Float32Array.from(values),
    maximum: Float32Array.from(values, (v) => v + 0.5),
  });

  it('are the columns that touch the shown steps', () => {
    const points = ghostOutputs(map([0, 1, 2, 3, 4]), 5, { ...SCALE, from: 2, to: 3 }, 256, 9);
    expect(points).toEqual([
      { step: 2, low: 1, high: 1.5 },
      { step: 3, low: 2, high: 2.5 },
    ]);
    // 10 steps in 5 columns: steps 4…7 touch the columns of 3–4, 5–6 and 7–8.
    const coarse = ghostOutputs(map([0, 1, 2, 3, 4]), 10, { ...SCALE, from: 4, to: 7 }, 256, 99);
    expect(coarse.map(({ step, low }) => [step, low])).toEqual([
      [3.5, 1],
      [5.5, 2],
      [7.5, 3],
    ]);
    expect(ghostOutputs(map([0, 1]), 2, { ...SCALE, from: 3 }, 256, Infinity)).toEqual([]);
    expect(ghostOutputs(map([0, 1, 2]), 3, SCALE, 256, 3)).toHaveLength(2);
    const most = ghostOutputs(map(new Array<number>(1024).fill(1)), 9999, SCALE, 256, Infinity);
    expect(most.length).toBeLessThan(3);
  });

  it('enter the axis', () => {
    const { low, high, ticks } = valueDomain([], [{ points: [{ step: 1, low: -2, high: 3 }] }], 60);
    expect(ticks.map(({ value }) => value)).toEqual([-2, 3]);
    expect(low).toBeLessThan(-2);
    expect(high).toBeGreaterThan(3);
    const rows = [{ step: 1, outputs: [[0, 1] as const], targets: [] }];
    const near = valueDomain(rows, [{ points: [{ step: 1, low: -0.5, high: 0.5 }] }], 60);
    expect(near.ticks.map(({ value }) => value)).toEqual([-0.5, 1]);
    const far = valueDomain(rows, [{ points: [{ step: 1, low: -1e36, high: 1e36 }] }], 60);
    expect(far.ticks.map(({ value }) => value)).toEqual([-1, 2]);
  });
});
