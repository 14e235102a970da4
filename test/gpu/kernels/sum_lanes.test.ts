import { describe, it } from 'vitest';
import { dispatchSumLanes, type SumLanesWork } from '../../../src/engine/gpu/kernels/sum_lanes';
import { groupsOf, padRows } from '../../../src/engine/gpu/packing';
import { timesPowerOfTwo, ZERO_EXPONENT } from '../../../src/model/scaled';
import { normalised } from '../../../src/reference/scaling';
import {
  expectRows,
  exponentsOf,
  floats,
  kernelBench,
  rowExponents,
  testNumbers,
  withPoison,
} from '../kernelHarness';

interface Size {
  readonly T: number;
  readonly B: number;
  readonly H: number;
  readonly lanes: number;
}

/** Σ over lanes of every row, and of what was there before if asked, in float64. */
async function check(
  what: SumLanesWork['what'],
  { T, B, H, lanes }: Size,
  range: number,
  accumulate = false,
): Promise<void> {
  const numbers = testNumbers(T * 1000 + H * 10 + lanes);
  const slots = (T + 1) * B;
  const offset = what === 'errorSignal' ? B : 0;
  const rows = slots - offset;
  const terms = Array.from({ length: lanes + 1 }, (_, term) => {
    const values = numbers.reals(rows * H, -1.9, 1.4);
    const exponents = Int32Array.from({ length: slots }, () => numbers.whole(-range, range));
    for (let row = 0; row < rows; row++) {
      // Mantissas far from 1, zeros with an exponent, and rows that are zero in every lane.
      const kind = (row * 3 + term) % 11;
      const isZero = row % 13 === 5 || kind === 1;
      const scale = isZero || kind === 2 ? 0 : kind === 3 ? 2 ** -90 : kind === 4 ? 2 ** 40 : 1;
      for (let i = row * H; i < (row + 1) * H; i++) values[i] = values[i]! * scale;
      if (isZero) exponents[row + offset] = ZERO_EXPONENT;
    }
    return { values, exponents };
  });

  const gpu = await kernelBench();
  const stride = groupsOf(H) * 4;
  const member = what === 'errorSignal' ? 'error_signal' : 'state_gradient';
  const packed = terms.map(({ exponents }, term) =>
    rowExponents(slots, term === 0 && !accumulate ? {} : { [member]: exponents }),
  );
  const values = accumulate
    ? gpu.given(padRows(terms[0]!.values, rows, H))
    : gpu.poisoned(rows * stride);
  const exponentBuffer = gpu.given(Int32Array.from(packed.flatMap((part) => [...part])));
  const laneValues = terms.slice(1).flatMap((term) => [...padRows(term.values, rows, H)]);
  const dispatch = dispatchSumLanes({
    what,
    laneValues: gpu.given(withPoison(Float32Array.from(laneValues), laneValues.length)),
    values,
    rowExponents: exponentBuffer,
    steps: T,
    batch: B,
    hiddenGroups: groupsOf(H),
    lanes,
    accumulate,
  });
  const [sum, written] = await gpu.run(
    [{ ...dispatch, workgroups: [1, 1, 1] }],
    [values, exponentBuffer],
  );

  const expected = {
    mantissas: new Float64Array(rows * H),
    exponents: new Int32Array(rows).fill(ZERO_EXPONENT),
    width: H,
  };
  for (let row = 0; row < rows; row++) {
    const own = terms
      .slice(accumulate ? 0 : 1)
      .map((term) => ({
        part: term.values.subarray(row * H, (row + 1) * H),
        exponent: term.exponents[row + offset]!,
      }))
      .filter(({ exponent, part }) => exponent !== ZERO_EXPONENT && part.some((v) => v !== 0));
    if (own.length === 0) continue;
    const top = Math.max(
      ...own.map(
        ({ part, exponent }) => exponent + Math.floor(Math.log2(Math.max(...part.map(Math.abs)))),
      ),
    );
    const exact = Float64Array.from({ length: H }, (_, i) =>
      own.reduce((total, term) => total + timesPowerOfTwo(term.part[i]!, term.exponent - top), 0),
    );
    const { mantissas, exponent } = normalised(exact, top);
    expected.mantissas.set(mantissas, row * H);
    expected.exponents[row] = exponent;
  }
  const exponents = exponentsOf(written, member).subarray(offset, slots);
  expectRows(floats(sum), exponents, expected, 3e-5, what);
}

describe('sum_lanes', () => {
  it.each([
    [{ T: 1, B: 1, H: 1, lanes: 2 }, 0],
    [{ T: 9, B: 3, H: 5, lanes: 3 }, 2],
    [{ T: 31, B: 2, H: 64, lanes: 5 }, 20],
    [{ T: 63, B: 1, H: 65, lanes: 7 }, 300],
    [{ T: 5, B: 13, H: 3, lanes: 4 }, 30_000],
    [{ T: 2, B: 2, H: 9, lanes: 65 }, 10],
  ] as const)('%o, exponents within ±%i', async (size, range) => {
    await check('stateGradient', size, range);
    await check('errorSignal', size, range);
    await check('stateGradient', size, range, true);
    await check('errorSignal', size, range, true);
  });
});
