import { describe, expect, it } from 'vitest';
import { Pace } from '../../src/engine/gpu/pace';

/** Submits of a GPU on which everything takes `slowness` times what the pace first estimates. */
function submits(slowness: (submit: number) => number, count: number, cost = 1e5) {
  const pace = new Pace(8, 1e6);
  return Array.from({ length: count }, (_, i) => {
    let estimated = 0;
    let updates = 0;
    const one = pace.estimate(cost);
    while (updates === 0 || estimated + one <= pace.budget) {
      estimated += one;
      updates++;
    }
    const measured = estimated * slowness(i);
    pace.learn(estimated, measured);
    return measured;
  });
}

describe('the pace of a training', () => {
  it.each([1, 1 / 20, 7])('comes to 8 ms a submit, %d times as slow as guessed', (slowness) => {
    const times = submits(() => slowness, 40);
    expect(times[0]!).toBeLessThan(8 * 2);
    expect(Math.max(...times)).toBeLessThan(50);
    for (const time of times.slice(25)) {
      expect(time).toBeGreaterThan(5);
      expect(time).toBeLessThan(8.8);
    }
  });

  it('follows a machine that becomes ten times as slow', () => {
    const times = submits((i) => (i < 20 ? 1 : 10), 50);
    for (const time of times.slice(40)) expect(time).toBeLessThan(9);
  });

  it('one measurement that is far off changes little', () => {
    const times = submits((i) => (i === 20 ? 1000 : 1), 40);
    expect(times[21]!).toBeGreaterThan(3);
    expect(times[35]!).toBeGreaterThan(6);
  });

  it('a piece that is too large by itself goes alone', () => {
    const pace = new Pace(8, 1e6);
    expect(pace.estimate(1e9)).toBeGreaterThan(pace.budget);
  });
});
