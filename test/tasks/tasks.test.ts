import { describe, expect, it } from 'vitest';
import {
  DEFAULT_CONFIGURATION,
  SERIES_SAMPLES,
  SYNTHETIC_TASKS,
  TEXT_SAMPLES,
  type TaskConfiguration,
} from '../../src/model/configuration';
import { copyContentLength } from '../../src/tasks/copy';
import { describeTask } from '../../src/tasks/describeTask';
import { seriesOf, taskOf, textOf } from '../../src/tasks/registry';
import type { Task, TaskData } from '../../src/tasks/task';

const CONFIGURATIONS: readonly (readonly [string, TaskConfiguration])[] = [
  ...SYNTHETIC_TASKS.map((kind) => [kind, { kind }] as const),
  ...TEXT_SAMPLES.map(
    (sample) => [sample, { kind: 'text', source: { sample }, vocabulary: 24 }] as const,
  ),
  ...SERIES_SAMPLES.map((sample) => [sample, { kind: 'series', source: { sample } }] as const),
];

function expectValid(task: Task, data: TaskData, T: number, B: number): void {
  const { inputs, targets, defaultLossWeights } = data;
  expect(inputs.length).toBe(T * B * task.I);
  expect(inputs.every(Number.isFinite)).toBe(true);
  if (targets.kind === 'dense') {
    expect(targets.values.length).toBe(T * B * task.O);
    expect(targets.values.every(Number.isFinite)).toBe(true);
    expect(targets.values).toBeInstanceOf(Float32Array);
  } else {
    expect(targets.indices.length).toBe(T * B);
    expect(targets.indices.every((k) => k >= 0 && k < task.O)).toBe(true);
  }
  expect(defaultLossWeights.length).toBe(T);
  expect(defaultLossWeights[T - 1]).toBe(1);
  expect(defaultLossWeights.every((w) => w === 0 || w === 1)).toBe(true);
}

describe.each(CONFIGURATIONS)('%s', (_name, configuration) => {
  const task = taskOf(configuration);

  it.each([1, 2, 3, 5, 10, 50, 257])('is valid for T = %i', (T) => {
    for (const B of [1, 3]) expectValid(task, task.generate(T, B, 5), T, B);
  });

  it('describes its channels', () => {
    expect(task.inputChannels.length).toBe(task.I);
    expect(task.outputChannels.length).toBe(task.O);
    const description = describeTask({ task: configuration });
    expect(description.I).toBe(task.I);
    expect(description.defaultLoss).toBe(task.losses[0]);
  });

  it('is repeatable and depends on the seed exactly when it says so', () => {
    const first = task.generate(40, 2, 1);
    expect(task.generate(40, 2, 1)).toEqual(first);
    const other = task.generate(40, 2, 2);
    if (task.seeded) expect(other.inputs).not.toEqual(first.inputs);
    else expect(other.inputs).toEqual(first.inputs);
  });

  it('keeps its entries when the batch grows', () => {
    const T = 20;
    const small = task.generate(T, 2, 9);
    const large = task.generate(T, 5, 9);
    for (let t = 0; t < T; t++) {
      const width = 2 * task.I;
      expect(large.inputs.subarray(t * 5 * task.I, t * 5 * task.I + width)).toEqual(
        small.inputs.subarray(t * width, (t + 1) * width),
      );
    }
  });

  it('is the same object for the same configuration', () => {
    expect(taskOf(structuredClone(configuration))).toBe(task);
  });
});

describe('adding', () => {
  const task = taskOf({ kind: 'adding' });

  it('marks one step in each half and targets the sum', () => {
    const T = 31;
    const B = 50;
    const { inputs, targets } = task.generate(T, B, 3);
    if (targets.kind !== 'dense') throw new Error('dense expected');
    for (let n = 0; n < B; n++) {
      const marked: number[] = [];
      let sum = 0;
      for (let t = 0; t < T; t++) {
        const row = t * B + n;
        if (inputs[row * 2 + 1] === 1) {
          marked.push(t);
          sum += inputs[row * 2]!;
        }
        expect(targets.values[row]).toBeCloseTo(sum, 6);
      }
      expect(marked.length).toBe(2);
      expect(marked[0]!).toBeLessThan(15);
      expect(marked[1]!).toBeGreaterThanOrEqual(15);
    }
  });

  it('always predicting 1 gives mse 1/6', () => {
    const T = 6;
    const B = 256;
    let sum = 0;
    let count = 0;
    for (let seed = 0; seed < 200; seed++) {
      const { targets } = task.generate(T, B, seed);
      if (targets.kind !== 'dense') throw new Error('dense expected');
      for (let n = 0; n < B; n++) sum += (1 - targets.values[(T - 1) * B + n]!) ** 2;
      count += B;
    }
    expect(Math.abs(sum / count - 1 / 6)).toBeLessThan(0.004);
  });

  it('draws the value of a step independently of T', () => {
    const short = task.generate(10, 1, 4).inputs;
    const long = task.generate(30, 1, 4).inputs;
    for (let t = 0; t < 10; t++) expect(long[2 * t]).toBe(short[2 * t]);
  });

  it('T = 1: one mark, its value is the target', () => {
    const { inputs, targets } = task.generate(1, 1, 4);
    expect(inputs[1]).toBe(1);
    expect(targets.kind === 'dense' && targets.values[0]).toBe(inputs[0]);
  });
});

describe('copy', () => {
  const task = taskOf({ kind: 'copy' });

  it('asks for the content back, in order, after the delimiter', () => {
    for (const T of [1, 2, 3, 5, 20, 21, 60]) {
      const K = copyContentLength(T);
      const { inputs, targets } = task.generate(T, 1, 6);
      if (targets.kind !== 'class') throw new Error('classes expected');
      const seen = Array.from({ length: T }, (_, t) =>
        inputs.subarray(t * 10, t * 10 + 10).indexOf(1),
      );
      expect(inputs.reduce((s, v) => s + v, 0)).toBe(T);
      expect(seen.indexOf(9)).toBe(T - 1 - K);
      expect(Array.from(targets.indices.subarray(T - K))).toEqual(seen.slice(0, K));
      expect(targets.indices.subarray(0, T - K).every((k) => k === 8)).toBe(true);
      expect(seen.slice(0, K).every((k) => k < 8)).toBe(true);
    }
    expect(copyContentLength(21)).toBe(10);
    expect(copyContentLength(1000)).toBe(10);
  });

  it('the memoryless strategy reaches 10 ln 8 / (T_blank + 20) per step', () => {
    const T = 120;
    const B = 64;
    const { targets } = task.generate(T, B, 2);
    if (targets.kind !== 'class') throw new Error('classes expected');
    // Blank for certain before the recall, uniform over the 8 symbols during it.
    let loss = 0;
    targets.indices.forEach((target, row) => {
      const recalling = Math.floor(row / B) >= T - 10;
      const p = recalling ? (target < 8 ? 1 / 8 : 0) : target === 8 ? 1 : 0;
      loss += -Math.log(p) / B;
    });
    expect(loss / T).toBeCloseTo((10 * Math.log(8)) / (T - 20 + 20), 12);
  });

  it('draws its symbols uniformly', () => {
    const counts = new Array<number>(8).fill(0);
    const { targets } = task.generate(30, 256, 8);
    if (targets.kind !== 'class') throw new Error('classes expected');
    for (const target of targets.indices) if (target < 8) counts[target]!++;
    for (const count of counts) expect(Math.abs(count - 320)).toBeLessThan(80);
  });
});

describe('temporal order', () => {
  const task = taskOf({ kind: 'temporalOrder' });

  it.each([2, 3, 9, 10, 100])('has two relevant symbols whose order is the class, T = %i', (T) => {
    const B = 64;
    const { inputs, targets } = task.generate(T, B, 3);
    if (targets.kind !== 'class') throw new Error('classes expected');
    const classes = new Set<number>();
    for (let n = 0; n < B; n++) {
      const relevant: number[] = [];
      for (let t = 0; t < T; t++) {
        const symbol = inputs.subarray((t * B + n) * 6, (t * B + n) * 6 + 6).indexOf(1);
        if (symbol < 2) relevant.push(symbol);
      }
      expect(relevant.length).toBe(2);
      const target = targets.indices[(T - 1) * B + n]!;
      expect(target).toBe(2 * relevant[0]! + relevant[1]!);
      classes.add(target);
    }
    expect(classes.size).toBe(4);
  });
});

describe('latch and sine', () => {
  it('latch shows the class three times and then noise', () => {
    const B = 64;
    const T = 40;
    const { inputs, targets } = taskOf({ kind: 'latch' }).generate(T, B, 3);
    if (targets.kind !== 'dense') throw new Error('dense expected');
    const ones = Array.from(targets.values.subarray(0, B)).filter((v) => v === 1).length;
    expect(ones).toBeGreaterThan(16);
    expect(ones).toBeLessThan(48);
    for (let n = 0; n < B; n++) {
      for (let t = 0; t < 3; t++) expect(inputs[t * B + n]).toBe(2 * targets.values[n]! - 1);
    }
    const noise = inputs.subarray(3 * B);
    const variance = noise.reduce((s, v) => s + v * v, 0) / noise.length;
    expect(Math.sqrt(variance)).toBeCloseTo(0.2, 1);
  });

  it('sine targets are the next inputs, and the two-term recurrence holds', () => {
    const T = 60;
    const { inputs, targets } = taskOf({ kind: 'sine' }).generate(T, 1, 3);
    if (targets.kind !== 'dense') throw new Error('dense expected');
    for (let t = 0; t + 1 < T; t++) expect(targets.values[t]).toBe(inputs[t + 1]);
    const ratios = [5, 6, 7].map((t) => (inputs[t + 1]! + inputs[t - 1]!) / inputs[t]!);
    expect(ratios[1]).toBeCloseTo(ratios[0]!, 3);
    expect(Math.abs(ratios[0]!)).toBeLessThan(2);
  });
});

describe('samples', () => {
  it('have the promised length and content', () => {
    const alice = textOf({ sample: 'carroll' });
    expect(alice.length).toBeGreaterThan(1500);
    expect(alice.startsWith('Alice was beginning to get very tired of sitting by her sister')).toBe(
      true,
    );
    expect(Array.from(textOf({ sample: 'liBai' })).length).toBeGreaterThan(200);
    const { values } = seriesOf({ sample: 'seattleTemperature' });
    expect(values.length).toBe(1461);
    expect(values.every(Number.isFinite)).toBe(true);
    expect([values[0], values[1460]]).toEqual([12.8, 5.6]);
  });

  it('are long enough for the default T', () => {
    for (const [, configuration] of CONFIGURATIONS) {
      expect(taskOf(configuration).longestT).toBeGreaterThan(DEFAULT_CONFIGURATION.T);
    }
  });
});
