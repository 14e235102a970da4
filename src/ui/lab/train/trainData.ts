import type { RecordColumn } from '../../../state/training/runRecords';
import type { TrainingRun } from '../../../state/training/trainingRun';
import { LOG10_OF_2 } from '../../charts/series';

/** Buckets of one chart; where a bucket has more than one update it gives two points. */
const MOST_BUCKETS = 128;

/** How the updates from…to of one or more runs are laid on the x axis of a chart. */
export interface UpdateGrid {
  readonly from: number;
  readonly to: number;
  /** Updates in a bucket */
  readonly width: number;
  readonly xs: readonly number[];
}

/** Over everything recorded of these runs; null before the first update. */
export function gridOf(runs: readonly TrainingRun[]): UpdateGrid | null {
  const recorded = runs.filter((run) => !run.records.isEmpty);
  if (recorded.length === 0) return null;
  const from = Math.min(...recorded.map((run) => run.records.start));
  const to = Math.max(...recorded.map((run) => run.records.start + run.records.count - 1));
  const width = Math.ceil((to - from + 1) / MOST_BUCKETS);
  const xs: number[] = [];
  for (let x = from; x <= to; x += width) {
    xs.push(x);
    if (width > 1) xs.push(x + width / 2);
  }
  return { from, to, width, xs };
}

/**
 * One value per x of the grid. The two points of a bucket are its least and its greatest value, in
 * the order that continues the line: nothing is skipped and nothing averaged.
 */
export function lineOf(
  run: TrainingRun,
  column: RecordColumn,
  grid: UpdateGrid,
  convert: (value: number) => number,
): (number | null)[] {
  const { from, to, width, xs } = grid;
  const values = new Array<number | null>(xs.length).fill(null);
  let before = NaN;
  for (const point of run.records.points(column, from, to, width)) {
    const low = convert(point.low);
    const high = convert(point.high);
    const bucket = Math.floor((point.from - from) / width);
    if (width === 1) values[bucket] = high;
    else {
      const falls = !(before < (low + high) / 2);
      values[2 * bucket] = falls ? high : low;
      values[2 * bucket + 1] = falls ? low : high;
    }
    before = (low + high) / 2;
  }
  return values;
}

/** log2 → log10 */
export function toLog10(log2: number): number {
  return log2 * LOG10_OF_2;
}

/** The difference of two lines; null where there is none to tell. */
export function difference(
  a: readonly (number | null)[],
  b: readonly (number | null)[],
): (number | null)[] {
  return a.map((value, i) => {
    const other = b[i];
    if (value === null || other === null || other === undefined) return null;
    const result = value - other;
    return Number.isFinite(result) || result === -Infinity ? result : null;
  });
}
