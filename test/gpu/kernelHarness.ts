import type { ShaderSources } from '../../src/engine/gpu/composer';
import { Executor } from '../../src/engine/gpu/executor';
import { KernelLibrary, type Dispatch } from '../../src/engine/gpu/kernel';
import { groupsOf, unpadRows } from '../../src/engine/gpu/packing';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import { packUniform, STORAGE_STRUCTS } from '../../src/engine/gpu/structs';
import type { Shape } from '../../src/model/problem';
import { ZERO_EXPONENT, type ScaledRows } from '../../src/model/scaled';
import { relativeRowError } from '../support/passes';
import { randomSource } from '../support/randomProblem';
import { gpuEngine } from './support';

/** NaN as a float, and a number that no kernel writes as an integer. */
export const POISON = 0xffc0beef;
/** Words behind every buffer's end: a read gives NaN, a write is found. */
const GUARD = 16;

type Words = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

export function poison(words: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(words).fill(POISON);
}

/** The data, and poison for what a kernel is to write behind it. */
export function withPoison(data: Float32Array, words: number): Uint32Array<ArrayBuffer> {
  const out = poison(words);
  out.set(new Uint32Array(data.buffer, data.byteOffset, data.length));
  return out;
}

/** Buffers for one set of dispatches; `run` reads back, checks the guards and destroys them. */
export interface KernelBench {
  given(data: Words): GPUBuffer;
  poisoned(words: number): GPUBuffer;
  run(dispatches: readonly Dispatch[], read: readonly GPUBuffer[]): Promise<ArrayBuffer[]>;
}

const executors = new Map<ShaderSources, Promise<Executor>>();

/** @param sources other shaders than the product's own, for tests that bring one along */
export async function kernelBench(sources = shaderSources): Promise<KernelBench> {
  let executor = executors.get(sources);
  if (executor === undefined) {
    executor = gpuEngine().then(
      ({ device }) => new Executor(device, new KernelLibrary(device, sources), true),
    );
    executors.set(sources, executor);
  }
  const work = await executor;
  const { device } = work;
  const buffers: GPUBuffer[] = [];
  const given = (data: Words) => {
    const words = poison(data.length + GUARD);
    words.set(new Uint32Array(data.buffer, data.byteOffset, data.length));
    const buffer = device.createBuffer({
      label: `kernel test ${buffers.length}`,
      size: words.byteLength,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(buffer, 0, words);
    buffers.push(buffer);
    return buffer;
  };
  return {
    given,
    poisoned: (words) => given(poison(words)),
    async run(dispatches, read) {
      device.pushErrorScope('validation');
      const whole = (buffer: GPUBuffer) => ({ buffer, offset: 0, size: buffer.size });
      const running = work.run(dispatches, read.map(whole));
      const bytes = await running;
      const refused = await device.popErrorScope();
      for (const buffer of buffers) buffer.destroy();
      if (refused) throw new Error(refused.message);
      return bytes.map((data, index) => {
        const end = data.byteLength - 4 * GUARD;
        const guard = new Uint32Array(data, end, GUARD);
        if (guard.some((word) => word !== POISON)) {
          throw new Error(`buffer ${index} was written behind its end`);
        }
        return data.slice(0, end);
      });
    },
  };
}

export const floats = (bytes: ArrayBuffer | undefined) => new Float32Array(bytes!);
export const ints = (bytes: ArrayBuffer | undefined) => new Int32Array(bytes!);
export const words = (bytes: ArrayBuffer | undefined) => new Uint32Array(bytes!);

export function paramsOf({ T, B, I, H, O }: Shape, classTargets = false): Uint32Array {
  return packUniform('Params', {
    steps: T,
    batch: B,
    input_width: I,
    hidden_width: H,
    output_width: O,
    input_groups: groupsOf(I),
    hidden_groups: groupsOf(H),
    output_groups: groupsOf(O),
    class_targets: classTargets ? 1 : 0,
  });
}

/** Random numbers with their own seed; nothing symmetric, every real a float32. */
export interface TestNumbers {
  /** In [low, high) */
  reals(count: number, low?: number, high?: number): Float32Array<ArrayBuffer>;
  /** Whole, in [low, high] */
  whole(low: number, high: number): number;
}

export function testNumbers(seed: number): TestNumbers {
  const random = randomSource(seed);
  return {
    reals: (count, low = -1, high = 1) =>
      Float32Array.from({ length: count }, () => low + (high - low) * random()),
    whole: (low, high) => low + Math.floor(random() * (high - low + 1)),
  };
}

type ExponentName = (typeof STORAGE_STRUCTS.RowExponents)[number][0];
const EXPONENT_NAMES: readonly ExponentName[] = STORAGE_STRUCTS.RowExponents.map(([name]) => name);

/** RowExponents of `rows` rows; members that are not given are poison. */
export function rowExponents(
  rows: number,
  members: Partial<Record<ExponentName, ArrayLike<number>>>,
): Int32Array<ArrayBuffer> {
  const out = new Int32Array(poison(rows * EXPONENT_NAMES.length).buffer);
  EXPONENT_NAMES.forEach((name, at) => {
    const values = members[name];
    if (values === undefined) return;
    for (let row = 0; row < rows; row++) out[row * EXPONENT_NAMES.length + at] = values[row]!;
  });
  return out;
}

/** RowNorms as the kernels store them. */
export function rowNormsOf(
  norms: readonly { readonly sum: number; readonly exponent: number }[],
): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(norms.length * 2);
  const [sums, exponents] = [new Float32Array(out.buffer), new Int32Array(out.buffer)];
  norms.forEach(({ sum, exponent }, row) => {
    sums[2 * row] = sum;
    exponents[2 * row + 1] = exponent;
  });
  return out;
}

/** log2 of √sum · 2^exponent of every RowNorm; −Infinity for an exact zero. */
export function log2Norms(bytes: ArrayBuffer | undefined): number[] {
  const [sums, exponents] = [floats(bytes), ints(bytes)];
  return Array.from({ length: sums.length / 2 }, (_, row) =>
    sums[2 * row] === 0 ? -Infinity : 0.5 * Math.log2(sums[2 * row]!) + exponents[2 * row + 1]!,
  );
}

/** Throws unless log2 values agree to `tolerance`, −Infinity with −Infinity. */
export function expectLogs(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
  label: string,
): void {
  if (actual.length !== expected.length) throw new Error(`${label}: length ${actual.length}`);
  expected.forEach((value, at) => {
    const close =
      value === -Infinity ? actual[at] === -Infinity : Math.abs(actual[at]! - value) <= tolerance;
    if (!close) throw new Error(`${label}[${at}]: ${actual[at]} instead of ${value}`);
  });
}

/** Throws unless every row agrees relative to its own size, and padded entries are zero. */
export function expectRows(
  padded: Float32Array,
  exponents: Int32Array,
  expected: ScaledRows,
  tolerance: number,
  label: string,
): void {
  const { width } = expected;
  expectPadding(padded, exponents.length, width, label);
  const mantissas = unpadRows(padded, exponents.length, width);
  const error = relativeRowError({ mantissas, exponents, width }, expected);
  if (!(error <= tolerance)) throw new Error(`${label}: relative row error ${error}`);
}

/** Throws unless the entries that fill rows up to whole groups are zero. */
export function expectPadding(
  padded: Float32Array,
  rows: number,
  width: number,
  label: string,
): void {
  const stride = groupsOf(width) * 4;
  for (let row = 0; row < rows; row++) {
    for (let i = width; i < stride; i++) {
      const value = padded[row * stride + i]!;
      if (value !== 0) throw new Error(`${label}: padding of row ${row} is ${value}`);
    }
  }
}

/** One member of every row; ZERO_EXPONENT where it is at or below that of an exact zero. */
export function exponentsOf(bytes: ArrayBuffer | undefined, member: ExponentName): Int32Array {
  const all = ints(bytes);
  const [stride, at] = [EXPONENT_NAMES.length, EXPONENT_NAMES.indexOf(member)];
  return Int32Array.from({ length: all.length / stride }, (_, row) =>
    Math.max(all[row * stride + at]!, ZERO_EXPONENT),
  );
}
