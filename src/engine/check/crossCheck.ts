import { lyapunovExponents } from '../../analysis/lyapunov';
import {
  CHECKED_ARRAYS,
  type ArrayCheck,
  type CheckedArray,
  type CrossCheck,
  type CrossCheckOptions,
} from '../../model/analyses';
import { requireCheckable } from '../../model/checkWork';
import type { EngineKind, PassTensors } from '../../model/evaluation';
import type { Problem } from '../../model/problem';
import { slope } from '../../reference/activations';
import type { Pacer } from '../shared/pacer';
import { compareRows, GOOD, type ComparisonRules } from './compareRows';
import { differenceChecks } from './differences';
import { referenceByEntry, type ReferenceNumbers } from './referenceByEntry';
import { corrupted, rowsOfPass } from './rows';

/** States that part by more than this have parted for good: their own steps are the measure. */
const PARTED = 1e-4;
/** Rows of a parameter gradient below this part of the array are sums that cancelled. */
const LEAST_SHARE = 2 ** -10;

/**
 * An engine's numbers against the float64 reference (docs/numerics.md, "Compare like with like"):
 * over the whole trajectory, or, where trajectories part, one step at a time and with the reference's
 * backward pass on the engine's own states. Rejects with 'too-large' when the reference would take
 * long, 'invalid-request' for an impossible `corrupt`, 'aborted'.
 */
export async function crossCheck(
  problem: Problem,
  engine: { readonly kind: EngineKind; readonly tensors: PassTensors },
  options: CrossCheckOptions,
  pacer: Pacer,
  onProgress: (done: number) => void,
): Promise<CrossCheck> {
  requireCheckable(problem, options.differences === true);
  const pass = options.corrupt
    ? corrupted(engine.tensors, options.corrupt, outputScales(problem, engine.tensors))
    : engine.tensors;
  const lastStep = pass.overflowAt === null ? problem.T : pass.overflowAt - 1;

  const scales = outputScales(problem, pass);
  const predictions = { values: pass.outputs, tolerance: (row: number) => GOOD * scales(row) };
  const reference = await referenceByEntry(problem, pacer, null, predictions);
  const largestExponent = largestExponentOf(problem, reference);
  const whole = compareAll(problem, pass, reference, Math.min(lastStep, reference.lastStep), {});
  onProgress(0.5);
  const trajectoryError = whole.find(({ array }) => array === 'h')!.error;
  const isChaotic = largestExponent !== null && largestExponent > 0;
  const hasParted = trajectoryError > PARTED || lastStep !== reference.lastStep;
  // From a state that is no number nothing can be computed: it is found over the whole trajectory.
  const parts = (isChaotic || hasParted) && trajectoryError < Infinity;
  let arrays = whole;
  if (parts) {
    const states = { values: pass.hiddenStates, lastStep };
    const own = await referenceByEntry(problem, pacer, states, predictions);
    arrays = compareAll(problem, pass, own, lastStep, { firstBad: true });
  }
  onProgress(options.differences ? 0.6 : 1);
  const differences = options.differences
    ? await differenceChecks(problem, pass, !parts, pacer, (done) => onProgress(0.6 + 0.4 * done))
    : null;
  return {
    engine: engine.kind,
    mode: parts ? 'ownStates' : 'trajectory',
    largestExponent,
    trajectoryError,
    arrays,
    worst: worstOf(arrays, parts),
    overflowAt: { engine: pass.overflowAt, reference: reference.tensors.overflowAt },
    differences,
  };
}

/** A wrong state spoils everything that is computed from it, so it comes before larger errors. */
function worstOf(arrays: readonly ArrayCheck[], onOwnStates: boolean): ArrayCheck {
  const states = arrays.find(({ array }) => array === 'h')!;
  if (onOwnStates && states.level === 'bad') return states;
  return arrays.reduce((worst, check) => (check.error > worst.error ? check : worst));
}

/** Along the reference's own trajectory of batch entry 0. */
function largestExponentOf(problem: Problem, reference: ReferenceNumbers): number | null {
  const { H, activation, parameters } = problem;
  const steps = reference.lastStep;
  if (steps < 2) return null;
  const preActivations = reference.preActivations.subarray(0, steps * H);
  const [largest] = lyapunovExponents(
    {
      H,
      steps,
      recurrentWeights: parameters.recurrentWeights,
      preActivations,
      slopes: preActivations.map((a) => slope(activation, a)),
      resets: (problem.resets ?? []).filter((t) => t <= steps),
    },
    { count: 1 },
  );
  return largest!;
}

function compareAll(
  problem: Problem,
  pass: PassTensors,
  reference: ReferenceNumbers,
  lastStep: number,
  rules: ComparisonRules,
): ArrayCheck[] {
  const engineRows = rowsOfPass(pass, lastStep);
  const referenceRows = rowsOfPass(reference.tensors, lastStep);
  const rulesOf = (array: CheckedArray): ComparisonRules => {
    if (array === 'y') return { ...rules, leastScale: outputScales(problem, reference.tensors) };
    return array.startsWith('dW') ? { ...rules, leastShare: LEAST_SHARE } : rules;
  };
  return CHECKED_ARRAYS.map((array) =>
    compareRows(array, engineRows[array], referenceRows[array], rulesOf(array)),
  );
}

/**
 * Of each row of y: the largest Σ_j |W_y h_t| + |c| before it cancelled, since y = 0 is an ordinary
 * prediction and not one that must be right to its last digit. Bounded outputs: at most 1.
 */
function outputScales(problem: Problem, tensors: PassTensors): (row: number) => number {
  const { H, O, parameters, outputActivation } = problem;
  const { outputWeights, outputBias } = parameters;
  return (row) => {
    let most = 0;
    for (let o = 0; o < O; o++) {
      let size = Math.abs(outputBias[o]!);
      for (let i = 0; i < H; i++) {
        size += Math.abs(outputWeights[o * H + i]! * tensors.hiddenStates[row * H + i]!);
      }
      most = Math.max(most, size);
    }
    return outputActivation === 'identity' ? most : Math.min(1, most);
  };
}
