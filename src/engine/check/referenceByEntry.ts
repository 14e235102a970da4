import type { PassTensors } from '../../model/evaluation';
import type { Problem } from '../../model/problem';
import { ZERO_EXPONENT, type ScaledRows } from '../../model/scaled';
import { withoutTruncation } from '../../model/truncation';
import { backward } from '../../reference/backward';
import { forward, type ForwardPass } from '../../reference/forward';
import { parameterGradients, type ParameterGradients } from '../../reference/gradients';
import { losses } from '../../reference/losses';
import { addScaled, scaledZero } from '../../reference/scaling';
import { problemOfEntry, rowsOfEntry } from '../batchEntry';
import type { Pacer } from '../shared/pacer';

/** The reference's numbers beside which an engine's are laid. */
export interface ReferenceNumbers {
  readonly tensors: PassTensors;
  /** T, or the step before the overflow */
  readonly lastStep: number;
  /** a_t of batch entry 0 [T,H] */
  readonly preActivations: Float64Array;
}

/** An engine's y_t [T,B,O] and how far each row of it may be from the reference's. */
export interface OwnPredictions {
  readonly values: ArrayLike<number>;
  readonly tolerance: (row: number) => number;
}

/**
 * The reference pass, one batch entry after the other so that it can be overtaken. With `states`
 * (an engine's own h_t [T,B,H], good up to `lastStep`) every h_t, y_t and loss is computed from the
 * engine's h_{t−1}, and the backward pass runs on these states. With `predictions`, the loss and its
 * gradient are those of the engine's own y_t where it is right to rounding: once a network has learnt,
 * y − ŷ is little more than that rounding.
 */
export async function referenceByEntry(
  problem: Problem,
  pacer: Pacer,
  states: { readonly values: ArrayLike<number>; readonly lastStep: number } | null,
  predictions: OwnPredictions | null = null,
): Promise<ReferenceNumbers> {
  const { T, B, I, H, O } = problem;
  const entries = Array.from({ length: B }, (_, n) => problemOfEntry(problem, n));
  const own = entries.map((_, n) => states && rowsOfEntry(states.values, problem, H, n));
  const passes: ForwardPass[] = [];
  for (const [n, entry] of entries.entries()) {
    passes.push(states && own[n] ? stepByStep(entry, own[n], states.lastStep) : forward(entry));
    if (pacer.spend(T * H * (H + I + O + 20))) await pacer.rest();
  }
  const lastStep = states ? states.lastStep : Math.min(...passes.map((pass) => pass.lastStep));

  const whole = emptyPass(problem, lastStep);
  let sums: ParameterGradients | null = null;
  for (const [n, entry] of entries.entries()) {
    const pass = { ...passes[n]!, lastStep };
    const outputs = predictions ? ownOutputs(pass.outputs, predictions, problem, n) : pass.outputs;
    const { stepLosses, logitGradients } = losses(entry, pass.logits, outputs, lastStep);
    const gradients = backward(entry, pass, logitGradients);
    const used = (own[n] ?? pass.hiddenStates).slice().fill(0, lastStep * H);
    const parameters = parameterGradients(entry, used, gradients.errorSignals, logitGradients);
    sums = sums === null ? parameters : addGradients(sums, parameters);
    for (let t = 0; t < T; t++) whole.stepLosses[t]! += stepLosses[t]!;
    place(pass.hiddenStates, whole.hiddenStates, H, n, B, lastStep);
    place(pass.outputs, whole.outputs, O, n, B, lastStep);
    placeRows(gradients.stateGradients, whole.stateGradients, n, B);
    placeRows(gradients.errorSignals, whole.errorSignals, n, B);
    placeRows(gradients.initialStateGradient, whole.initialStateGradient, n, B);
    if (pacer.spend(4 * T * H * (H + I + O + 20))) await pacer.rest();
  }
  return {
    tensors: { ...whole, ...(sums ?? zeroGradients(problem)) },
    lastStep,
    preActivations: passes[0]!.preActivations,
  };
}

/** The reference's y_t of one entry [T,O], and the engine's in every row that is right. */
function ownOutputs(
  outputs: Float64Array,
  { values, tolerance }: OwnPredictions,
  { B, O }: Problem,
  n: number,
): Float64Array {
  const mixed = outputs.slice();
  for (let t = 0; t * O < outputs.length; t++) {
    const row = t * B + n;
    const most = tolerance(row);
    const isRight = mixed
      .subarray(t * O, (t + 1) * O)
      .every((y, i) => Math.abs(values[row * O + i]! - y) <= most);
    if (!isRight) continue;
    for (let i = 0; i < O; i++) mixed[t * O + i] = values[row * O + i]!;
  }
  return mixed;
}

/**
 * Every step up to lastStep from the state given before it: as many problems of one step, side by
 * side as a batch. Later steps are zeros.
 */
function stepByStep(entry: Problem, states: Float64Array, lastStep: number): ForwardPass {
  const { T, I, H, O } = entry;
  const before = new Float64Array(lastStep * H);
  before.set(entry.initialState.subarray(0, before.length));
  before.set(states.subarray(0, Math.max(0, before.length - H)), Math.min(H, before.length));
  for (const step of entry.resets ?? []) before.fill(0, (step - 1) * H, step * H);
  const inputs = entry.inputs.subarray(0, lastStep * I);
  // Resets are in `before`; what is truncated changes no value.
  const steps = { ...withoutTruncation(entry), resets: [] };
  const pass = forward({ ...steps, T: 1, B: lastStep, initialState: before, inputs });
  const padded = (values: Float64Array, width: number): Float64Array => {
    const all = new Float64Array(T * width);
    all.set(values);
    return all;
  };
  return {
    overflowAt: lastStep === T ? null : lastStep + 1,
    lastStep,
    preActivations: padded(pass.preActivations, H),
    hiddenStates: padded(pass.hiddenStates, H),
    logits: padded(pass.logits, O),
    outputs: padded(pass.outputs, O),
  };
}

function emptyRows(rows: number, width: number) {
  return {
    mantissas: new Float64Array(rows * width),
    exponents: new Int32Array(rows).fill(ZERO_EXPONENT),
    width,
  };
}

function emptyPass({ T, B, I, H, O }: Problem, lastStep: number) {
  return {
    shape: { T, B, I, H, O },
    overflowAt: lastStep === T ? null : lastStep + 1,
    stepLosses: new Float64Array(T),
    hiddenStates: new Float64Array(T * B * H),
    outputs: new Float64Array(T * B * O),
    stateGradients: emptyRows(T * B, H),
    errorSignals: emptyRows(T * B, H),
    initialStateGradient: emptyRows(B, H),
  };
}

function zeroGradients({ I, H, O }: Problem): ParameterGradients {
  return {
    inputWeightGradient: scaledZero(H * I),
    recurrentWeightGradient: scaledZero(H * H),
    hiddenBiasGradient: scaledZero(H),
    outputWeightGradient: scaledZero(O * H),
    outputBiasGradient: scaledZero(O),
  };
}

function addGradients(u: ParameterGradients, v: ParameterGradients): ParameterGradients {
  return {
    inputWeightGradient: addScaled(u.inputWeightGradient, v.inputWeightGradient),
    recurrentWeightGradient: addScaled(u.recurrentWeightGradient, v.recurrentWeightGradient),
    hiddenBiasGradient: addScaled(u.hiddenBiasGradient, v.hiddenBiasGradient),
    outputWeightGradient: addScaled(u.outputWeightGradient, v.outputWeightGradient),
    outputBiasGradient: addScaled(u.outputBiasGradient, v.outputBiasGradient),
  };
}

/** Rows t of one entry into rows t·B + n of the whole. */
function place(
  from: Float64Array,
  to: Float64Array,
  width: number,
  n: number,
  B: number,
  steps: number,
): void {
  for (let t = 0; t < steps; t++) {
    to.set(from.subarray(t * width, (t + 1) * width), (t * B + n) * width);
  }
}

function placeRows(from: ScaledRows, to: ReturnType<typeof emptyRows>, n: number, B: number): void {
  const { mantissas, exponents, width } = from;
  for (let r = 0; r < exponents.length; r++) {
    to.mantissas.set(mantissas.subarray(r * width, (r + 1) * width), (r * B + n) * width);
    to.exponents[r * B + n] = exponents[r]!;
  }
}
