import type { Trainer } from '../../src/engine/interface';
import { trainingPlan } from '../../src/model/training';
import { plainTraining } from './plainTraining';
import { makeProblem, toProblem, type SizeName } from './problems';

/** The same for every contestant: Adam with the gradient's norm clipped. */
export const LR = 0.001;
export const CLIP_NORM = 5;
const PLAN = trainingPlan(
  { kind: 'adam', lr: LR, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, amsgrad: false },
  { clipNorm: CLIP_NORM },
);
/** Losses that are compared before anything is timed; two where five would take longer than this. */
const COMPARED = 5;
const COMPARING_MOST_MS = 10_000;

/** Makes updates, and gives the losses before them. */
export interface Contestant {
  readonly name: string;
  advance(updates: number): Promise<number[]>;
  dispose(): void;
}

export async function ofTrainer(trainer: Trainer, size: SizeName): Promise<Contestant> {
  const training = await trainer.train(toProblem(makeProblem(size)), PLAN);
  return {
    name: trainer.kind,
    async advance(updates) {
      const losses: number[] = [];
      await training.advance(updates, { onRecords: (part) => losses.push(...part.losses) });
      return losses;
    },
    dispose: () => training.dispose(),
  };
}

/** Several of the same side by side; updates are those of each. */
export async function sideBySide(
  trainer: Trainer,
  size: SizeName,
  runs: number,
): Promise<Contestant> {
  const all = await Promise.all(Array.from({ length: runs }, () => ofTrainer(trainer, size)));
  return {
    name: `each of ${runs}`,
    async advance(updates) {
      const losses = await Promise.all(all.map((one) => one.advance(updates)));
      return losses[0]!;
    },
    dispose: () => all.forEach((one) => one.dispose()),
  };
}

export function plain(size: SizeName): Contestant {
  const update = plainTraining(makeProblem(size), { lr: LR, clipNorm: CLIP_NORM });
  return {
    name: 'plain',
    advance: (updates) => Promise.resolve(Array.from({ length: updates }, update)),
    dispose: () => undefined,
  };
}

/** The first losses, by plain typed arrays. */
export const expectedLosses = (size: SizeName) => plain(size).advance(COMPARED);

/** The largest relative difference of the first losses; throws unless they agree. */
export async function compareLosses(
  contestant: Contestant,
  expected: readonly number[],
): Promise<number> {
  const end = performance.now() + COMPARING_MOST_MS;
  const own: number[] = [];
  while (own.length < 2 || (own.length < COMPARED && performance.now() < end)) {
    own.push(...(await contestant.advance(1)));
  }
  const error = Math.max(...own.map((loss, i) => Math.abs(loss / expected[i]! - 1)));
  if (!(error < 1e-3))
    throw new Error(`${contestant.name}: losses ${own.join()} not ${expected.join()}`);
  return error;
}

/** Updates per second */
export interface Speed {
  readonly best: number;
  readonly median: number;
}

/** Of pieces that take about a third of a second each, or one update. */
export async function speed(contestant: Contestant, seconds: number): Promise<Speed> {
  const pieces: number[] = [];
  let updates = 1;
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end) {
    const started = performance.now();
    await contestant.advance(updates);
    const taken = performance.now() - started;
    pieces.push((1000 * updates) / taken);
    updates = Math.max(1, Math.min(10 * updates, Math.round((updates * 300) / taken)));
  }
  pieces.sort((a, b) => b - a);
  return { best: pieces[0]!, median: pieces[Math.floor(pieces.length / 2)]! };
}
