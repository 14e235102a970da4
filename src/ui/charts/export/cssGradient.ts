/** A colour along a gradient's line; `at` in CSS pixels from its start, or as a part of the line. */
export interface GradientStop {
  readonly colour: string;
  readonly at: { readonly pixels: number } | { readonly part: number } | null;
}

export interface CssGradient {
  readonly repeats: boolean;
  /** Degrees, clockwise from "to top" */
  readonly angle: number;
  readonly stops: readonly GradientStop[];
}

const SIDES: Readonly<Record<string, number>> = {
  'to top': 0,
  'to right': 90,
  'to bottom': 180,
  'to left': 270,
};

/**
 * The linear gradients a computed background-image may hold, as this page writes them: an angle or a
 * side, and colours with one or two places each. Null for anything else.
 */
export function parseGradient(text: string): CssGradient | null {
  const match = /^(repeating-)?linear-gradient\((.*)\)$/s.exec(text.trim());
  if (match === null) return null;
  const parts = splitTopLevel(match[2]!);
  const angle = angleOf(parts[0] ?? '');
  const stops = (angle === null ? parts : parts.slice(1)).flatMap(stopsOf);
  if (stops.length < 2) return null;
  return { repeats: match[1] !== undefined, angle: angle ?? 180, stops };
}

/** Commas inside brackets belong to a colour. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (text[i] === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

function angleOf(part: string): number | null {
  const degrees = /^(-?[\d.]+)deg$/.exec(part);
  if (degrees !== null) return Number(degrees[1]);
  return SIDES[part] ?? null;
}

function stopsOf(part: string): GradientStop[] {
  const places: GradientStop['at'][] = [];
  const colour = part
    .replace(/\s(-?[\d.]+)(px|%)/g, (_, number: string, unit: string) => {
      places.push(unit === 'px' ? { pixels: Number(number) } : { part: Number(number) / 100 });
      return '';
    })
    .trim();
  return places.length === 0 ? [{ colour, at: null }] : places.map((at) => ({ colour, at }));
}

/** A gradient on a box, in its own pixels, ready for an SVG linearGradient in user space. */
export interface PlacedGradient {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly repeats: boolean;
  /** Offsets 0…1, ascending */
  readonly stops: readonly { readonly colour: string; readonly offset: number }[];
}

/** CSS Images 3, section 3.1: the line through the centre on which both corners have their colours. */
export function placedGradient(
  { angle, stops, repeats }: CssGradient,
  width: number,
  height: number,
): PlacedGradient {
  const [sin, cos] = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)];
  const length = Math.abs(width * sin) + Math.abs(height * cos);
  const places = placesOf(stops, length);
  const [first, last] = [places[0]!, places[places.length - 1]!];
  // A repeating gradient's period is from its first stop to its last one.
  const [from, to] = repeats ? [first, last] : [0, length];
  const span = to - from || 1;
  const at = (place: number) => [
    width / 2 + sin * (place - length / 2),
    height / 2 - cos * (place - length / 2),
  ];
  const [x1, y1] = at(from) as [number, number];
  const [x2, y2] = at(to) as [number, number];
  return {
    ...{ x1, y1, x2, y2, repeats },
    stops: stops.map(({ colour }, i) => ({
      colour,
      offset: Math.min(1, Math.max(0, (places[i]! - from) / span)),
    })),
  };
}

/** Pixels of every stop; those without a place are spread between their neighbours. */
function placesOf(stops: readonly GradientStop[], length: number): number[] {
  const known = stops.map(({ at }, i) => {
    if (at !== null) return 'pixels' in at ? at.pixels : at.part * length;
    return i === 0 ? 0 : i === stops.length - 1 ? length : NaN;
  });
  let before = 0;
  for (let i = 1; i < known.length; i++) {
    if (Number.isNaN(known[i]!)) continue;
    for (let j = before + 1; j < i; j++) {
      known[j] = known[before]! + ((known[i]! - known[before]!) * (j - before)) / (i - before);
    }
    before = i;
  }
  return known;
}
