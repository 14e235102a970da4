import { BpttError } from '../model/errors';
import { STREAMS, uniform } from '../model/random';

/** 0, 1/2, 1/4, 3/4, 1/8, … (van der Corput): evenly spread for every number of entries. */
function radicalInverse(n: number): number {
  let result = 0;
  let digit = 0.5;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result += digit;
    digit /= 2;
  }
  return result;
}

/**
 * Where entry n's segment of T + 1 items (T inputs, each with the next item as its target) starts
 * in a sequence of `length` items. Entry 0 starts at the beginning, the others fill the rest evenly;
 * adding entries does not move earlier ones. Segments overlap when they do not fit side by side.
 */
export function segmentStart(length: number, T: number, n: number): number {
  return Math.floor(radicalInverse(n) * (length - T));
}

/** Of B entries. */
export function segmentStarts(length: number, T: number, B: number): number[] {
  return Array.from({ length: B }, (_, n) => segmentStart(length, T, n));
}

/** The part of a sequence, at its end, that fresh windows leave for scoring. */
const KEPT_BACK = 1 / 10;

/** Items that fresh windows are drawn from: the first nine tenths. */
export function drawnLength(length: number): number {
  return length - Math.floor(length * KEPT_BACK);
}

/**
 * Where the B windows of T + 1 items start that update number `update` of a training on fresh data
 * sees. Where the first nine tenths have no room to draw in, the fixed segments.
 */
export function drawnStarts(
  length: number,
  T: number,
  B: number,
  seed: number,
  update: number,
): number[] {
  const room = drawnLength(length) - T;
  if (room < 2) return segmentStarts(length, T, B);
  return Array.from({ length: B }, (_, n) =>
    Math.floor(uniform(seed, STREAMS.freshWindow, n, update) * room),
  );
}

/** Fewer steps than this tell too little of what a network can predict. */
const LEAST_STEPS = 16;

/**
 * Windows of items from number `from` on that share none with the segments of B entries of T steps:
 * at most `most`, side by side in the stretches between those. As long as the segments where one fits, else as long as the
 * longest stretch allows, but not under 16 steps. Null where there is none.
 */
export function unusedWindows(
  length: number,
  T: number,
  B: number,
  most: number,
  from = 0,
): { readonly T: number; readonly starts: readonly number[] } | null {
  const stretches = unusedStretches(length, T, B)
    .map((stretch) => ({ from: Math.max(from, stretch.from), end: stretch.from + stretch.count }))
    .filter((stretch) => stretch.end > stretch.from)
    .map((stretch) => ({ from: stretch.from, count: stretch.end - stretch.from }));
  const longest = stretches.reduce((top, { count }) => Math.max(top, count), 0);
  const steps = Math.min(T, longest - 1);
  if (steps < Math.min(T, LEAST_STEPS)) return null;
  const starts = stretches.flatMap(({ from, count }) => {
    const fitting = Math.floor(count / (steps + 1));
    return Array.from({ length: fitting }, (_, i) => from + Math.floor((i * count) / fitting));
  });
  if (starts.length <= most) return { T: steps, starts };
  const chosen = Array.from(
    { length: most },
    (_, i) => starts[Math.floor((i * starts.length) / most)]!,
  );
  return { T: steps, starts: chosen };
}

/** The items that belong to no segment, as stretches in their order. */
function unusedStretches(
  length: number,
  T: number,
  B: number,
): { readonly from: number; readonly count: number }[] {
  const stretches: { from: number; count: number }[] = [];
  let end = 0;
  for (const start of segmentStarts(length, T, B).sort((a, b) => a - b)) {
    if (start > end) stretches.push({ from: end, count: start - end });
    end = Math.max(end, start + T + 1);
  }
  if (length > end) stretches.push({ from: end, count: length - end });
  return stretches;
}

/** @throws BpttError 'invalid-configuration' where `length` items have no segment of T steps */
export function requireLength(length: number, T: number): void {
  const longest = length - 1;
  if (T <= longest) return;
  throw new BpttError(
    'invalid-configuration',
    'T',
    `The data has ${length} items, enough for T = ${longest}; got T = ${T}. Shorten T or give more data.`,
    { longest, got: T },
  );
}
