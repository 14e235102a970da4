import type { ByParameter } from '../../model/optimizer';
import { byParameter, PARAMETER_NAMES } from '../../model/optimizer';
import type { Progress, TrainingStop } from '../../model/training';
import type { TrainingRecord } from '../../model/trainingRecords';
import { log2NormsFrom, valuesFrom } from './readback';
import { ROW_NORM_BYTES, STORAGE_STRUCTS } from './structs';

/** The host's side of shaders/common/training.wgsl. */

/** Updates whose records and schedule there is room for; they take turns. */
export const RING = 256;

/** Row of the settings where the schedule begins. */
export const SCHEDULE = 3;

/** Entries of a record, in units of RowNorm. */
export const RECORD = { norms: 16, gradients: 1, weights: 6, updates: 11 } as const;
export const RECORD_BYTES = RECORD.norms * ROW_NORM_BYTES;

export const TRAINING_STATE_BYTES = STORAGE_STRUCTS.TrainingState.length * 4;

/** Values of TrainingState.stop; 0 while training goes on. */
export const STOPPED = {
  target: 1,
  patience: 2,
  state: 3,
  loss: 4,
  gradient: 5,
  weights: 6,
} as const;

/** The largest float32, for a best loss that is not known yet. */
const NO_LOSS = 3.4028234663852886e38;

type Member = (typeof STORAGE_STRUCTS.TrainingState)[number][0];
const offsetOf = (member: Member) =>
  STORAGE_STRUCTS.TrainingState.findIndex(([name]) => name === member);

/** The struct before the first update after an upload. */
export function packTrainingState({ best, age }: Progress): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(STORAGE_STRUCTS.TrainingState.length);
  const floats = new Float32Array(words.buffer);
  words[offsetOf('age')] = age;
  floats[offsetOf('best')] = best === Infinity ? NO_LOSS : best;
  floats[offsetOf('clip_mantissa')] = 1;
  return words;
}

export interface TrainingStatus {
  /** Updates since the upload */
  readonly done: number;
  readonly progress: Progress;
  /** @param step the updates done in all */
  stopAt(step: number): TrainingStop | null;
}

export function readTrainingState(bytes: ArrayBuffer): TrainingStatus {
  const [words, floats] = [new Uint32Array(bytes), new Float32Array(bytes)];
  const best = floats[offsetOf('best')]!;
  const stop = words[offsetOf('stop')]!;
  return {
    done: words[offsetOf('done')]!,
    progress: {
      best: best === Math.fround(NO_LOSS) ? Infinity : best,
      age: words[offsetOf('age')]!,
    },
    stopAt(step) {
      if (stop === 0) return null;
      if (stop === STOPPED.target || stop === STOPPED.patience) {
        const reason = stop === STOPPED.target ? 'target' : 'patience';
        return { reason, step, loss: floats[offsetOf('loss')]! };
      }
      const whats = ['state', 'loss', 'gradient', 'weights'] as const;
      const what = whats.find((name) => STOPPED[name] === stop)!;
      const timeStep = what === 'state' ? words[offsetOf('overflow_at')]! : null;
      return { reason: 'non-finite', step, what, timeStep };
    },
  };
}

/** Records as they lie one after the other. */
export function readRecords(bytes: ArrayBuffer): TrainingRecord[] {
  const [losses, norms] = [valuesFrom(bytes), log2NormsFrom(bytes)];
  return Array.from({ length: bytes.byteLength / RECORD_BYTES }, (_, at) => {
    const first = at * RECORD.norms;
    const of = (offset: number): ByParameter<number> =>
      byParameter((name) => norms[first + offset + PARAMETER_NAMES.indexOf(name)]!);
    return {
      loss: losses[first]!,
      log2Gradients: of(RECORD.gradients),
      log2Weights: of(RECORD.weights),
      log2Updates: of(RECORD.updates),
    };
  });
}
