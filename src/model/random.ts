/**
 * The product's only source of randomness: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel
 * random numbers: as easy as 1, 2, 3", SC 2011). A number is a pure function of
 * (seed, stream, index, entry), so anything can be generated in any order and any part alone.
 *
 * FROZEN by the share-link format v=1: the algorithm, the layout of counter and key, the stream
 * numbers and the conversions below. A change here changes what every existing link shows.
 *
 * Layout: key = (seed, stream), counter = (⌊index / 4⌋, entry, 0, 0), output word = index mod 4.
 * Only u32 operations are used, so WGSL can repeat `randomBits` and `uniform` to the bit.
 */

/** One stream per weight array and per random quantity of a task; numbers are never reused. */
export const STREAMS = {
  recurrentWeights: 1,
  inputWeights: 2,
  outputWeights: 3,
  sparsePattern: 4,
  keptLink: 5,
  addingValue: 16,
  addingMarks: 17,
  copySymbol: 18,
  orderDistractor: 19,
  orderPosition: 20,
  orderSymbol: 21,
  latchClass: 22,
  latchNoise: 23,
  sinePeriod: 24,
  sinePhase: 25,
  textSample: 32,
  surfaceDirection: 33,
  freshWindow: 34,
} as const;

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** The upper 32 bits of a·b, from 16-bit halves; every partial sum stays below 2^32. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const first = aHigh * bLow + ((aLow * bLow) >>> 16);
  const second = aLow * bHigh + (first & 0xffff);
  return (aHigh * bHigh + (first >>> 16) + (second >>> 16)) >>> 0;
}

/**
 * The Philox4x32-10 bijection: writes the four u32 output words for counter (c0…c3) and key
 * (k0, k1) into `out`.
 */
export function philox4x32(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  out: Uint32Array,
): void {
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

// The block computed last: neighbouring indices share one. A cache only; results do not depend on it.
const words = new Uint32Array(4);
const cached = { seed: -1, stream: -1, entry: -1, block: -1 };

/**
 * 32 random bits as an unsigned integer.
 * @param seed u32 @param stream one of STREAMS @param index u32
 * @param entry u32, a second coordinate: the batch entry
 */
export function randomBits(seed: number, stream: number, index: number, entry = 0): number {
  const block = index >>> 2;
  if (
    cached.block !== block ||
    cached.entry !== entry ||
    cached.stream !== stream ||
    cached.seed !== seed
  ) {
    philox4x32(block, entry >>> 0, 0, 0, seed >>> 0, stream >>> 0, words);
    cached.seed = seed;
    cached.stream = stream;
    cached.entry = entry;
    cached.block = block;
  }
  return words[index & 3]!;
}

/** A multiple of 2^-24 in [0, 1): the upper 24 bits, exact in float32. */
export function uniform(seed: number, stream: number, index: number, entry = 0): number {
  return (randomBits(seed, stream, index, entry) >>> 8) / 0x1000000;
}

/** A whole number in [0, count), count ≤ 2^20, by multiplication (bias below count/2^32). */
export function integerBelow(
  count: number,
  seed: number,
  stream: number,
  index: number,
  entry = 0,
): number {
  return Math.floor((randomBits(seed, stream, index, entry) * count) / 0x100000000);
}

/**
 * A standard normal number by Box and Muller (1958), rounded to float32 so that a last-bit
 * difference between two machines' log and cos is almost never visible. Uses the bits at 2·index
 * and 2·index + 1 of the stream: a stream serves either `gaussian` or the others, index < 2^31.
 */
export function gaussian(seed: number, stream: number, index: number, entry = 0): number {
  const radiusBits = randomBits(seed, stream, 2 * index, entry);
  const angleBits = randomBits(seed, stream, 2 * index + 1, entry);
  const radius = Math.sqrt(-2 * Math.log((radiusBits + 0.5) / 0x100000000));
  return Math.fround(radius * Math.cos((2 * Math.PI * angleBits) / 0x100000000));
}
