/**
 * The colour scales of everything painted on a canvas; the tokens of tokens.css are for the rest.
 *
 * Both scales are laid out in OKLCH with lightness linear in the value, so that equal steps in the
 * value look like equal steps (https://bottosson.github.io/posts/oklab/), and are tabulated once.
 */
export type ResolvedTheme = 'light' | 'dark';
export type Rgb = readonly [red: number, green: number, blue: number];

/** Lightness 0…1, chroma, hue in degrees */
type Oklch = readonly [lightness: number, chroma: number, hue: number];

const ENTRIES = 512;

const NEUTRAL: Record<ResolvedTheme, Oklch> = {
  light: [0.98, 0, 0],
  dark: [0.2, 0.008, 250],
};
const BLUE: Record<ResolvedTheme, Oklch> = { light: [0.44, 0.15, 255], dark: [0.78, 0.13, 245] };
const ORANGE: Record<ResolvedTheme, Oklch> = { light: [0.53, 0.17, 45], dark: [0.79, 0.15, 55] };

/** From the smallest magnitude to the largest. The dark theme runs the other way round. */
const MAGNITUDE: Record<ResolvedTheme, readonly Oklch[]> = {
  light: [
    [0.97, 0.03, 95],
    [0.83, 0.13, 75],
    [0.67, 0.18, 50],
    [0.5, 0.18, 20],
    [0.36, 0.14, 340],
    [0.22, 0.09, 300],
  ],
  dark: [
    [0.24, 0.06, 295],
    [0.38, 0.14, 335],
    [0.53, 0.18, 18],
    [0.69, 0.17, 50],
    [0.83, 0.14, 78],
    [0.97, 0.06, 98],
  ],
};

/** Linear-light sRGB of an OKLCH colour; components may leave 0…1. */
function linearRgb([lightness, chroma, hue]: Oklch): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function encode(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}

/** 0…255 sRGB; chroma is lowered until the colour fits, which keeps its lightness. */
function toRgb([lightness, chroma, hue]: Oklch): Rgb {
  let fitting = chroma;
  let linear = linearRgb([lightness, fitting, hue]);
  while (fitting > 0 && linear.some((value) => value < -1e-4 || value > 1 + 1e-4)) {
    fitting = Math.max(0, fitting - 0.004);
    linear = linearRgb([lightness, fitting, hue]);
  }
  return [encode(linear[0]), encode(linear[1]), encode(linear[2])];
}

function between(from: Oklch, to: Oklch, part: number): Oklch {
  const turn = ((to[2] - from[2] + 540) % 360) - 180;
  return [
    from[0] + part * (to[0] - from[0]),
    from[1] + part * (to[1] - from[1]),
    from[2] + part * turn,
  ];
}

function divergingEntry(value: number, theme: ResolvedTheme): Rgb {
  const end = value < 0 ? BLUE[theme] : ORANGE[theme];
  const start: Oklch = [NEUTRAL[theme][0], NEUTRAL[theme][1], end[2]];
  return toRgb(between(start, end, Math.abs(value)));
}

function sequentialEntry(value: number, theme: ResolvedTheme): Rgb {
  const stops = MAGNITUDE[theme];
  const position = value * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(position));
  const part = position - index;
  const [, chroma, hue] = between(stops[index]!, stops[index + 1]!, part);
  const first = stops[0]![0];
  return toRgb([first + value * (stops[stops.length - 1]![0] - first), chroma, hue]);
}

function table(entry: (position: number, theme: ResolvedTheme) => Rgb, theme: ResolvedTheme) {
  return Array.from({ length: ENTRIES + 1 }, (_, index) => entry(index / ENTRIES, theme));
}

const DIVERGING = {
  light: table((position, theme) => divergingEntry(2 * position - 1, theme), 'light'),
  dark: table((position, theme) => divergingEntry(2 * position - 1, theme), 'dark'),
};
const SEQUENTIAL = {
  light: table(sequentialEntry, 'light'),
  dark: table(sequentialEntry, 'dark'),
};

function lookUp(entries: readonly Rgb[], position: number): Rgb {
  const bounded = position > 0 ? Math.min(1, position) : 0;
  return entries[Math.round(bounded * ENTRIES)]!;
}

/** −1 blue … 0 the theme's neutral … 1 orange; values beyond are clamped, NaN is neutral. */
export function diverging(value: number, theme: ResolvedTheme): Rgb {
  return lookUp(DIVERGING[theme], Number.isNaN(value) ? 0.5 : (value + 1) / 2);
}

/** 0 smallest … 1 largest magnitude: large is dark on light, bright on dark. Clamped; NaN is 0. */
export function sequential(value: number, theme: ResolvedTheme): Rgb {
  return lookUp(SEQUENTIAL[theme], value);
}

/** A colour as the little-endian word of a canvas's RGBA pixel, opaque. */
export function packRgba([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
