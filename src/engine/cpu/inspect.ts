import type { ScaledVector, StepDetail } from '../interface';
import { BpttError } from '../../model/errors';
import type { Problem } from '../../model/problem';
import { linkPasses } from '../../model/links';
import { differenceOfScaled, ZERO_EXPONENT } from '../../model/scaled';
import { multiplyBySlopes } from '../../reference/backward';
import { targetRow } from '../../reference/losses';
import { normaliseRow } from '../../reference/scaling';
import type { CpuPass } from './pass';
import { scaleBy } from './backward';
import { addProducts } from './product';
import type { Float32Rows } from './tensors';

/**
 * Every number of step t of batch entry n. At the step that overflowed the state is still shown as
 * it is; whatever was not computed any more is NaN.
 */
export function inspectStep(pass: CpuPass, step: number, batchEntry: number): StepDetail {
  const { problem, weights, tensors, lastStep } = pass;
  const { T, B, I, H, O } = problem;
  requireWithin('step', step, 1, T);
  requireWithin('batchEntry', batchEntry, 0, B - 1);
  const row = (step - 1) * B + batchEntry;
  const computed = step <= lastStep;
  const reached = step <= lastStep + 1;
  const part = (values: Float32Array, width: number, r: number, known: boolean): Float32Array =>
    known ? values.slice(r * width, (r + 1) * width) : new Float32Array(width).fill(NaN);

  const logits = Float64Array.from(weights.outputBias);
  addProducts(weights.outputWeights, O, H, tensors.states, (row + B) * H, 1, logits);
  return {
    step,
    batchEntry,
    inputs: tensors.inputs.slice(row * I, (row + 1) * I),
    previousState: problem.resets?.includes(step)
      ? new Float32Array(H)
      : part(tensors.states, H, row, reached),
    preActivations: part(tensors.preActivations, H, row, reached),
    state: part(tensors.states, H, row + B, reached),
    slopes: reached ? slopesOf(problem, tensors.preActivations, row) : unknown(H),
    logits: computed ? Float32Array.from(logits) : new Float32Array(O).fill(NaN),
    outputs: part(tensors.outputs, O, row, computed),
    target: targetOf(problem, row),
    stepLoss: computed ? tensors.stepLosses[step - 1]! : NaN,
    injected: computed
      ? productOf(weights.outputWeightsTransposed, H, tensors.logitGradients, row)
      : unknown(H),
    carried: computed ? carriedInto(pass, step, batchEntry) : unknown(H),
    stateGradient: computed ? rowOf(tensors.stateGradients, row) : unknown(H),
    errorSignal: computed ? rowOf(tensors.errorSignals, row) : unknown(H),
  };
}

function requireWithin(path: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new BpttError(
    'invalid-request',
    path,
    `${path} must be a whole number from ${least} to ${most}, got ${value}.`,
    { least, most, got: value },
  );
}

function unknown(width: number): ScaledVector {
  return { mantissas: new Float32Array(width).fill(NaN), exponent: 0 };
}

/** Takes ownership of the values. */
function scaledVector(values: Float64Array, exponent: number): ScaledVector {
  const result = normaliseRow(values, 0, values.length, exponent);
  return { mantissas: Float32Array.from(values), exponent: result };
}

function slopesOf(problem: Problem, preActivations: Float32Array, row: number): ScaledVector {
  const { H, activation } = problem;
  const values = new Float64Array(H).fill(1);
  return scaledVector(values, multiplyBySlopes(activation, preActivations, row * H, values));
}

function targetOf({ O, targets }: Problem, row: number): Float32Array {
  const target = new Float64Array(O);
  targetRow(targets, row, target);
  return Float32Array.from(target);
}

/** M u · factor for row `row` of u; M [rows, u.width]. */
function productOf(
  matrix: Float32Array,
  rows: number,
  u: Float32Rows,
  row: number,
  factor = 1,
): ScaledVector {
  const product = new Float64Array(rows);
  addProducts(matrix, rows, u.width, u.mantissas, row * u.width, 1, product);
  scaleBy(factor, product);
  return scaledVector(product, u.exponents[row]!);
}

/**
 * W_hᵀ δ_{t+1} times the link's factor; zero at the end and across a cut. Of the windows that δ_{t+1}
 * is the sum of, some end there: what the others pass on is e_t without the injected term.
 */
function carriedInto(pass: CpuPass, step: number, n: number): ScaledVector {
  const { problem, weights, tensors, lastStep } = pass;
  const { B, H } = problem;
  const row = (step - 1) * B + n;
  if (step === lastStep || !linkPasses(problem, step + 1)) {
    return { mantissas: new Float32Array(H), exponent: ZERO_EXPONENT };
  }
  const injected = productOf(weights.outputWeightsTransposed, H, tensors.logitGradients, row);
  if (problem.window) return differenceOfScaled(rowOf(tensors.stateGradients, row), injected);
  const link = problem.linkFactors?.[step] ?? 1;
  return productOf(weights.recurrentWeightsTransposed, H, tensors.errorSignals, row + B, link);
}

function rowOf(rows: Float32Rows, row: number): ScaledVector {
  const { mantissas, exponents, width } = rows;
  return { mantissas: mantissas.slice(row * width, (row + 1) * width), exponent: exponents[row]! };
}
