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
