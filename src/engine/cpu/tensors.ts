import { BpttError } from '../../model/errors';
import { lossWindows, mostWindowsAtOnce } from '../../model/links';
import type { Problem, Reals, Shape } from '../../model/problem';
import { ZERO_EXPONENT, type ScaledRows } from '../../model/scaled';

/** Float32 rows with an exponent each, rows t·B + n. */
export interface Float32Rows extends ScaledRows {
  readonly mantissas: Float32Array;
}

/** What one pass stores, all row-major. Rows are t·B + n with t from 0, so time is contiguous. */
export interface CpuTensors {
  /** x_t [T,B,I] */
  readonly inputs: Float32Array;
  /** h_0, h_1 … h_T [T+1,B,H]: row r is h_{t−1} of row r of everything else */
  readonly states: Float32Array;
  /** a_t [T,B,H] */
  readonly preActivations: Float32Array;
  /** y_t [T,B,O] */
  readonly outputs: Float32Array;
  /** ∂L/∂z_t [T,B,O] */
  readonly logitGradients: Float32Rows;
  /** e_t [T,B,H] */
  readonly stateGradients: Float32Rows;
  /** δ_t [T,B,H] */
  readonly errorSignals: Float32Rows;
  /** w_t ℓ_t [T]; 0 after the stop */
  readonly stepLosses: Float64Array;
}

/** Weights in float32, those of the backward pass transposed so that every product reads rows. */
export interface CpuWeights {
  readonly inputWeights: Float32Array;
  readonly recurrentWeights: Float32Array;
  readonly hiddenBias: Float32Array;
  readonly outputWeights: Float32Array;
  readonly outputBias: Float32Array;
  /** W_hᵀ [H,H] */
  readonly recurrentWeightsTransposed: Float32Array;
  /** W_yᵀ [H,O] */
  readonly outputWeightsTransposed: Float32Array;
}

/** Most bytes of float32 tensors one pass may take. */
const BUDGET = 2 ** 30;

/** Multiply-adds of the passes of a sliding window: some minutes. */
const MOST_WINDOW_WORK = 2e11;

/** Throws BpttError 'too-large', with the largest T that fits, before anything is allocated. */
export function requireFit(problem: Shape & Pick<Problem, 'window' | 'lossWeights'>): void {
  const { T, B, I, H, O } = problem;
  requireWindows(problem);
  const rowBytes = 4 * (I + 4 * H + 2 * O + 3);
  const stepBytes = B * rowBytes + 8;
  const fixedBytes = 4 * (B * H + 2 * H * (I + H + O) + H * H + O * H);
  if (fixedBytes + T * stepBytes <= BUDGET) return;
  const fits = Math.max(0, Math.floor((BUDGET - fixedBytes) / stepBytes));
  throw new BpttError(
    'too-large',
    'T',
    fits > 0
      ? `This needs more than 1 GiB; with B = ${B} and H = ${H}, T up to ${fits} fits.`
      : `This needs more than 1 GiB at any T; choose a smaller B, H or O.`,
    { T, B, H, largestT: fits },
  );
}

/** Windows under way at once cost memory and, each, the time of a backward pass. */
function requireWindows(problem: Shape & Pick<Problem, 'window' | 'lossWeights'>): void {
  if (!problem.window) return;
  const { T, B, H } = problem;
  const slots = mostWindowsAtOnce(lossWindows(problem));
  if (slots * B * H * 4 <= BUDGET / 2 && slots * T * B * H * (H + 30) <= MOST_WINDOW_WORK) return;
  throw new BpttError(
    'too-large',
    'window',
    `A window of ${problem.window.depth} steps has ${slots} passes under way at once, which would ` +
      `take too long here; choose a smaller depth, or go back less often.`,
    { T, B, H, passes: slots },
  );
}

function emptyRows(rows: number, width: number): Float32Rows {
  return {
    mantissas: new Float32Array(rows * width),
    exponents: new Int32Array(rows).fill(ZERO_EXPONENT),
    width,
  };
}

export function float32(values: Reals): Float32Array {
  return values instanceof Float32Array ? values : new Float32Array(values);
}

export function allocateTensors(problem: Problem): CpuTensors {
  const { T, B, H, O } = problem;
  const states = new Float32Array((T + 1) * B * H);
  states.set(problem.initialState);
  return {
    inputs: float32(problem.inputs),
    states,
    preActivations: new Float32Array(T * B * H),
    outputs: new Float32Array(T * B * O),
    logitGradients: emptyRows(T * B, O),
    stateGradients: emptyRows(T * B, H),
    errorSignals: emptyRows(T * B, H),
    stepLosses: new Float64Array(T),
  };
}

/** Mᵀ [columns, rows] of M [rows, columns]. */
function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(matrix.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = matrix[i * columns + j]!;
  }
  return out;
}

export function prepareWeights({ H, O, parameters }: Problem): CpuWeights {
  const recurrentWeights = float32(parameters.recurrentWeights);
  const outputWeights = float32(parameters.outputWeights);
  return {
    inputWeights: float32(parameters.inputWeights),
    recurrentWeights,
    hiddenBias: float32(parameters.hiddenBias),
    outputWeights,
    outputBias: float32(parameters.outputBias),
    recurrentWeightsTransposed: transposed(recurrentWeights, H, H),
    outputWeightsTransposed: transposed(outputWeights, O, H),
  };
}
