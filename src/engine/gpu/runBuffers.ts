import { resetFlags } from '../../model/links';
import type { Problem } from '../../model/problem';
import { ZERO_EXPONENT } from '../../model/scaled';
import type { Span } from './executor';
import type { BufferView } from './kernel';
import { packLinks } from './lanes';
import { packBlocks, packTargets, padRows } from './packing';
import { planBuffers, type BufferName, type LanePlan } from './planner';

/** The weights as the kernels read them, and the sums of their gradients. */
export type ParameterBufferName = Extract<
  BufferName,
  | 'inputBlocks'
  | 'recurrentBlocks'
  | 'transposedBlocks'
  | 'outputBlocks'
  | 'transposedOutputBlocks'
  | 'hiddenBias'
  | 'outputBias'
  | `${string}Gradient`
>;

export type RowBufferName = Exclude<BufferName, ParameterBufferName>;

/** What the dispatches of a pass are planned on: the buffers of a run, or of a training. */
export interface PassBuffers {
  readonly plan: LanePlan;
  /** Norms of h_{t−1} as it enters step t; those of the states where nothing is reset. */
  readonly previousStateNorms: GPUBuffer;
  get(name: RowBufferName): GPUBuffer;
  /** In a training these are parts of larger buffers. */
  view(name: ParameterBufferName): BufferView;
}

/** Every GPU buffer of one run. Created and destroyed here and nowhere else. */
export class RunBuffers implements PassBuffers {
  readonly #buffers: Readonly<Record<BufferName, GPUBuffer>>;
  readonly #bytes: Readonly<Record<BufferName, number>>;
  /** Two problems with the same key can use the same buffers. */
  readonly key: string;

  constructor(
    readonly device: GPUDevice,
    problem: Problem,
    readonly plan: LanePlan,
  ) {
    this.key = RunBuffers.keyOf(problem, plan);
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    this.#bytes = planBuffers(problem, plan);
    // A binding holds at least one vec4f.
    const entries = Object.entries(this.#bytes).map(([label, size]) => [
      label,
      device.createBuffer({ label, size: Math.max(16, size), usage }),
    ]);
    this.#buffers = Object.fromEntries(entries) as Record<BufferName, GPUBuffer>;
  }

  static keyOf({ T, B, I, H, O }: Problem, { lanes, lanesAtOnce, resets }: LanePlan): string {
    return [T, B, I, H, O, lanes, lanesAtOnce, resets].join(' ');
  }

  get previousStateNorms(): GPUBuffer {
    return this.get(this.plan.resets ? 'previousStateNorms' : 'hiddenStateNorms');
  }

  get(name: BufferName): GPUBuffer {
    return this.#buffers[name];
  }

  view(name: ParameterBufferName): GPUBuffer {
    return this.#buffers[name];
  }

  /** The span of everything the buffer holds. */
  whole(name: BufferName): Span {
    return { buffer: this.#buffers[name], offset: 0, size: this.#bytes[name] };
  }

  /** Queues the upload of a problem of this shape and the reset of what the kernels accumulate. */
  upload(problem: Problem): void {
    const { T, B, I, H, O, parameters } = problem;
    const write = (name: BufferName, data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>) =>
      this.device.queue.writeBuffer(this.#buffers[name], 0, data);
    write('inputs', padRows(problem.inputs, T * B, I));
    write('targets', packTargets(problem));
    write('lossWeights', Float32Array.from(problem.lossWeights));
    const isSum = this.plan.lanes > 1;
    // The lag map reads the links, and ends every loss at its own window afterwards.
    write('links', packLinks(isSum ? { ...problem, window: null } : problem));
    if (isSum) write('laneLinks', packLinks(problem));
    write(
      'retained',
      Float32Array.from([...resetFlags(problem), 0], (reset) => 1 - reset),
    );
    write('inputBlocks', packBlocks(parameters.inputWeights, H, I));
    write('recurrentBlocks', packBlocks(parameters.recurrentWeights, H, H));
    write('transposedBlocks', packBlocks(parameters.recurrentWeights, H, H, true));
    write('outputBlocks', packBlocks(parameters.outputWeights, O, H));
    write('transposedOutputBlocks', packBlocks(parameters.outputWeights, O, H, true));
    write('hiddenBias', padRows(parameters.hiddenBias, 1, H));
    write('outputBias', padRows(parameters.outputBias, 1, O));
    write('hiddenStates', padRows(problem.initialState, B, H));
    write('firstOverflow', Int32Array.of(T + 1));
    write('productExponents', new Int32Array(5).fill(2 * ZERO_EXPONENT));
  }

  destroy(): void {
    for (const buffer of Object.values(this.#buffers)) buffer.destroy();
  }
}
