/**
 * What the machine itself allows, with kernels too small to be slow: copying, multiplying, a step of
 * a time loop, a dispatch, a readback. Times are slopes over the number of repetitions in a submit,
 * so that what a submit costs is in none of them but its own.
 */
import { median } from './median';

interface Kernel {
  readonly code: string;
  readonly constants?: Record<string, number>;
  readonly buffers: readonly GPUBuffer[];
}

/** Bytes after which the data of a buffer repeat themselves */
const PERIOD = 2 ** 22;

/** Entry i of every buffer */
const given = (i: number) => (Math.imul(i % (PERIOD / 4), 0x9e3779b1) >>> 0) / 2 ** 32 - 0.5;

const STORAGE = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

/** Runs kernels on one device and times them. */
export class Bench {
  readonly #buffers: GPUBuffer[] = [];
  readonly #staging: GPUBuffer;

  constructor(readonly device: GPUDevice) {
    this.#staging = device.createBuffer({
      size: 16,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    this.#buffers.push(this.#staging);
  }

  /** A buffer of small random-looking numbers: zeros can run faster than data do. */
  buffer(bytes: number): GPUBuffer {
    const buffer = this.device.createBuffer({ size: bytes, usage: STORAGE() });
    this.#buffers.push(buffer);
    const values = Float32Array.from({ length: Math.min(bytes, PERIOD) / 4 }, (_, i) => given(i));
    for (let at = 0; at < bytes; at += values.byteLength) {
      const words = Math.min(values.length, (bytes - at) / 4);
      this.device.queue.writeBuffer(buffer, at, values, 0, words);
    }
    return buffer;
  }

  async kernel({ code, constants = {}, buffers }: Kernel) {
    const module = this.device.createShaderModule({ code });
    const pipeline = await this.device.createComputePipelineAsync({
      layout: 'auto',
      compute: { module, entryPoint: 'main', constants },
    });
    const group = this.device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    return (pass: GPUComputePassEncoder, x: number, y = 1) => {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(x, y);
    };
  }

  /** The first four floats of `result` after the last submit */
  read = new Float32Array(4);

  /** Milliseconds of one submit that also reads 16 bytes of `result` back. */
  async submit(result: GPUBuffer, encode: (encoder: GPUCommandEncoder) => void): Promise<number> {
    const started = performance.now();
    const encoder = this.device.createCommandEncoder();
    encode(encoder);
    encoder.copyBufferToBuffer(result, 0, this.#staging, 0, 16);
    this.device.queue.submit([encoder.finish()]);
    await this.#staging.mapAsync(GPUMapMode.READ);
    const elapsed = performance.now() - started;
    this.read = new Float32Array(this.#staging.getMappedRange().slice(0));
    this.#staging.unmap();
    return elapsed;
  }

  /**
   * Milliseconds of one repetition: (time of many − time of few) / (many − few), medians of seven.
   * `many` grows until its submit takes `enough` milliseconds.
   */
  async slope(
    result: GPUBuffer,
    encode: (encoder: GPUCommandEncoder, repetitions: number) => void,
    { few = 1, most = 4096, enough = 40 } = {},
  ): Promise<number> {
    const run = (repetitions: number) =>
      this.submit(result, (encoder) => {
        encode(encoder, repetitions);
      });
    await run(few);
    let many = 2 * few;
    while (many < most && (await run(many)) < enough) many *= 2;
    const [short, long]: [number[], number[]] = [[], []];
    for (let i = 0; i < 7; i++) {
      short.push(await run(few));
      long.push(await run(many));
    }
    return (median(long) - median(short)) / (many - few);
  }

  dispose(): void {
    for (const buffer of this.#buffers) buffer.destroy();
  }
}

const COPY = `
@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> sink: array<vec4f>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < arrayLength(&sink); i += groups.x * 256u) { sink[i] = source[i]; }
}`;

/** GB/s, bytes read plus bytes written, of a kernel and of the queue's own copy. */
async function copySpeeds(bench: Bench, software: boolean) {
  const bytes = (software ? 16 : 512) * 2 ** 20;
  const [source, sink] = [bench.buffer(bytes), bench.buffer(bytes)];
  const copy = await bench.kernel({ code: COPY, buffers: [source, sink] });
  const kernel = await bench.slope(sink, (encoder, repetitions) => {
    const pass = encoder.beginComputePass();
    for (let i = 0; i < repetitions; i++) copy(pass, software ? 64 : 8192);
    pass.end();
  });
  const queue = await bench.slope(sink, (encoder, repetitions) => {
    for (let i = 0; i < repetitions; i++) {
      encoder.copyBufferToBuffer(source, 0, sink, 0, bytes);
    }
  });
  return { copyKernel: (2 * bytes) / kernel / 1e6, copyQueue: (2 * bytes) / queue / 1e6 };
}

/** `line` for every i < count */
const repeat = (count: number, line: (i: number) => string, separator = '\n  ') =>
  Array.from({ length: count }, (_, i) => line(i)).join(separator);

/**
 * C = A·B, N×N, float32: 128×128 a workgroup, 8×8 a thread, tiles of 16 in workgroup memory.
 * Unrolled, so that every sum stays in a register.
 */
const PRODUCT = `
override n: u32;
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
var<workgroup> tile_a: array<f32, 2048>; // [16][128], transposed
var<workgroup> tile_b: array<vec4f, 512>; // [16][32]
@compute @workgroup_size(16, 16)
fn main(
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3u,
) {
  let stride = n / 4u;
  ${repeat(8, (r) => `var low_${r} = vec4f(0.0); var high_${r} = vec4f(0.0);`)}
  for (var k = 0u; k < n; k += 16u) {
    for (var load = thread; load < 512u; load += 256u) {
      let row = load / 4u;
      let part = load % 4u;
      let loaded = a[(group.y * 128u + row) * stride + k / 4u + part];
      ${repeat(4, (i) => `tile_a[(part * 4u + ${i}u) * 128u + row] = loaded[${i}];`)}
      tile_b[load] = b[(k + load / 32u) * stride + group.x * 32u + load % 32u];
    }
    workgroupBarrier();
    for (var i = 0u; i < 16u; i++) {
      let low = tile_b[i * 32u + local.x];
      let high = tile_b[i * 32u + 16u + local.x];
      ${repeat(8, (r) => `let a_${r} = tile_a[i * 128u + local.y * 8u + ${r}u]; low_${r} += a_${r} * low; high_${r} += a_${r} * high;`)}
    }
    workgroupBarrier();
  }
  let at = (group.y * 128u + local.y * 8u) * stride + group.x * 32u + local.x;
  ${repeat(8, (r) => `c[at + ${r}u * stride] = low_${r}; c[at + ${r}u * stride + 16u] = high_${r};`)}
}`;

/** GFLOP/s, two operations a multiply-add. */
async function productSpeed(bench: Bench, software: boolean): Promise<number> {
  const n = software ? 256 : 4096;
  const [a, b, c] = [bench.buffer(4 * n * n), bench.buffer(4 * n * n), bench.buffer(4 * n * n)];
  const product = await bench.kernel({ code: PRODUCT, constants: { n }, buffers: [a, b, c] });
  const milliseconds = await bench.slope(c, (encoder, repetitions) => {
    const pass = encoder.beginComputePass();
    for (let i = 0; i < repetitions; i++) product(pass, n / 128, n / 128);
    pass.end();
  });
  for (let column = 0; column < 4; column++) {
    let exact = 0;
    for (let k = 0; k < n; k++) exact += given(k) * given(k * n + column);
    const error = Math.abs(bench.read[column]! - exact);
    if (!(error < 1e-3)) throw new Error(`the product is ${bench.read[column]}, not ${exact}`);
  }
  return (2 * n ** 3) / milliseconds / 1e6;
}

/** One workgroup whose every step writes a cell, waits, and reads a neighbour's. */
const BARRIER = `
override threads: u32;
override steps: u32;
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
var<workgroup> cells: array<array<f32, 256>, 2>;
@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) thread: u32) {
  cells[0][thread] = out[thread];
  workgroupBarrier();
  var current = 0u;
  for (var step = 0u; step < steps; step++) {
    cells[1u - current][thread] = cells[current][(thread + 1u) % threads] + 1.0;
    workgroupBarrier();
    current = 1u - current;
  }
  out[thread] = cells[current][thread];
}`;

/**
 * The barest recurrence of width H, one row a thread with its weights in registers: h ← W·h, one
 * barrier a step, nothing stored. What a time loop of this H cannot beat with one thread a row.
 */
function recurrenceCode(H: number): string {
  const groups = H / 4;
  const cells = (c: number) => repeat(4, (i) => `state[current][${4 * c + i}]`, ', ');
  return `
override steps: u32;
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
var<workgroup> state: array<array<f32, ${H}>, 2>;
@compute @workgroup_size(${H})
fn main(@builtin(local_invocation_index) thread: u32) {
  ${repeat(groups, (c) => `let w${c} = weights[thread * ${groups}u + ${c}u];`)}
  state[0][thread] = out[thread];
  workgroupBarrier();
  var current = 0u;
  for (var step = 0u; step < steps; step++) {
    var sum = vec4f(0.1);
    ${repeat(groups, (c) => `sum += w${c} * vec4f(${cells(c)});`)}
    state[1u - current][thread] = dot(sum, vec4f(0.25));
    workgroupBarrier();
    current = 1u - current;
  }
  out[thread] = state[current][thread];
}`;
}

/** Microseconds of one step of a loop in one workgroup. */
async function stepTime(
  bench: Bench,
  code: string,
  constants: Record<string, number>,
  software: boolean,
): Promise<number> {
  const out = bench.buffer(1024);
  const buffers = code.includes('weights') ? [out, bench.buffer(4 * 128 * 128)] : [out];
  const steps = software ? 4000 : 20_000;
  const [few, many] = [
    await bench.kernel({ code, constants: { ...constants, steps }, buffers }),
    await bench.kernel({ code, constants: { ...constants, steps: 5 * steps }, buffers }),
  ];
  const run = (kernel: typeof few) =>
    bench.submit(out, (encoder) => {
      const pass = encoder.beginComputePass();
      kernel(pass, 1);
      pass.end();
    });
  const [short, long]: [number[], number[]] = [[], []];
  for (let i = 0; i < 6; i++) {
    const [a, b] = [await run(few), await run(many)];
    if (i === 0) continue;
    short.push(a);
    long.push(b);
  }
  return ((median(long) - median(short)) / (4 * steps)) * 1000;
}

const NOTHING = `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@compute @workgroup_size(1)
fn main() { out[0] += 1.0; }`;

export interface Ceilings {
  /** GB/s, read plus written */
  readonly copyKernel: number;
  readonly copyQueue: number;
  /** GFLOP/s */
  readonly product: number;
  /** µs a step, by workgroup size */
  readonly barrier: Readonly<Record<number, number>>;
  /** µs a step, by H */
  readonly recurrence: Readonly<Record<number, number>>;
  /** µs a dispatch that waits for the one before */
  readonly dispatch: number;
  /** ms from the encoding of a tiny dispatch to its 16 bytes on the CPU: median, and least */
  readonly roundTrip: number;
  readonly roundTripLeast: number;
}

export async function measureCeilings(device: GPUDevice, software: boolean): Promise<Ceilings> {
  const bench = new Bench(device);
  try {
    const out = bench.buffer(1024);
    const nothing = await bench.kernel({ code: NOTHING, buffers: [out] });
    const dispatch = await bench.slope(out, (encoder, repetitions) => {
      const pass = encoder.beginComputePass();
      for (let i = 0; i < repetitions; i++) nothing(pass, 1);
      pass.end();
    });
    const trips: number[] = [];
    for (let i = 0; i < 60; i++) {
      const milliseconds = await bench.submit(out, (encoder) => {
        const pass = encoder.beginComputePass();
        nothing(pass, 1);
        pass.end();
      });
      if (i >= 10) trips.push(milliseconds);
    }
    const barrier: Record<number, number> = {};
    for (const threads of [8, 32, 64, 128, 256]) {
      barrier[threads] = await stepTime(bench, BARRIER, { threads }, software);
    }
    const recurrence: Record<number, number> = {};
    for (const H of [16, 32, 64, 128]) {
      recurrence[H] = await stepTime(bench, recurrenceCode(H), {}, software);
    }
    return {
      ...(await copySpeeds(bench, software)),
      product: await productSpeed(bench, software),
      barrier,
      recurrence,
      dispatch: dispatch * 1000,
      roundTrip: median(trips),
      roundTripLeast: Math.min(...trips),
    };
  } finally {
    bench.dispose();
  }
}
