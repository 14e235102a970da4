import { describe, expect, it } from 'vitest';
import { byParameter } from '../../src/model/optimizer';
import type { TrainingRecords } from '../../src/model/training';
import { MOST_ROWS, RunRecords } from '../../src/state/training/runRecords';

function records(from: number, losses: readonly number[]): TrainingRecords {
  const column = () => Float64Array.from(losses, (loss) => Math.log2(loss));
  return {
    from,
    losses: Float64Array.from(losses),
    log2GradientNorms: column(),
    clipFactors: Float64Array.from(losses, () => 0.5),
    log2Gradients: byParameter(column),
    log2Weights: byParameter(column),
    log2Updates: byParameter(column),
  };
}

describe('the records of a run', () => {
  it('come back in buckets with the least and the greatest of each', () => {
    const run = new RunRecords(0);
    run.add(records(0, [1, 4, 2]));
    run.add(records(3, [8, 16]));
    expect(run.points('loss', 0, 4, 2)).toEqual([
      { from: 0, to: 1, low: 1, high: 4 },
      { from: 2, to: 3, low: 2, high: 8 },
      { from: 4, to: 4, low: 16, high: 16 },
    ]);
    expect(run.points('log2Clipped', 3, 4, 1).map(({ high }) => high)).toEqual([2, 3]);
    expect(run.last('log2Weight.recurrentWeights')).toBe(4);
    expect(run.at('loss', 1)).toEqual([4, 4]);
    expect(run.at('loss', 5)).toBeNull();
  });

  it('of a branch begin where it left its parent', () => {
    const run = new RunRecords(10);
    run.add(records(10, [1, 2, 3]));
    expect(run.points('loss', 0, 20, 4)).toEqual([
      { from: 10, to: 11, low: 1, high: 2 },
      { from: 12, to: 12, low: 3, high: 3 },
    ]);
  });

  it('come again after a loss of the device, and nothing else may be missing', () => {
    const run = new RunRecords(0);
    run.add(records(0, [1, 2, 3, 4]));
    run.truncate(2);
    expect(() => run.add(records(3, [4]))).toThrow(RangeError);
    run.add(records(2, [3, 4, 5]));
    expect(run.points('loss', 0, 9, 1).map(({ low }) => low)).toEqual([1, 2, 3, 4, 5]);
  });

  it('take no more memory however long the run; extremes stay exact', () => {
    const run = new RunRecords(0);
    const count = 3 * MOST_ROWS;
    const value = (i: number) => 1 + ((i * 7919) % 1000);
    for (let from = 0; from < count; from += 4096) {
      run.add(
        records(
          from,
          Array.from({ length: 4096 }, (_, i) => value(from + i)),
        ),
      );
    }
    expect(run.count).toBe(count);
    const width = count / 64;
    const expected = Array.from({ length: 64 }, (_, bucket) => {
      const values = Array.from({ length: width }, (_, i) => value(bucket * width + i));
      const from = bucket * width;
      const [low, high] = [Math.min(...values), Math.max(...values)];
      return { from, to: from + width - 1, low, high };
    });
    expect(run.points('loss', 0, count - 1, width)).toEqual(expected);
  });
});
