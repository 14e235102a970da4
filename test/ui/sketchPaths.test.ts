import { describe, expect, it } from 'vitest';
import { barOutline } from '../../src/ui/charts/series';
import {
  dotPath,
  edgePath,
  insideFrame,
  rangePath,
  stepPath,
} from '../../src/ui/charts/sketchPaths';

/** Four steps of 10 pixels, values 0…10 on 100 pixels */
const frame = { scale: { from: 1, to: 4, width: 40 }, low: 0, high: 10, height: 100 };
const at = (step: number, low: number | null, high = low) => ({ step, low, high });

describe('the sketch of a chart', () => {
  it('has a step at its centre and a value at its height', () => {
    expect(edgePath([at(1, 0), at(4, 10)], frame)).toBe('M5.0 100.0L35.0 0.0');
  });

  it('breaks where there is no value', () => {
    const path = edgePath([at(1, 1), at(2, null), at(3, 5), at(4, 6)], frame);
    expect(path).toBe('M5.0 90.0M25.0 50.0L35.0 40.0');
    expect(edgePath([at(1, null)], frame)).toBe('');
  });

  it('draws both edges of a range, and what is between them', () => {
    const range = [at(1, 2, 4), at(2, 3, 5)];
    expect(edgePath(range, frame)).toBe('M5.0 60.0L15.0 50.0M5.0 80.0L15.0 70.0');
    expect(rangePath(range, frame)).toBe('M5.0 60.0L15.0 50.0L15.0 70.0L5.0 80.0Z');
    expect(rangePath([at(1, 2), at(2, 3)], frame)).toBe('');
  });

  it('cuts a line where it leaves the frame, two pixels before its edge', () => {
    const line = (...values: (number | null)[]) =>
      insideFrame(
        values.map((value, i) => ({ step: i + 1, value })),
        frame,
      ).map(({ step, value }) => (value === null ? null : [step, Number(value.toFixed(6))]));
    expect(line(1, 5, 9)).toEqual([
      [1, 1],
      [2, 5],
      [3, 9],
    ]);
    // Out at the top and back in
    expect(line(5, 14.6, 5)).toEqual([[1, 5], [1.5, 9.8], null, [2.5, 9.8], [3, 5]]);
    // Through all of it between two steps, upwards and downwards
    expect(line(-0.2, 10.2).map((point) => point?.[1] ?? null)).toEqual([null, 0.2, 9.8, null]);
    expect(line(10.2, -0.2).map((point) => point?.[1] ?? null)).toEqual([null, 9.8, 0.2, null]);
    expect(line(5, null, 5)).toEqual([[1, 5], null, [3, 5]]);
    expect(line(20, 30)).toEqual([null, null]);
  });

  it('puts a disc on every value', () => {
    const path = dotPath([at(1, 0), at(2, null), at(3, 10)], 2, frame);
    expect(path.match(/M[^a]*/g)).toEqual(['M3.0 100.0', 'M23.0 0.0']);
  });

  it('stands bars on the lower edge, each over its steps', () => {
    const bars = barOutline(
      [
        { from: 1, to: 2, height: 5 },
        { from: 3, to: 4, height: 10 },
      ],
      0,
    );
    expect(stepPath(bars, frame)).toBe('M0.0 100H0.0V50.0H20.0V0.0H40.0V100.0V100Z');
    expect(stepPath([], frame)).toBe('');
  });
});
