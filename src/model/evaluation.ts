import type { Shape } from './problem';
import {
  log2NormOfRows,
  log2NormOfTensor,
  rowsToFloat64,
  tensorToFloat64,
  type ScaledRows,
  type ScaledTensor,
} from './scaled';

export type EngineKind = 'webgpu' | 'cpu' | 'reference';

/**
 * Every tensor of one forward and backward pass, in the form in which the engines keep them.
 * When `overflowAt` is a step, the pass was stopped there: losses and gradients are those of the
 * steps before it, and entries of that step and later ones are meaningless.
 */
export interface PassTensors {
  readonly shape: Shape;
  /** First step whose state passed 1e37 (float32's end, with room for one more product), or null. */
  readonly overflowAt: number | null;
  /** w_t ℓ_t [T] */
  readonly stepLosses: Float64Array;
  /** h_t [T,B,H] */
  readonly hiddenStates: Float32Array | Float64Array;
  /** y_t [T,B,O] */
  readonly outputs: Float32Array | Float64Array;
  /** e_t = ∂L/∂h_t, rows t·B + n of width H */
  readonly stateGradients: ScaledRows;
  /** δ_t = ∂L/∂a_t, rows t·B + n of width H */
  readonly errorSignals: ScaledRows;
  readonly inputWeightGradient: ScaledTensor;
  readonly recurrentWeightGradient: ScaledTensor;
  readonly hiddenBiasGradient: ScaledTensor;
  readonly outputWeightGradient: ScaledTensor;
  readonly outputBiasGradient: ScaledTensor;
  /** ∂L/∂h_0, rows n of width H */
  readonly initialStateGradient: ScaledRows;
}

export interface Log2Norms {
  readonly h: Float64Array;
  readonly dh: Float64Array;
  readonly delta: Float64Array;
  readonly dWx: number;
  readonly dWh: number;
  readonly db: number;
  readonly dWy: number;
  readonly dc: number;
  readonly dh0: number;
}

/** What `window.bptt.evaluate` gives: float64, row-major, keys of the console API. */
export interface Evaluation {
  readonly engine: EngineKind;
  readonly loss: number;
  /** w_t ℓ_t [T] */
  readonly lossPerStep: Float64Array;
  /** [T,B,H] */
  readonly h: Float64Array;
  /** [T,B,O] */
  readonly y: Float64Array;
  /** [T,B,H] */
  readonly dh: Float64Array;
  /** [T,B,H] */
  readonly delta: Float64Array;
  readonly dWx: Float64Array;
  readonly dWh: Float64Array;
  readonly db: Float64Array;
  readonly dWy: Float64Array;
  readonly dc: Float64Array;
  /** [B,H] */
  readonly dh0: Float64Array;
  /** log2 of Frobenius norms, over the batch where there is one; −Infinity only for exact zeros */
  readonly log2Norm: Log2Norms;
  readonly overflowAt: number | null;
}

/** log2 of ‖row block t‖_F for plain values, NaN where the pass had stopped. */
function log2NormsPerStep(
  values: Float32Array | Float64Array,
  T: number,
  width: number,
  lastStep: number,
): Float64Array {
  const norms = new Float64Array(T).fill(NaN);
  for (let t = 0; t < lastStep; t++) {
    const block = values.subarray(t * width, (t + 1) * width);
    norms[t] = log2NormOfTensor({ mantissas: block, exponent: 0 });
  }
  return norms;
}

function scaledNormsPerStep(rows: ScaledRows, T: number, B: number, lastStep: number) {
  const norms = new Float64Array(T).fill(NaN);
  for (let t = 0; t < lastStep; t++) norms[t] = log2NormOfRows(rows, t * B, (t + 1) * B);
  return norms;
}

/** Entries of steps after the stop become NaN, so that nobody mistakes them for results. */
function masked(values: Float64Array, T: number, lastStep: number): Float64Array {
  if (lastStep < T) values.fill(NaN, (values.length / T) * lastStep);
  return values;
}

/** The public float64 form of a pass; the same for all engines. */
export function toEvaluation(engine: EngineKind, pass: PassTensors): Evaluation {
  const { T, B, H } = pass.shape;
  const lastStep = pass.overflowAt === null ? T : pass.overflowAt - 1;
  let loss = 0;
  for (let t = 0; t < lastStep; t++) loss += pass.stepLosses[t]!;
  return {
    engine,
    loss,
    lossPerStep: masked(Float64Array.from(pass.stepLosses), T, lastStep),
    h: masked(Float64Array.from(pass.hiddenStates), T, lastStep),
    y: masked(Float64Array.from(pass.outputs), T, lastStep),
    dh: masked(rowsToFloat64(pass.stateGradients), T, lastStep),
    delta: masked(rowsToFloat64(pass.errorSignals), T, lastStep),
    dWx: tensorToFloat64(pass.inputWeightGradient),
    dWh: tensorToFloat64(pass.recurrentWeightGradient),
    db: tensorToFloat64(pass.hiddenBiasGradient),
    dWy: tensorToFloat64(pass.outputWeightGradient),
    dc: tensorToFloat64(pass.outputBiasGradient),
    dh0: rowsToFloat64(pass.initialStateGradient),
    log2Norm: {
      h: log2NormsPerStep(pass.hiddenStates, T, B * H, lastStep),
      dh: scaledNormsPerStep(pass.stateGradients, T, B, lastStep),
      delta: scaledNormsPerStep(pass.errorSignals, T, B, lastStep),
      dWx: log2NormOfTensor(pass.inputWeightGradient),
      dWh: log2NormOfTensor(pass.recurrentWeightGradient),
      db: log2NormOfTensor(pass.hiddenBiasGradient),
      dWy: log2NormOfTensor(pass.outputWeightGradient),
      dc: log2NormOfTensor(pass.outputBiasGradient),
      dh0: log2NormOfRows(pass.initialStateGradient, 0, B),
    },
    overflowAt: pass.overflowAt,
  };
}
