import type { ByParameter, Moments } from '../../model/optimizer';
import type { Parameters, Problem } from '../../model/problem';
import type { ScaledTensor } from '../../model/scaled';
import type { Pacer } from '../shared/pacer';

/** One pass at the present weights. */
export interface TrainingPass {
  /** Σ_t w_t ℓ_t */
  readonly loss: number;
  readonly overflowAt: number | null;
  readonly gradients: ByParameter<ScaledTensor>;
}

/** log2 of ‖θ‖ before an update and of ‖Δθ‖. */
export interface UpdateNorms {
  readonly log2Weights: ByParameter<number>;
  readonly log2Updates: ByParameter<number>;
}

/** The two halves of a training step on the CPU: what the engines do differently. */
export interface Stepper {
  /** A pass over `problem`, which has the present weights. Rejects with 'aborted'. */
  pass(problem: Problem, pacer: Pacer): Promise<TrainingPass>;
  /**
   * Makes update number `update` (1 for the first) with these gradients. null, and nothing changed,
   * where a weight would go beyond TRAINING_LIMIT.
   */
  update(gradients: ByParameter<Float64Array>, update: number): UpdateNorms | null;
  /** The present ones; not changed afterwards. */
  parameters(): Parameters;
  moments(): Moments;
}
