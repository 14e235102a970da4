import { BpttError } from '../model/errors';
import type { Problem } from '../model/problem';
import { timesPowerOfTwo } from '../model/scaled';
import { backward } from '../reference/backward';
import { forward } from '../reference/forward';
import { parameterGradients } from '../reference/gradients';
import { losses } from '../reference/losses';
import { addScaled, scaledZero, type ScaledValues } from '../reference/scaling';
import type { Pacer } from './shared/pacer';

/** Multiply-adds; a few seconds of float64. */
const MOST_WORK = 2e9;

/**
 * Sends every loss back alone, in float64, and adds up Σ_s Σ_k δ_k^{(s)} h_{k−1}ᵀ: by linearity that
 * is ∂L/∂W_h, which one backward pass with all losses together gives. T backward passes.
 * Rejects with 'too-large'.
 */
export async function lagIdentity(
  problem: Problem,
  pacer: Pacer,
  onProgress: (done: number) => void,
): Promise<{ readonly relativeError: number; readonly losses: number }> {
  const { T, B, H, O } = problem;
  const sources = Array.from({ length: T }, (_, t) => t + 1).filter(
    (t) => problem.lossWeights[t - 1] !== 0,
  );
  const work = sources.reduce((sum, s) => sum + s, 0) * B * H * (2 * H + O);
  if (work > MOST_WORK) {
    throw new BpttError(
      'too-large',
      'T',
      'Sending every loss back alone would take too long here; choose fewer steps or units.',
      { T, B, H },
    );
  }
  const pass = forward(problem);
  const hiddenStates = pass.hiddenStates.fill(0, pass.lastStep * B * H);
  const { logitGradients } = losses(problem, pass.logits, pass.outputs, pass.lastStep);
  const gradientOf = (lastStep: number, gradients: Float64Array): ScaledValues => {
    const { errorSignals } = backward(problem, { ...pass, lastStep }, gradients);
    return parameterGradients(problem, hiddenStates, errorSignals, gradients)
      .recurrentWeightGradient;
  };
  const together = gradientOf(pass.lastStep, logitGradients);
  let sum = scaledZero(H * H);
  const counted = sources.filter((s) => s <= pass.lastStep);
  for (const [done, s] of counted.entries()) {
    const alone = new Float64Array(logitGradients.length);
    const step = logitGradients.subarray((s - 1) * B * O, s * B * O);
    alone.set(step, (s - 1) * B * O);
    sum = addScaled(sum, gradientOf(s, alone));
    if (pacer.spend(s * B * H * (2 * H + O) * 4)) {
      onProgress(done / counted.length);
      await pacer.rest();
    }
  }
  return { relativeError: relativeDistance(sum, together), losses: counted.length };
}

/** ‖u − v‖/‖v‖; 0 when both are exactly 0. */
function relativeDistance(u: ScaledValues, v: ScaledValues): number {
  const top = Math.max(u.exponent, v.exponent);
  let distance = 0;
  let size = 0;
  for (let i = 0; i < v.mantissas.length; i++) {
    const expected = timesPowerOfTwo(v.mantissas[i]!, v.exponent - top);
    distance += (timesPowerOfTwo(u.mantissas[i]!, u.exponent - top) - expected) ** 2;
    size += expected ** 2;
  }
  return distance === 0 ? 0 : Math.sqrt(distance / size);
}
