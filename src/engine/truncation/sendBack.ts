import type { TruncatedArray } from '../../model/truncationAnalyses';
import type { BackwardWindow } from '../../model/links';
import type { Problem, Reals } from '../../model/problem';
import { ZERO_EXPONENT } from '../../model/scaled';
import { multiplyBySlopes } from '../../reference/backward';
import { forward } from '../../reference/forward';
import { previousStates } from '../../reference/gradients';
import { losses } from '../../reference/losses';
import {
  normalised,
  normaliseRow,
  transposedProduct,
  type ScaledValues,
} from '../../reference/scaling';
import { addAtCommonExponent } from '../cpu/backward';
import type { Pacer } from '../shared/pacer';
import { ScaledSum } from './scaledSum';

/** Rows t·B + n (t from 0) of width H or I in float64, each with its base-2 exponent. */
interface Rows {
  readonly values: Float64Array;
  readonly exponents: Int32Array;
}

/**
 * What every truncated backward pass of one problem shares: the float64 forward pass with its slopes
 * and local errors. Truncation changes none of it, resets do.
 */
export interface BasePass {
  readonly problem: Problem;
  /** T, or the step before an overflow */
  readonly lastStep: number;
  /** f′(a_t) */
  readonly slopes: Rows;
  /** W_yᵀ ∂L/∂z_t */
  readonly injected: Rows;
  /** h_{t−1} as it enters step t */
  readonly before: Rows;
  /** x_t */
  readonly inputs: Rows;
}

/** Multiply-adds of sending every loss of a problem back once, gradients included. */
export function costOfPass({ T, B, I, H }: Problem): number {
  return T * B * H * (2 * H + I + 40);
}

export function basePass(problem: Problem): BasePass {
  const { T, B, I, H, O, activation, parameters } = problem;
  const pass = forward(problem);
  const { lastStep } = pass;
  const { logitGradients } = losses(problem, pass.logits, pass.outputs, lastStep);
  const slopes = rowsOf(new Float64Array(T * B * H).fill(1), H);
  const injected = rowsOf(new Float64Array(T * B * H), H);
  for (let row = 0; row < lastStep * B; row++) {
    const own = slopes.values.subarray(row * H, (row + 1) * H);
    const shift = multiplyBySlopes(activation, pass.preActivations, row * H, own);
    slopes.exponents[row] = normaliseRow(own, 0, H, shift);
    const logit = normalised(logitGradients.slice(row * O, (row + 1) * O));
    const local = transposedProduct(parameters.outputWeights, H, logit);
    injected.values.set(local.mantissas, row * H);
    injected.exponents[row] = local.exponent;
  }
  const states = previousStates(problem, pass.hiddenStates.fill(0, lastStep * B * H));
  const before = rowsOf(states, H);
  const inputs = rowsOf(Float64Array.from(problem.inputs), I);
  return { problem, lastStep, slopes, injected, before, inputs };
}

/** Takes the values over and brings each row near 1. */
function rowsOf(values: Float64Array, width: number): Rows {
  const exponents = new Int32Array(values.length / width);
  for (let row = 0; row < exponents.length; row++) {
    exponents[row] = normaliseRow(values, row * width, (row + 1) * width, 0);
  }
  return { values, exponents };
}

/** What each of them is the gradient of. */
export function parameterOf(problem: Problem, gradient: TruncatedArray): Reals {
  const { parameters, initialState } = problem;
  switch (gradient) {
    case 'dWh':
      return parameters.recurrentWeights;
    case 'dWx':
      return parameters.inputWeights;
    case 'db':
      return parameters.hiddenBias;
    case 'dh0':
      return initialState;
  }
}

/** Sums of what has been sent back so far. */
export class HiddenGradients {
  readonly sums: Readonly<Record<TruncatedArray, ScaledSum>>;

  constructor(private readonly base: BasePass) {
    const { B, I, H } = base.problem;
    this.sums = {
      dWh: new ScaledSum(H * H),
      dWx: new ScaledSum(H * I),
      db: new ScaledSum(H),
      dh0: new ScaledSum(B * H),
    };
  }

  /** δ_t of one row: its products with h_{t−1}, x_t and 1. `recurrent` takes the first. */
  add(delta: Float64Array, from: number, exponent: number, row: number, recurrent = this.sums.dWh) {
    if (exponent === ZERO_EXPONENT) return;
    const { before, inputs, problem } = this.base;
    const { H, I } = problem;
    const { dWx, db } = this.sums;
    const [ofState, ofInput] = [before.exponents[row]!, inputs.exponents[row]!];
    recurrent.addOuter(delta, from, H, before.values, row * H, H, exponent + ofState);
    dWx.addOuter(delta, from, H, inputs.values, row * I, I, exponent + ofInput);
    db.addVector(delta, from, H, exponent);
  }
}

/** The error of one window on its way back, all batch entries side by side. */
export class Errors {
  /** δ of the step sent last [B,H] */
  readonly delta: Float64Array;
  readonly exponents: Int32Array;
  private readonly own: Float64Array;

  constructor(private readonly base: BasePass) {
    const { B, H } = base.problem;
    this.delta = new Float64Array(B * H);
    this.own = new Float64Array(B * H);
    this.exponents = new Int32Array(B).fill(ZERO_EXPONENT);
  }

  clear(): void {
    this.exponents.fill(ZERO_EXPONENT);
  }

  /** From δ_{t+1} to δ_t; `link` is the factor between, `withLoss` whether step t's own loss joins. */
  descend(t: number, link: number, withLoss: boolean): void {
    const { injected, slopes, problem } = this.base;
    const { B, H } = problem;
    const { own, delta, exponents } = this;
    for (let n = 0; n < B; n++) {
      const row = (t - 1) * B + n;
      let exponent = this.carry(n, link);
      if (withLoss) {
        const [values, from] = [injected.values, row * H];
        const local = values.subarray(from, from + H);
        const ownRow = own.subarray(n * H, (n + 1) * H);
        exponent = addAtCommonExponent(ownRow, exponent, local, injected.exponents[row]!, 0, H);
      }
      for (let i = 0; i < H; i++) {
        delta[n * H + i] = own[n * H + i]! * slopes.values[row * H + i]!;
      }
      const total =
        exponent === ZERO_EXPONENT || slopes.exponents[row] === ZERO_EXPONENT
          ? ZERO_EXPONENT
          : exponent + slopes.exponents[row]!;
      exponents[n] = normaliseRow(delta, n * H, (n + 1) * H, total);
    }
  }

  /** link · W_hᵀ δ of one entry into its row of `own`; returns the exponent. */
  private carry(n: number, link: number): number {
    const { H, parameters } = this.base.problem;
    const { own, delta } = this;
    const exponent = this.exponents[n]!;
    own.fill(0, n * H, (n + 1) * H);
    if (link === 0 || exponent === ZERO_EXPONENT) return ZERO_EXPONENT;
    const weights = parameters.recurrentWeights;
    for (let i = 0; i < H; i++) {
      const d = delta[n * H + i]! * link;
      if (d === 0) continue;
      const w = i * H;
      const o = n * H;
      for (let j = 0; j < H; j++) own[o + j] = own[o + j]! + d * weights[w + j]!;
    }
    return exponent;
  }

  /** What passes on to h_0 from step 1. */
  reachStart(link: number, sum: ScaledSum): void {
    const { B, H } = this.base.problem;
    for (let n = 0; n < B; n++) sum.addVector(this.own, n * H, H, this.carry(n, link), n * H);
  }
}

/** Sends the windows' losses back along the links [T], one window after the other. */
export async function sendBack(
  base: BasePass,
  links: ArrayLike<number>,
  windows: readonly BackwardWindow[],
  pacer: Pacer,
): Promise<HiddenGradients> {
  const { lastStep, problem } = base;
  const gradients = new HiddenGradients(base);
  const errors = new Errors(base);
  const { B, H } = problem;
  const work = costOfPass({ ...problem, T: 1 });
  for (const { first, after, to } of windows) {
    errors.clear();
    for (let t = Math.min(to, lastStep); t >= first; t--) {
      errors.descend(t, t < lastStep ? links[t]! : 0, t > after);
      for (let n = 0; n < B; n++) {
        gradients.add(errors.delta, n * H, errors.exponents[n]!, (t - 1) * B + n);
      }
      if (pacer.spend(work)) await pacer.rest();
    }
    if (first === 1) errors.reachStart(links[0]!, gradients.sums.dh0);
  }
  return gradients;
}

/** Every gradient as it stands. */
export function totals(gradients: HiddenGradients): Record<TruncatedArray, ScaledValues> {
  const { dWh, dWx, db, dh0 } = gradients.sums;
  return { dWh: dWh.total(), dWx: dWx.total(), db: db.total(), dh0: dh0.total() };
}
