import { BpttError, throwIfAborted } from '../../model/errors';
import type { Moments } from '../../model/optimizer';
import type { Problem } from '../../model/problem';
import {
  alreadyAdvancing,
  problemOfUpdate,
  type TrainingPlan,
  type TrainingState,
  type TrainingStop,
} from '../../model/training';
import { recordColumns } from '../../model/trainingRecords';
import type { AdvanceOptions, Training, TrainingOptions } from '../interface';
import type { BatchRing } from './batchRing';
import { asGpuError, MOST_IN_FLIGHT, SUBMIT_MILLISECONDS, type Executor } from './executor';
import { Pace } from './pace';
import { unpackWeights } from './parameterLayout';
import type { Recording } from './recording';
import type { PieceStep, Sent, SharedSubmits } from './sharedSubmits';
import type { Side, TrainingBuffers } from './trainingBuffers';
import { readRecords, readTrainingState, RING, type TrainingStatus } from './trainingStruct';
import { MOMENT_SLOTS, momentCount } from './update';

interface GpuTrainingOptions {
  readonly problem: Problem;
  readonly plan: TrainingPlan;
  readonly options: Pick<TrainingOptions, 'from' | 'batches'>;
  readonly executor: Executor;
  /** Of all trainings on this device */
  readonly shared: SharedSubmits;
  readonly buffers: TrainingBuffers;
  /** One update from each side's weights to the other's */
  readonly recordings: readonly [Recording, Recording];
  readonly ring: BatchRing | null;
  readonly onDispose: () => void;
}

/** One piece of work on its way: updates that end in it, and what it brings back. */
interface Submit {
  /** Updates since the upload that had ended before */
  readonly first: number;
  readonly end: number;
  readonly snapshot: boolean;
  readonly estimated: number;
  readonly sent: Sent;
}

/**
 * Many updates per submit, weights on the GPU from first to last. Counts below are of updates since
 * the upload; an even one leaves the weights on side 0.
 */
export class GpuTraining implements Training {
  readonly engine = 'webgpu';
  readonly #work: GpuTrainingOptions;
  readonly #base: number;
  readonly #pace: Pace;
  /** Updates whose every dispatch has been submitted, and how many of the next one's have. */
  #encoded = 0;
  #index = 0;
  /** Updates that are known to have ended. */
  #done = 0;
  #stop: TrainingStop | null = null;
  #advancing = false;
  /** What broke it: updates may be missing between what is known and what was submitted. */
  #failure: BpttError | null = null;
  #lastCompletion = 0;
  readonly #lifetime = new AbortController();

  constructor(work: GpuTrainingOptions) {
    this.#work = work;
    this.#base = work.options.from?.step ?? 0;
    this.#pace = new Pace(SUBMIT_MILLISECONDS, work.executor.costPerSubmit / SUBMIT_MILLISECONDS);
  }

  get step(): number {
    return this.#base + this.#done;
  }

  get stop(): TrainingStop | null {
    return this.#stop;
  }

  async advance(updates: number, options: AdvanceOptions = {}): Promise<TrainingStop | null> {
    const lifetime = this.#lifetime.signal;
    const signal = options.signal ? AbortSignal.any([options.signal, lifetime]) : lifetime;
    throwIfAborted(signal);
    if (this.#advancing) throw alreadyAdvancing();
    if (this.#failure) throw this.#failure;
    this.#advancing = true;
    this.#work.shared.join(this);
    const end = this.#done + updates;
    const inFlight: Submit[] = [];
    try {
      for (;;) {
        const goesOn = this.#encoded < end && this.#stop === null && !signal.aborted;
        if (goesOn && inFlight.length < MOST_IN_FLIGHT) {
          inFlight.push(this.#submit(end, options.snapshots?.every ?? Infinity));
          continue;
        }
        const oldest = inFlight.shift();
        if (oldest === undefined) break;
        const bytes = await oldest.sent.bytes;
        const refused = await oldest.sent.refused;
        if (refused) throw new BpttError('gpu-error', '', refused.message);
        this.#take(oldest, bytes, options);
      }
    } catch (error) {
      throwIfAborted(lifetime);
      this.#failure = asGpuError(error);
      throw this.#failure;
    } finally {
      this.#advancing = false;
      this.#work.shared.leave(this);
    }
    if (this.#stop === null && this.#done < end) throwIfAborted(signal);
    return this.#stop;
  }

  /** The next piece: as many dispatches as fit, to a snapshot or the end at most. */
  #submit(end: number, snapshotEvery: number): Submit {
    const { recordings, ring, buffers, plan, shared } = this.#work;
    const first = this.#encoded;
    const steps: PieceStep[] = [];
    const uploads: (() => void)[] = [];
    let estimated = 0;
    let batches = 0;
    let snapshot = false;
    while (this.#encoded < end && !snapshot) {
      const recording = recordings[(this.#encoded % 2) as Side];
      const { dispatches } = recording;
      const cost = this.#pace.estimate(dispatches[this.#index]!.cost);
      if (estimated > 0 && estimated + cost > this.#pace.budget) break;
      if (this.#index === 0) {
        if (this.#encoded - first === RING || (ring !== null && batches === ring.slots)) break;
        if (ring !== null) {
          const slot = batches++;
          const update = this.#base + this.#encoded;
          uploads.push(() => ring.write(slot, this.#freshProblem(update)));
          steps.push({ kind: 'copy', encode: (encoder) => ring.encode(encoder, slot) });
        }
      }
      const index = this.#index++;
      steps.push({ kind: 'dispatch', encode: (pass) => recording.encode(pass, index) });
      estimated += cost;
      if (this.#index === dispatches.length) {
        this.#index = 0;
        this.#encoded++;
        snapshot = (this.#base + this.#encoded) % snapshotEvery === 0;
      }
    }
    // Queued before the work that reads it; a step that began here may end in a later piece.
    const begun = this.#encoded + (this.#index > 0 ? 1 : 0);
    uploads.push(() => buffers.writeSchedule(plan.optimizer, this.#base, first, begun));
    const spans = [buffers.stateSpan(), ...buffers.recordSpans(first, this.#encoded)];
    if (snapshot) spans.push(buffers.weightSpan((this.#encoded % 2) as Side));
    const write = () => uploads.forEach((upload) => upload());
    const sent = shared.submit({ owner: this, write, steps, spans });
    return { first, end: this.#encoded, snapshot, estimated, sent };
  }

  #freshProblem(update: number): Problem {
    const { problem, plan, options } = this.#work;
    return problemOfUpdate(problem, plan, options.batches ?? null, update, problem.parameters);
  }

  /** What a piece of work has brought back. */
  #take(submit: Submit, bytes: readonly ArrayBuffer[], options: AdvanceOptions): void {
    const now = performance.now();
    const started = Math.max(this.#lastCompletion, submit.sent.submitted ?? now);
    this.#lastCompletion = now;
    this.#pace.learn(submit.estimated, now - started);

    const status = readTrainingState(bytes[0]!);
    this.#done = status.done;
    this.#stop ??= status.stopAt(this.step);
    const { first, end, snapshot } = submit;
    const known = Math.min(end, status.done) - first;
    const recordBytes = snapshot ? bytes.slice(1, -1) : bytes.slice(1);
    if (known > 0 && options.onRecords) {
      const records = recordBytes.flatMap(readRecords).slice(0, known);
      options.onRecords(recordColumns(this.#work.plan, this.#base + first, records));
    }
    if (snapshot && status.done === end) {
      const weights = new Float32Array(bytes.at(-1)!);
      const parameters = unpackWeights(this.#work.buffers.layout, weights);
      options.snapshots?.onSnapshot({ step: this.step, parameters });
    }
  }

  async state(): Promise<TrainingState> {
    throwIfAborted(this.#lifetime.signal);
    const { executor, buffers, plan } = this.#work;
    const spans = [buffers.stateSpan(), buffers.weightSpan(0), buffers.weightSpan(1)];
    const [state, ...sides] = await executor.read(spans);
    const status: TrainingStatus = readTrainingState(state!);
    const weights = new Float32Array(sides[status.done % 2]!);
    const slots = MOMENT_SLOTS[plan.optimizer.kind].slice(0, momentCount(plan.optimizer));
    const moments = slots.map((moment, slot) => [
      moment,
      unpackWeights(buffers.layout, weights, slot),
    ]);
    return {
      step: this.#base + status.done,
      parameters: unpackWeights(buffers.layout, weights),
      moments: Object.fromEntries(moments) as Moments,
      progress: status.progress,
    };
  }

  dispose(): void {
    if (this.#lifetime.signal.aborted) return;
    this.#lifetime.abort();
    this.#work.shared.drop(this);
    const { buffers, recordings, ring, onDispose } = this.#work;
    buffers.destroy();
    ring?.destroy();
    for (const recording of recordings) recording.destroy();
    onDispose();
  }
}
