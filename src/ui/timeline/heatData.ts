import type { HeatMap, TimeWindow } from '../../engine/interface';
import type { Translate } from '../app/context';
import type { DataColumn, DataTable } from '../charts/export/dataTable';
import { formatCount } from '../charts/format';
import type { ShownSteps } from './window';

/** Units up to this many have a column of their own in the table on the page. */
const MOST_UNITS = 24;

/** One heat map and what it is of. */
export interface HeatSource {
  readonly map: HeatMap;
  readonly window: TimeWindow;
  /** Units; the map has at most so many rows */
  readonly width: number;
  /** "h", "log2_abs_delta": a file's columns are h_1, h_2, … */
  readonly id: string;
  /** MathText of one unit: "*h*_{3}" */
  readonly unit: (index: number) => string;
  readonly format: (value: number) => string;
  /** Logarithms of magnitudes, or numbers with a sign */
  readonly kind: 'log2' | 'signed';
  /** First step without values, or Infinity */
  readonly end: number;
}

interface Columns {
  /** Those with values */
  readonly count: number;
  readonly first: (column: number) => number;
  readonly last: (column: number) => number;
}

function columnsOf({ map, window, end }: HeatSource): Columns {
  const n = window.to - window.from + 1;
  const first = (c: number) => window.from + Math.floor((c * n) / map.columns);
  const last = (c: number) => first(c + 1) - 1;
  let count = 0;
  while (count < map.columns && last(count) < end) count++;
  return { count, first, last };
}

function listed(count: number, value: (column: number) => number): number[] {
  return Array.from({ length: count }, (_, c) => value(c));
}

/** Of all units: [count] */
function over(
  values: Float32Array,
  { rows, columns }: HeatMap,
  count: number,
  pick: (a: number, b: number) => number,
): number[] {
  return listed(count, (c) => {
    let picked = values[c] ?? NaN;
    for (let r = 1; r < rows; r++) picked = pick(picked, values[r * columns + c]!);
    return picked;
  });
}

/** What the page shows: least and greatest value over the units, and each unit where they are few. */
export function heatTable(source: HeatSource, text: Translate): DataTable {
  const { map, width, unit, format, kind } = source;
  const { count, first, last } = columnsOf(source);
  const { minimum, maximum } = map;
  const least = (values: readonly number[]) => Math.min(...values);
  // What a cell of several values is drawn as, too
  const strongest = kind === 'log2' ? (values: readonly number[]) => Math.max(...values) : farthest;
  const units: DataColumn[] =
    map.rows === width && width <= MOST_UNITS
      ? Array.from({ length: width }, (_, r) => ({
          id: `${source.id}_${r + 1}`,
          head: unit(r + 1),
          values: listed(count, (c) =>
            strongest([minimum[r * map.columns + c]!, maximum[r * map.columns + c]!]),
          ),
          format,
          merge: strongest,
        }))
      : [];
  return {
    rows: count,
    ends: listed(count, last),
    columns: [
      { id: 'step', head: text('table.step'), values: listed(count, first), format: formatCount },
      {
        id: 'least',
        head: text('table.least'),
        values: over(minimum, map, count, Math.min),
        format,
        merge: least,
      },
      {
        id: 'greatest',
        head: text('table.greatest'),
        values: over(maximum, map, count, Math.max),
        format,
      },
      ...units,
    ],
    notes: [],
  };
}

/** The value farthest from 0, with its sign */
function farthest(values: readonly number[]): number {
  const most = Math.max(...values);
  const least = Math.min(...values);
  return Math.abs(least) > Math.abs(most) ? least : most;
}

/**
 * What a file holds: a row per step and a column per unit; where the map is coarser than that, least
 * and greatest value of each cell. `extra`: columns of the same steps that come before the units.
 */
export function heatFile(
  source: HeatSource,
  notes: readonly string[],
  extra: (steps: ShownSteps) => DataColumn[] = () => [],
): DataTable {
  const { map, window, width, id } = source;
  const { count, first, last } = columnsOf(source);
  const isByStep = map.columns === window.to - window.from + 1;
  const isByUnit = map.rows === width;
  const row = (values: Float32Array, r: number) =>
    values.subarray(r * map.columns, r * map.columns + count);
  const units = Array.from({ length: map.rows }, (_, r): DataColumn[] => {
    if (isByStep && isByUnit) return [{ id: `${id}_${r + 1}`, values: row(map.maximum, r) }];
    const name = `${id}_${unitsOf(r, map.rows, width)}`;
    return [
      { id: `${name}_min`, values: row(map.minimum, r) },
      { id: `${name}_max`, values: row(map.maximum, r) },
    ];
  }).flat();
  const steps = { from: window.from, to: window.from + count - 1 };
  return {
    rows: count,
    columns: [
      { id: 'step', values: listed(count, first) },
      ...(isByStep ? extra(steps) : [{ id: 'last_step', values: listed(count, last) }]),
      ...units,
    ],
    notes: isByStep && isByUnit ? notes : [...notes, COARSE],
  };
}

const COARSE =
  'Too much for a file: _min and _max are the least and the greatest value of a cell of several steps or units. Zoom in to have every value.';

/** Row r of a map stands for units "5" or "5-8", counted from 1. */
function unitsOf(r: number, rows: number, width: number): string {
  const first = Math.floor((r * width) / rows) + 1;
  const last = Math.floor(((r + 1) * width) / rows);
  return first === last ? String(first) : `${first}-${last}`;
}
