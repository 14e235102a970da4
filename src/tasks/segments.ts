import { BpttError } from '../model/errors';

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

/** Fewer steps than this tell too little of what a network can predict. */
const LEAST_STEPS = 16;

/**
 * Windows that share no item with the segments of B entries of T steps: at most `most`, side by side
 * in the stretches between those. As long as the segments where one fits, else as long as the
 * longest stretch allows, but not under 16 steps. Null where there is none.
 */
export function unusedWindows(
  length: number,
  T: number,
  B: number,
  most: number,
): { readonly T: number; readonly starts: readonly number[] } | null {
  const stretches = unusedStretches(length, T, B);
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
