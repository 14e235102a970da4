import { BpttError, throwIfAborted } from '../../model/errors';
import type { Shape } from '../../model/problem';
import type { CompiledKernel, Dispatch, KernelLibrary } from './kernel';
import { bindGroups, encodeDispatch, packUniforms } from './recording';

/** A span of a buffer to be read back. */
export interface Span {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly size: number;
}

/** A submit aims at this much GPU time, so that neither the watchdog nor the page's frames suffer. */
export const SUBMIT_MILLISECONDS = 8;
export const MOST_IN_FLIGHT = 2;
const SHORTEST_MEASURED = 5 * SUBMIT_MILLISECONDS;
const MOST_SPARE_STAGING = 3;
/** Milliseconds after which a failure counts as one of a device that is not lost. */
const LOSS_REPORTED_WITHIN = 50;

/**
 * Encodes dispatches, submits them in pieces of about 8 ms and reads results back. Learns the
 * adapter's speed from each run. Owns the uniform arena and the spare staging buffers.
 */
export class Executor {
  #arena: GPUBuffer | null = null;
  readonly #spareStaging: GPUBuffer[] = [];
  #costPerMillisecond: number;

  constructor(
    readonly device: GPUDevice,
    readonly library: KernelLibrary,
    software: boolean,
    /** Why the device is gone, once it is known. */
    readonly lost: () => BpttError | null = () => null,
  ) {
    this.#costPerMillisecond = software ? 1e6 : 2e7;
  }

  /** Multiply-adds that fit one submit at the measured speed. */
  get costPerSubmit(): number {
    return this.#costPerMillisecond * SUBMIT_MILLISECONDS;
  }

  /**
   * Runs the dispatches in order and returns the bytes of the spans. Rejects with 'device-lost',
   * 'gpu-error', 'aborted'.
   */
  run(
    dispatches: readonly Dispatch[],
    spans: readonly Span[],
    signal?: AbortSignal,
  ): Promise<ArrayBuffer[]> {
    return this.#explained(this.#execute(dispatches, spans, signal));
  }

  async #execute(
    dispatches: readonly Dispatch[],
    spans: readonly Span[],
    signal?: AbortSignal,
  ): Promise<ArrayBuffer[]> {
    const compiled = await Promise.all(
      dispatches.map((dispatch) => this.library.compile(dispatch)),
    );
    throwIfAborted(signal);
    const started = performance.now();
    const inFlight: Promise<undefined>[] = [];
    let first = 0;
    let bytes: Promise<ArrayBuffer[]> | null = null;
    while (bytes === null) {
      let end = Math.min(first + 1, dispatches.length);
      let cost = dispatches[first]?.cost ?? 0;
      while (end < dispatches.length && cost + dispatches[end]!.cost <= this.costPerSubmit) {
        cost += dispatches[end]!.cost;
        end++;
      }
      if (inFlight.length >= MOST_IN_FLIGHT) {
        await inFlight.shift();
        throwIfAborted(signal);
      }
      const encoder = this.device.createCommandEncoder({ label: 'pass' });
      this.#encode(encoder, dispatches.slice(first, end), compiled.slice(first, end));
      first = end;
      if (first < dispatches.length) {
        this.device.queue.submit([encoder.finish()]);
        inFlight.push(this.device.queue.onSubmittedWorkDone());
      } else {
        // The last piece brings its copies along: one submit less to wait for.
        bytes = this.#readWith(encoder, spans);
      }
    }
    const read = await bytes;
    this.#learn(dispatches, performance.now() - started);
    return read;
  }

  #encode(
    encoder: GPUCommandEncoder,
    dispatches: readonly Dispatch[],
    compiled: readonly CompiledKernel[],
  ): void {
    if (dispatches.length === 0) return;
    const words = packUniforms(dispatches);
    const arena = this.#ensureArena(words.byteLength);
    // Queue order: earlier submits have read their uniforms before this write happens.
    this.device.queue.writeBuffer(arena, 0, words);
    const groups = bindGroups(this.device, dispatches, compiled, arena);
    const pass = encoder.beginComputePass({ label: 'pass' });
    dispatches.forEach((dispatch, index) =>
      encodeDispatch(pass, dispatch, compiled[index]!, groups[index]!),
    );
    pass.end();
  }

  /**
   * The bytes of each span, after everything submitted so far and what `encoder` has. Rejects with
   * 'device-lost', 'gpu-error'.
   */
  read(
    spans: readonly Span[],
    encoder = this.device.createCommandEncoder({ label: 'readback' }),
  ): Promise<ArrayBuffer[]> {
    return this.#explained(this.#readWith(encoder, spans));
  }

  async #explained<V>(work: Promise<V>): Promise<V> {
    try {
      return await work;
    } catch (error) {
      await Promise.resolve();
      if (error instanceof BpttError) throw this.lost() ?? error;
      // Reading from a lost device fails first; its loss is reported a moment later.
      const moment = new Promise((resolve) => setTimeout(resolve, LOSS_REPORTED_WITHIN));
      await Promise.race([this.device.lost, moment]);
      throw this.lost() ?? asGpuError(error);
    }
  }

  /** Submits what is encoded, with copies of the spans to a staging buffer of their own. */
  async #readWith(encoder: GPUCommandEncoder, spans: readonly Span[]): Promise<ArrayBuffer[]> {
    const offsets: number[] = [];
    let total = 0;
    for (const { size } of spans) {
      offsets.push(total);
      total += Math.ceil(size / 8) * 8;
    }
    if (total === 0) {
      this.device.queue.submit([encoder.finish()]);
      await this.device.queue.onSubmittedWorkDone();
      return [];
    }
    const staging = this.#takeStaging(total);
    spans.forEach(({ buffer, offset, size }, index) =>
      encoder.copyBufferToBuffer(buffer, offset, staging, offsets[index]!, size),
    );
    this.device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ, 0, total);
    const mapped = staging.getMappedRange(0, total);
    const copies = spans.map(({ size }, index) =>
      mapped.slice(offsets[index], offsets[index]! + size),
    );
    staging.unmap();
    this.#spareStaging.push(staging);
    while (this.#spareStaging.length > MOST_SPARE_STAGING) this.#spareStaging.shift()!.destroy();
    return copies;
  }

  #ensureArena(size: number): GPUBuffer {
    if (this.#arena === null || this.#arena.size < size) {
      this.#arena?.destroy();
      this.#arena = this.device.createBuffer({
        label: 'uniforms',
        size: Math.max(size, 16 * 1024),
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      });
    }
    return this.#arena;
  }

  /** A staging buffer nobody uses; it comes back to the spare ones after it was read. */
  #takeStaging(size: number): GPUBuffer {
    const index = this.#spareStaging.findIndex((buffer) => buffer.size >= size);
    if (index >= 0) return this.#spareStaging.splice(index, 1)[0]!;
    return this.device.createBuffer({
      label: 'staging',
      size: Math.max(size, 64 * 1024),
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  #learn(dispatches: readonly Dispatch[], milliseconds: number): void {
    const cost = dispatches.reduce((sum, dispatch) => sum + dispatch.cost, 0);
    // A short run measures the wait for the readback and for other programs, not the GPU.
    if (milliseconds < SHORTEST_MEASURED) return;
    const measured = cost / milliseconds;
    this.#costPerMillisecond = 0.5 * this.#costPerMillisecond + 0.5 * measured;
  }

  destroy(): void {
    this.#arena?.destroy();
    for (const staging of this.#spareStaging) staging.destroy();
    this.#spareStaging.length = 0;
  }
}

/** The error a failed GPU call stands for. */
export function asGpuError(error: unknown): BpttError {
  if (error instanceof BpttError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new BpttError('gpu-error', '', `The GPU refused the work: ${message}`);
}

export function outOfMemory({ T, B, H }: Shape): BpttError {
  const message = 'The GPU has no memory left for this size; make T, B or H smaller.';
  return new BpttError('out-of-memory', 'T', message, { T, B, H });
}
