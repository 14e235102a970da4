import { byParameter, type ByParameter } from '../model/optimizer';
import { timesPowerOfTwo, type ScaledTensor } from '../model/scaled';
import type { TrainingPlan } from '../model/training';
import { clipFactor } from '../model/trainingRecords';

/**
 * What the optimizer gets: g·c/‖g‖ where ‖g‖ > c, ‖g‖ over all parameters together (Pascanu, Mikolov,
 * Bengio 2013; clip_grad_norm_ without its 1e-6 in the denominator), then every entry brought into
 * [−v, v] (clip_grad_value_). The norm's exponent is kept apart until the factor is applied, so a
 * gradient of 2^2000 is clipped to its direction. ±Infinity where float64 ends all the same.
 * @param log2Norm log2 ‖g‖
 */
export function clipped(
  { clipNorm, clipValue }: Pick<TrainingPlan, 'clipNorm' | 'clipValue'>,
  gradients: ByParameter<ScaledTensor>,
  log2Norm: number,
): ByParameter<Float64Array> {
  const factor = clipFactor({ clipNorm }, log2Norm);
  const most = clipValue ?? Infinity;
  return byParameter((name) => {
    const { mantissas, exponent } = gradients[name];
    const e = exponent + factor.exponent;
    return Float64Array.from(mantissas, (m) =>
      Math.min(most, Math.max(-most, timesPowerOfTwo(m * factor.mantissa, e))),
    );
  });
}
