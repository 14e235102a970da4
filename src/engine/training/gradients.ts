import type { PassTensors } from '../../model/evaluation';
import type { ByParameter } from '../../model/optimizer';
import type { ScaledTensor } from '../../model/scaled';

type Gradients = Pick<
  PassTensors,
  | 'recurrentWeightGradient'
  | 'inputWeightGradient'
  | 'hiddenBiasGradient'
  | 'outputWeightGradient'
  | 'outputBiasGradient'
>;

/** The gradients of a pass under the names of their parameters. */
export function gradientsOf(pass: Gradients): ByParameter<ScaledTensor> {
  return {
    recurrentWeights: pass.recurrentWeightGradient,
    inputWeights: pass.inputWeightGradient,
    hiddenBias: pass.hiddenBiasGradient,
    outputWeights: pass.outputWeightGradient,
    outputBias: pass.outputBiasGradient,
  };
}
