import { linkPasses } from '../../model/links';
import type { Problem } from '../../model/problem';
import { differenceOfScaled, timesPowerOfTwo, ZERO_EXPONENT } from '../../model/scaled';
import type { ScaledVector, StepDetail } from '../interface';
import type { Span } from './executor';
import { groupsOf } from './packing';
import type { BufferName } from './planner';
import { exponentsFrom } from './readback';
import type { RunBuffers } from './runBuffers';
import { ROW_EXPONENTS_BYTES } from './structs';

/** One step of one batch entry: the rows to read and what they mean. */
export class StepReading {
  readonly spans: readonly Span[];

  constructor(
    readonly problem: Problem,
    buffers: RunBuffers,
    /** 1-based */
    readonly step: number,
    readonly batchEntry: number,
  ) {
    const { T, B, I, H, O } = problem;
    const row = (step - 1) * B + batchEntry;
    const next = step < T ? row + B : row;
    const rowOf = (name: BufferName, at: number, width: number): Span => ({
      buffer: buffers.get(name),
      offset: at * groupsOf(width) * 16,
      size: groupsOf(width) * 16,
    });
    const exponentsOf = (at: number): Span => ({
      buffer: buffers.get('rowExponents'),
      offset: at * ROW_EXPONENTS_BYTES,
      size: ROW_EXPONENTS_BYTES,
    });
    this.spans = [
      rowOf('inputs', row, I),
      rowOf('hiddenStates', row, H),
      rowOf('preActivations', row, H),
      rowOf('hiddenStates', row + B, H),
      rowOf('slopes', row, H),
      rowOf('logits', row, O),
      rowOf('outputs', row, O),
      rowOf('injected', row, H),
      rowOf('stateGradients', row + B, H),
      rowOf('errorSignals', row, H),
      rowOf('errorSignals', next, H),
      exponentsOf(row + B),
      exponentsOf(next + B),
    ];
  }

  /** @param bytes of the spans, in order */
  finish(
    bytes: readonly ArrayBuffer[],
    stepLosses: Float64Array,
    overflowAt: number | null,
  ): StepDetail {
    const { T, I, H, O, window, linkFactors, resets, parameters } = this.problem;
    const { step, batchEntry } = this;
    const [x, before, a, h, slope, z, y, injected, e, delta, nextDelta, own, after] = bytes;
    const live = overflowAt === null || step < overflowAt;
    const vector = (data: ArrayBuffer, width: number) => new Float32Array(data).slice(0, width);
    const computed = (data: ArrayBuffer, width: number) =>
      live ? vector(data, width) : new Float32Array(width).fill(NaN);
    const scaled = (data: ArrayBuffer, exponent: number): ScaledVector =>
      live && exponent > ZERO_EXPONENT ? { mantissas: vector(data, H), exponent } : zero(H);
    const exponent = (row: ArrayBuffer, member: Parameters<typeof exponentsFrom>[1]) =>
      exponentsFrom(row, member)[0]!;
    const end = overflowAt ?? T + 1;
    const passesBack = step + 1 < end && linkPasses(this.problem, step + 1);
    const stateGradient = scaled(e!, exponent(own!, 'state_gradient'));
    const local = scaled(injected!, exponent(own!, 'logit_gradient'));
    const carried = (): ScaledVector => {
      if (!passesBack) return zero(H);
      // Some of the windows that δ_{t+1} is the sum of end there: what the others pass on.
      if (window) return differenceOfScaled(stateGradient, local);
      const delta = scaled(nextDelta!, exponent(after!, 'error_signal'));
      return carriedBack(parameters.recurrentWeights, delta, linkFactors?.[step] ?? 1);
    };
    return {
      step,
      batchEntry,
      inputs: vector(x!, I),
      previousState: resets?.includes(step) ? new Float32Array(H) : vector(before!, H),
      preActivations: computed(a!, H),
      state: computed(h!, H),
      slopes: live
        ? scaled(slope!, exponent(own!, 'slope'))
        : { mantissas: new Float32Array(H).fill(NaN), exponent: 0 },
      logits: computed(z!, O),
      outputs: computed(y!, O),
      target: this.#target(),
      stepLoss: stepLosses[step - 1]!,
      injected: local,
      carried: carried(),
      stateGradient,
      errorSignal: scaled(delta!, exponent(own!, 'error_signal')),
    };
  }

  /** ŷ_t [O]; one-hot for a class */
  #target(): Float32Array {
    const { B, O, targets } = this.problem;
    const row = (this.step - 1) * B + this.batchEntry;
    const target = new Float32Array(O);
    if (targets.kind === 'class') target[targets.indices[row]!] = 1;
    else target.set(targets.values.subarray(row * O, (row + 1) * O));
    return target;
  }
}

function zero(width: number): ScaledVector {
  return { mantissas: new Float32Array(width), exponent: ZERO_EXPONENT };
}

/** W_hᵀ δ_{t+1} times the link's factor */
function carriedBack(
  recurrentWeights: Float32Array | Float64Array,
  { mantissas, exponent }: ScaledVector,
  link: number,
): ScaledVector {
  const H = mantissas.length;
  const top = Math.max(...Array.from(mantissas, Math.abs));
  if (exponent === ZERO_EXPONENT || top === 0) return zero(H);
  // Mantissas may be far from 1; bring the largest there so that float32 holds the products.
  const shift = Math.floor(Math.log2(top));
  const out = new Float32Array(H);
  for (let j = 0; j < H; j++) {
    let sum = 0;
    for (let i = 0; i < H; i++) {
      sum += recurrentWeights[i * H + j]! * timesPowerOfTwo(mantissas[i]!, -shift);
    }
    out[j] = sum * link;
  }
  return { mantissas: out, exponent: exponent + shift };
}
