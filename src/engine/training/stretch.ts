import { throwIfAborted, BpttError } from '../../model/errors';
import type { EngineKind } from '../../model/evaluation';
import type { BatchSource, TrainingRecords, TrainingState } from '../../model/training';
import { endOfStride, snapshotStride } from '../../model/trainingHistory';
import type { StretchEnd, StretchPart, StretchRequest } from '../client';
import type { Trainer, Training, TrainingSnapshot } from '../interface';

/** Parts are told about once per frame, the weights so far at most five times a second … */
const BETWEEN_PARTS = 30;
const BETWEEN_CHECKPOINTS = 200;
/** … and never so often that reading them takes more than this part of the time. */
const SHARE_FOR_CHECKPOINTS = 0.1;

export interface StretchControl {
  /** Fresh data for every update in the place of the problem's */
  readonly batches: BatchSource | null;
  /** Ends it between two updates, with what it has come to */
  readonly pause: AbortSignal;
  /** Ends it with 'aborted' */
  readonly signal: AbortSignal;
  readonly onPart: (part: StretchPart) => void;
}

/**
 * Trains from a state to an update, a stop or a pause, and tells what happens on the way. Rejects as
 * `Trainer.train` and `Training.advance` do; the last `checkpoint` told is then where to go on.
 */
export async function runStretch(
  trainer: Trainer,
  { problem, plan, from, until, most }: StretchRequest,
  { batches, pause, signal, onPart }: StretchControl,
): Promise<StretchEnd> {
  const training = await trainer.train(problem, plan, {
    signal,
    ...(from && { from }),
    ...(batches && { batches }),
  });
  const parts = new Parts(training.engine, onPart);
  const watcher = new AbortController();
  const watching = watchCheckpoint(training, watcher.signal, (checkpoint) =>
    parts.add({ checkpoint }),
  );
  const either = AbortSignal.any([pause, signal]);
  try {
    while (training.step < until && training.stop === null && !pause.aborted) {
      const end = Math.min(until, endOfStride(training.step, most));
      await training
        .advance(end - training.step, {
          signal: either,
          onRecords: (records) => parts.add({ records }),
          snapshots: {
            every: snapshotStride(end, most),
            onSnapshot: (snapshot) => parts.add({ snapshot }),
          },
        })
        .catch((error: unknown) => {
          // A pause is no failure.
          if (!isAbort(error) || !pause.aborted) throw error;
        });
    }
    throwIfAborted(signal);
    const state = await training.state();
    throwIfAborted(signal);
    return { state, stop: training.stop };
  } catch (error) {
    // Given up by nobody here: its engine is gone, as after the loss of a device.
    if (isAbort(error) && !signal.aborted) throw lost();
    throw error;
  } finally {
    watcher.abort();
    parts.flush();
    training.dispose();
    await watching;
  }
}

function lost(): BpttError {
  return new BpttError('device-lost', '', 'The engine that trained is gone.');
}

function isAbort(error: unknown): boolean {
  return error instanceof BpttError && error.code === 'aborted';
}

async function watchCheckpoint(
  training: Training,
  signal: AbortSignal,
  onCheckpoint: (checkpoint: TrainingState) => void,
): Promise<void> {
  let told = training.step;
  let rest = BETWEEN_CHECKPOINTS;
  for (;;) {
    await sleep(rest, signal);
    if (signal.aborted) return;
    if (training.step === told) continue;
    const started = performance.now();
    try {
      const checkpoint = await training.state();
      if (signal.aborted) return;
      told = checkpoint.step;
      onCheckpoint(checkpoint);
    } catch {
      return; // `advance` fails of the same and tells it
    }
    rest = Math.max(BETWEEN_CHECKPOINTS, (performance.now() - started) / SHARE_FOR_CHECKPOINTS);
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

/** Collects what happens, and tells it together. */
class Parts {
  #records: TrainingRecords[] = [];
  #snapshots: TrainingSnapshot[] = [];
  #checkpoint: TrainingState | null = null;
  #told = 0;

  constructor(
    private readonly engine: EngineKind,
    private readonly tell: (part: StretchPart) => void,
  ) {}

  add(news: {
    readonly records?: TrainingRecords;
    readonly snapshot?: TrainingSnapshot;
    readonly checkpoint?: TrainingState;
  }): void {
    if (news.records) this.#records.push(news.records);
    if (news.snapshot) this.#snapshots.push(news.snapshot);
    if (news.checkpoint) this.#checkpoint = news.checkpoint;
    if (performance.now() - this.#told > BETWEEN_PARTS) this.flush();
  }

  flush(): void {
    this.#told = performance.now();
    if (this.#records.length + this.#snapshots.length === 0 && this.#checkpoint === null) return;
    this.tell({
      engine: this.engine,
      records: this.#records,
      snapshots: this.#snapshots,
      checkpoint: this.#checkpoint,
    });
    this.#records = [];
    this.#snapshots = [];
    this.#checkpoint = null;
  }
}
