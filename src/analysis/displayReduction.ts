import type { HeatMap, TimeWindow } from '../engine/interface';
import type { Problem } from '../model/problem';
import { ZERO_EXPONENT, type ScaledRows } from '../model/scaled';

/** A [T,B,width] array, row-major. */
export interface StepArray {
  readonly values: ArrayLike<number>;
  readonly width: number;
  readonly batch: number;
  /** Steps stored before step 1: 1 when h_0 comes first */
  readonly stepOffset?: number;
  /** Steps after this one hold no results: their cells are NaN. T when absent */
  readonly lastStep?: number;
}

/** The value of one unit at one 1-based step of the window's batch entry. */
type Sample = (step: number, unit: number) => number;

/**
 * Least and greatest value of each cell's bin (see HeatMap). NaN samples are passed over; a cell
 * with nothing else is NaN. Never more columns than steps nor more rows than units.
 */
function reduce(sample: Sample, width: number, lastStep: number, window: TimeWindow): HeatMap {
  const n = window.to - window.from + 1;
  const columns = Math.max(0, Math.min(window.columns, n));
  const rows = Math.max(0, Math.min(window.rows, width));
  const minimum = new Float32Array(rows * columns).fill(NaN);
  const maximum = new Float32Array(rows * columns).fill(NaN);
  for (let c = 0; c < columns; c++) {
    const fromStep = window.from + Math.floor((c * n) / columns);
    const toStep = Math.min(lastStep, window.from + Math.floor(((c + 1) * n) / columns) - 1);
    for (let r = 0; r < rows; r++) {
      const fromUnit = Math.floor((r * width) / rows);
      const toUnit = Math.floor(((r + 1) * width) / rows) - 1;
      let least = Infinity;
      let greatest = -Infinity;
      for (let step = fromStep; step <= toStep; step++) {
        for (let unit = fromUnit; unit <= toUnit; unit++) {
          const v = sample(step, unit);
          if (v < least) least = v;
          if (v > greatest) greatest = v;
        }
      }
      const cell = r * columns + c;
      // A bin that is all +Infinity or all −Infinity leaves one of them untouched.
      if (least === Infinity && greatest === -Infinity) continue;
      minimum[cell] = least;
      maximum[cell] = greatest;
    }
  }
  return { rows, columns, minimum, maximum };
}

/** A plain array at display resolution. */
export function reduceToHeatMap(array: StepArray, window: TimeWindow): HeatMap {
  const { values, width, batch, stepOffset = 0, lastStep = Infinity } = array;
  const start = ((stepOffset - 1) * batch + window.batchEntry) * width;
  const sample: Sample = (step, unit) => values[start + step * batch * width + unit]!;
  return reduce(sample, width, lastStep, window);
}

/** log2 |v| of scaled rows t·B + n at display resolution; −Infinity where exactly zero. */
export function reduceLog2ToHeatMap(
  rows: ScaledRows,
  batch: number,
  window: TimeWindow,
  lastStep = Infinity,
): HeatMap {
  const { mantissas, exponents, width } = rows;
  const sample: Sample = (step, unit) => {
    const row = (step - 1) * batch + window.batchEntry;
    const exponent = exponents[row]!;
    if (exponent === ZERO_EXPONENT) return -Infinity;
    return exponent + Math.log2(Math.abs(mantissas[row * width + unit]!));
  };
  return reduce(sample, width, lastStep, window);
}

/** ŷ at display resolution; classes as one-hot rows. */
export function targetsHeatMap(problem: Problem, window: TimeWindow): HeatMap {
  const { B, O, T, targets } = problem;
  if (targets.kind === 'dense') {
    return reduceToHeatMap({ values: targets.values, width: O, batch: B }, window);
  }
  const sample: Sample = (step, unit) =>
    targets.indices[(step - 1) * B + window.batchEntry] === unit ? 1 : 0;
  return reduce(sample, O, T, window);
}
