import { describe, expect, it } from 'vitest';
import { valueDomain, valueRows } from '../../src/ui/charts/prediction';
import { targetSign } from '../../src/ui/charts/PredictionCurves';
import { heatMap } from '../support/heatMap';

describe('prediction and target', () => {
  it('have targets only where a step has a loss', () => {
    const outputs = heatMap(1, 3, [0.1, 0.2, 0.3]);
    const targets = heatMap(1, 3, [0, 0, 1]);
    const rows = valueRows(outputs, targets, { from: 1, to: 3 }, [0, 0, 1], Infinity);
    expect(rows.map((row) => row.targets.length)).toEqual([0, 0, 1]);
    const { low, high } = valueDomain(rows, [], 60);
    expect(low).toBeLessThan(0.1);
    expect(high).toBeGreaterThan(1);
    expect(valueDomain([], [], 60)).toEqual({ low: -1, high: 1, ticks: [] });
  });

  it('leave their labels a strip of their own above and below, where there is room', () => {
    const rows = [{ step: 1, outputs: [[-0.33, 1.1] as const], targets: [] }];
    const height = 60;
    const { low, high, ticks } = valueDomain(rows, [], height);
    const yAt = (value: number) => (height * (high - value)) / (high - low);
    expect(ticks.map(({ value }) => value)).toEqual([-0.33, 1.1]);
    // Digits are 9 pixels high: a label ends where the values begin, and stays inside the plot.
    const [lower, upper] = ticks.map(({ at }) => yAt(at));
    expect(upper! + 4.5).toBeLessThanOrEqual(yAt(1.1) + 1e-9);
    expect(lower! - 4.5).toBeGreaterThanOrEqual(yAt(-0.33) - 1e-9);
    expect(upper! - 4.5).toBeGreaterThanOrEqual(-1e-9);
    expect(lower! + 4.5).toBeLessThanOrEqual(height + 1e-9);
    expect(valueDomain(rows, [], 39).ticks).toEqual([]);
  });

  it('are named in a legend by what is drawn: dots only where they are few', () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        ...{ step: i + 1, outputs: [], targets: [[0, 0] as const] },
      }));
    expect(targetSign(rows(40)).kind).toBe('dot');
    expect(targetSign(rows(41)).kind).toBe('line');
  });

  it('stay within 256 points and stop at an overflow', () => {
    const columns = 1000;
    const map = heatMap(
      1,
      columns,
      Array.from({ length: columns }, (_, i) => i),
    );
    const rows = valueRows(map, map, { from: 1, to: 5000 }, [], Infinity);
    expect(rows).toHaveLength(256);
    expect(rows[255]!.outputs[0]![1]).toBe(999);
    expect(valueRows(map, map, { from: 1, to: 1000 }, [], 11).length).toBeLessThan(5);
  });
});
