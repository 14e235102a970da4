import type { HeatMap } from '../../../engine/interface';
import type { Snapshot, TrainingRun } from '../../../state/training/trainingRun';

/** Rows and columns of the picture, at most. */
const ROWS = 64;
const COLUMNS = 160;

/** Training update × steps back. */
export interface Horizon {
  /** log2 of what is left of an error; row 0 is the farthest back */
  readonly map: HeatMap;
  readonly from: number;
  readonly to: number;
  /** Steps back that the rows cover */
  readonly lags: number;
}

export function measuredSnapshots(run: TrainingRun): readonly Snapshot[] {
  return run.snapshots.filter(({ measurement }) => measurement !== null);
}

/**
 * Each column shows the last network that was measured up to its update. Where the length changed on
 * the way, the longest sets the scale. Null before anything was measured.
 */
export function horizonOf(run: TrainingRun): Horizon | null {
  const measured = measuredSnapshots(run);
  const [first] = measured;
  if (first === undefined) return null;
  const from = first.step;
  const to = Math.max(run.step, from + 1);
  const lags = Math.max(1, ...measured.map(({ measurement }) => measurement!.lags));
  const columns = Math.min(COLUMNS, to - from + 1);
  const rows = Math.min(ROWS, lags);
  const values = new Float32Array(rows * columns).fill(NaN);
  let next = 0;
  for (let column = 0; column < columns; column++) {
    const last = from + Math.floor(((column + 1) * (to - from + 1)) / columns) - 1;
    while (next + 1 < measured.length && measured[next + 1]!.step <= last) next++;
    for (let row = 0; row < rows; row++) {
      const lag = Math.floor(((rows - 1 - row) * lags) / rows);
      values[row * columns + column] = leftAfter(measured[next]!, lag);
    }
  }
  return { map: { rows, columns, minimum: values, maximum: values }, from, to, lags };
}

/** log2 of what is left of an error so many steps back; NaN beyond the sequence. */
export function leftAfter({ measurement }: Snapshot, lag: number): number {
  const { log2ByLag, lags } = measurement!;
  return lag < lags ? log2ByLag[Math.floor((lag * log2ByLag.length) / lags)]! : NaN;
}

/** What the colours run over: log2, never more than makes sense to tell apart. */
export function horizonRange({ map }: Horizon): { readonly low: number; readonly high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const value of map.maximum) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return { low: -1, high: 0 };
  // Twelve decades are told apart; what is fainter is as good as gone.
  return { low: Math.max(Math.min(low, -3.4), high - 40), high: Math.max(high, 0) };
}

/** The measured network that a place of the picture shows. */
export function snapshotAt(run: TrainingRun, step: number): Snapshot | null {
  return measuredSnapshots(run).findLast((snapshot) => snapshot.step <= step) ?? null;
}
