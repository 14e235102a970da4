import { describe, expect, it } from 'vitest';
import {
  diverging,
  packRgba,
  type ResolvedTheme,
  type Rgb,
  sequential,
} from '../../../src/ui/theme/colors';
import { distance, oklab } from './colourMath';

const THEMES = ['light', 'dark'] as const;
const STEPS = 512;

const lightness = (colour: Rgb) => oklab(colour)[0];
const spread = (colour: Rgb) => Math.max(...colour) - Math.min(...colour);

/** Lightness at equal steps from `from` to `to` */
function ramp(colour: (value: number, theme: ResolvedTheme) => Rgb, theme: ResolvedTheme, to = 1) {
  return Array.from({ length: STEPS / 2 + 1 }, (_, i) =>
    lightness(colour((to * i) / (STEPS / 2), theme)),
  );
}

/** The greatest distance from the straight line between the ends, and the greatest step back */
function shape(values: readonly number[]) {
  const first = values[0]!;
  const last = values[values.length - 1]!;
  const way = Math.sign(last - first);
  let bend = 0;
  let back = 0;
  for (const [i, value] of values.entries()) {
    const line = first + ((last - first) * i) / (values.length - 1);
    bend = Math.max(bend, Math.abs(value - line));
    if (i > 0) back = Math.max(back, way * (values[i - 1]! - value));
  }
  return { rise: last - first, bend, back };
}

/** Bytes are coarse: neighbouring entries may differ by a rounding of one channel. */
const ROUNDING = 0.004;

describe.each(THEMES)('the scale of signed values, %s', (theme) => {
  it('is neutral at zero', () => {
    expect(spread(diverging(0, theme))).toBeLessThanOrEqual(6);
    expect(diverging(-0, theme)).toEqual(diverging(0, theme));
  });

  it('starts from the extreme that is the theme’s paper', () => {
    const zero = lightness(diverging(0, theme));
    if (theme === 'light') expect(zero).toBeGreaterThan(0.95);
    else expect(zero).toBeLessThan(0.25);
  });

  it('is blue below zero and orange above', () => {
    for (const magnitude of [0.1, 0.5, 1]) {
      const [red, green, blue] = diverging(-magnitude, theme);
      expect(blue).toBeGreaterThan(green);
      expect(green).toBeGreaterThan(red);
      const warm = diverging(magnitude, theme);
      expect(warm[0]).toBeGreaterThan(warm[1]);
      expect(warm[1]).toBeGreaterThan(warm[2]);
    }
    expect(spread(diverging(-1, theme))).toBeGreaterThan(80);
    expect(spread(diverging(1, theme))).toBeGreaterThan(80);
  });

  it.each([-1, 1])('has lightness linear and monotone in the value towards %d', (end) => {
    const { rise, bend, back } = shape(ramp(diverging, theme, end));
    expect(Math.sign(rise)).toBe(theme === 'light' ? -1 : 1);
    expect(Math.abs(rise)).toBeGreaterThan(0.4);
    expect(bend).toBeLessThan(2 * ROUNDING);
    expect(back).toBeLessThan(ROUNDING);
  });

  it('has no jump, neither at zero', () => {
    for (let i = -STEPS / 2; i < STEPS / 2; i++) {
      const here = diverging(i / (STEPS / 2), theme);
      expect(distance(here, diverging((i + 1) / (STEPS / 2), theme))).toBeLessThan(0.02);
    }
  });

  it('clamps, and shows no sign for what is no number', () => {
    for (const beyond of [1.001, 5, 1e300, Infinity]) {
      expect(diverging(beyond, theme)).toEqual(diverging(1, theme));
      expect(diverging(-beyond, theme)).toEqual(diverging(-1, theme));
    }
    expect(diverging(NaN, theme)).toEqual(diverging(0, theme));
  });
});

describe.each(THEMES)('the scale of magnitudes, %s', (theme) => {
  it('has lightness linear and monotone in the value', () => {
    const { rise, bend, back } = shape(ramp(sequential, theme));
    expect(Math.abs(rise)).toBeGreaterThan(0.65);
    expect(bend).toBeLessThan(2 * ROUNDING);
    expect(back).toBeLessThan(ROUNDING);
  });

  it('has no jump', () => {
    for (let i = 0; i < STEPS; i++) {
      const here = sequential(i / STEPS, theme);
      expect(distance(here, sequential((i + 1) / STEPS, theme))).toBeLessThan(0.02);
    }
  });

  it('tells equal steps of the value apart', () => {
    for (let i = 0; i < 16; i++) {
      const here = sequential(i / 16, theme);
      expect(distance(here, sequential((i + 1) / 16, theme))).toBeGreaterThan(0.04);
    }
  });

  it('clamps, and takes what is no number for the smallest', () => {
    for (const beyond of [1.001, 1e300, Infinity]) {
      expect(sequential(beyond, theme)).toEqual(sequential(1, theme));
      expect(sequential(-beyond, theme)).toEqual(sequential(0, theme));
    }
    expect(sequential(NaN, theme)).toEqual(sequential(0, theme));
  });
});

describe('colours', () => {
  it('make a large magnitude dark on light and bright on dark', () => {
    expect(lightness(sequential(0, 'light'))).toBeGreaterThan(0.95);
    expect(lightness(sequential(1, 'light'))).toBeLessThan(0.3);
    expect(lightness(sequential(0, 'dark'))).toBeLessThan(0.3);
    expect(lightness(sequential(1, 'dark'))).toBeGreaterThan(0.95);
  });

  it('are bytes', () => {
    for (const theme of THEMES) {
      for (let i = 0; i <= STEPS; i++) {
        const both = [...diverging((2 * i) / STEPS - 1, theme), ...sequential(i / STEPS, theme)];
        expect(both.every((b) => Number.isInteger(b) && b >= 0 && b <= 255)).toBe(true);
      }
    }
  });

  it('are packed as the bytes of an opaque RGBA pixel', () => {
    for (const colour of [
      [0, 0, 0],
      [255, 255, 255],
      [1, 128, 254],
      diverging(-1, 'dark'),
    ] as const) {
      const packed = packRgba(colour);
      expect(packed).toBeGreaterThanOrEqual(0);
      const view = new DataView(new ArrayBuffer(4));
      view.setUint32(0, packed, true);
      const bytes = [0, 1, 2, 3].map((i) => view.getUint8(i));
      expect(bytes).toEqual([...colour, 255]);
    }
  });
});
