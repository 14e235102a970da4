import { timesPowerOfTwo, ZERO_EXPONENT } from '../../model/scaled';
import { normalised, type ScaledValues } from '../../reference/scaling';

/** Values may outgrow the sum's exponent by this much before it is raised; far inside float64. */
const ROOM = 256;

/** A sum of scaled terms in any order, values · 2^exponent: nothing under- or overflows. */
export class ScaledSum {
  private readonly values: Float64Array;
  private exponent = ZERO_EXPONENT;

  constructor(length: number) {
    this.values = new Float64Array(length);
  }

  /** What a term at `exponent` must be multiplied by; 0 where it makes no difference. */
  private scaleOf(exponent: number): number {
    if (this.exponent === ZERO_EXPONENT) this.exponent = exponent;
    else if (exponent > this.exponent + ROOM) {
      const down = timesPowerOfTwo(1, this.exponent - exponent);
      for (let i = 0; i < this.values.length; i++) this.values[i] = this.values[i]! * down;
      this.exponent = exponent;
    }
    return timesPowerOfTwo(1, exponent - this.exponent);
  }

  /** += u vᵀ · 2^exponent for u = uValues[uFrom … + rows), v = vValues[vFrom … + columns). */
  addOuter(
    uValues: Float64Array,
    uFrom: number,
    rows: number,
    vValues: Float64Array,
    vFrom: number,
    columns: number,
    exponent: number,
  ): void {
    if (exponent <= ZERO_EXPONENT / 2) return;
    const scale = this.scaleOf(exponent);
    if (scale === 0) return;
    const { values } = this;
    for (let i = 0; i < rows; i++) {
      const u = uValues[uFrom + i]! * scale;
      if (u === 0) continue;
      const o = i * columns;
      for (let j = 0; j < columns; j++) values[o + j] = values[o + j]! + u * vValues[vFrom + j]!;
    }
  }

  /** values[to …] += u · 2^exponent for u = uValues[from … + count). */
  addVector(uValues: Float64Array, from: number, count: number, exponent: number, to = 0): void {
    if (exponent <= ZERO_EXPONENT / 2) return;
    const scale = this.scaleOf(exponent);
    for (let i = 0; i < count; i++) {
      this.values[to + i] = this.values[to + i]! + uValues[from + i]! * scale;
    }
  }

  /** The sum so far, brought near 1; later terms do not change it. */
  total(): ScaledValues {
    return normalised(this.values.slice(), this.exponent);
  }
}
