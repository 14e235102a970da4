import { BpttError } from './errors';
import type { ByParameter, Moments, Optimizer } from './optimizer';
import type { Parameters, Problem, Targets } from './problem';
import { randomLinks } from './truncation';

/** How the parameters are changed, and when to stop before the steps that were asked for. */
export interface TrainingPlan {
  readonly optimizer: Optimizer;
  /** g ← g·c/‖g‖ where ‖g‖ > c, over all parameters together, before anything else; null: never */
  readonly clipNorm: number | null;
  /** Then each entry to [−v, v]; null: never */
  readonly clipValue: number | null;
  /** Stops at weights whose loss is at most this */
  readonly targetLoss: number | null;
  /** Stops after so many losses in a row that were no progress (LEAST_PROGRESS) */
  readonly patience: number | null;
  /**
   * Random links (ARTBP), drawn anew for every update in the place of the problem's own link factors:
   * update k + 1 uses draw k of `seed`, so the first is what the page shows.
   */
  readonly redraw: { readonly keep: number; readonly seed: number } | null;
}

/** Nothing clipped, no stop but the number of steps. */
export function trainingPlan(
  optimizer: Optimizer,
  rest: Partial<Omit<TrainingPlan, 'optimizer'>> = {},
): TrainingPlan {
  return {
    optimizer,
    ...{ clipNorm: null, clipValue: null, targetLoss: null, patience: null, redraw: null },
    ...rest,
  };
}

/** A loss is progress when it is below the best so far by this part of it (PyTorch's `threshold`). */
export const LEAST_PROGRESS = 1e-4;

/**
 * A gradient entry (after clipping) or a weight beyond this has left float32, as a state has
 * (src/reference/forward.ts): training stops before the update. The same on all engines.
 */
export const TRAINING_LIMIT = 1e37;

/** Inputs and targets of one update; of the problem's own shape and kind. */
export interface TrainingBatch {
  readonly inputs: Problem['inputs'];
  readonly targets: Targets;
}

/**
 * Fresh data for every update. A pure function of `update` (0 for the first), so that a resumed
 * training sees what an uninterrupted one does. Loss weights stay the problem's.
 */
export type BatchSource = (update: number) => TrainingBatch;

/** The problem whose loss update number `update` (0 for the first) descends; its weights are `parameters`. */
export function problemOfUpdate(
  problem: Problem,
  plan: TrainingPlan,
  batches: BatchSource | null,
  update: number,
  parameters: Parameters,
): Problem {
  const { redraw } = plan;
  return {
    ...problem,
    parameters,
    ...(batches && batches(update)),
    ...(redraw && { linkFactors: randomLinks(redraw, problem.T, update) }),
  };
}

/** Everything to go on from, on any engine. */
export interface TrainingState {
  /** Updates done */
  readonly step: number;
  readonly parameters: Parameters;
  readonly moments: Moments;
  readonly progress: Progress;
}

/** The best loss so far and how many losses since were none; for `patience`. */
export interface Progress {
  readonly best: number;
  readonly age: number;
}
export const NO_PROGRESS_YET: Progress = { best: Infinity, age: 0 };

export function progressAfter({ best, age }: Progress, loss: number): Progress {
  const isProgress = best === Infinity || loss < best - LEAST_PROGRESS * Math.abs(best);
  return isProgress ? { best: loss, age: 0 } : { best, age: age + 1 };
}

/** What left float32. */
export type NonFinite =
  /** A state or a logit of the forward pass, at `timeStep` */
  | 'state'
  | 'loss'
  /** A gradient entry, after clipping */
  | 'gradient'
  /** A weight, with the update that was to come */
  | 'weights';

/**
 * Why training ended before its steps were done. The weights are those of the last good update: the
 * update that would have followed was not made.
 */
export type TrainingStop =
  | { readonly reason: 'target' | 'patience'; readonly step: number; readonly loss: number }
  | {
      readonly reason: 'non-finite';
      readonly step: number;
      readonly what: NonFinite;
      /** The first time step whose state overflowed; null unless `what` is 'state' */
      readonly timeStep: number | null;
    };

/** Stops that are decided by the loss; null to go on. Takes the progress with this loss in it. */
export function stopAtLoss(
  plan: TrainingPlan,
  step: number,
  loss: number,
  progress: Progress,
): TrainingStop | null {
  if (plan.targetLoss !== null && loss <= plan.targetLoss) return { reason: 'target', step, loss };
  if (plan.patience !== null && progress.age >= plan.patience) {
    return { reason: 'patience', step, loss };
  }
  return null;
}

/** What a training that advances already refuses with. */
export function alreadyAdvancing(): BpttError {
  return new BpttError('invalid-request', '', 'This training is advancing already; wait for it.');
}

/** What happened and what to do, in English. */
export function explainStop(stop: TrainingStop): string {
  const after = `after ${stop.step} update${stop.step === 1 ? '' : 's'}`;
  if (stop.reason !== 'non-finite') {
    const what = stop.reason === 'target' ? 'The target loss is reached' : 'The loss fell no more';
    return `${what} ${after}, at ${stop.loss}.`;
  }
  const kept = 'the weights are those before it. Use a smaller lr, or clipNorm.';
  switch (stop.what) {
    case 'state':
      return `The state overflowed float32 at t = ${stop.timeStep} ${after}, so no update could follow; ${kept}`;
    case 'loss':
      return `The loss left float32 ${after}, so no update could follow; ${kept}`;
    case 'gradient':
      return `The gradient does not fit float32 ${after}, so no update could follow; ${kept}`;
    case 'weights':
      return `The next update, ${after}, would have carried a weight out of float32; ${kept}`;
  }
}

/** One number per update, each taken before the update: columns for charts. */
export interface TrainingRecords {
  /** Updates done before the first of these */
  readonly from: number;
  readonly losses: Float64Array;
  /** log2 ‖∂L/∂θ‖ over all parameters together, before clipping; −Infinity for an exact zero */
  readonly log2GradientNorms: Float64Array;
  /** What the gradient was multiplied by: c/‖g‖, 1 where ‖g‖ ≤ c */
  readonly clipFactors: Float64Array;
  /** log2 of each array's own norms: its gradient before clipping, itself, and the update it got */
  readonly log2Gradients: ByParameter<Float64Array>;
  readonly log2Weights: ByParameter<Float64Array>;
  readonly log2Updates: ByParameter<Float64Array>;
}
