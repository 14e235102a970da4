import { describe, it } from 'vitest';
import { dispatchContributions } from '../../../src/engine/gpu/kernels/contributions';
import { groupsOf, padRows } from '../../../src/engine/gpu/packing';
import { timesPowerOfTwo, ZERO_EXPONENT } from '../../../src/model/scaled';
import {
  expectLogs,
  floats,
  ints,
  kernelBench,
  paramsOf,
  rowExponents,
  rowNormsOf,
  testNumbers,
} from '../kernelHarness';

/** ‖Σ_n δ_t h_{t−1}ᵀ‖² by the definition; the kernel's shares of a step must add up to it. */
async function check(T: number, B: number, H: number, range: number): Promise<void> {
  const rows = T * B;
  const numbers = testNumbers(rows * 100 + H);
  const signals = numbers.reals(rows * H);
  const states = numbers.reals((rows + B) * H);
  for (let row = 0; row < rows + B; row++) {
    const scale = row % 7 === 2 ? 0 : 2 ** numbers.whole(-Math.min(range, 60), Math.min(range, 60));
    for (let i = row * H; i < (row + 1) * H; i++) states[i]! *= scale;
  }
  const carried = Int32Array.from({ length: rows + B }, (_, row) =>
    row % 5 === 3 ? ZERO_EXPONENT : numbers.whole(-range, range),
  );
  const normOf = (values: Float32Array, row: number, exponent: number) => {
    const peak = Math.max(...values.subarray(row * H, (row + 1) * H).map(Math.abs));
    const zero = peak === 0 || exponent === ZERO_EXPONENT;
    return { sum: 1, exponent: zero ? ZERO_EXPONENT : Math.floor(Math.log2(peak)) + exponent };
  };
  const signalNorms = Array.from({ length: rows }, (_, row) =>
    normOf(signals, row, carried[row + B]!),
  );
  const stateNorms = Array.from({ length: rows + B }, (_, row) => normOf(states, row, 0));

  const gpu = await kernelBench();
  const shares = gpu.poisoned(rows * 2);
  const dispatch = dispatchContributions({
    params: paramsOf({ T, B, H, I: 1, O: 1 }),
    errorSignals: gpu.given(padRows(signals, rows, H)),
    hiddenStates: gpu.given(padRows(states, rows + B, H)),
    rowExponents: gpu.given(rowExponents(rows + B, { error_signal: carried })),
    errorSignalNorms: gpu.given(rowNormsOf(signalNorms)),
    previousStateNorms: gpu.given(rowNormsOf(stateNorms.slice(0, rows))),
    shares,
    rows,
    batch: B,
    hiddenGroups: groupsOf(H),
  });
  const [bytes] = await gpu.run([{ ...dispatch, workgroups: [1, 1, 1] }], [shares]);

  const [actual, expected]: [number[], number[]] = [[], []];
  for (let t = 0; t < T; t++) {
    const own = Array.from({ length: B }, (_, n) => t * B + n);
    const live = own.filter(
      (row) =>
        signalNorms[row]!.exponent !== ZERO_EXPONENT && stateNorms[row]!.exponent !== ZERO_EXPONENT,
    );
    const top = Math.max(...live.map((row) => carried[row + B]! + stateNorms[row]!.exponent));
    let squares = 0;
    for (let i = 0; i < H; i++) {
      for (let j = 0; j < H; j++) {
        let sum = 0;
        for (const row of live) {
          const product = signals[row * H + i]! * states[row * H + j]!;
          sum += timesPowerOfTwo(product, carried[row + B]! - top);
        }
        squares += sum * sum;
      }
    }
    expected.push(live.length === 0 ? -Infinity : top + 0.5 * Math.log2(squares));
    // Single shares may be negative; every share of a step has the same exponent.
    const sum = own.reduce((total, row) => total + floats(bytes)[2 * row]!, 0);
    const exponents = own.map((row) => ints(bytes)[2 * row + 1]!);
    actual.push(sum === 0 ? -Infinity : Math.max(...exponents) + 0.5 * Math.log2(sum));
  }
  expectLogs(actual, expected, 1e-4, 'contributions');
}

describe('contributions', () => {
  it.each([
    [1, 1, 1, 0],
    [63, 1, 5, 3],
    [32, 2, 64, 0],
    [13, 5, 7, 4],
    [3, 22, 65, 2],
    [3, 65, 3, 1],
    [21, 3, 6, 30_000],
  ])('T = %i, B = %i, H = %i, exponents within ±%i', (T, B, H, range) => check(T, B, H, range));
});
