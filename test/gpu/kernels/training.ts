import { dispatchClipFactor } from '../../../src/engine/gpu/kernels/clip_factor';
import { dispatchGradientNorms } from '../../../src/engine/gpu/kernels/gradient_norms';
import { adamUpdate } from '../../../src/engine/gpu/kernels/adam';
import { rmspropUpdate } from '../../../src/engine/gpu/kernels/rmsprop';
import { sgdUpdate } from '../../../src/engine/gpu/kernels/sgd';
import { dispatchTrainingRecord } from '../../../src/engine/gpu/kernels/training_record';
import { packBlocks } from '../../../src/engine/gpu/packing';
import {
  packLayout,
  packWeights,
  parameterLayout,
  unpackWeights,
  weightVectors,
} from '../../../src/engine/gpu/parameterLayout';
import { shaderSources } from '../../../src/engine/gpu/shaderSources';
import {
  packTrainingState,
  readRecords,
  readTrainingState,
  RECORD,
  RING,
  SCHEDULE,
} from '../../../src/engine/gpu/trainingStruct';
import {
  dispatchUpdate,
  MOMENT_SLOTS,
  momentCount,
  packSchedule,
  packSettings,
} from '../../../src/engine/gpu/update';
import {
  byParameter,
  PARAMETER_NAMES,
  type ByParameter,
  type Moment,
  type Optimizer,
  type ParameterName,
} from '../../../src/model/optimizer';
import type { Shape } from '../../../src/model/problem';
import { log2NormOfTensor, timesPowerOfTwo, ZERO_EXPONENT } from '../../../src/model/scaled';
import { trainingPlan, type TrainingPlan } from '../../../src/model/training';
import { updated, type Trained } from '../../../src/reference/optimizers';
import { expectClose } from '../../support/compare';
import {
  expectLogs,
  floats,
  ints,
  kernelBench,
  log2Norms,
  paramsOf,
  poison,
  rowNormsOf,
  testNumbers,
  words,
  type TestNumbers,
} from '../kernelHarness';

/** Checks of the kernels of a training, each for its own test and for mutants of it. */

/** Several workgroups for W_h, widths that are no multiple of four. */
export const SOME_SHAPE: Shape = { T: 3, B: 2, I: 5, H: 37, O: 3 };
/** 1089 blocks of W_h: more than the lanes of one array */
export const LARGE_SHAPE: Shape = { T: 1, B: 1, I: 2, H: 132, O: 2 };
/** BEYOND_… of common/training.wgsl */
const BEYOND_WEIGHTS = 2 ** 28;
const BEYOND_GRADIENT = 2 ** 28 + 1;

/** The five gradients as sum_partials.wgsl leaves them, poison between them. */
function packGradients(
  shape: Shape,
  gradients: ByParameter<ArrayLike<number>>,
): Uint32Array<ArrayBuffer> {
  const layout = parameterLayout(shape);
  const out = poison(4 * layout.gradients);
  const values = new Float32Array(out.buffer);
  for (const name of PARAMETER_NAMES) {
    const { rows, columns, columnGroups, gradient } = layout.arrays[name];
    values.fill(0, 4 * gradient.first, 4 * (gradient.first + gradient.count));
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const at = 4 * (gradient.first + r * columnGroups) + c;
        values[at] = gradients[name][r * columns + c]!;
      }
    }
  }
  return out;
}

function randomArrays(
  numbers: TestNumbers,
  { I, H, O }: Shape,
  low = -1,
  high = 1.2,
): ByParameter<Float32Array> {
  const counts: ByParameter<number> = {
    recurrentWeights: H * H,
    inputWeights: H * I,
    hiddenBias: H,
    outputWeights: O * H,
    outputBias: O,
  };
  return byParameter((name) => numbers.reals(counts[name], low, high));
}

function variantOf(optimizer: Optimizer) {
  switch (optimizer.kind) {
    case 'sgd':
      return sgdUpdate(optimizer);
    case 'rmsprop':
      return rmspropUpdate(optimizer);
    case 'adam':
      return adamUpdate(optimizer);
  }
}

export interface UpdateCase {
  readonly optimizer: Optimizer;
  readonly plan?: Partial<TrainingPlan>;
  readonly shape?: Shape;
  /** t of the update, 1 for the first */
  readonly update?: number;
  /** Of every gradient entry, besides its array's own */
  readonly exponent?: number;
  /** What the gradient is multiplied by */
  readonly clip?: { readonly mantissa: number; readonly exponent: number };
}

/** One update against the formulas of src/reference/optimizers.ts. */
export async function checkUpdate(
  {
    optimizer,
    plan = {},
    shape = SOME_SHAPE,
    update = 7,
    exponent = 0,
    clip = { mantissa: 1, exponent: 0 },
  }: UpdateCase,
  sources = shaderSources,
): Promise<void> {
  const numbers = testNumbers(update * 100 + exponent);
  const layout = parameterLayout(shape);
  const theta = randomArrays(numbers, shape);
  const slots = MOMENT_SLOTS[optimizer.kind].slice(0, momentCount(optimizer));
  const scale = 2 ** (exponent + clip.exponent);
  const moments = slots.map((moment) => {
    // A root is no negative number; before the first update there is nothing.
    const low = moment === 'mean' || moment === 'velocity' ? -1 : 0.5;
    const size = optimizer.kind === 'rmsprop' && moment === 'velocity' ? 1 : scale;
    const values = randomArrays(numbers, shape, low, 1.5);
    return byParameter((name) => values[name].map((v) => (update === 1 ? 0 : v * size)));
  });
  const gradients = randomArrays(numbers, shape, -1.5, 1.3);
  gradients.recurrentWeights.fill(0, 0, 5);
  const exponents = PARAMETER_NAMES.map((_, i) => exponent + [0, -2, 3, 1, -1][i]!);

  const gpu = await kernelBench(sources);
  const own = trainingPlan(optimizer, plan);
  const settings = new Float32Array(4 * (SCHEDULE + RING)).fill(NaN);
  settings.set(packSettings(own));
  const done = RING + 9;
  settings.set(packSchedule(optimizer, update - 1, 1), 4 * (SCHEDULE + 9));
  const state = packTrainingState({ best: 1, age: 0 });
  state[0] = done;
  new Float32Array(state.buffer)[6] = clip.mantissa;
  new Int32Array(state.buffer)[7] = clip.exponent;
  const newWeights = gpu.poisoned(4 * weightVectors(layout, slots.length));
  const norms = gpu.poisoned(4 * layout.lanes);
  const dispatch = dispatchUpdate({
    arrays: gpu.given(packLayout(layout)),
    gradients: gpu.given(packGradients(shape, gradients)),
    productExponents: gpu.given(Int32Array.from(exponents)),
    settings: gpu.given(settings),
    training: gpu.given(state),
    weights: gpu.given(packWeights(layout, theta, moments)),
    newWeights,
    norms,
    workgroups: layout.workgroups,
    variant: variantOf(optimizer),
  });
  const [bytes, normBytes] = await gpu.run([dispatch], [newWeights, norms]);

  const expected = byParameter((name) => {
    const index = PARAMETER_NAMES.indexOf(name);
    const most = own.clipValue ?? Infinity;
    const g = Float64Array.from(gradients[name], (v) => {
      const applied = timesPowerOfTwo(v * clip.mantissa, exponents[index]! + clip.exponent);
      return Math.min(most, Math.max(-most, applied));
    });
    return updated(optimizer, trainedOf(optimizer, update, theta, slots, moments, name), g, update);
  });
  const actual = unpackWeights(layout, floats(bytes));
  for (const name of PARAMETER_NAMES) {
    // The update itself, not only the weight that hides it.
    const change = (values: ArrayLike<number>) =>
      Float64Array.from(theta[name], (v, i) => values[i]! - v);
    expectClose(actual[name], expected[name].theta, 1e-6, name);
    const size = Math.hypot(...change(expected[name].theta)) / Math.hypot(...theta[name]);
    const tolerance = 2e-5 + 2e-7 / size;
    expectClose(change(actual[name]), change(expected[name].theta), tolerance, `change of ${name}`);
  }
  slots.forEach((moment, slot) => {
    const kept = unpackWeights(layout, floats(bytes), slot);
    for (const name of PARAMETER_NAMES) {
      const value = momentOf(optimizer, moment, expected[name]);
      if (value) expectClose(kept[name], value, 1e-5, `${moment} of ${name}`);
    }
  });
  expectTransposes(layout, floats(bytes), actual);

  const all = log2Norms(normBytes);
  for (const name of PARAMETER_NAMES) {
    const { firstLane, lanes } = layout.arrays[name];
    const together = (first: number) => log2OfTotal(all.slice(first, first + lanes));
    const change = actual[name].map((v, i) => v - theta[name][i]!);
    expectLogs(
      [together(firstLane), together(layout.lanes + firstLane)],
      [log2Norm(theta[name]), log2Norm(change)],
      1e-4,
      `norms of ${name}`,
    );
  }
}

function trainedOf(
  optimizer: Optimizer,
  update: number,
  theta: ByParameter<Float32Array>,
  slots: readonly Moment[],
  moments: readonly ByParameter<Float32Array>[],
  name: ParameterName,
): Trained {
  const own = { theta: Float64Array.from(theta[name]) };
  if (update === 1) return own;
  const of = (moment: Moment) => {
    const slot = slots.indexOf(moment);
    return slot < 0 ? undefined : Float64Array.from(moments[slot]![name]);
  };
  const [velocity, mean, rms, largest] = [of('velocity'), of('mean'), of('rms'), of('largestRms')];
  const centred = optimizer.kind === 'rmsprop' && optimizer.centered;
  return {
    ...own,
    ...(velocity && { velocity }),
    ...(mean && { mean }),
    ...(rms && { meanSquare: rms.map((r, i) => r * r + (centred ? mean![i]! ** 2 : 0)) }),
    ...(largest && { largestMeanSquare: largest.map((r) => r * r) }),
  };
}

function momentOf(optimizer: Optimizer, moment: Moment, trained: Trained): Float64Array | null {
  const { velocity, mean, meanSquare, largestMeanSquare } = trained;
  const centred = optimizer.kind === 'rmsprop' && optimizer.centered;
  switch (moment) {
    case 'velocity':
      return velocity ?? null;
    case 'mean':
      return mean ?? null;
    case 'rms':
      return meanSquare!.map((v, i) => Math.sqrt(centred ? v - mean![i]! ** 2 : v));
    case 'largestRms':
      return largestMeanSquare!.map(Math.sqrt);
  }
}

/** W_hᵀ and W_yᵀ are the new ones to the bit, padding included. */
function expectTransposes(
  layout: ReturnType<typeof parameterLayout>,
  weights: Float32Array,
  values: ByParameter<Float32Array>,
): void {
  for (const name of ['recurrentWeights', 'outputWeights'] as const) {
    const { rows, columns, values: own } = layout.arrays[name];
    const { first, count } = layout.transposed[name];
    const [turned, plain] = [packBlocks(values[name], rows, columns, true), [4 * own.first]];
    const found = weights.subarray(4 * first, 4 * (first + count));
    if (!found.every((v, i) => v === turned[i])) throw new Error(`${name} transposed`);
    const blocks = packBlocks(values[name], rows, columns);
    if (!blocks.every((v, i) => v === weights[plain[0]! + i])) throw new Error(`${name} padding`);
  }
}

function log2Norm(mantissas: Float32Array): number {
  return log2NormOfTensor({ mantissas, exponent: 0 });
}

function log2OfTotal(logs: readonly number[]): number {
  const top = Math.max(...logs);
  if (top === -Infinity) return top;
  return top + 0.5 * Math.log2(logs.reduce((sum, l) => sum + 2 ** (2 * (l - top)), 0));
}

/** What an update whose gradient or weights leave float32 says of itself. */
export async function checkBeyond(sources = shaderSources): Promise<void> {
  const shape = { ...SOME_SHAPE, H: 4 };
  const layout = parameterLayout(shape);
  const numbers = testNumbers(3);
  const sgd = { kind: 'sgd', momentum: 0, dampening: 0, nesterov: false, weightDecay: 0 } as const;
  const mark = async (options: {
    readonly value?: number;
    readonly exponent: number;
    readonly lr: number;
    readonly clipValue?: number;
  }) => {
    const theta = randomArrays(numbers, shape);
    theta.outputBias[1] = options.value ?? 1;
    const gradients = byParameter((name) => theta[name].map(() => 1));
    const optimizer: Optimizer = { ...sgd, lr: options.lr };
    const settings = new Float32Array(4 * (SCHEDULE + RING));
    settings.set(packSettings(trainingPlan(optimizer, { clipValue: options.clipValue ?? null })));
    settings.set(packSchedule(optimizer, 0, 1), 4 * SCHEDULE);
    const gpu = await kernelBench(sources);
    const norms = gpu.poisoned(4 * layout.lanes);
    const dispatch = dispatchUpdate({
      arrays: gpu.given(packLayout(layout)),
      gradients: gpu.given(packGradients(shape, gradients)),
      productExponents: gpu.given(Int32Array.of(0, 0, 0, 0, options.exponent)),
      settings: gpu.given(settings),
      training: gpu.given(packTrainingState({ best: 1, age: 0 })),
      weights: gpu.given(packWeights(layout, theta, [])),
      newWeights: gpu.poisoned(4 * weightVectors(layout, 0)),
      norms,
      workgroups: layout.workgroups,
      variant: sgdUpdate(optimizer),
    });
    const [bytes] = await gpu.run([dispatch], [norms]);
    const exponents = ints(bytes).filter((_, i) => i % 2 === 1 && i < 2 * layout.lanes);
    if (exponents.slice(0, -1).some((e) => e >= BEYOND_WEIGHTS)) throw new Error('other arrays');
    return exponents.at(-1)! >= BEYOND_WEIGHTS ? exponents.at(-1)! : 0;
  };
  const cases = [
    [await mark({ exponent: 122, lr: 1 }), 0, '2^122 is a gradient'],
    [await mark({ exponent: 123, lr: 1e-9 }), BEYOND_GRADIENT, '2^123 is none'],
    [await mark({ exponent: 5000, lr: 0 }), BEYOND_GRADIENT, '2^5000 is none'],
    [await mark({ exponent: 5000, lr: 1, clipValue: 2 }), 0, '2^5000 clipped by value'],
    [await mark({ exponent: 120, lr: 1e6 }), BEYOND_WEIGHTS, 'a step of 1e42'],
    [await mark({ exponent: 0, lr: 0.5, value: 9.9e36 }), 0, 'a weight of 9.9e36'],
    [await mark({ exponent: 0, lr: 0.5, value: -1.1e37 }), BEYOND_WEIGHTS, 'one of −1.1e37'],
    [await mark({ exponent: 121, lr: 3, value: -5e36 }), BEYOND_WEIGHTS, 'a step to −1.3e37'],
  ] as const;
  for (const [found, expected, what] of cases) {
    if (found !== expected) throw new Error(`${what}: ${found} instead of ${expected}`);
  }
}

export async function checkGradientNorms(
  sources = shaderSources,
  shape = SOME_SHAPE,
): Promise<void> {
  const layout = parameterLayout(shape);
  const numbers = testNumbers(11);
  const gradients = randomArrays(numbers, shape, -3, 2);
  gradients.outputWeights.fill(0);
  gradients.inputWeights.set(gradients.inputWeights.map((v) => v * 2 ** -90));
  gradients.hiddenBias.set(gradients.hiddenBias.map((v) => v * 2 ** 120));
  const run = async (data: Uint32Array<ArrayBuffer>) => {
    const gpu = await kernelBench(sources);
    const norms = gpu.poisoned(2 * layout.lanes);
    const dispatch = dispatchGradientNorms(
      gpu.given(packLayout(layout)),
      gpu.given(data),
      norms,
      layout.workgroups,
    );
    const [bytes] = await gpu.run([dispatch], [norms]);
    return bytes;
  };
  const all = log2Norms(await run(packGradients(shape, gradients)));
  for (const name of PARAMETER_NAMES) {
    const { firstLane, lanes } = layout.arrays[name];
    const total = log2OfTotal(all.slice(firstLane, firstLane + lanes));
    expectLogs([total], [log2Norm(gradients[name])], 1e-4, name);
  }
  // An infinity and a NaN are seen as bits, in their piece only.
  for (const bits of [0x7f800000, 0xff800000, 0x7fc00001]) {
    const data = packGradients(shape, gradients);
    const { gradient, firstLane } = layout.arrays.outputBias;
    data[4 * gradient.first + 4] = bits;
    const exponents = ints(await run(data)).filter((_, i) => i % 2 === 1);
    const beyond = [...exponents].flatMap((e, i) => (e >= BEYOND_WEIGHTS ? [[i, e]] : []));
    if (JSON.stringify(beyond) !== JSON.stringify([[firstLane, BEYOND_GRADIENT]])) {
      throw new Error(`${bits.toString(16)}: ${JSON.stringify(beyond)}`);
    }
  }
}

interface ClipCase {
  readonly what: string;
  readonly plan?: Partial<TrainingPlan>;
  /** Added to the exponents of all gradients */
  readonly exponent?: number;
  readonly stepLosses?: readonly number[];
  readonly best?: number;
  readonly age?: number;
  readonly firstOverflow?: number;
  readonly gradientBeyond?: boolean;
  readonly stopped?: number;
  readonly expected: {
    readonly stop: number;
    readonly age?: number;
    readonly best?: number;
    /** Times ‖g‖; null: nothing is clipped */
    readonly clippedTo?: number | null;
  };
}

const LOSSES = [0.5, 2, 0.25];

/** STOPPED_… of common/training.wgsl: target 1, patience 2, state 3, loss 4, gradient 5. */
const CLIP_CASES: readonly ClipCase[] = [
  { what: 'no clipping', expected: { stop: 0, best: 2.75, age: 0, clippedTo: null } },
  { what: 'a larger bound', plan: { clipNorm: 1e9 }, expected: { stop: 0, clippedTo: null } },
  { what: 'a bound', plan: { clipNorm: 0.03 }, expected: { stop: 0, clippedTo: 0.03 } },
  {
    ...{ what: 'far above the floats', plan: { clipNorm: 3 }, exponent: 20_000 },
    expected: { stop: 0, clippedTo: 3 },
  },
  {
    ...{ what: 'far below them', plan: { clipNorm: 1e-9 }, exponent: -20_000 },
    expected: { stop: 0, clippedTo: null },
  },
  {
    ...{ what: 'a bound far below', plan: { clipNorm: 2 ** -126 }, exponent: 40 },
    expected: { stop: 0, clippedTo: 2 ** -126 },
  },
  { what: 'the target', plan: { targetLoss: 2.75 }, expected: { stop: 1, best: 3, age: 2 } },
  { what: 'not yet', plan: { targetLoss: 2.7 }, expected: { stop: 0 } },
  { what: 'progress', best: 2.76, age: 4, expected: { stop: 0, best: 2.75, age: 0 } },
  {
    what: 'too little progress',
    best: 2.7502,
    age: 4,
    expected: { stop: 0, best: 2.7502, age: 5 },
  },
  {
    ...{ what: 'patience', plan: { patience: 5 }, best: 2.7502, age: 4 },
    expected: { stop: 2, best: 2.7502, age: 4 },
  },
  {
    ...{ what: 'some patience left', plan: { patience: 6 }, best: 2, age: 4 },
    expected: { stop: 0, best: 2, age: 5 },
  },
  { what: 'an overflow', firstOverflow: 2, expected: { stop: 3, best: 3, age: 2 } },
  { what: 'a NaN', stepLosses: [1, NaN, 1], expected: { stop: 4, best: 3, age: 2 } },
  { what: 'an infinity', stepLosses: [1, 1, Infinity], expected: { stop: 4, best: 3, age: 2 } },
  { what: 'a broken gradient', gradientBeyond: true, expected: { stop: 5, best: 3, age: 2 } },
  { what: 'stopped before', stopped: 2, expected: { stop: 2, best: 3, age: 2 } },
];

export async function checkClipFactor(sources = shaderSources, threads = 8): Promise<void> {
  const shape = SOME_SHAPE;
  const layout = parameterLayout(shape);
  const numbers = testNumbers(17);
  const pieces = Array.from({ length: layout.lanes }, (_, i) => ({
    sum: 1 + 3 * numbers.reals(1, 0, 1)[0]!,
    exponent: i === layout.arrays.inputWeights.firstLane ? ZERO_EXPONENT : numbers.whole(-9, 9),
  })).map((piece) => (piece.exponent === ZERO_EXPONENT ? { ...piece, sum: 0 } : piece));
  for (const own of CLIP_CASES) {
    const gpu = await kernelBench(sources);
    const exponents = PARAMETER_NAMES.map((_, i) => (own.exponent ?? 0) + [0, 0, -2, 1, -9][i]!);
    const norms = pieces.map((piece, i) =>
      own.gradientBeyond && i === 1 ? { sum: 1, exponent: BEYOND_GRADIENT } : piece,
    );
    const plan = trainingPlan(
      { kind: 'adam', lr: 1, betas: [0, 0], eps: 1, weightDecay: 0, amsgrad: false },
      own.plan,
    );
    const settings = new Float32Array(4 * SCHEDULE);
    settings.set(packSettings(plan));
    const state = packTrainingState({ best: own.best ?? 3, age: own.age ?? 2 });
    state[0] = RING + 3;
    state[1] = own.stopped ?? 0;
    const training = gpu.given(state);
    const records = gpu.poisoned(RING * RECORD.norms * 2);
    // loss = sum * 2^(2 * exponent)
    const stepLosses = (own.stepLosses ?? LOSSES).map((loss, t) => ({
      sum: loss * 2 ** (2 * t),
      exponent: -t,
    }));
    const dispatch = dispatchClipFactor({
      params: paramsOf(shape),
      arrays: gpu.given(packLayout(layout)),
      gradientNorms: gpu.given(rowNormsOf(norms)),
      stepLosses: gpu.given(rowNormsOf(stepLosses)),
      productExponents: gpu.given(Int32Array.from(exponents)),
      firstOverflow: gpu.given(Int32Array.of(own.firstOverflow ?? shape.T + 1)),
      settings: gpu.given(settings),
      training,
      records,
      steps: shape.T,
      lanes: layout.lanes,
      threads,
    });
    const [stateBytes, recordBytes] = await gpu.run([dispatch], [training, records]);
    const fail = (text: string) => {
      throw new Error(`${own.what}: ${text}`);
    };
    const stop = words(stateBytes)[1]!;
    const { progress } = readTrainingState(stateBytes!);
    const { expected } = own;
    if (stop !== expected.stop) fail(`stop ${stop}`);
    if (expected.age !== undefined && progress.age !== expected.age) fail(`age ${progress.age}`);
    if (expected.best !== undefined && Math.abs(progress.best / expected.best - 1) > 1e-6) {
      fail(`best ${progress.best}`);
    }
    if (stop === 3 && words(stateBytes)[2] !== own.firstOverflow) fail('overflow_at');
    if (stop !== 0) continue;

    const record = readRecords(recordBytes!)[3]!;
    expectClose([record.loss], [2.75], 1e-6, `${own.what}: loss`);
    const logs = byParameter((name) => {
      const { firstLane, lanes } = layout.arrays[name];
      const parts = pieces
        .slice(firstLane, firstLane + lanes)
        .map(({ sum, exponent }) => (sum === 0 ? -Infinity : exponent + 0.5 * Math.log2(sum)));
      return log2OfTotal(parts) + exponents[PARAMETER_NAMES.indexOf(name)]!;
    });
    for (const name of PARAMETER_NAMES) {
      expectLogs([record.log2Gradients[name]], [logs[name]], 1e-4, `${own.what}: ${name}`);
    }
    if (expected.clippedTo === undefined) continue;
    const norm = log2OfTotal(PARAMETER_NAMES.map((name) => logs[name]));
    const factor = Math.log2(floats(stateBytes)[6]!) + ints(stateBytes)[7]!;
    const log2Factor = expected.clippedTo === null ? 0 : Math.log2(expected.clippedTo) - norm;
    expectLogs([factor], [log2Factor], 1e-4, `${own.what}: factor`);
  }
}

export async function checkTrainingRecord(sources = shaderSources, threads = 8): Promise<void> {
  const shape = SOME_SHAPE;
  const layout = parameterLayout(shape);
  const numbers = testNumbers(23);
  const norms = Array.from({ length: 2 * layout.lanes }, () => ({
    sum: numbers.reals(1, 1, 4)[0]!,
    exponent: numbers.whole(-12, 12),
  }));
  const run = async (given: typeof norms, stopped = 0) => {
    const gpu = await kernelBench(sources);
    const state = packTrainingState({ best: 1, age: 0 });
    state[0] = 2 * RING + 5;
    state[1] = stopped;
    const training = gpu.given(state);
    const records = gpu.poisoned(RING * RECORD.norms * 2);
    const firstOverflow = gpu.given(Int32Array.of(2));
    const productExponents = gpu.given(Int32Array.of(5, 6, 7, 8, 9));
    const dispatch = dispatchTrainingRecord({
      params: paramsOf(shape),
      arrays: gpu.given(packLayout(layout)),
      updateNorms: gpu.given(rowNormsOf(given)),
      training,
      records,
      firstOverflow,
      productExponents,
      lanes: layout.lanes,
      threads,
    });
    const bytes = await gpu.run([dispatch], [training, records, firstOverflow, productExponents]);
    const [stateBytes, recordBytes, overflowBytes, exponentBytes] = bytes;
    if (ints(overflowBytes)[0] !== shape.T + 1) throw new Error('the stop is not cleared');
    if (ints(exponentBytes).some((e) => e !== 2 * ZERO_EXPONENT)) throw new Error('exponents');
    const [done, stop] = words(stateBytes);
    return { done: done! - 2 * RING, stop: stop!, record: readRecords(recordBytes!)[5]! };
  };

  const { done, stop, record } = await run(norms);
  if (done !== 6 || stop !== 0) throw new Error(`done ${done}, stop ${stop}`);
  for (const name of PARAMETER_NAMES) {
    const { firstLane, lanes } = layout.arrays[name];
    const total = (first: number) =>
      log2OfTotal(
        norms
          .slice(first, first + lanes)
          .map(({ sum, exponent }) => exponent + 0.5 * Math.log2(sum)),
      );
    expectLogs(
      [record.log2Weights[name], record.log2Updates[name]],
      [total(firstLane), total(layout.lanes + firstLane)],
      1e-4,
      name,
    );
  }
  const last = layout.arrays.outputBias.firstLane;
  for (const [exponent, expected] of [
    [BEYOND_WEIGHTS, 6],
    [BEYOND_GRADIENT, 5],
  ] as const) {
    const beyond = norms.map((norm, i) => (i === last ? { sum: 1, exponent } : norm));
    const after = await run(beyond);
    if (after.done !== 5 || after.stop !== expected) throw new Error(`stop ${after.stop}`);
  }
  const stopped = await run(norms, 1);
  if (stopped.done !== 5 || stopped.stop !== 1) throw new Error('a stop does not stay');
}
