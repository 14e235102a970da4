import type { DifferenceCheck } from '../../model/analyses';
import type { PassTensors } from '../../model/evaluation';
import type { Problem } from '../../model/problem';
import { rowsToFloat64, tensorToFloat64 } from '../../model/scaled';
import { centralDifference, type DifferentiableArray } from '../../reference/finiteDifference';
import type { Pacer } from '../shared/pacer';
import { levelOf } from './compareRows';

const EPSILON = 1e-5;
/** A difference this uncertain, relative to the array's largest gradient, says nothing. */
const USELESS = 1e-2;
/** Samples of each array: its largest gradient, and two elsewhere. */
const SAMPLES = 3;

const ARRAYS: readonly (readonly [DifferenceCheck['array'], DifferentiableArray])[] = [
  ['dWx', 'inputWeights'],
  ['dWh', 'recurrentWeights'],
  ['db', 'hiddenBias'],
  ['dWy', 'outputWeights'],
  ['dc', 'outputBias'],
  ['dh0', 'initialState'],
];

/**
 * ∂L/∂θ of sampled parameters by central differences in float64, against the engine's gradients.
 * @param sameTrajectory false where the engine's states have parted from the reference's: then
 *   agreement still means something, and disagreement nothing
 */
export async function differenceChecks(
  problem: Problem,
  pass: PassTensors,
  sameTrajectory: boolean,
  pacer: Pacer,
  onProgress: (done: number) => void,
): Promise<DifferenceCheck[]> {
  const { T, B, I, H, O } = problem;
  const gradients: Record<DifferenceCheck['array'], Float64Array> = {
    dWx: tensorToFloat64(pass.inputWeightGradient),
    dWh: tensorToFloat64(pass.recurrentWeightGradient),
    db: tensorToFloat64(pass.hiddenBiasGradient),
    dWy: tensorToFloat64(pass.outputWeightGradient),
    dc: tensorToFloat64(pass.outputBiasGradient),
    dh0: rowsToFloat64(pass.initialStateGradient),
  };
  const loss = pass.stepLosses.reduce((sum, v) => sum + v, 0);
  const checks: DifferenceCheck[] = [];
  for (const [done, [array, parameter]] of ARRAYS.entries()) {
    const values = gradients[array];
    const peak = values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    for (const index of samplesOf(values, peak)) {
      const difference = centralDifference(problem, parameter, index, EPSILON);
      const coarse = centralDifference(problem, parameter, index, 2 * EPSILON);
      // Halving ε takes three quarters of the error in ε² away; the rest is rounding of L.
      const rounding = (4 * Number.EPSILON * Math.abs(loss)) / EPSILON;
      const scale = peak === 0 ? 1 : peak;
      const uncertainty = (Math.abs(difference - coarse) / 3 + rounding) / scale;
      const error = Math.abs(difference - values[index]!) / scale;
      const level = levelOf(Math.max(0, error - uncertainty));
      // Beside another trajectory's gradient, being small says nothing: only digits in common do.
      const agrees = Math.abs(difference - values[index]!) <= USELESS * Math.abs(values[index]!);
      const says = uncertainty <= USELESS && (sameTrajectory || agrees);
      checks.push({
        array,
        index,
        difference,
        gradient: values[index]!,
        error,
        uncertainty,
        level: says ? level : null,
      });
      pacer.spend(T * B * H * (H + I + O + 20) * 6);
      await pacer.rest();
    }
    onProgress((done + 1) / ARRAYS.length);
  }
  return checks;
}

/** The same every time: where the largest is, and by the golden ratio. */
function samplesOf(values: Float64Array, peak: number): number[] {
  const largest = values.findIndex((v) => Math.abs(v) === peak);
  const indices = new Set([Math.max(0, largest)]);
  for (let k = 1; indices.size < Math.min(SAMPLES, values.length); k++) {
    indices.add(Math.floor(((k * 0.6180339887498949) % 1) * values.length));
  }
  return [...indices].sort((a, b) => a - b);
}
