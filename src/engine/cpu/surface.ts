import { BpttError, throwIfAborted } from '../../model/errors';
import { resetFlags } from '../../model/links';
import type { Parameters, Problem } from '../../model/problem';
import { pointOnPlane, type Plane } from '../../model/surface';
import { LOGIT_LIMIT, STATE_LIMIT } from '../../reference/forward';
import { lossOfRow, targetRow } from '../../reference/losses';
import { outputsOfRow } from '../../reference/outputs';
import type { LossesOptions, LossSurface } from '../interface';
import { Pacer } from '../shared/pacer';
import { activateInto } from './activation';
import { addProducts, setBias } from './product';
import { float32 } from './tensors';

/** `LossSurface` by one forward pass after the other, of which only two steps' states are kept. */
export class CpuSurface implements LossSurface {
  readonly #disposal = new AbortController();

  constructor(
    private readonly problem: Problem,
    private readonly plane: Plane,
    private readonly onDispose: () => void,
  ) {}

  async losses(
    points: Float64Array,
    { signal, onProgress }: LossesOptions = {},
  ): Promise<Float64Array> {
    throwIfAborted(this.#disposal.signal);
    const own = this.#disposal.signal;
    const pacer = new Pacer(signal ? AbortSignal.any([signal, own]) : own);
    const { problem, plane } = this;
    const forward = new LossOnly(problem, pacer);
    const out = new Float64Array(points.length / 2);
    for (let i = 0; i < out.length; i++) {
      const weights = pointOnPlane(problem.parameters, plane, points[2 * i]!, points[2 * i + 1]!);
      out[i] = await forward.loss(weights);
      onProgress?.((i + 1) / out.length);
    }
    return out;
  }

  dispose(): void {
    this.#disposal.abort(new BpttError('aborted', '', 'This surface has been disposed.'));
    this.onDispose();
  }
}

/** The forward pass of src/engine/cpu/forward.ts without anything that a backward pass would need. */
class LossOnly {
  private readonly inputs: Float32Array;
  private readonly initialState: Float32Array;
  private readonly resets: Uint8Array;
  private readonly work: number;
  private readonly sums: Float64Array;
  private readonly preActivations: Float32Array;
  /** h_{t−1} and h_t [B,H] */
  private states: [Float32Array, Float32Array];
  private readonly logits: Float64Array;
  private readonly outputs: Float64Array;
  private readonly target: Float64Array;

  constructor(
    private readonly problem: Problem,
    private readonly pacer: Pacer,
  ) {
    const { B, I, H, O } = problem;
    this.inputs = float32(problem.inputs);
    this.initialState = float32(problem.initialState);
    this.resets = resetFlags(problem);
    this.work = B * (H * (H + I + O) + 20 * H);
    this.sums = new Float64Array(B * H);
    this.preActivations = new Float32Array(B * H);
    this.states = [new Float32Array(B * H), new Float32Array(B * H)];
    this.logits = new Float64Array(B * O);
    this.outputs = new Float64Array(O);
    this.target = new Float64Array(O);
  }

  /** L at these weights; +Infinity where the pass overflows. */
  async loss(parameters: Parameters): Promise<number> {
    const { T, B, I, H, O, activation } = this.problem;
    const { sums, logits } = this;
    const recurrentWeights = float32(parameters.recurrentWeights);
    const inputWeights = float32(parameters.inputWeights);
    const outputWeights = float32(parameters.outputWeights);
    const [hiddenBias, outputBias] = [
      float32(parameters.hiddenBias),
      float32(parameters.outputBias),
    ];
    this.states[0].set(this.initialState);
    let total = 0;
    for (let t = 0; t < T; t++) {
      const [before, after] = this.states;
      setBias(hiddenBias, B, sums);
      if (this.resets[t] === 0) addProducts(recurrentWeights, H, H, before, 0, B, sums);
      addProducts(inputWeights, H, I, this.inputs, t * B * I, B, sums);
      activateInto(activation, sums, this.preActivations, 0, after, 0, B * H);
      if (!within(STATE_LIMIT, after)) return Infinity;

      setBias(outputBias, B, logits);
      addProducts(outputWeights, O, H, after, 0, B, logits);
      if (!within(LOGIT_LIMIT, logits)) return Infinity;
      total += this.stepLoss(t);
      this.states = [after, before];
      if (this.pacer.spend(this.work)) await this.pacer.rest();
    }
    return total;
  }

  /** w_t ℓ_t from the logits of step t (from 0). */
  private stepLoss(t: number): number {
    const { B, O, loss, outputActivation, targets, lossWeights } = this.problem;
    if (lossWeights[t] === 0) return 0;
    let sum = 0;
    for (let n = 0; n < B; n++) {
      const z = this.logits.subarray(n * O, (n + 1) * O);
      outputsOfRow(outputActivation, z, this.outputs);
      // As a run stores and shows it.
      for (let i = 0; i < O; i++) this.outputs[i] = Math.fround(this.outputs[i]!);
      targetRow(targets, t * B + n, this.target);
      sum += lossOfRow(loss, z, this.outputs, this.target);
    }
    return (lossWeights[t]! / B) * sum;
  }
}

/** False for NaN too. */
function within(limit: number, values: Float32Array | Float64Array): boolean {
  for (const value of values) if (!(Math.abs(value) <= limit)) return false;
  return true;
}
