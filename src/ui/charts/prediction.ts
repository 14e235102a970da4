import type { HeatMap } from '../../engine/interface';
import type { RangePoint } from './series';

type Range = readonly [least: number, greatest: number];

/** One point of the prediction chart; null where there is nothing to draw. */
export interface ValueRow {
  /** Middle of the steps it stands for */
  readonly step: number;
  readonly outputs: readonly (Range | null)[];
  readonly targets: readonly (Range | null)[];
}

const MOST_ROWS = 256;

/**
 * The columns of y and ŷ as at most 256 points with least and greatest value; targets only where a
 * step of the point has a loss.
 */
export function valueRows(
  outputs: HeatMap,
  targets: HeatMap,
  data: { readonly from: number; readonly to: number },
  lossWeights: ArrayLike<number>,
  end: number,
): ValueRow[] {
  const n = data.to - data.from + 1;
  const { columns } = outputs;
  const count = Math.min(MOST_ROWS, columns);
  const rows: ValueRow[] = [];
  for (let g = 0; g < count; g++) {
    const first = Math.floor((g * columns) / count);
    const last = Math.floor(((g + 1) * columns) / count) - 1;
    const from = data.from + Math.floor((first * n) / columns);
    const to = data.from + Math.floor(((last + 1) * n) / columns) - 1;
    if (from >= end) break;
    let hasLoss = false;
    for (let t = from; t <= to && !hasLoss; t++) hasLoss = (lossWeights[t - 1] ?? 0) !== 0;
    rows.push({
      step: (from + to) / 2,
      outputs: rangesOf(outputs, first, last),
      targets: hasLoss ? rangesOf(targets, first, last) : [],
    });
  }
  return rows;
}

/** Of each row over the columns first…last. */
function rangesOf(map: HeatMap, first: number, last: number): (Range | null)[] {
  return Array.from({ length: map.rows }, (_, row) => {
    let least = Infinity;
    let greatest = -Infinity;
    for (let i = row * map.columns + first; i <= row * map.columns + last; i++) {
      least = Math.min(least, map.minimum[i]!);
      greatest = Math.max(greatest, map.maximum[i]!);
    }
    return Number.isFinite(least) && Number.isFinite(greatest) ? [least, greatest] : null;
  });
}

/** Above the greatest and below the least value, CSS pixels: their labels, which no curve crosses. */
const LABEL_ROOM = 11;
/** In less height than this the curves need all of it, and nothing is labelled. */
const LEAST_LABELLED = 40;

/**
 * The vertical axis of a plot so many pixels high: all values; ghosts too, up to as far away as the
 * present values are high, so that these stay readable beside one that explodes.
 */
export function valueDomain(
  rows: readonly ValueRow[],
  ghosts: readonly { readonly points: readonly RangePoint[] }[],
  pixels: number,
): {
  readonly low: number;
  readonly high: number;
  /** What is labelled: the least and the greatest value, and the value at the label's middle */
  readonly ticks: readonly { readonly value: number; readonly at: number }[];
} {
  let low = Infinity;
  let high = -Infinity;
  for (const row of rows) {
    for (const range of [...row.outputs, ...row.targets]) {
      if (range === null) continue;
      low = Math.min(low, range[0]);
      high = Math.max(high, range[1]);
    }
  }
  const room = high - low;
  const [floor, ceiling] = room > 0 ? [low - room, high + room] : [-Infinity, Infinity];
  for (const { points } of ghosts) {
    for (const point of points) {
      if (point.low !== null) low = Math.min(low, Math.max(floor, point.low));
      if (point.high !== null) high = Math.max(high, Math.min(ceiling, point.high));
    }
  }
  if (low === Infinity) return { low: -1, high: 1, ticks: [] };
  const height = Math.max(high - low, 1e-6 * Math.abs(high), 1e-12);
  if (pixels < LEAST_LABELLED) {
    return { low: low - 0.1 * height, high: high + 0.1 * height, ticks: [] };
  }
  const pixel = height / (pixels - 2 * LABEL_ROOM);
  const middle = (LABEL_ROOM / 2) * pixel;
  const upper = { value: high, at: high + middle };
  return {
    low: low - LABEL_ROOM * pixel,
    high: high + LABEL_ROOM * pixel,
    ticks: high > low ? [{ value: low, at: low - middle }, upper] : [upper],
  };
}
