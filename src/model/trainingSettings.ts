import { OPTIMIZER_DEFAULTS, type Optimizer, type OptimizerKind } from './optimizer';
import { trainingPlan, type TrainingPlan } from './training';
import type { Truncation } from './truncation';

/** How the page trains; part of the configuration, and so of a link and of undo. */
export interface TrainingSettings {
  readonly optimizer: Optimizer;
  /** As in TrainingPlan */
  readonly clipNorm: number | null;
  readonly clipValue: number | null;
  readonly targetLoss: number | null;
  readonly patience: number | null;
  /** Updates of one run */
  readonly steps: number;
  /**
   * fixed: every update sees the data the page shows. fresh: update k (0 for the first) sees those
   * of data seed `dataSeed` + k, so the first are the ones shown.
   */
  readonly data: 'fixed' | 'fresh';
}

export const TRAINING_DATA = [
  'fixed',
  'fresh',
] as const satisfies readonly TrainingSettings['data'][];

/** Learning rates that an optimizer starts with here: PyTorch's own, but SGD's, which has none. */
const STARTING_RATE: Record<OptimizerKind, number> = { sgd: 0.01, rmsprop: 0.01, adam: 0.001 };

export function startingOptimizer(kind: OptimizerKind): Optimizer {
  return { kind, lr: STARTING_RATE[kind], ...OPTIMIZER_DEFAULTS[kind] } as Optimizer;
}

/** What a link of version 1 without `train` means: never changed. */
export const DEFAULT_TRAINING: TrainingSettings = {
  optimizer: { ...OPTIMIZER_DEFAULTS.adam, kind: 'adam', lr: 0.003 },
  clipNorm: null,
  clipValue: null,
  targetLoss: null,
  patience: null,
  steps: 1000,
  data: 'fixed',
};

/** The plan of a run; random links are drawn anew for every update, the first as the page shows. */
export function planOf(settings: TrainingSettings, truncation: Truncation): TrainingPlan {
  const { clipNorm, clipValue, targetLoss, patience } = settings;
  const redraw =
    truncation.kind === 'random' ? { keep: truncation.keep, seed: truncation.seed } : null;
  return trainingPlan(settings.optimizer, { clipNorm, clipValue, targetLoss, patience, redraw });
}

/** The data seed of update number `update`, 0 for the first. */
export function dataSeedOf(dataSeed: number, update: number): number {
  return (dataSeed + update) >>> 0;
}
