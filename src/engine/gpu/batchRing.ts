import type { Problem } from '../../model/problem';
import { packLinks } from './lanes';
import { groupsOf, packTargets, padRows } from './packing';
import type { RowBufferName, RunBuffers } from './runBuffers';
import { RING } from './trainingStruct';

/** What fresh data may take on the GPU ahead of its use. */
const MOST_BYTES = 16 * 2 ** 20;

interface Part {
  readonly name: RowBufferName;
  readonly size: number;
  readonly offset: number;
  readonly pack: (problem: Problem) => Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
}

/**
 * Data of the updates of one submit, uploaded before it and copied, inside it, to where the pass reads
 * it. Owns its buffer.
 */
export class BatchRing {
  /** Updates whose data one submit can take. */
  readonly slots: number;
  readonly #parts: readonly Part[];
  readonly #slotSize: number;
  readonly #buffer: GPUBuffer;

  constructor(
    readonly device: GPUDevice,
    private readonly run: RunBuffers,
    { T, B, I, O, targets }: Problem,
    fresh: { readonly batches: boolean; readonly links: boolean },
  ) {
    const rows = T * B;
    const parts: Omit<Part, 'offset'>[] = [];
    if (fresh.batches) {
      parts.push({
        name: 'inputs',
        size: rows * groupsOf(I) * 16,
        pack: ({ inputs }) => padRows(inputs, rows, I),
      });
      parts.push({
        name: 'targets',
        size: targets.kind === 'class' ? rows * 4 : rows * groupsOf(O) * 16,
        pack: packTargets,
      });
    }
    if (fresh.links) {
      const { lanes } = run.plan;
      parts.push({
        name: lanes > 1 ? 'laneLinks' : 'links',
        size: lanes * 2 * (T + 1) * 4,
        pack: packLinks,
      });
    }
    let offset = 0;
    this.#parts = parts.map((part) => {
      const placed = { ...part, offset };
      offset += part.size;
      return placed;
    });
    this.#slotSize = offset;
    this.slots = Math.max(1, Math.min(RING, Math.floor(MOST_BYTES / offset)));
    this.#buffer = device.createBuffer({
      label: 'batches',
      size: this.slots * offset,
      usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
  }

  /** Queues the upload of one update's data; the last submit's own have been copied before. */
  write(slot: number, problem: Problem): void {
    for (const { offset, pack } of this.#parts) {
      this.device.queue.writeBuffer(this.#buffer, slot * this.#slotSize + offset, pack(problem));
    }
  }

  encode(encoder: GPUCommandEncoder, slot: number): void {
    for (const { name, offset, size } of this.#parts) {
      const from = slot * this.#slotSize + offset;
      encoder.copyBufferToBuffer(this.#buffer, from, this.run.get(name), 0, size);
    }
  }

  destroy(): void {
    this.#buffer.destroy();
  }
}
