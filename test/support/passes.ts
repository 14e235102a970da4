import { toEvaluation, type Evaluation, type PassTensors } from '../../src/model/evaluation';
import type { ScaledRows, ScaledTensor } from '../../src/model/scaled';
import { timesPowerOfTwo, ZERO_EXPONENT } from '../../src/model/scaled';
import { relativeError } from './compare';

/** Every array of an evaluation with the relative error of `actual` against `expected`. */
export function relativeErrors(
  actual: PassTensors,
  expected: PassTensors,
): ReadonlyMap<string, number> {
  const [a, e] = [toEvaluation('cpu', actual), toEvaluation('reference', expected)];
  const keys = ['lossPerStep', 'h', 'y'] as const satisfies (keyof Evaluation)[];
  const errors = new Map<string, number>(keys.map((key) => [key, relativeError(a[key], e[key])]));
  for (const key of ['stateGradients', 'errorSignals', 'initialStateGradient'] as const) {
    errors.set(key, relativeRowError(actual[key], expected[key]));
  }
  for (const key of [
    'inputWeightGradient',
    'recurrentWeightGradient',
    'hiddenBiasGradient',
    'outputWeightGradient',
    'outputBiasGradient',
  ] as const) {
    errors.set(key, relativeRowError(asRow(actual[key]), asRow(expected[key])));
  }
  return errors;
}

function asRow({ mantissas, exponent }: ScaledTensor): ScaledRows {
  return { mantissas, exponents: Int32Array.of(exponent), width: mantissas.length };
}

/**
 * The largest relative error of any row, each taken at its own exponent: what vanishes is compared
 * as strictly as what does not, and far outside any float.
 */
export function relativeRowError(actual: ScaledRows, expected: ScaledRows): number {
  if (actual.width !== expected.width || actual.exponents.length !== expected.exponents.length) {
    throw new Error('shapes differ');
  }
  let worst = 0;
  for (let r = 0; r < expected.exponents.length; r++) {
    const top = expected.exponents[r]!;
    const at = (rows: ScaledRows): number[] =>
      Array.from(rows.mantissas.subarray(r * rows.width, (r + 1) * rows.width), (m) =>
        top === ZERO_EXPONENT ? m : timesPowerOfTwo(m, rows.exponents[r]! - top),
      );
    worst = Math.max(worst, relativeError(at(actual), at(expected)));
  }
  return worst;
}
