import type { WeightKey } from './configuration';
import type { EngineKind } from './evaluation';
import { explainStop, type TrainingState, type TrainingStop } from './training';

/** What `window.bptt.train` gives; arrays are float64 and row-major. */
export interface TrainingResult {
  readonly engine: EngineKind;
  /** [steps] the loss before each update; NaN for updates that were not made */
  readonly losses: Float64Array;
  /** [steps] ‖∂L/∂θ‖ over all parameters together, before clipping; NaN as above */
  readonly gradNorms: Float64Array;
  /** [steps] its log2, right also where the norm itself lies outside float64 */
  readonly log2GradNorms: Float64Array;
  /** After the last update that was made */
  readonly weights: Readonly<Record<WeightKey, Float64Array>>;
  /** Why there were fewer updates than steps, or null */
  readonly stop: (TrainingStop & { readonly message: string }) | null;
}

/** @param columns [steps], NaN for updates that were not made */
export function toTrainingResult(
  engine: EngineKind,
  { losses, log2GradNorms }: Pick<TrainingResult, 'losses' | 'log2GradNorms'>,
  { parameters }: TrainingState,
  stop: TrainingStop | null,
): TrainingResult {
  return {
    engine,
    losses,
    gradNorms: log2GradNorms.map((l) => 2 ** l),
    log2GradNorms,
    weights: {
      Wx: Float64Array.from(parameters.inputWeights),
      Wh: Float64Array.from(parameters.recurrentWeights),
      b: Float64Array.from(parameters.hiddenBias),
      Wy: Float64Array.from(parameters.outputWeights),
      c: Float64Array.from(parameters.outputBias),
    },
    stop: stop && { ...stop, message: explainStop(stop) },
  };
}
