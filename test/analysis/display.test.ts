import { describe, expect, it } from 'vitest';
import { decimate } from '../../src/analysis/decimate';
import {
  reduceLog2ToHeatMap,
  reduceToHeatMap,
  targetsHeatMap,
} from '../../src/analysis/displayReduction';
import type { TimeWindow } from '../../src/engine/interface';
import { ZERO_EXPONENT } from '../../src/model/scaled';
import { randomProblem, randomSource } from '../support/randomProblem';

describe('decimate', () => {
  const random = randomSource(5);
  const series = Float64Array.from({ length: 1000 }, random);

  it('gives every step its own point where there is room', () => {
    const points = decimate(series, 11, 20, 256);
    expect(points.map((p) => p.step)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(points.map((p) => p.min)).toEqual([...series.subarray(10, 20)]);
    expect(points.every((p) => p.min === p.max && p.step === p.lastStep)).toBe(true);
  });

  it('covers every step once and skips no sample', () => {
    const points = decimate(series, 3, 997, 64);
    expect(points.length).toBe(64);
    expect(points[0]!.step).toBe(3);
    expect(points[63]!.lastStep).toBe(997);
    points.forEach((p, i) => {
      if (i > 0) expect(p.step).toBe(points[i - 1]!.lastStep + 1);
      const part = [...series.subarray(p.step - 1, p.lastStep)];
      expect(p.min).toBe(Math.min(...part));
      expect(p.max).toBe(Math.max(...part));
    });
  });

  it('marks exact zeros and missing steps', () => {
    const marked = Float64Array.of(1, -Infinity, -Infinity, -Infinity, NaN, NaN, 2, NaN);
    expect(decimate(marked, 1, 8, 4)).toEqual([
      { step: 1, lastStep: 2, min: 1, max: 1, zero: true, missing: false },
      { step: 3, lastStep: 4, min: null, max: null, zero: true, missing: false },
      { step: 5, lastStep: 6, min: null, max: null, zero: false, missing: true },
      { step: 7, lastStep: 8, min: 2, max: 2, zero: false, missing: true },
    ]);
  });
});

describe('heat maps', () => {
  const [T, batch, width] = [13, 3, 5];
  const random = randomSource(6);
  const values = Float32Array.from({ length: T * batch * width }, () => random() - 0.5);
  const window = (part: Partial<TimeWindow>): TimeWindow => ({
    ...{ from: 1, to: T, columns: 4, rows: 2, batchEntry: 1 },
    ...part,
  });
  const at = (step: number, n: number, unit: number) =>
    values[((step - 1) * batch + n) * width + unit]!;

  it.each([
    { columns: 4, rows: 2, from: 1, to: 13, batchEntry: 1 },
    { columns: 5, rows: 3, from: 2, to: 12, batchEntry: 2 },
    { columns: 100, rows: 100, from: 7, to: 7, batchEntry: 0 },
  ])('cover each bin as documented: %o', (w) => {
    const map = reduceToHeatMap({ values, width, batch }, w);
    const n = w.to - w.from + 1;
    expect([map.rows, map.columns]).toEqual([Math.min(w.rows, width), Math.min(w.columns, n)]);
    for (let r = 0; r < map.rows; r++) {
      for (let c = 0; c < map.columns; c++) {
        const cell: number[] = [];
        const end = w.from + Math.floor(((c + 1) * n) / map.columns);
        for (let s = w.from + Math.floor((c * n) / map.columns); s < end; s++) {
          const lastUnit = Math.floor(((r + 1) * width) / map.rows);
          for (let u = Math.floor((r * width) / map.rows); u < lastUnit; u++) {
            cell.push(at(s, w.batchEntry, u));
          }
        }
        expect(map.minimum[r * map.columns + c]).toBe(Math.min(...cell));
        expect(map.maximum[r * map.columns + c]).toBe(Math.max(...cell));
      }
    }
  });

  it('pass over the rows before step 1', () => {
    const shifted = new Float32Array(values.length + batch * width);
    shifted.set(values, batch * width);
    const map = reduceToHeatMap({ values: shifted, width, batch, stepOffset: 1 }, window({}));
    expect(map).toEqual(reduceToHeatMap({ values, width, batch }, window({})));
  });

  it('are NaN after the stop, and only there', () => {
    const map = reduceToHeatMap(
      { values, width, batch, lastStep: 6 },
      window({ columns: 13, rows: 5 }),
    );
    expect(map.minimum[5]).toBe(at(6, 1, 0));
    expect(map.minimum[6]).toBeNaN();
    expect(map.maximum[12]).toBeNaN();
  });

  it('give log2 |v| of scaled rows, far outside any float', () => {
    const rows = {
      mantissas: Float32Array.of(1, -1.5, 0, 1, 0, 0),
      exponents: Int32Array.of(-20_000, 20_000, ZERO_EXPONENT),
      width: 2,
    };
    const map = reduceLog2ToHeatMap(rows, 1, {
      ...{ from: 1, to: 3, columns: 3, rows: 2, batchEntry: 0 },
    });
    const expected = [-20_000, -Infinity, -Infinity, -20_000 + Math.log2(1.5), 20_000, -Infinity];
    expect([...map.minimum]).toEqual(expected.map(Math.fround));
    const one = reduceLog2ToHeatMap(rows, 1, {
      ...{ from: 1, to: 2, columns: 1, rows: 1, batchEntry: 0 },
    });
    expect([one.minimum[0], one.maximum[0]]).toEqual([-Infinity, 20_000]);
  });

  it('give class targets as one-hot rows', () => {
    const problem = randomProblem({ loss: 'crossEntropy', T: 9, O: 4 });
    const w: TimeWindow = { from: 2, to: 9, columns: 8, rows: 4, batchEntry: 1 };
    const map = targetsHeatMap(problem, w);
    for (let c = 0; c < 8; c++) {
      const target =
        problem.targets.kind === 'class' ? problem.targets.indices[(c + 1) * 2 + 1] : 0;
      for (let o = 0; o < 4; o++) expect(map.minimum[o * 8 + c]).toBe(o === target ? 1 : 0);
    }
  });

  it('give dense targets as they are', () => {
    const problem = randomProblem({ T: 4 });
    const w: TimeWindow = { from: 1, to: 4, columns: 9, rows: 9, batchEntry: 0 };
    const map = targetsHeatMap(problem, w);
    const { targets } = problem;
    expect(map.minimum[1 * 4 + 2]).toBe(targets.kind === 'dense' && targets.values[2 * 2 * 4 + 1]);
  });
});
