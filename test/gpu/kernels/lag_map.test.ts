import { describe, it } from 'vitest';
import {
  dispatchLagMap,
  lagMapColumns,
  type LagMapWork,
} from '../../../src/engine/gpu/kernels/lag_map';
import { groupsOf, packBlocks, padRows } from '../../../src/engine/gpu/packing';
import { lagMapLayout } from '../../../src/engine/gpu/planner';
import { ZERO_EXPONENT } from '../../../src/model/scaled';
import { normalised, scaledZero, transposedProduct } from '../../../src/reference/scaling';
import { expectLogs, kernelBench, log2Norms, rowExponents, testNumbers } from '../kernelHarness';

interface Case {
  readonly T: number;
  readonly B: number;
  readonly H: number;
  /** The band of loss steps */
  readonly first: number;
  readonly last: number;
  /** Steps at which a new dispatch starts, ascending, the first 1 */
  readonly chunks?: readonly number[];
  readonly layout?: LagMapWork['layout'];
  readonly range?: number;
  /** The step before which h is detached */
  readonly cut?: number;
}

async function check(options: Case): Promise<void> {
  const { T, B, H, first, last, chunks = [1], range = 0, cut } = options;
  const layout = options.layout ?? lagMapLayout(H, true);
  const rows = T * B;
  const numbers = testNumbers(T * 1000 + H + 3);
  const weights = numbers.reals(H * H, -1.5 / Math.sqrt(H), 1.3 / Math.sqrt(H));
  const injected = numbers.reals(rows * H, -1.9, 1.5);
  const slopes = numbers.reals(rows * H, 0.01, 1.9);
  const exponents = () => Int32Array.from({ length: rows + B }, () => numbers.whole(-range, range));
  const [injectedExponents, slopeExponents] = [exponents(), exponents()];
  // A step without a loss.
  const silent = first + 1;
  for (let n = 0; n < B; n++) {
    const row = silent * B + n;
    if (silent > T) continue;
    injectedExponents[row] = ZERO_EXPONENT;
    injected.fill(0, (row - B) * H, (row - B + 1) * H);
  }
  const links = new Float32Array(T + 1).fill(1);
  links[T >> 1] = 2.5;
  if (cut !== undefined) links[cut - 1] = 0;

  const gpu = await kernelBench();
  const columns = Math.ceil((last - first + 1) / lagMapColumns(layout)) * lagMapColumns(layout);
  const cells = (last * (last + 1) - first * (first - 1)) / 2;
  const norms = gpu.given(new Uint32Array(cells * B * 2));
  const work: LagMapWork = {
    transposedBlocks: gpu.given(packBlocks(weights, H, H, true)),
    injected: gpu.given(padRows(injected, rows, H)),
    slopes: gpu.given(padRows(slopes, rows, H)),
    links: gpu.given(links),
    rowExponents: gpu.given(
      rowExponents(rows + B, { logit_gradient: injectedExponents, slope: slopeExponents }),
    ),
    carriedSignals: gpu.poisoned(columns * B * groupsOf(H) * 4),
    carriedExponents: gpu.poisoned(columns * B),
    norms,
    ...{ batch: B, hiddenGroups: groupsOf(H), layout, firstLoss: first, lastLoss: last },
  };
  const dispatches = chunks
    .map((start, i) => dispatchLagMap(work, start, Math.min(last, (chunks[i + 1] ?? T + 1) - 1)))
    .toReversed();
  const [bytes] = await gpu.run(dispatches, [norms]);

  const expected = new Array<number>(cells * B).fill(NaN);
  for (let s = first; s <= last; s++) {
    for (let n = 0; n < B; n++) {
      const at = s * B + n;
      const own = Float64Array.from(injected.subarray((at - B) * H, (at - B + 1) * H));
      let e = s === silent ? scaledZero(H) : normalised(own, injectedExponents[at]);
      for (let k = s; k >= 1; k--) {
        const cell = (s * (s - 1) - first * (first - 1)) / 2 + k - 1;
        const zero = e.exponent === ZERO_EXPONENT;
        expected[cell * B + n] = zero
          ? -Infinity
          : Math.log2(Math.hypot(...e.mantissas)) + e.exponent;
        const row = k * B + n;
        const slope = slopes.subarray((row - B) * H, (row - B + 1) * H);
        const link = links[k - 1]!;
        const delta = e.mantissas.map((v, i) => v * slope[i]! * link);
        e =
          zero || link === 0
            ? scaledZero(H)
            : transposedProduct(weights, H, normalised(delta, e.exponent + slopeExponents[row]!));
      }
    }
  }
  expectLogs(log2Norms(bytes), expected, 1e-4, 'norms');
}

describe('lag_map', () => {
  it.each([
    [1, 1, 1],
    [5, 2, 3],
    [35, 1, 7],
    [9, 3, 63],
    [8, 2, 64],
    [7, 1, 65],
    [3, 1, 257],
  ])('T = %i, B = %i, H = %i', (T, B, H) => check({ T, B, H, first: 1, last: T }));

  it.each([
    { COLUMNS: 1, ROW_BLOCKS: 1, rowThreads: 1, splits: 1 },
    { COLUMNS: 2, ROW_BLOCKS: 2, rowThreads: 2, splits: 3 },
    { COLUMNS: 4, ROW_BLOCKS: 1, rowThreads: 4, splits: 2 },
    lagMapLayout(18, false),
  ])('%o', (layout) => check({ T: 11, B: 2, H: 18, first: 1, last: 11, layout }));

  it.each([3, 300, 30_000])('exponents within ±%i, in several dispatches', (range) =>
    check({ T: 23, B: 2, H: 6, first: 9, last: 22, chunks: [1, 4, 5, 17], range }),
  );

  it.each([1, 2, 6, 11, 12])('a cut before step %i', (cut) =>
    check({ T: 12, B: 2, H: 5, first: 3, last: 12, chunks: [1, 7], cut }),
  );
});
