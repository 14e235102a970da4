import { expect } from 'vitest';
import type { KernelVariant } from '../../../src/engine/gpu/kernel';
import { dispatchBackward } from '../../../src/engine/gpu/kernels/backward';
import { dispatchForward } from '../../../src/engine/gpu/kernels/forward';
import { groupsOf, packBlocks, padRows, unpadRows } from '../../../src/engine/gpu/packing';
import type { Activation } from '../../../src/model/kinds';
import { ZERO_EXPONENT } from '../../../src/model/scaled';
import { activate } from '../../../src/reference/activations';
import {
  addScaled,
  normalised,
  scaledZero,
  transposedProduct,
  type ScaledValues,
} from '../../../src/reference/scaling';
import { expectClose } from '../../support/compare';
import {
  expectPadding,
  expectRows,
  exponentsOf,
  floats,
  kernelBench,
  paramsOf,
  rowExponents,
  testNumbers,
  withPoison,
} from '../kernelHarness';

/** Both kinds of time loop are held to the same twins. */

export interface LoopSize {
  readonly T: number;
  readonly B: number;
  readonly H: number;
  /** Steps at which a new chunk starts, ascending, the first 1 */
  readonly chunks: readonly number[];
}

function chunksOf({ T, chunks }: LoopSize) {
  return chunks.map((first, i) => ({ first, last: (chunks[i + 1] ?? T + 1) - 1 }));
}

const shapeOf = ({ T, B, H }: LoopSize) => ({ T, B, H, I: 3, O: 2 });

/** a_t = W_h h_{t−1} + (W_x x_t + b), h_t = f(a_t) */
export async function checkForward(
  variant: KernelVariant,
  activation: Activation,
  size: LoopSize,
): Promise<void> {
  const { T, B, H } = size;
  const numbers = testNumbers(T * 1000 + H);
  const weights = numbers.reals(H * H, -1.5 / Math.sqrt(H), 1.3 / Math.sqrt(H));
  const projection = numbers.reals(T * B * H, -1, 1.2);
  const initial = numbers.reals(B * H);
  const stride = groupsOf(H) * 4;
  // Step t resets where entry t − 1 says so; the last entry is read and means nothing.
  const resets = Array.from({ length: T + 1 }, (_, t) => t % 4 === 3);

  const gpu = await kernelBench();
  const preActivations = gpu.given(padRows(projection, T * B, H));
  const hiddenStates = gpu.given(withPoison(padRows(initial, B, H), (T + 1) * B * stride));
  const work = {
    params: paramsOf(shapeOf(size)),
    recurrentBlocks: gpu.given(packBlocks(weights, H, H)),
    preActivations,
    hiddenStates,
    retained: gpu.given(Float32Array.from(resets, (reset) => (reset ? 0 : 1))),
    batch: B,
    hiddenGroups: groupsOf(H),
    variant,
  };
  const [a, h] = await gpu.run(
    chunksOf(size).map(({ first, last }) => dispatchForward(work, first, last)),
    [preActivations, hiddenStates],
  );

  const expectedA = Float64Array.from(projection);
  const expectedH = new Float64Array((T + 1) * B * H);
  expectedH.set(initial);
  for (let row = 0; row < T * B; row++) {
    for (let i = 0; i < H; i++) {
      for (let j = 0; j < H && !resets[Math.floor(row / B)]; j++) {
        expectedA[row * H + i]! += weights[i * H + j]! * expectedH[row * H + j]!;
      }
      expectedH[(row + B) * H + i] = activate(activation, expectedA[row * H + i]!);
    }
  }
  expectPadding(floats(h), (T + 1) * B, H, 'h');
  expectClose(unpadRows(floats(a), T * B, H), expectedA, 1e-5, 'a');
  expectClose(unpadRows(floats(h), (T + 1) * B, H), expectedH, 1e-5, 'h');
}

export interface BackwardOptions {
  /** T + 1 when nothing overflowed */
  readonly firstOverflow?: number;
  /** Exponents of the injected rows lie in ± this; slopes' too. */
  readonly range?: number;
  /** Backward passes side by side, each with its own links and its own losses */
  readonly lanes?: number;
}

/** e_t = injected_t + link · W_hᵀ δ_{t+1}, δ_t = f′(a_t) ⊙ e_t */
export async function checkBackward(
  variant: KernelVariant,
  size: LoopSize,
  { firstOverflow = size.T + 1, range = 0, lanes = 1 }: BackwardOptions = {},
): Promise<void> {
  const { T, B, H } = size;
  const rows = T * B;
  const numbers = testNumbers(T * 1000 + H + 7);
  const weights = numbers.reals(H * H, -1.5 / Math.sqrt(H), 1.3 / Math.sqrt(H));
  const injected = numbers.reals(rows * H, -1.9, 1.5);
  const slopes = numbers.reals(rows * H, 0.01, 1.9);
  // Row 0 … B−1 stand for h_0 and carry nothing.
  const exponents = (zeroEvery: number) =>
    Int32Array.from({ length: rows + B }, (_, row) =>
      row % zeroEvery === 2 ? ZERO_EXPONENT : numbers.whole(-range, range),
    );
  const injectedExponents = exponents(3);
  const slopeExponents = exponents(17);
  for (let row = 0; row < rows; row++) {
    if (injectedExponents[row + B] === ZERO_EXPONENT) injected.fill(0, row * H, (row + 1) * H);
    if (slopeExponents[row + B] === ZERO_EXPONENT) slopes.fill(0, row * H, (row + 1) * H);
  }
  // The lanes before the first are another dispatch's.
  const firstLane = lanes > 1 ? 2 : 0;
  const slots = rows + B;
  const links = new Float32Array((firstLane + lanes) * 2 * (T + 1)).fill(NaN);
  const linksOf = (lane: number) =>
    links.subarray(2 * (firstLane + lane) * (T + 1)).subarray(0, T + 1);
  const lossesOf = (lane: number) =>
    links.subarray((2 * (firstLane + lane) + 1) * (T + 1)).subarray(0, T + 1);
  for (let lane = 0; lane < lanes; lane++) {
    // A cut before step 3 (if there is one) and later in later lanes, a link neither 0 nor 1.
    linksOf(lane).fill(1);
    linksOf(lane)[2 + 3 * lane] = 0;
    linksOf(lane)[T >> 1] = 2.5 - lane;
    lossesOf(lane).fill(1);
    for (let t = 1; t <= T; t++) if ((t + lane) % lanes !== 0) lossesOf(lane)[t] = 0;
  }

  const gpu = await kernelBench();
  const stride = groupsOf(H) * 4;
  const stateGradients = gpu.poisoned(lanes * slots * stride);
  const errorSignals = gpu.poisoned(lanes * rows * stride);
  const common = rowExponents(slots, { logit_gradient: injectedExponents, slope: slopeExponents });
  const exponentRows = lanes === 1 ? 0 : slots;
  const carried = gpu.given(
    lanes === 1 ? common : Int32Array.from([...common, ...rowExponents(lanes * slots, {})]),
  );
  const work = {
    params: paramsOf(shapeOf(size)),
    transposedBlocks: gpu.given(packBlocks(weights, H, H, true)),
    injected: gpu.given(padRows(injected, rows, H)),
    slopes: gpu.given(padRows(slopes, rows, H)),
    links: gpu.given(links),
    stateGradients,
    errorSignals,
    rowExponents: carried,
    firstOverflow: gpu.given(Uint32Array.of(firstOverflow)),
    lanes: { first: firstLane, count: lanes, exponentRows },
    batch: B,
    hiddenGroups: groupsOf(H),
    variant,
  };
  const [e, delta, written] = await gpu.run(
    chunksOf(size)
      .toReversed()
      .map(({ first, last }) => dispatchBackward(work, first, last)),
    [stateGradients, errorSignals, carried],
  );

  for (let lane = 0; lane < lanes; lane++) {
    const expectedE = scaledRows(rows + B, H);
    const expectedDelta = scaledRows(rows, H);
    for (let n = 0; n < B; n++) {
      let passedBack = scaledZero(H);
      for (let t = firstOverflow - 1; t >= 0; t--) {
        const at = t * B + n;
        const part = (values: Float32Array, row: number) =>
          Float64Array.from(values.subarray(row * H, (row + 1) * H));
        if (t === 0) {
          setRow(expectedE, n, passedBack);
          break;
        }
        const local =
          injectedExponents[at] === ZERO_EXPONENT || lossesOf(lane)[t] === 0
            ? scaledZero(H)
            : normalised(part(injected, at - B), injectedExponents[at]);
        const gradient = addScaled(local, passedBack);
        const slope = part(slopes, at - B);
        const signal =
          slopeExponents[at] === ZERO_EXPONENT || gradient.exponent === ZERO_EXPONENT
            ? scaledZero(H)
            : normalised(
                gradient.mantissas.map((v, i) => v * slope[i]!),
                gradient.exponent + slopeExponents[at]!,
              );
        setRow(expectedE, at, gradient);
        setRow(expectedDelta, at - B, signal);
        const link = linksOf(lane)[t - 1]!;
        const next = transposedProduct(weights, H, signal);
        passedBack =
          link === 0
            ? scaledZero(H)
            : normalised(
                next.mantissas.map((v) => v * link),
                next.exponent,
              );
      }
    }
    const ofLane = (values: Float32Array, count: number) =>
      values.subarray(lane * count * stride, (lane + 1) * count * stride);
    const ownExponents = (member: 'state_gradient' | 'error_signal', from: number) => {
      const first = exponentRows + lane * slots;
      return exponentsOf(written, member).subarray(first + from, first + slots);
    };
    expectRows(ofLane(floats(e), slots), ownExponents('state_gradient', 0), expectedE, 2e-5, 'e');
    const signals = ofLane(floats(delta), rows);
    expectRows(signals, ownExponents('error_signal', B), expectedDelta, 2e-5, 'delta');
  }
  // What others wrote there stays.
  expect(exponentsOf(written, 'slope').subarray(0, slots)).toEqual(slopeExponents);
  expect(exponentsOf(written, 'logit_gradient').subarray(0, slots)).toEqual(injectedExponents);
}

function scaledRows(rows: number, width: number) {
  return {
    mantissas: new Float64Array(rows * width),
    exponents: new Int32Array(rows).fill(ZERO_EXPONENT),
    width,
  };
}

function setRow(rows: ReturnType<typeof scaledRows>, row: number, value: ScaledValues): void {
  rows.mantissas.set(value.mantissas, row * rows.width);
  rows.exponents[row] = value.exponent;
}
