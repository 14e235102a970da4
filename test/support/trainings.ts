import type { AdvanceOptions, Trainer, TrainingOptions } from '../../src/engine/interface';
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
  readonly records: readonly TrainingRecords[];
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
    const log2GradientNorms = records.flatMap((part) => [...part.log2GradientNorms]);
    return {
      losses: records.flatMap((part) => [...part.losses]),
      log2GradientNorms,
      gradNorms: log2GradientNorms.map((l) => 2 ** l),
      records,
      state: await training.state(),
      stop: training.stop,
    };
  } finally {
    training.dispose();
  }
}
