/**
 * The one comparer of numeric arrays, for Node and the browser. Rejects what a relative error could
 * hide: non-finite numbers on either side, different lengths, and an expected array so small that
 * anything would be close to it.
 */
type Numbers = ArrayLike<number>;

/** Below this ‖expected‖ a relative error says nothing; compare scaled values instead. */
const NORM_FLOOR = 1e-120;

function firstNonFinite(values: Numbers): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return i;
  return -1;
}

function norm(values: Numbers): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return Math.sqrt(sum);
}

/**
 * ‖actual − expected‖/‖expected‖. When every expected number is exactly 0, so must every actual
 * one be: 0 then, Infinity otherwise. Throws where no relative error exists.
 */
export function relativeError(actual: Numbers, expected: Numbers): number {
  if (actual.length !== expected.length) {
    throw new Error(`length ${actual.length}, expected ${expected.length}`);
  }
  if (expected.length === 0) throw new Error('nothing to compare');
  for (const [name, values] of [
    ['actual', actual],
    ['expected', expected],
  ] as const) {
    const at = firstNonFinite(values);
    if (at >= 0) throw new Error(`${name}[${at}] is ${values[at]}`);
  }
  const size = norm(expected);
  if (Array.prototype.every.call(expected, (v: number) => v === 0)) {
    return Array.prototype.every.call(actual, (v: number) => v === 0) ? 0 : Infinity;
  }
  if (!(size > NORM_FLOOR) || size === Infinity) {
    throw new Error(`‖expected‖ = ${size} is no measure; compare scaled values`);
  }
  let sum = 0;
  for (let i = 0; i < expected.length; i++) sum += (actual[i]! - expected[i]!) ** 2;
  return Math.sqrt(sum) / size;
}

/** Throws, naming the worst element, unless the relative error is within the tolerance. */
export function expectClose(
  actual: Numbers,
  expected: Numbers,
  tolerance: number,
  label: string,
): void {
  let error: number;
  try {
    error = relativeError(actual, expected);
  } catch (cause) {
    throw new Error(`${label}: ${(cause as Error).message}`, { cause });
  }
  if (error <= tolerance) return;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const distance = Math.abs(actual[i]! - expected[i]!);
    if (distance > Math.abs(actual[worst]! - expected[worst]!)) worst = i;
  }
  throw new Error(
    `${label}: relative error ${error.toExponential(2)} > ${tolerance}; worst at [${worst}]: ` +
      `${actual[worst]} instead of ${expected[worst]}`,
  );
}
