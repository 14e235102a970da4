import type { AdvanceOptions, Trainer, TrainingOptions } from '../../src/engine/interface';
import { byParameter } from '../../src/model/optimizer';
import type { Problem } from '../../src/model/problem';
import type {
  TrainingPlan,
  TrainingRecords,
  TrainingState,
  TrainingStop,
} from '../../src/model/training';

/** A finished training: every record in one list, whatever the pieces they came in. */
export interface Trained {
  readonly losses: number[];
  readonly log2GradientNorms: number[];
  readonly gradNorms: number[];
  readonly records: TrainingRecords;
  readonly state: TrainingState;
  readonly stop: TrainingStop | null;
}

export async function train(
  trainer: Trainer,
  problem: Problem,
  plan: TrainingPlan,
  updates: number | readonly number[],
  options: TrainingOptions & Pick<AdvanceOptions, 'snapshots'> = {},
): Promise<Trained> {
  const { snapshots, ...own } = options;
  const training = await trainer.train(problem, plan, own);
  const records: TrainingRecords[] = [];
  let next = training.step;
  try {
    for (const count of [updates].flat()) {
      await training.advance(count, {
        onRecords(part) {
          if (part.from !== next) throw new Error(`records from ${part.from}, not ${next}`);
          next += part.losses.length;
          records.push(part);
        },
        ...(snapshots && { snapshots }),
      });
    }
    if (next !== training.step) throw new Error(`${next} records of ${training.step} updates`);
    const merged = mergedRecords(records);
    const log2GradientNorms = [...merged.log2GradientNorms];
    return {
      losses: [...merged.losses],
      log2GradientNorms,
      gradNorms: log2GradientNorms.map((l) => 2 ** l),
      records: merged,
      state: await training.state(),
      stop: training.stop,
    };
  } finally {
    training.dispose();
  }
}

function mergedRecords(parts: readonly TrainingRecords[]): TrainingRecords {
  const joined = (of: (part: TrainingRecords) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => [...of(part)]));
  return {
    from: parts[0]?.from ?? 0,
    losses: joined((part) => part.losses),
    log2GradientNorms: joined((part) => part.log2GradientNorms),
    clipFactors: joined((part) => part.clipFactors),
    log2Gradients: byParameter((name) => joined((part) => part.log2Gradients[name])),
    log2Weights: byParameter((name) => joined((part) => part.log2Weights[name])),
    log2Updates: byParameter((name) => joined((part) => part.log2Updates[name])),
  };
}
