import { PARAMETER_NAMES, type ParameterName } from '../../model/optimizer';
import type { TrainingRecords } from '../../model/training';

/** What is kept of every update, as one number each. */
export type RecordColumn =
  | 'loss'
  | 'log2Gradient'
  | 'log2Clipped'
  | `log2Gradient.${ParameterName}`
  | `log2Weight.${ParameterName}`
  | `log2Update.${ParameterName}`;

/** Rows that are kept; beyond, two become one with the least and the greatest of both. */
export const MOST_ROWS = 2 ** 15;
const FIRST_ROWS = 1024;

interface Column {
  low: Float32Array;
  high: Float32Array;
}

/** A bucket of updates drawn as one point of a chart; nothing in it was skipped. */
export interface RecordPoint {
  /** Updates done before the first of the bucket, and before the last */
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

function columnsOf(records: TrainingRecords): (readonly [RecordColumn, ArrayLike<number>])[] {
  return [
    ['loss', records.losses],
    ['log2Gradient', records.log2GradientNorms],
    [
      'log2Clipped',
      records.log2GradientNorms.map((l, i) => l + Math.log2(records.clipFactors[i]!)),
    ],
    ...PARAMETER_NAMES.flatMap((name) => [
      [`log2Gradient.${name}`, records.log2Gradients[name]] as const,
      [`log2Weight.${name}`, records.log2Weights[name]] as const,
      [`log2Update.${name}`, records.log2Updates[name]] as const,
    ]),
  ];
}

/**
 * The numbers of every update of one run, float32, in memory that stays flat: at most MOST_ROWS rows,
 * each of `stride` updates.
 */
export class RunRecords {
  /** Updates before the first record: a branch begins where it left its parent. */
  readonly start: number;
  #columns = new Map<RecordColumn, Column>();
  #capacity = FIRST_ROWS;
  #stride = 1;
  #count = 0;

  constructor(start: number) {
    this.start = start;
  }

  /** Updates recorded */
  get count(): number {
    return this.#count;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  add(records: TrainingRecords): void {
    const offset = records.from - this.start;
    if (offset !== this.#count) {
      throw new RangeError(`Records from update ${offset}, where ${this.#count} is next.`);
    }
    const { length } = records.losses;
    this.#makeRoom(this.#count + length);
    for (const [name, values] of columnsOf(records)) {
      const { low, high } = this.#column(name);
      for (let i = 0; i < length; i++) {
        const row = Math.floor((this.#count + i) / this.#stride);
        const value = values[i]!;
        const isFirst = (this.#count + i) % this.#stride === 0;
        low[row] = isFirst || !(low[row]! <= value) ? value : low[row]!;
        high[row] = isFirst || !(high[row]! >= value) ? value : high[row]!;
      }
    }
    this.#count += length;
  }

  /** Forgets what came after `step` updates: it will come again. */
  truncate(step: number): void {
    // Inside a row of several updates its extremes stay; they are those of the very same updates.
    this.#count = Math.max(0, Math.min(this.#count, step - this.start));
  }

  /** The newest value of a column, its greatest where several share a row; NaN without one. */
  last(name: RecordColumn): number {
    if (this.isEmpty) return NaN;
    return this.#columns.get(name)!.high[Math.floor((this.#count - 1) / this.#stride)]!;
  }

  /** Of update number `step`: [least, greatest] of the row it is in; null where there is none. */
  at(name: RecordColumn, step: number): readonly [number, number] | null {
    const offset = step - this.start;
    if (offset < 0 || offset >= this.#count) return null;
    const { low, high } = this.#columns.get(name)!;
    const row = Math.floor(offset / this.#stride);
    return [low[row]!, high[row]!];
  }

  /**
   * Updates from…to (counted before the update) in buckets of `width`; those without records are
   * left out.
   */
  points(name: RecordColumn, from: number, to: number, width: number): RecordPoint[] {
    const column = this.#columns.get(name);
    const points: RecordPoint[] = [];
    if (column === undefined) return points;
    const end = Math.min(to, this.start + this.#count - 1);
    for (let bucket = from; bucket <= end; bucket += width) {
      const first = Math.max(bucket, this.start);
      const last = Math.min(bucket + width - 1, end);
      if (first > last) continue;
      let low = Infinity;
      let high = -Infinity;
      const lastRow = Math.floor((last - this.start) / this.#stride);
      for (let row = Math.floor((first - this.start) / this.#stride); row <= lastRow; row++) {
        low = Math.min(low, column.low[row]!);
        high = Math.max(high, column.high[row]!);
      }
      points.push({ from: first, to: last, low, high });
    }
    return points;
  }

  toData() {
    const { start } = this;
    const columns = [...this.#columns].map(
      ([name, { low, high }]) => [name, this.#used(low), this.#used(high)] as const,
    );
    return { start, count: this.#count, stride: this.#stride, columns };
  }

  static fromData(data: ReturnType<RunRecords['toData']>): RunRecords {
    const records = new RunRecords(data.start);
    records.#count = data.count;
    records.#stride = data.stride;
    while (records.#capacity < Math.ceil(data.count / data.stride)) records.#capacity *= 2;
    for (const [name, low, high] of data.columns) {
      const column = { low: grown(low, records.#capacity), high: grown(high, records.#capacity) };
      records.#columns.set(name, column);
    }
    return records;
  }

  #used(values: Float32Array): Float32Array {
    return values.slice(0, Math.ceil(this.#count / this.#stride));
  }

  #column(name: RecordColumn): Column {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const column = {
      low: new Float32Array(this.#capacity),
      high: new Float32Array(this.#capacity),
    };
    this.#columns.set(name, column);
    return column;
  }

  #makeRoom(count: number): void {
    while (Math.ceil(count / this.#stride) > this.#capacity) {
      if (this.#capacity < MOST_ROWS) {
        this.#capacity *= 2;
        for (const column of this.#columns.values()) {
          column.low = grown(column.low, this.#capacity);
          column.high = grown(column.high, this.#capacity);
        }
      } else this.#halve();
    }
  }

  #halve(): void {
    const rows = Math.ceil(this.#count / this.#stride);
    this.#stride *= 2;
    for (const { low, high } of this.#columns.values()) {
      for (let row = 0; 2 * row < rows; row++) {
        const second = Math.min(2 * row + 1, rows - 1);
        low[row] = Math.min(low[2 * row]!, low[second]!);
        high[row] = Math.max(high[2 * row]!, high[second]!);
      }
    }
  }
}

function grown(values: Float32Array, capacity: number): Float32Array {
  const larger = new Float32Array(capacity);
  larger.set(values);
  return larger;
}
