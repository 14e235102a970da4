import { describe, expect, it } from 'vitest';
import { diverging, sequential, type Rgb } from '../../../src/ui/theme/colors';
import { contrast, distance, linear, oklab, rgbOf, tokensOf } from './colourMath';

type Row = readonly [number, number, number];

/**
 * What a dichromat sees, as matrices on linear RGB: Machado, Oliveira and Fernandes (2009), "A
 * physiologically-based model for simulation of color vision deficiency", severity 1.
 */
const DEFICIENCIES: Record<string, readonly [Row, Row, Row]> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const THEMES = ['light', 'dark'] as const;

function encoded(value: number): number {
  const bounded = Math.min(1, Math.max(0, value));
  return 255 * (bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * bounded ** (1 / 2.4) - 0.055);
}

function seen(colour: Rgb, deficiency: string): Rgb {
  const [r, g, b] = colour.map(linear) as [number, number, number];
  const [red, green, blue] = DEFICIENCIES[deficiency]!.map(
    (row) => row[0] * r + row[1] * g + row[2] * b,
  ) as [number, number, number];
  return [encoded(red), encoded(green), encoded(blue)];
}

it('the simulation leaves greys alone and takes what it must', () => {
  for (const name of Object.keys(DEFICIENCIES)) {
    expect(distance(seen([128, 128, 128], name), [128, 128, 128])).toBeLessThan(0.001);
  }
  // A red and a green of equal lightness fall together without the cones for long waves.
  const [red, green]: [Rgb, Rgb] = [
    [186, 88, 88],
    [96, 118, 56],
  ];
  expect(distance(red, green)).toBeGreaterThan(0.15);
  expect(distance(seen(red, 'deuteranopia'), seen(green, 'deuteranopia'))).toBeLessThan(0.08);
});

/** OKLab: 0.02 is about the least that can be told apart side by side. */
describe.each(Object.keys(DEFICIENCIES))('with %s', (name) => {
  describe.each(THEMES)('in the %s theme', (theme) => {
    it('signed values of equal magnitude are told apart, the more the larger', () => {
      let before = 0;
      for (const magnitude of [0.125, 0.25, 0.5, 0.75, 1]) {
        const apart = distance(
          seen(diverging(-magnitude, theme), name),
          seen(diverging(magnitude, theme), name),
        );
        expect(apart).toBeGreaterThan(0.1 * magnitude);
        expect(apart).toBeGreaterThan(before);
        before = apart;
      }
    });

    it('a signed value is told from zero', () => {
      for (const value of [-1, -0.5, -0.125, 0.125, 0.5, 1]) {
        const apart = distance(
          seen(diverging(value, theme), name),
          seen(diverging(0, theme), name),
        );
        expect(apart).toBeGreaterThan(0.3 * Math.abs(value));
      }
    });

    it('sixteen magnitudes are told apart, and lightness alone puts them in order', () => {
      const colours = Array.from({ length: 17 }, (_, i) => seen(sequential(i / 16, theme), name));
      for (let i = 1; i < colours.length; i++) {
        expect(distance(colours[i - 1]!, colours[i]!)).toBeGreaterThan(0.025);
        const rise = oklab(colours[i]!)[0] - oklab(colours[i - 1]!)[0];
        expect(theme === 'light' ? -rise : rise).toBeGreaterThan(0.015);
      }
    });

    it('forward and backward, and what is pinned, are told apart', () => {
      const tokens = tokensOf(theme);
      const colour = (token: string) => seen(rgbOf(tokens.get(token)!), name);
      expect(distance(colour('forward'), colour('backward'))).toBeGreaterThan(0.12);
      expect(distance(colour('forward'), colour('panel'))).toBeGreaterThan(0.3);
      expect(distance(colour('backward'), colour('panel'))).toBeGreaterThan(0.3);
    });
  });
});

describe.each(THEMES)('contrast by WCAG 1.4.11 in the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const grounds = ['panel', 'background'].map((token) => rgbOf(tokens.get(token)!));

  it.each(['forward', 'backward', 'cut', 'ink', 'ink-soft'])('%s as a line or mark', (token) => {
    for (const ground of grounds) {
      expect(contrast(rgbOf(tokens.get(token)!), ground)).toBeGreaterThanOrEqual(3);
    }
  });

  it('the ends of the signed scale and the large end of the magnitudes', () => {
    for (const end of [diverging(-1, theme), diverging(1, theme), sequential(1, theme)]) {
      for (const ground of grounds) expect(contrast(end, ground)).toBeGreaterThanOrEqual(3);
    }
  });

  it('the ends of each scale against its other end or its middle', () => {
    expect(contrast(sequential(0, theme), sequential(1, theme))).toBeGreaterThanOrEqual(3);
    for (const end of [-1, 1]) {
      expect(contrast(diverging(end, theme), diverging(0, theme))).toBeGreaterThanOrEqual(3);
    }
  });
});
