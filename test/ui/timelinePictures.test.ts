import { describe, expect, it } from 'vitest';
import {
  colourIndices,
  columnOfStep,
  divergingScale,
  positionOn,
  stateScale,
  magnitudeScale,
  mergedRows,
  paint,
  palette,
  pixelColumns,
} from '../../src/ui/charts/heatMap';
import {
  barOutline,
  log2ShareOf,
  log2Sum,
  logDomain,
  logRanges,
  lonePoints,
  relativeHeight,
  stretches,
  zeroRuns,
} from '../../src/ui/charts/series';
import {
  edgeScale,
  edgeThickness,
  graphLayout,
  type GraphLayout,
  nodeValues,
} from '../../src/ui/timeline/graph';
import { heatMap } from '../support/heatMap';

describe('heat maps', () => {
  it('draw the extreme of larger magnitude on a diverging scale', () => {
    const map = heatMap(1, 2, [-1, -0.25], [0.5, 1]);
    const scale = divergingScale(map);
    expect([scale.low, scale.high]).toEqual([-1, 1]);
    expect([...colourIndices(map, scale)]).toEqual([1, 256]);
  });

  it('show where states grow by decades, and stay in proportion otherwise', () => {
    const growing = Array.from({ length: 37 }, (_, i) => (i % 2 === 0 ? 1 : -1) * 10 ** i);
    const map = heatMap(1, 37, growing);
    const scale = stateScale(map);
    const shades = Array.from(colourIndices(map, scale), (index) => Math.abs(index - 128.5));
    expect(shades).toEqual(shades.toSorted((a, b) => a - b));
    // Every decade is as much darker as any other; in proportion only the last two had a colour.
    expect(shades[18]! / shades[36]!).toBeCloseTo(0.5, 1);
    expect(positionOn(scale, -1e36)).toBeCloseTo(0, 6);
    expect(positionOn(scale, 0)).toBe(0.5);
    const level = heatMap(1, 4, [0.1, -0.9, 0.5, 1]);
    expect(stateScale(level)).toEqual(divergingScale(level));
    // One spike is no growth of most steps, but hides them all the same.
    expect(stateScale(heatMap(1, 4, [1, 1, 1, 1e4])).linearTo).toBe(1);
    expect(stateScale(heatMap(1, 2, [0, NaN])).linearTo).toBeUndefined();
  });

  it('leave exact zeros and non-numbers of a log map without colour', () => {
    const map = heatMap(1, 4, [-Infinity, -20, -10, NaN]);
    const scale = magnitudeScale(map)!;
    const [zero, faint, strong, missing] = colourIndices(map, scale);
    expect(zero).toBe(0);
    expect(missing).toBe(0);
    expect(strong).toBe(256);
    expect(faint).toBeGreaterThan(0);
    expect(magnitudeScale(heatMap(1, 2, [-Infinity, -Infinity]))).toBeNull();
  });

  it('do not let one small entry stretch the magnitude scale', () => {
    const scale = magnitudeScale(heatMap(2, 2, [-3, -4, -90, -5]))!;
    expect(scale.low).toBeGreaterThan(-20);
  });

  it('know the column of every step by the rule of HeatMap', () => {
    for (const [n, columns] of [
      [7, 3],
      [96, 96],
      [100, 64],
      [1000, 333],
    ] as const) {
      for (let s = 0; s < n; s++) {
        let expected = 0;
        while (Math.floor(((expected + 1) * n) / columns) <= s) expected++;
        expect(columnOfStep(5 + s, 5, 4 + n, columns)).toBe(expected);
      }
    }
  });

  it('put every step on its own pixels at any zoom and skip none', () => {
    const wide = pixelColumns({ from: 3, to: 4, width: 4 }, 4, { from: 1, to: 4, columns: 4 }, 99);
    expect(wide.map((span) => [span!.first, span!.last])).toEqual([
      [2, 2],
      [2, 2],
      [3, 3],
      [3, 3],
    ]);
    const narrow = pixelColumns(
      { from: 1, to: 10, width: 2 },
      2,
      { from: 1, to: 10, columns: 10 },
      99,
    );
    expect(narrow.map((span) => [span!.first, span!.last])).toEqual([
      [0, 4],
      [5, 9],
    ]);
  });

  it('show nothing outside the data and after an overflow', () => {
    const spans = pixelColumns({ from: 1, to: 4, width: 4 }, 4, { from: 2, to: 4, columns: 3 }, 4);
    expect(spans.map((span) => span?.first ?? null)).toEqual([null, 0, 1, null]);
  });

  it('paint the strongest of the cells that share a pixel', () => {
    const colours = palette((position) => [Math.round(position * 255), 0, 0]);
    const out = new Uint32Array(1);
    paint(Uint16Array.of(100, 3, 0), 1, 3, [{ first: 0, last: 2 }], 'diverging', colours, out);
    expect(out[0]).toBe(colours[3]);
    expect(mergedRows(Uint16Array.of(1, 9, 4, 2), 4, 1, 2, 'sequential').indices).toEqual(
      Uint16Array.of(9, 4),
    );
  });
});

describe('series for charts', () => {
  const scale = { from: 1, to: 6, width: 60 };
  const series = Float64Array.of(-2, -Infinity, -Infinity, 1, -Infinity, 3);

  it('break at exact zeros and mark their runs', () => {
    const parts = stretches(series, scale, 256, Infinity);
    const points = logRanges(parts);
    expect(points.map(({ high }) => high === null)).toEqual([
      false,
      true,
      true,
      false,
      true,
      false,
    ]);
    expect(zeroRuns(parts)).toEqual([
      { from: 2, to: 3 },
      { from: 5, to: 5 },
    ]);
    expect(lonePoints(points).map(({ step }) => step)).toEqual([1, 4, 6]);
  });

  it('end at the overflow', () => {
    expect(stretches(series, scale, 256, 4)).toHaveLength(3);
    expect(stretches(series, scale, 256, 1)).toHaveLength(0);
  });

  it('give axes to gradients thousands of decades small, and to constant ones', () => {
    const far = logRanges(stretches(Float64Array.of(-20_000, 0), { ...scale, to: 2 }, 256, 99));
    const { low, high } = logDomain(far, []);
    expect(low).toBeLessThan(-6020);
    expect(high).toBeGreaterThan(0);
    const flat = logDomain([{ step: 1, low: 2, high: 2 }], []);
    expect(flat.high - flat.low).toBeGreaterThan(1.5);
    expect(logDomain([{ step: 1, low: null, high: null }], [])).toEqual({ low: -3, high: 0.5 });
  });

  it('do not let a bound far away squeeze the curve', () => {
    const points = [
      { step: 1, low: -4, high: -4 },
      { step: 2, low: 0, high: 0 },
    ];
    expect(logDomain(points, [{ step: 1, value: 60 }]).high).toBeLessThan(5);
  });

  it('follow an error sent back by itself, but not to where nothing else could be read', () => {
    const points = [{ step: 1, low: -1, high: 0 }];
    expect(logDomain(points, [], [{ step: 1, value: -20 }]).low).toBeLessThan(-20);
    const far = logDomain(points, [], [{ step: 1, value: -6000 }]);
    expect(far.low).toBeGreaterThan(-60);
    expect(far.low).toBeLessThan(-38);
  });

  it('share and sum far outside any float', () => {
    expect(log2Sum(Float64Array.of(-20_000, -20_000, -Infinity))).toBe(-19_999);
    expect(log2Sum(Float64Array.of(-Infinity))).toBe(-Infinity);
    expect(log2ShareOf(-Infinity, -Infinity)).toBe(-Infinity);
    expect(relativeHeight(-20_001, -20_000)).toBe(0.5);
    expect(relativeHeight(-Infinity, -Infinity)).toBe(0);
  });

  it('outline bars from edge to edge of their steps', () => {
    expect(barOutline([{ from: 1, to: 2, height: 1 }], 0)).toEqual([
      { step: 0.5, value: 1 },
      { step: 2.5, value: 0 },
    ]);
  });
});

describe('the unrolled graph', () => {
  it('stands on the time axis when the steps fit, else is a close-up with a lens', () => {
    const near = graphLayout({ from: 5, to: 16, width: 588 }, 8, 96, 80);
    expect(near.aligned).toBe(true);
    expect([near.from, near.to, near.offset]).toEqual([5, 16, 0]);
    const far = graphLayout({ from: 1, to: 96, width: 588 }, 61, 96, 80);
    expect(far.aligned).toBe(false);
    expect(far.to - 61).toBe(61 - far.from);
    expect(far.lens!.right).toBeGreaterThan(far.lens!.left);
    expect(graphLayout({ from: 1, to: 96, width: 588 }, 1, 96, 80).from).toBe(1);
    expect(graphLayout({ from: 1, to: 96, width: 588 }, 96, 96, 80).to).toBe(96);
  });

  it('colours by the mean, never by noise and never outside the data', () => {
    const states = heatMap(2, 2, [0.5, -0.5, 0.5, 0.5]);
    expect(nodeValues(states, { from: 1, to: 2 }, 1, 3)).toEqual([1, 0, NaN]);
  });

  it('has no colour for steps that share a column, save the one whose state is known', () => {
    const states = heatMap(2, 2, [0.5, -0.5, 0.5, 0.5]);
    const own = { step: 3, state: Float32Array.of(0.5, 0) };
    expect(nodeValues(states, { from: 1, to: 4 }, 2, 4, own)).toEqual([NaN, 0.5, NaN]);
  });

  describe('thickness of backward edges', () => {
    const layout = (from: number, to: number) => ({ from, to }) as GraphLayout;
    const series = Float64Array.from({ length: 96 }, (_, i) => (i - 95) * 0.46);

    it('grows with the gradient, visibly from one end of the picture to the other', () => {
      const scale = edgeScale(series, layout(56, 66));
      const edges = Array.from(series.subarray(55, 66), (v) => edgeThickness(v, scale));
      expect(edges).toEqual(edges.toSorted((a, b) => a - b));
      expect(edges[10]! - edges[0]!).toBeGreaterThan(2.5);
    });

    it('shows where in the run a picture is', () => {
      const middles = [6, 30, 61, 90].map((t) =>
        edgeThickness(series[t - 1]!, edgeScale(series, layout(t - 5, t + 5))),
      );
      expect(middles).toEqual(middles.toSorted((a, b) => a - b));
      expect(middles[3]! - middles[0]!).toBeGreaterThan(4);
    });

    it('stays within its limits, and does not draw an exact zero', () => {
      const wild = Float64Array.of(-20_000, 0, -Infinity);
      const scale = edgeScale(wild, layout(1, 3));
      expect(edgeThickness(0, scale)).toBe(8);
      expect(edgeThickness(-20_000, scale)).toBe(0.75);
      expect(edgeThickness(-Infinity, scale)).toBe(0);
      const flat = edgeScale(Float64Array.of(1, 1.2), layout(1, 2));
      expect(edgeThickness(1.2, flat) - edgeThickness(1, flat)).toBeLessThan(0.5);
      const none = edgeScale(Float64Array.of(-Infinity), layout(1, 1));
      expect(edgeThickness(-3, none)).toBeGreaterThan(0);
    });
  });
});
