import { describe, expect, it } from 'vitest';
import { parseRgb } from '../../../src/ui/charts/export/colours';
import { parseGradient, placedGradient } from '../../../src/ui/charts/export/cssGradient';

describe('parseGradient', () => {
  it('reads a hatching as the browser computes it', () => {
    expect(
      parseGradient(
        'repeating-linear-gradient(45deg, rgb(223, 226, 223) 0px, rgb(223, 226, 223) 1px, rgba(0, 0, 0, 0) 1px, rgba(0, 0, 0, 0) 6px)',
      ),
    ).toEqual({
      repeats: true,
      angle: 45,
      stops: [
        { colour: 'rgb(223, 226, 223)', at: { pixels: 0 } },
        { colour: 'rgb(223, 226, 223)', at: { pixels: 1 } },
        { colour: 'rgba(0, 0, 0, 0)', at: { pixels: 1 } },
        { colour: 'rgba(0, 0, 0, 0)', at: { pixels: 6 } },
      ],
    });
  });

  it('reads two places of one colour, sides, parts and a missing direction', () => {
    const hatching = parseGradient('linear-gradient(to right, rgb(1, 2, 3) 0px 6px, red 50%)');
    expect(hatching?.angle).toBe(90);
    expect(hatching?.stops.map(({ at }) => at)).toEqual([
      { pixels: 0 },
      { pixels: 6 },
      { part: 0.5 },
    ]);
    expect(parseGradient('linear-gradient(red, blue)')?.angle).toBe(180);
  });

  it.each(['none', 'url("a.png")', 'radial-gradient(red, blue)', 'linear-gradient(red)'])(
    'leaves %s alone',
    (text) => {
      expect(parseGradient(text)).toBeNull();
    },
  );
});

describe('placedGradient', () => {
  it('runs through the centre, corner to corner', () => {
    const gradient = parseGradient('linear-gradient(to right, red, lime, blue)')!;
    const placed = placedGradient(gradient, 100, 40);
    expect([placed.x1, placed.x2]).toEqual([0, 100]);
    expect(placed.y1).toBeCloseTo(20, 9);
    expect(placed.stops.map(({ offset }) => offset)).toEqual([0, 0.5, 1]);
  });

  it('repeats a period that is its last place less its first', () => {
    const gradient = parseGradient(
      'repeating-linear-gradient(45deg, red 0px, red 1px, blue 1px, blue 6px)',
    )!;
    const { x1, y1, x2, y2, stops, repeats } = placedGradient(gradient, 30, 30);
    expect(repeats).toBe(true);
    // From the lower left corner, six pixels along the diagonal
    expect([x1, y1]).toEqual([expect.closeTo(0, 9), expect.closeTo(30, 9)]);
    expect(Math.hypot(x2 - x1, y2 - y1)).toBeCloseTo(6, 9);
    expect(x2 - x1).toBeCloseTo(y1 - y2, 9);
    expect(stops.map(({ offset }) => offset)).toEqual([0, 1 / 6, 1 / 6, 1]);
  });
});

describe('parseRgb', () => {
  it('reads what browsers compute for simple colours', () => {
    expect(parseRgb('rgb(26, 100, 216)')).toEqual({ hex: '#1a64d8', alpha: 1 });
    expect(parseRgb('rgba(0, 0, 0, 0.5)')).toEqual({ hex: '#000000', alpha: 0.5 });
    expect(parseRgb('oklch(0.5 0.1 200)')).toBeNull();
    expect(parseRgb('color(srgb 1 0 0)')).toBeNull();
  });
});
