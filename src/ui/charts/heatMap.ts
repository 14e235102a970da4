import type { HeatMap } from '../../engine/interface';
import type { TimeScale } from './timeScale';

/** Colours for indices 0…255 and, first, "nothing drawn"; packed as ImageData's bytes in one word. */
export type Palette = Uint32Array;
const EMPTY = 0;

export type Colour = readonly [number, number, number];

/** 257 entries: 0 is transparent, 1…256 run evenly over position 0…1. */
export function palette(colourAt: (position: number) => Colour): Palette {
  const packed = new Uint32Array(257);
  const bytes = new Uint8Array(packed.buffer);
  for (let i = 1; i <= 256; i++) {
    const [r, g, b] = colourAt((i - 1) / 255);
    bytes.set([r, g, b, 255], i * 4);
  }
  return packed;
}

/** Which of a cell's two extremes is drawn, and where on the palette a value lies. */
export interface ColourScale {
  readonly kind: 'diverging' | 'sequential';
  /** Values that get the palette's two ends */
  readonly low: number;
  readonly high: number;
  /**
   * On a diverging scale: values much smaller than this are drawn in proportion, much larger ones by
   * their logarithm (asinh), so that states that grow by decades show where they grow. Absent: all
   * in proportion.
   */
  readonly linearTo?: number;
}

/** Half the range of a diverging scale where everything is 0. */
export const LEAST_RANGE = 1e-30;

/** −m…m with m the largest finite magnitude, at least `least`. */
export function divergingScale(map: HeatMap, least = LEAST_RANGE): ColourScale {
  let most = least;
  for (let i = 0; i < map.minimum.length; i++) {
    const a = Math.abs(map.minimum[i]!);
    const b = Math.abs(map.maximum[i]!);
    if (a > most && a < Infinity) most = a;
    if (b > most && b < Infinity) most = b;
  }
  return { kind: 'diverging', low: -most, high: most };
}

/** From this ratio between the largest step and the middle one on, a scale is logarithmic. */
const LARGE_RATIO = 50;

/** A diverging scale for values over time: logarithmic where most steps would have no colour. */
export function stateScale(map: HeatMap): ColourScale {
  const scale = divergingScale(map);
  const peaks: number[] = [];
  for (let c = 0; c < map.columns; c++) {
    let peak = 0;
    for (let i = c; i < map.maximum.length; i += map.columns) {
      peak = Math.max(peak, -map.minimum[i]!, map.maximum[i]!);
    }
    if (peak > 0 && peak < Infinity) peaks.push(peak);
  }
  peaks.sort((a, b) => a - b);
  const middle = peaks[peaks.length >> 1];
  if (middle === undefined || scale.high < LARGE_RATIO * middle) return scale;
  return { ...scale, linearTo: peaks[0]! };
}

/** Where a value lies on a scale: 0…1 from its low to its high end. */
export function positionOn(scale: ColourScale, value: number): number {
  const { low, high, linearTo } = scale;
  if (linearTo === undefined) return (value - low) / (high - low);
  return 0.5 + 0.5 * (Math.asinh(value / linearTo) / Math.asinh(high / linearTo));
}

/**
 * For log2 magnitudes: from the largest cell down to half a decade and more below the faintest
 * column's peak, so that single entries near a sign change do not stretch the scale. Null when
 * everything is exactly zero.
 */
export function magnitudeScale(map: HeatMap): ColourScale | null {
  let high = -Infinity;
  let faintest = Infinity;
  for (let c = 0; c < map.columns; c++) {
    let peak = -Infinity;
    for (let i = c; i < map.maximum.length; i += map.columns) {
      const v = map.maximum[i]!;
      if (v > peak && v < Infinity) peak = v;
    }
    if (peak === -Infinity) continue;
    high = Math.max(high, peak);
    faintest = Math.min(faintest, peak);
  }
  if (high === -Infinity) return null;
  const margin = 5;
  return { kind: 'sequential', low: Math.min(faintest - margin, high - 10), high };
}

function drawn(scale: ColourScale, minimum: number, maximum: number): number {
  if (scale.kind === 'sequential') return maximum;
  return Math.abs(minimum) > Math.abs(maximum) ? minimum : maximum;
}

function colourIndex(scale: ColourScale, value: number): number {
  if (!Number.isFinite(value)) return EMPTY;
  const position = positionOn(scale, value);
  return 1 + Math.round(255 * Math.min(1, Math.max(0, position)));
}

/** Palette index per cell, row-major; 0 for exact zeros of a log map and for non-finite cells. */
export function colourIndices(map: HeatMap, scale: ColourScale): Uint16Array {
  const indices = new Uint16Array(map.rows * map.columns);
  for (let i = 0; i < indices.length; i++) {
    indices[i] = colourIndex(scale, drawn(scale, map.minimum[i]!, map.maximum[i]!));
  }
  return indices;
}

/** The columns of a heat map: first step of each, by the rule of `HeatMap`. */
export function columnOfStep(step: number, from: number, to: number, columns: number): number {
  const n = to - from + 1;
  // ⌊c·n/columns⌋ ≤ s  ⇔  c < (s+1)·columns/n, so the last such c is:
  return Math.min(columns - 1, Math.ceil(((step - from + 1) * columns) / n) - 1);
}

export interface PixelColumn {
  readonly first: number;
  readonly last: number;
}

/**
 * Which columns of the data each device pixel of the plot shows: exact at any zoom, nothing
 * skipped. Null outside the data and from `end` (the first step without a value) on.
 */
export function pixelColumns(
  scale: TimeScale,
  pixels: number,
  data: { readonly from: number; readonly to: number; readonly columns: number },
  end: number,
): (PixelColumn | null)[] {
  const perPixel = (scale.to - scale.from + 1) / pixels;
  const result: (PixelColumn | null)[] = new Array<PixelColumn | null>(pixels);
  for (let p = 0; p < pixels; p++) {
    const first = Math.floor(scale.from + p * perPixel + 1e-9);
    const last = Math.max(first, Math.ceil(scale.from + (p + 1) * perPixel - 1e-9) - 1);
    // A pixel wholly inside one step shows that step; one that spans several shows all of them.
    const shownLast = perPixel <= 1 ? first : last;
    if (first < data.from || first > data.to || first >= end) {
      result[p] = null;
      continue;
    }
    const { from, to, columns } = data;
    result[p] = {
      first: columnOfStep(first, from, to, columns),
      last: columnOfStep(Math.min(shownLast, to, end - 1), from, to, columns),
    };
  }
  return result;
}

/** How far a palette index is from "no signal": the extreme that wins where cells share a pixel. */
function weight(kind: ColourScale['kind'], index: number): number {
  if (index === EMPTY) return -1;
  return kind === 'diverging' ? Math.abs(index - 128.5) : index;
}

/** Fills `out` (rows × pixels) from the cells' palette indices. */
export function paint(
  indices: Uint16Array,
  rows: number,
  columns: number,
  pixels: readonly (PixelColumn | null)[],
  kind: ColourScale['kind'],
  colours: Palette,
  out: Uint32Array,
): void {
  const width = pixels.length;
  for (let p = 0; p < width; p++) {
    const span = pixels[p];
    for (let r = 0; r < rows; r++) {
      let index = EMPTY;
      if (span) {
        index = indices[r * columns + span.first]!;
        for (let c = span.first + 1; c <= span.last; c++) {
          const other = indices[r * columns + c]!;
          if (weight(kind, other) > weight(kind, index)) index = other;
        }
      }
      out[r * width + p] = colours[index]!;
    }
  }
}

/** Fewer rows than cells: each kept row shows the strongest of those it stands for. */
export function mergedRows(
  indices: Uint16Array,
  rows: number,
  columns: number,
  most: number,
  kind: ColourScale['kind'],
): { readonly indices: Uint16Array; readonly rows: number } {
  if (rows <= most) return { indices, rows };
  const merged = new Uint16Array(most * columns);
  for (let r = 0; r < rows; r++) {
    const target = Math.floor((r * most) / rows) * columns;
    for (let c = 0; c < columns; c++) {
      const index = indices[r * columns + c]!;
      if (weight(kind, index) > weight(kind, merged[target + c]!)) merged[target + c] = index;
    }
  }
  return { indices: merged, rows: most };
}
