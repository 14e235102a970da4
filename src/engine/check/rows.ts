import { CHECKED_ARRAYS, type CheckedArray, type Corruption } from '../../model/analyses';
import { BpttError } from '../../model/errors';
import type { PassTensors } from '../../model/evaluation';
import { timesPowerOfTwo, type ScaledRows, type ScaledTensor } from '../../model/scaled';

/**
 * One array of a pass as rows that are compared each on its own scale. Values of row r are
 * mantissas · 2^exponentOf(r).
 */
export interface CheckRows {
  readonly values: Float32Array | Float64Array;
  readonly width: number;
  /** Rows that hold results */
  readonly rows: number;
  readonly exponentOf: (row: number) => number;
}

/** Every compared array, up to `lastStep`. */
export function rowsOfPass(pass: PassTensors, lastStep: number): Record<CheckedArray, CheckRows> {
  const { B, I, H, O } = pass.shape;
  const plain = (values: CheckRows['values'], width: number, rows: number): CheckRows => ({
    values,
    width,
    rows,
    exponentOf: () => 0,
  });
  const scaled = ({ mantissas, exponents, width }: ScaledRows, rows: number): CheckRows => ({
    values: mantissas,
    width,
    rows,
    exponentOf: (row) => exponents[row]!,
  });
  const tensor = ({ mantissas, exponent }: ScaledTensor, width: number): CheckRows => ({
    values: mantissas,
    width,
    rows: mantissas.length / width,
    exponentOf: () => exponent,
  });
  return {
    lossPerStep: plain(pass.stepLosses.subarray(0, lastStep), lastStep, lastStep > 0 ? 1 : 0),
    h: plain(pass.hiddenStates, H, lastStep * B),
    y: plain(pass.outputs, O, lastStep * B),
    dh: scaled(pass.stateGradients, lastStep * B),
    delta: scaled(pass.errorSignals, lastStep * B),
    dWx: tensor(pass.inputWeightGradient, I),
    dWh: tensor(pass.recurrentWeightGradient, H),
    db: tensor(pass.hiddenBiasGradient, H),
    dWy: tensor(pass.outputWeightGradient, H),
    dc: tensor(pass.outputBiasGradient, O),
    dh0: scaled(pass.initialStateGradient, B),
  };
}

/** The element as float64; ±Infinity or 0 where it lies outside. */
export function valueAt({ values, width, exponentOf }: CheckRows, index: number): number {
  return timesPowerOfTwo(values[index]!, exponentOf(Math.floor(index / width)));
}

/**
 * The pass with one value changed by a quarter of its row's largest (of its array's, for a parameter
 * gradient), or to 1 in a row of zeros. The pass given stays as it is.
 * @param outputScale the size by which errors in a row of y are measured, if larger than its values
 */
export function corrupted(
  pass: PassTensors,
  { array, index }: Corruption,
  outputScale: (row: number) => number,
): PassTensors {
  const lastStep = pass.overflowAt === null ? pass.shape.T : pass.overflowAt - 1;
  const known = CHECKED_ARRAYS.includes(array);
  const rows = known ? rowsOfPass(pass, lastStep)[array] : null;
  const size = rows === null ? 0 : rows.rows * rows.width;
  if (rows === null || !Number.isInteger(index) || index < 0 || index >= size) {
    throw new BpttError(
      'invalid-request',
      'corrupt',
      `corrupt names one of ${CHECKED_ARRAYS.join(', ')} and an index, for ${array} below ${size}.`,
    );
  }
  const copy = structuredClone(pass);
  const { values, width } = rowsOfPass(copy, lastStep)[array];
  const isParameter = array.startsWith('d') && !['dh', 'delta', 'dh0'].includes(array);
  const from = isParameter ? 0 : Math.floor(index / width) * width;
  const part = values.subarray(from, isParameter ? size : from + width);
  let peak = array === 'y' ? outputScale(Math.floor(index / width)) : 0;
  for (const v of part) peak = Math.max(peak, Math.abs(v));
  if (peak === 0) return withOne(copy, array, index, width);
  values[index] = values[index]! + peak / 4;
  return copy;
}

/** A row of zeros has no exponent to lend: it is given 0. */
function withOne(
  copy: PassTensors,
  array: CheckedArray,
  index: number,
  width: number,
): PassTensors {
  const rows = {
    dh: copy.stateGradients,
    delta: copy.errorSignals,
    dh0: copy.initialStateGradient,
  };
  if (array === 'dh' || array === 'delta' || array === 'dh0') {
    rows[array].exponents[Math.floor(index / width)] = 0;
    rows[array].mantissas[index] = 1;
    return copy;
  }
  const tensors = {
    dWx: 'inputWeightGradient',
    dWh: 'recurrentWeightGradient',
    db: 'hiddenBiasGradient',
    dWy: 'outputWeightGradient',
    dc: 'outputBiasGradient',
  } as const;
  if (array in tensors) {
    const key = tensors[array as keyof typeof tensors];
    const mantissas = copy[key].mantissas;
    mantissas[index] = 1;
    return { ...copy, [key]: { mantissas, exponent: 0 } };
  }
  rowsOfPass(copy, copy.shape.T)[array].values[index] = 1;
  return copy;
}
