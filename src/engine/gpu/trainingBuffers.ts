import type { Optimizer } from '../../model/optimizer';
import type { Problem } from '../../model/problem';
import { NO_PROGRESS_YET, type TrainingPlan, type TrainingState } from '../../model/training';
import type { Span } from './executor';
import type { BufferView } from './kernel';
import type { PRODUCT } from './kernels/product_exponents';
import {
  packLayout,
  packWeights,
  parameterLayout,
  weightVectors,
  type Extent,
} from './parameterLayout';
import type { ParameterBufferName, PassBuffers, RunBuffers } from './runBuffers';
import { ROW_NORM_BYTES } from './structs';
import {
  packTrainingState,
  RECORD_BYTES,
  RING,
  SCHEDULE,
  TRAINING_STATE_BYTES,
} from './trainingStruct';
import { MOMENT_SLOTS, momentCount, packSchedule, packSettings, SETTINGS_BYTES } from './update';

/** Which of the two sets of weights is read; the update writes the other. */
export type Side = 0 | 1;

/**
 * Every GPU buffer of one training beside those of its pass: two sets of weights and moments, the
 * gradients in one buffer, and what is kept from update to update. Takes the run's buffers over.
 */
export class TrainingBuffers {
  readonly layout;
  /** The layout, for the kernels */
  readonly arrays: GPUBuffer;
  readonly gradients: GPUBuffer;
  readonly gradientNorms: GPUBuffer;
  readonly updateNorms: GPUBuffer;
  readonly training: GPUBuffer;
  readonly records: GPUBuffer;
  readonly settings: GPUBuffer;
  readonly #weights: readonly [GPUBuffer, GPUBuffer];
  readonly #own: GPUBuffer[] = [];

  constructor(
    readonly device: GPUDevice,
    readonly run: RunBuffers,
    problem: Problem,
    plan: TrainingPlan,
  ) {
    this.layout = parameterLayout(problem);
    const { lanes, gradients } = this.layout;
    this.arrays = this.#create('parameter arrays', packLayout(this.layout).byteLength);
    const weightBytes = 16 * weightVectors(this.layout, momentCount(plan.optimizer));
    this.#weights = [this.#create('weights', weightBytes), this.#create('weights', weightBytes)];
    this.gradients = this.#create('gradients', 16 * gradients);
    this.gradientNorms = this.#create('gradient norms', lanes * ROW_NORM_BYTES);
    this.updateNorms = this.#create('update norms', 2 * lanes * ROW_NORM_BYTES);
    this.training = this.#create('training', TRAINING_STATE_BYTES);
    this.records = this.#create('records', RING * RECORD_BYTES);
    this.settings = this.#create('settings', SETTINGS_BYTES);
  }

  #create(label: string, size: number): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = this.device.createBuffer({ label, size: Math.max(16, size), usage });
    this.#own.push(buffer);
    return buffer;
  }

  weights(side: Side): GPUBuffer {
    return this.#weights[side];
  }

  /** The buffers of a pass over one set of weights. */
  passBuffers(side: Side): PassBuffers {
    const { run } = this;
    return {
      plan: run.plan,
      previousStateNorms: run.previousStateNorms,
      get: (name) => run.get(name),
      view: (name) => this.#view(name, side),
    };
  }

  #view(name: ParameterBufferName, side: Side): BufferView {
    const { arrays, transposed } = this.layout;
    const weights = ({ first, count }: Extent): GPUBufferBinding => ({
      buffer: this.#weights[side],
      offset: 16 * first,
      size: 16 * count,
    });
    const gradient = (array: keyof typeof PRODUCT): GPUBufferBinding => {
      const { first, count } = arrays[array].gradient;
      return { buffer: this.gradients, offset: 16 * first, size: 16 * count };
    };
    switch (name) {
      case 'inputBlocks':
        return weights(arrays.inputWeights.values);
      case 'recurrentBlocks':
        return weights(arrays.recurrentWeights.values);
      case 'transposedBlocks':
        return weights(transposed.recurrentWeights);
      case 'outputBlocks':
        return weights(arrays.outputWeights.values);
      case 'transposedOutputBlocks':
        return weights(transposed.outputWeights);
      case 'hiddenBias':
        return weights(arrays.hiddenBias.values);
      case 'outputBias':
        return weights(arrays.outputBias.values);
      case 'recurrentWeightGradient':
        return gradient('recurrentWeights');
      case 'inputWeightGradient':
        return gradient('inputWeights');
      case 'hiddenBiasGradient':
        return gradient('hiddenBias');
      case 'outputWeightGradient':
        return gradient('outputWeights');
      case 'outputBiasGradient':
        return gradient('outputBias');
    }
  }

  /** Queues the upload of everything before the first update, which reads side 0. */
  upload(problem: Problem, plan: TrainingPlan, from: TrainingState | undefined): void {
    this.run.upload(problem);
    const { queue } = this.device;
    const slots = MOMENT_SLOTS[plan.optimizer.kind].slice(0, momentCount(plan.optimizer));
    const moments = slots.map((moment) => from?.moments[moment] ?? null);
    const weights = packWeights(this.layout, from?.parameters ?? problem.parameters, moments);
    queue.writeBuffer(this.#weights[0], 0, weights);
    queue.writeBuffer(this.arrays, 0, packLayout(this.layout));
    queue.writeBuffer(this.settings, 0, packSettings(plan));
    queue.writeBuffer(this.training, 0, packTrainingState(from?.progress ?? NO_PROGRESS_YET));
  }

  stateSpan(): Span {
    return { buffer: this.training, offset: 0, size: TRAINING_STATE_BYTES };
  }

  weightSpan(side: Side): Span {
    const buffer = this.#weights[side];
    return { buffer, offset: 0, size: buffer.size };
  }

  /** The records of updates first … end − 1 since the upload. */
  recordSpans(first: number, end: number): Span[] {
    return ringPieces(first, end).map(({ slot, count }) => ({
      buffer: this.records,
      offset: slot * RECORD_BYTES,
      size: count * RECORD_BYTES,
    }));
  }

  /** Queues the upload of what changes from update to update, for first … end − 1 since the upload. */
  writeSchedule(optimizer: Optimizer, base: number, first: number, end: number): void {
    for (const piece of ringPieces(first, end)) {
      const rows = packSchedule(optimizer, base + piece.first, piece.count);
      this.device.queue.writeBuffer(this.settings, 16 * (SCHEDULE + piece.slot), rows);
    }
  }

  destroy(): void {
    this.run.destroy();
    for (const buffer of this.#own) buffer.destroy();
  }
}

/** Updates first … end − 1, at most RING, by their slots: one piece, or two around the ring's end. */
function ringPieces(first: number, end: number) {
  const pieces: { readonly first: number; readonly slot: number; readonly count: number }[] = [];
  for (let at = first; at < end;) {
    const slot = at % RING;
    const count = Math.min(end - at, RING - slot);
    pieces.push({ first: at, slot, count });
    at += count;
  }
  return pieces;
}
