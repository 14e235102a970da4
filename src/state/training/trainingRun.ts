import type { StretchPart } from '../../engine/client';
import type { Configuration, RunConfiguration } from '../../model/configuration';
import type { ErrorRecord } from '../../model/errors';
import type { EngineKind } from '../../model/evaluation';
import { momentsOf, type Optimizer } from '../../model/optimizer';
import { runOf } from '../../model/pins';
import type { Parameters } from '../../model/problem';
import { sameValue } from '../../model/sameValue';
import { NO_PROGRESS_YET, type TrainingState, type TrainingStop } from '../../model/training';
import { mostSnapshots, snapshotStride } from '../../model/trainingHistory';
import type { TrainingSettings } from '../../model/trainingSettings';
import { weightCount } from '../../model/parameterArrays';
import { RunRecords } from './runRecords';

/** Why a run does not go on by itself. */
export type Pause =
  /** The button */
  | 'user'
  /** The tab is hidden; goes on when it is seen again */
  | 'hidden'
  /** Weights were changed by hand while it ran: going on from them is a branch */
  | 'edited'
  /** Came back with the page */
  | 'restored';

export type RunStatus =
  | { readonly kind: 'running' }
  | { readonly kind: 'paused'; readonly why: Pause }
  /** All updates asked for are done. */
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped'; readonly stop: TrainingStop }
  | { readonly kind: 'failed'; readonly error: ErrorRecord };

/** From here on a run was trained so; the first is how it began. */
export interface RunSetting {
  readonly step: number;
  readonly configuration: RunConfiguration;
  readonly training: TrainingSettings;
}

/** Measured on the network of one snapshot. */
export interface Measurement {
  /** ρ(W_h); NaN where it could not be had */
  readonly spectralRadius: number;
  /** What an error is multiplied by per step back; null where there is none to measure */
  readonly factor: number | null;
  /**
   * log2 of what is left of an error that many steps back, relative to where it set out, greatest of
   * each bin; −Infinity for an exact zero, NaN beyond an overflow
   */
  readonly log2ByLag: Float32Array;
  /** Steps that the bins stand for, together */
  readonly lags: number;
}

export interface Snapshot {
  readonly step: number;
  readonly parameters: Parameters;
  /** Null until it was measured */
  measurement: Measurement | null;
}

/** Where a branch left another run. */
interface Parent {
  readonly run: number;
  readonly step: number;
}

/** What survives the page: the run as plain data. */
export interface StoredRun {
  readonly id: number;
  readonly parent: Parent | null;
  readonly name: string | null;
  readonly settings: readonly RunSetting[];
  readonly records: ReturnType<RunRecords['toData']>;
  readonly snapshots: readonly Snapshot[];
  readonly checkpoint: TrainingState;
  readonly offset: number;
  readonly until: number;
  readonly status: RunStatus;
}

/** One training from its first weights on, with everything recorded. Mutable, and known by its id. */
export class TrainingRun {
  readonly records: RunRecords;
  readonly settings: RunSetting[];
  snapshots: Snapshot[] = [];
  /** Where it stands: what it goes on from. Its steps count since the optimizer began. */
  checkpoint: TrainingState;
  /** Updates done before the optimizer began: a branch, or another optimizer, begins anew. */
  offset: number;
  status: RunStatus = { kind: 'paused', why: 'user' };
  /** Updates it is to have done */
  until: number;
  engine: EngineKind | null = null;
  /** Of the pin it began as */
  name: string | null = null;
  /** Of late; null while nothing is known */
  updatesPerSecond: number | null = null;

  constructor(
    readonly id: number,
    readonly parent: Parent | null,
    first: RunSetting,
    checkpoint: TrainingState,
    records = new RunRecords(first.step),
  ) {
    this.settings = [first];
    this.checkpoint = checkpoint;
    this.offset = first.step;
    this.records = records;
    this.until = first.step;
    this.#keep(first.step, checkpoint.parameters);
  }

  /** Updates done since the run's first weights, those of its parents included */
  get step(): number {
    return this.offset + this.checkpoint.step;
  }

  get start(): RunSetting {
    return this.settings[0]!;
  }

  get present(): RunSetting {
    return this.settings[this.settings.length - 1]!;
  }

  get isRunning(): boolean {
    return this.status.kind === 'running';
  }

  /** About how many snapshots it keeps. */
  get most(): number {
    return mostSnapshots(weightCount(this.checkpoint.parameters));
  }

  /** What it is to do next: so many updates, or to the end of what was asked for and not yet done. */
  aim(updates: number | null): void {
    if (updates !== null) this.until = this.step + updates;
    else if (this.until <= this.step) this.until = this.step + this.present.training.steps;
    // What stopped it for want of progress is given another chance.
    this.checkpoint = { ...this.checkpoint, progress: NO_PROGRESS_YET };
  }

  /** Whether a configuration's settings are those it is trained with. */
  hasSettings(configuration: Configuration): boolean {
    const { present } = this;
    return (
      sameValue(recipeOf(present.configuration), recipeOf(runOf(configuration))) &&
      sameValue(present.training, configuration.training)
    );
  }

  /** What a stretch has come to. */
  end(state: TrainingState): void {
    this.checkpoint = state;
    this.#thin();
  }

  /** Goes on with other settings; nothing happens where they are the present ones. */
  change(configuration: Configuration): void {
    if (this.hasSettings(configuration)) return;
    const { training } = configuration;
    const next = { step: this.step, configuration: runOf(configuration), training };
    const { present } = this;
    // Another number of updates moves the end.
    this.until = Math.max(this.step, this.until + training.steps - present.training.steps);
    // Nothing was trained with settings that lasted for no update.
    if (present.step === next.step) this.settings.pop();
    this.settings.push(next);
    if (!sameMoments(present.training.optimizer, training.optimizer)) this.#restartOptimizer();
  }

  #restartOptimizer(): void {
    this.offset = this.step;
    this.checkpoint = { ...this.checkpoint, step: 0, moments: {} };
  }

  add({ engine, records, snapshots, checkpoint }: StretchPart): void {
    const { offset } = this;
    this.engine = engine;
    for (const part of records) this.records.add({ ...part, from: offset + part.from });
    for (const { step, parameters } of snapshots) this.#keep(offset + step, parameters);
    if (checkpoint !== null) this.checkpoint = checkpoint;
    this.#thin();
  }

  /** After a failure: what was told beyond the checkpoint will be told again. */
  backToCheckpoint(): void {
    const { step } = this;
    this.records.truncate(step);
    this.snapshots = this.snapshots.filter((snapshot) => snapshot.step <= step);
  }

  /** The weights after `step` updates, one of steps(). */
  parametersAt(step: number): Parameters {
    if (step === this.step) return this.checkpoint.parameters;
    const snapshot = this.snapshots.find((other) => other.step === step);
    if (snapshot === undefined)
      throw new RangeError(`The network after ${step} updates is not kept.`);
    return snapshot.parameters;
  }

  /**
   * The newest network that can be shown at work: where it stopped since its own state or loss
   * overflows, the last one recorded before.
   */
  lastGoodStep(): number {
    const { status, step } = this;
    if (status.kind !== 'stopped' || status.stop.reason !== 'non-finite') return step;
    if (status.stop.what !== 'state' && status.stop.what !== 'loss') return step;
    return this.snapshots.findLast((snapshot) => snapshot.step < step)?.step ?? step;
  }

  /** Steps whose network can be shown, ascending. */
  steps(): number[] {
    const steps = this.snapshots.map(({ step }) => step);
    return steps.at(-1) === this.step ? steps : [...steps, this.step];
  }

  /** Of the steps whose network can be shown, the one nearest to `step`. */
  nearestStep(step: number): number {
    const distance = (other: number) => Math.abs(other - step);
    return this.steps().reduce((best, other) => (distance(other) < distance(best) ? other : best));
  }

  /** The first network, then those that lie a stride apart. */
  #thin(): void {
    const span = this.step - this.start.step;
    const stride = snapshotStride(span, this.most);
    let kept = -Infinity;
    this.snapshots = this.snapshots.filter(({ step }) => {
      if (step - kept < stride) return false;
      kept = step;
      return true;
    });
  }

  #keep(step: number, parameters: Parameters): void {
    const newest = this.snapshots.at(-1);
    if (newest !== undefined && newest.step >= step) return;
    this.snapshots.push({ step, parameters, measurement: null });
  }

  toData(): StoredRun {
    const { id, parent, name, settings, snapshots, checkpoint, offset, until, status } = this;
    const records = this.records.toData();
    return { id, parent, name, settings, records, snapshots, checkpoint, offset, until, status };
  }

  static fromData(data: StoredRun): TrainingRun {
    const records = RunRecords.fromData(data.records);
    const run = new TrainingRun(data.id, data.parent, data.settings[0]!, data.checkpoint, records);
    run.settings.push(...data.settings.slice(1));
    run.snapshots = [...data.snapshots];
    run.name = data.name;
    run.offset = data.offset;
    run.until = data.until;
    run.status = data.status.kind === 'running' ? { kind: 'paused', why: 'restored' } : data.status;
    run.backToCheckpoint();
    return run;
  }
}

/** What a run is computed from, but its weights and how the first of them were made. */
export function recipeOf(configuration: RunConfiguration) {
  const {
    arrays: _arrays,
    edits: _edits,
    initialiser: _initialiser,
    gain: _gain,
    seed: _seed,
    ...recipe
  } = configuration;
  return recipe;
}

/** Whether what one optimizer has gathered is what the other needs. */
function sameMoments(a: Optimizer, b: Optimizer): boolean {
  return a.kind === b.kind && sameValue(momentsOf(a), momentsOf(b));
}
