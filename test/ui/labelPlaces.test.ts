import { describe, expect, it } from 'vitest';
import {
  freestPlace,
  lengthInside,
  type Box,
  type PlotLine,
} from '../../src/ui/charts/labelPlaces';

const box = (left: number, top: number, width = 40, height = 10): Box => ({
  left,
  top,
  width,
  height,
});

describe('places of labels', () => {
  it('measures what of a line runs through a box', () => {
    const level: PlotLine = [
      [0, 5],
      [100, 5],
    ];
    expect(lengthInside(level, box(20, 0))).toBeCloseTo(40, 12);
    expect(lengthInside(level, box(80, 0))).toBeCloseTo(20, 12);
    expect(lengthInside(level, box(20, 6))).toBe(0);
    const diagonal: PlotLine = [
      [0, 0],
      [5, 5],
      [100, 100],
    ];
    expect(lengthInside(diagonal, box(0, 0))).toBeCloseTo(10 * Math.SQRT2, 12);
    expect(lengthInside([[10, 5]], box(0, 0))).toBe(0);
  });

  it('does not see a line that passes a corner outside', () => {
    const line: PlotLine = [
      [0, 12],
      [60, -20],
    ];
    expect(lengthInside(line, box(40, 0))).toBe(0);
  });

  it('takes the first free place', () => {
    const line: PlotLine = [
      [0, 5],
      [100, 5],
    ];
    const [onLine, free, alsoFree] = [box(0, 0), box(0, 20), box(0, 40)];
    expect(freestPlace([onLine, free, alsoFree], [], [line])).toBe(free);
    expect(freestPlace([onLine, free, alsoFree], [box(10, 25, 5, 5)], [line])).toBe(alsoFree);
  });

  it('lies over a line if need be, and never over another label', () => {
    const line: PlotLine = [
      [0, 5],
      [100, 5],
    ];
    const [onLine, onLabel] = [box(0, 0), box(0, 20)];
    expect(freestPlace([onLabel, onLine], [box(0, 20)], [line])).toBe(onLine);
    expect(freestPlace([onLabel], [box(30, 25)], [])).toBeNull();
    expect(freestPlace([], [], [line])).toBeNull();
  });

  it('keeps clear of upright lines, as cuts are', () => {
    const cut: PlotLine = [
      [20, 0],
      [20, 100],
    ];
    const [crossed, free] = [box(0, 0), box(30, 0)];
    expect(lengthInside(cut, crossed)).toBe(10);
    expect(freestPlace([crossed, free], [], [cut])).toBe(free);
  });
});
