import { describe, expect, it } from 'vitest';
import { contours } from '../../src/analysis/contours';

const grid = (size: number, f: (x: number, y: number) => number) =>
  Float64Array.from({ length: size * size }, (_, k) => f(k % size, Math.floor(k / size)));

describe('level lines', () => {
  it('of a slope are straight, exactly where the level is', () => {
    const segments = contours(
      grid(4, (x, y) => 2 * x + y),
      4,
      [2.5],
    );
    expect(segments.length).toBeGreaterThan(3);
    for (const [x0, y0, x1, y1] of segments) {
      expect(2 * x0 + y0).toBeCloseTo(2.5, 12);
      expect(2 * x1 + y1).toBeCloseTo(2.5, 12);
    }
  });

  it('of a hill are closed: every end is another piece’s end', () => {
    const key = (x: number, y: number) => `${x.toFixed(9)} ${y.toFixed(9)}`;
    const hill = grid(9, (x, y) => -((x - 3.7) ** 2) - (y - 4.2) ** 2);
    const segments = contours(hill, 9, [-5]);
    const ends = segments.flatMap(([x0, y0, x1, y1]) => [key(x0, y0), key(x1, y1)]);
    expect(segments.length).toBeGreaterThan(8);
    for (const end of ends) expect(ends.filter((other) => other === end).length).toBe(2);
    for (const [x0, y0] of segments) {
      expect(Math.hypot(x0 - 3.7, y0 - 4.2)).toBeCloseTo(Math.sqrt(5), 0);
    }
  });

  it('part a saddle by its middle', () => {
    const saddle = (middle: number) => contours([1, 0, middle, 1], 2, [0.5]);
    // Corners (0,0) and (1,1) are high, the others low: with a high mean the low ones are cut off.
    const high = contours([1, 0, 0, 1.5], 2, [0.5]);
    expect(high).toHaveLength(2);
    expect(high.some(([x0, y0, x1, y1]) => y0 === 0 && x1 === 1 && x0 > 0 && y1 < 1)).toBe(true);
    const low = contours([0.6, 0, 0, 0.6], 2, [0.5]);
    expect(low).toHaveLength(2);
    expect(low.some(([x0, y0, x1, y1]) => x0 === 0 && y1 === 0 && y0 < 0.5 && x1 < 0.5)).toBe(true);
    expect(saddle(1)).toHaveLength(1);
  });

  it('leave out cells without a number, and levels nowhere reached', () => {
    const broken = grid(3, (x, y) => (x === 2 && y === 2 ? Infinity : x));
    expect(contours(broken, 3, [0.5]).length).toBe(2);
    expect(contours(broken, 3, [1.5]).length).toBe(1);
    expect(contours(broken, 3, [7])).toEqual([]);
  });
});
