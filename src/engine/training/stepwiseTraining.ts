import { throwIfAborted } from '../../model/errors';
import type { EngineKind } from '../../model/evaluation';
import { byParameter, PARAMETER_NAMES, type ByParameter } from '../../model/optimizer';
import type { Problem } from '../../model/problem';
import { log2NormOfTensor } from '../../model/scaled';
import {
  alreadyAdvancing,
  NO_PROGRESS_YET,
  problemOfUpdate,
  progressAfter,
  stopAtLoss,
  TRAINING_LIMIT,
  type NonFinite,
  type Progress,
  type TrainingPlan,
  type TrainingState,
  type TrainingStop,
} from '../../model/training';
import { log2NormTogether, recordColumns, type TrainingRecord } from '../../model/trainingRecords';
import { clipped } from '../../reference/clipping';
import type { AdvanceOptions, Training, TrainingOptions } from '../interface';
import { Pacer } from '../shared/pacer';
import type { Stepper } from './stepper';

/** Records are told about once per frame. */
const BETWEEN_RECORDS = 16;
/** Of an update's own work, for the pacer: it reads the clock after this much. */
const CLOCK_READING = 100_000;

/** A training whose every step ends on this thread: the CPU engine's and the reference's. */
export class StepwiseTraining implements Training {
  #step: number;
  #stop: TrainingStop | null = null;
  #progress: Progress;
  #advancing = false;
  readonly #lifetime = new AbortController();

  constructor(
    readonly engine: EngineKind,
    private readonly problem: Problem,
    private readonly plan: TrainingPlan,
    private readonly stepper: Stepper,
    private readonly options: Pick<TrainingOptions, 'from' | 'batches'>,
    private readonly onDispose: () => void,
  ) {
    this.#step = options.from?.step ?? 0;
    this.#progress = options.from?.progress ?? NO_PROGRESS_YET;
  }

  get step(): number {
    return this.#step;
  }

  get stop(): TrainingStop | null {
    return this.#stop;
  }

  async advance(updates: number, options: AdvanceOptions = {}): Promise<TrainingStop | null> {
    if (this.#advancing) throw alreadyAdvancing();
    const { signal, onRecords, snapshots } = options;
    const lifetime = this.#lifetime.signal;
    const either = signal ? AbortSignal.any([signal, lifetime]) : lifetime;
    const pacer = new Pacer(either);
    const end = this.#step + updates;
    let records: TrainingRecord[] = [];
    let from = this.#step;
    let told = performance.now();
    const tell = () => {
      if (records.length > 0) onRecords?.(recordColumns(this.plan, from, records));
      records = [];
      from = this.#step;
      told = performance.now();
    };
    this.#advancing = true;
    try {
      while (this.#step < end && this.#stop === null) {
        const record = await this.#advanceOne(pacer);
        if (record === null) break;
        if (onRecords) records.push(record);
        const isSnapshot = snapshots && this.#step % snapshots.every === 0;
        if (isSnapshot || performance.now() - told > BETWEEN_RECORDS) tell();
        if (isSnapshot) {
          snapshots.onSnapshot({ step: this.#step, parameters: this.stepper.parameters() });
        }
        if (pacer.spend(CLOCK_READING)) await pacer.rest();
        throwIfAborted(either);
      }
    } finally {
      this.#advancing = false;
      tell();
    }
    return this.#stop;
  }

  /** One update; null when training stopped instead. */
  async #advanceOne(pacer: Pacer): Promise<TrainingRecord | null> {
    const { plan, stepper } = this;
    const problem = problemOfUpdate(
      this.problem,
      plan,
      this.options.batches ?? null,
      this.#step,
      stepper.parameters(),
    );
    const { loss, overflowAt, gradients } = await stepper.pass(problem, pacer);
    if (overflowAt !== null) return this.#nonFinite('state', overflowAt);
    if (!Number.isFinite(loss)) return this.#nonFinite('loss');
    const progress = progressAfter(this.#progress, loss);
    this.#stop = stopAtLoss(plan, this.#step, loss, progress);
    if (this.#stop !== null) return null;

    const log2Gradients = byParameter((name) => log2NormOfTensor(gradients[name]));
    const applied = clipped(plan, gradients, log2NormTogether(log2Gradients));
    if (!isWithinFloat32(applied)) return this.#nonFinite('gradient');
    const norms = stepper.update(applied, this.#step + 1);
    if (norms === null) return this.#nonFinite('weights');
    this.#progress = progress;
    this.#step++;
    return { loss, log2Gradients, ...norms };
  }

  #nonFinite(what: NonFinite, timeStep: number | null = null): null {
    this.#stop = { reason: 'non-finite', step: this.#step, what, timeStep };
    return null;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- failures must reject, not throw
  async state(): Promise<TrainingState> {
    throwIfAborted(this.#lifetime.signal);
    return structuredClone({
      step: this.#step,
      parameters: this.stepper.parameters(),
      moments: this.stepper.moments(),
      progress: this.#progress,
    });
  }

  dispose(): void {
    if (this.#lifetime.signal.aborted) return;
    this.#lifetime.abort();
    this.onDispose();
  }
}

function isWithinFloat32(gradients: ByParameter<Float64Array>): boolean {
  return PARAMETER_NAMES.every((name) =>
    gradients[name].every((v) => Math.abs(v) <= TRAINING_LIMIT),
  );
}
