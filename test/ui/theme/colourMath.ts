import { readFileSync } from 'node:fs';
import type { Rgb } from '../../../src/ui/theme/colors';

/** The style sheet of the tokens. */
export const SHEET = readFileSync(
  new URL('../../../src/ui/theme/tokens.css', import.meta.url),
  'utf8',
);

/** The colours declared in the first block of a theme from a place in the sheet on */
export function tokensOf(theme: string, from = 0): ReadonlyMap<string, string> {
  const blocks = Array.from(SHEET.slice(from).matchAll(/([^{}]*)\{([^{}]*)\}/g));
  const own = blocks.find(([, selector]) => selector!.includes(`[data-theme='${theme}']`));
  if (own === undefined) throw new Error(`No block for the theme ${theme}`);
  const declarations = own[2]!.matchAll(/--([\w-]+)\s*:\s*([^;]+);/g);
  return new Map(Array.from(declarations, ([, name, value]) => [name!, value!.trim()] as const));
}

/** 0…255 of a token such as #1a64d8 */
export function rgbOf(colour: string): Rgb {
  if (!/^#[\da-f]{6}$/i.test(colour)) throw new Error(`No opaque colour: ${colour}`);
  const byte = (at: number) => parseInt(colour.slice(at, at + 2), 16);
  return [byte(1), byte(3), byte(5)];
}

/** Linear light 0…1 of an sRGB byte */
export function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Relative luminance of WCAG 2.2 */
function luminance(colour: Rgb): number {
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

/** Contrast ratio of WCAG 2.2 */
export function contrast(one: string | Rgb, other: string | Rgb): number {
  const [darker, lighter] = [one, other]
    .map((colour) => luminance(typeof colour === 'string' ? rgbOf(colour) : colour))
    .sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

/** OKLab, computed back from the sRGB bytes */
export function oklab(colour: Rgb): readonly [L: number, a: number, b: number] {
  const [r, g, b] = colour.map(linear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** As the eye sees it: 0.02 is about the least that can be told apart. */
export function distance(one: Rgb, other: Rgb): number {
  const [from, to] = [oklab(one), oklab(other)];
  return Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]);
}
