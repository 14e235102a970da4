import type { HeatMap } from '../../engine/interface';

/** One point of the prediction chart; null where there is nothing to draw. */
export interface ValueRow {
  readonly step: number;
  readonly outputs: readonly (number | null)[];
  readonly targets: readonly (number | null)[];
}

const MOST_BUCKETS = 128;

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/**
 * The columns of y and ŷ as points: one per step where a column is a step, else the two extremes of
 * at most 128 groups of columns. Targets only where a step of the group has a loss.
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
  const single = columns === n && columns <= 2 * MOST_BUCKETS;
  const groups = single ? columns : Math.min(MOST_BUCKETS, columns);
  const rows: ValueRow[] = [];
  for (let g = 0; g < groups; g++) {
    const first = Math.floor((g * columns) / groups);
    const last = Math.floor(((g + 1) * columns) / groups) - 1;
    const from = data.from + Math.floor((first * n) / columns);
    const to = data.from + Math.floor(((last + 1) * n) / columns) - 1;
    if (from >= end) break;
    let counted = false;
    for (let t = from; t <= to && !counted; t++) counted = (lossWeights[t - 1] ?? 0) !== 0;
    const pick = (map: HeatMap, most: boolean): (number | null)[] =>
      Array.from({ length: map.rows }, (_, row) => extreme(map, row, first, last, most));
    const none = Array.from({ length: targets.rows }, () => null);
    rows.push({
      step: from,
      outputs: pick(outputs, true),
      targets: counted ? pick(targets, true) : none,
    });
    if (to > from) {
      rows.push({
        step: to,
        outputs: pick(outputs, false),
        targets: counted ? pick(targets, false) : none,
      });
    }
  }
  return rows;
}

function extreme(
  map: HeatMap,
  row: number,
  first: number,
  last: number,
  most: boolean,
): number | null {
  let value = most ? -Infinity : Infinity;
  for (let c = first; c <= last; c++) {
    const i = row * map.columns + c;
    value = most ? Math.max(value, map.maximum[i]!) : Math.min(value, map.minimum[i]!);
  }
  return finite(value);
}
