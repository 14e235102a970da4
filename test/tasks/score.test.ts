import { describe, expect, it } from 'vitest';
import {
  DEFAULT_CONFIGURATION,
  type RunConfiguration,
  type TaskConfiguration,
} from '../../src/model/configuration';
import type { Loss, OutputActivation } from '../../src/model/kinds';
import { buildProblem } from '../../src/tasks/buildProblem';
import { heldOut, heldOutSeed, type ScoringData } from '../../src/tasks/heldOut';
import { drawnStarts } from '../../src/tasks/segments';
import { seriesOf, taskOf } from '../../src/tasks/registry';
import { scoreOf, type Score, type ScoreOf } from '../../src/tasks/score';
import { standardise, unstandardise } from '../../src/tasks/series';

const configure = (
  task: TaskConfiguration,
  loss: Loss,
  outputActivation: OutputActivation,
  change: Partial<RunConfiguration> = {},
): RunConfiguration => ({
  ...DEFAULT_CONFIGURATION,
  ...{ task, loss, outputActivation, T: 30 },
  ...change,
});
const TEXT: TaskConfiguration = { kind: 'text', source: { sample: 'carroll' }, vocabulary: 20 };
const SERIES: TaskConfiguration = { kind: 'series', source: { sample: 'seattleTemperature' } };
const ORDER = configure({ kind: 'temporalOrder' }, 'crossEntropy', 'softmax');
const COPY = configure({ kind: 'copy' }, 'crossEntropy', 'softmax');

/** The score of y(row, component, target), target being the number or whether it is the class. */
function scored<K extends Score['kind']>(
  configuration: RunConfiguration & { task: { kind: K } },
  data: ScoringData,
  y: (target: number, row: number, i: number) => number,
): ScoreOf<K> {
  const { O } = taskOf(configuration.task);
  const { targets } = data;
  const outputs = new Float64Array(data.T * data.B * O).map((_, at) => {
    const [row, i] = [Math.floor(at / O), at % O];
    const target =
      targets.kind === 'dense' ? targets.values[at]! : targets.indices[row] === i ? 1 : 0;
    return y(target, row, i);
  });
  return scoreOf(configuration, data, outputs) as ScoreOf<K>;
}

describe('adding', () => {
  const configuration = configure({ kind: 'adding' }, 'mse', 'identity') as RunConfiguration & {
    task: { kind: 'adding' };
  };
  const data = heldOut(configuration, 200);

  it('is 1/6 for always 1, and nothing for the sum itself', () => {
    const chance = scored(configuration, data, () => 1);
    expect(chance.meanSquaredError / chance.chance).toBeCloseTo(1, 0);
    expect(chance.right).toBeLessThan(0.15);
    expect(scored(configuration, data, (sum) => sum)).toMatchObject({
      ...{ meanSquaredError: 0, meanError: 0, right: 1, sequences: 200 },
    });
  });

  it('counts a sum as right within 0.04, and asks at T only', () => {
    const at = (T: number, B: number) => (row: number) => row >= (T - 1) * B;
    const isLast = at(30, 200);
    const near = scored(configuration, data, (sum, row) => (isLast(row) ? sum + 0.039 : 99));
    expect(near.right).toBe(1);
    expect(near.meanError).toBeCloseTo(0.039, 6);
    expect(near.meanSquaredError).toBeCloseTo(0.039 ** 2, 6);
    expect(scored(configuration, data, (sum) => sum - 0.041).right).toBe(0);
  });
});

describe('copy', () => {
  const configuration = COPY as RunConfiguration & { task: { kind: 'copy' } };
  const data = heldOut(configuration, 40);

  it('is ln 8 and an eighth for a guess', () => {
    const guess = scored(configuration, data, (_, _row, i) => (i < 8 ? 1 / 8 : 0));
    expect(guess.crossEntropy).toBeCloseTo(Math.log(8), 12);
    expect(guess.chance.crossEntropy).toBeCloseTo(Math.log(8), 12);
    expect(guess.right).toBeCloseTo(1 / 8, 1);
    expect(guess).toMatchObject({ symbols: 10, sequences: 40 });
  });

  it('counts no blanks', () => {
    const blank = scored(configuration, data, (_, _row, i) => (i === 8 ? 1 : 0));
    expect(blank.right).toBe(0);
    const good = scored(configuration, data, (target, row) =>
      row >= 20 * 40 ? 0.91 * target + 0.01 : 0.1,
    );
    expect(good.right).toBe(1);
    expect(good.crossEntropy).toBeCloseTo(-Math.log(0.92), 12);
  });

  it('takes logits, and has no cross-entropy where y is no distribution', () => {
    const of = (loss: Loss, outputActivation: OutputActivation, scale: number) =>
      scored({ ...configuration, loss, outputActivation }, data, (target) => scale * target);
    const { exp, log } = Math;
    expect(of('crossEntropy', 'identity', 3).crossEntropy).toBeCloseTo(
      log((exp(3) + 9) / exp(3)),
      12,
    );
    expect(of('crossEntropy', 'identity', 1e5)).toMatchObject({ right: 1, crossEntropy: 0 });
    expect(of('bce', 'sigmoid', 1)).toMatchObject({ right: 1, crossEntropy: null });
    expect(of('mse', 'identity', 1).crossEntropy).toBeNull();
  });

  it('of nothing is no score', () => {
    const short = { ...configuration, T: 2 };
    expect(scored(short, heldOut(short, 3), (target) => target)).toBeNull();
  });
});

describe('temporal order and latch', () => {
  it('ask for the class at T', () => {
    const configuration = ORDER as RunConfiguration & { task: { kind: 'temporalOrder' } };
    const data = heldOut(configuration, 100);
    const isLast = (row: number) => row >= 29 * 100;
    const good = scored(configuration, data, (target, row) => (isLast(row) ? target : 1 - target));
    expect(good).toMatchObject({ right: 1, chance: 0.25, sequences: 100 });
    const always = scored(configuration, data, (_, _row, i) => (i === 2 ? 1 : 0));
    expect(always.right).toBeGreaterThan(0.12);
    expect(always.right).toBeLessThan(0.4);
  });

  it('have a threshold where the classes meet', () => {
    for (const [loss, g, low, high] of [
      ['bce', 'sigmoid', 0.4, 0.6],
      ['bce', 'identity', -0.1, 0.1],
      ['mse', 'identity', 0.4, 0.6],
      ['mse', 'tanh', 0.4, 0.6],
    ] as const) {
      const configuration = configure({ kind: 'latch' }, loss, g) as RunConfiguration & {
        task: { kind: 'latch' };
      };
      const data = heldOut(configuration, 50);
      expect(scored(configuration, data, (k) => (k === 1 ? high : low)).right).toBe(1);
      expect(scored(configuration, data, (k) => (k === 1 ? low : high)).right).toBe(0);
      const always = scored(configuration, data, () => high).right;
      expect(Math.abs(always - 0.5)).toBeLessThan(0.2);
    }
  });
});

describe('text', () => {
  const configuration = configure(TEXT, 'crossEntropy', 'softmax') as RunConfiguration & {
    task: { kind: 'text' };
  };
  const data = heldOut(configuration, 16);

  it('is log2 V for a uniform guess and 0 for the text itself', () => {
    const guess = scored(configuration, data, () => 1 / 20);
    expect(guess.bitsPerCharacter).toBeCloseTo(Math.log2(20), 12);
    expect(guess.uniformBits).toBeCloseTo(Math.log2(20), 12);
    expect(guess.characters).toBe(30 * 16);
    const exact = scored(configuration, data, (target) => target);
    expect(exact).toMatchObject({ bitsPerCharacter: 0, right: 1 });
  });

  it('is the unigram entropy for the text’s frequencies, near it on these windows', () => {
    const { characters, otherCount, length } = taskOf(TEXT).vocabulary!;
    const p = [...characters.map(({ count }) => count), otherCount].map((c) => c / length);
    const unigram = scored(configuration, data, (_, _row, i) => p[i]!);
    const entropy = p.reduce((sum, q) => sum - q * Math.log2(q), 0);
    expect(unigram.unigramBits).toBeCloseTo(entropy, 12);
    expect(unigram.bitsPerCharacter! / entropy).toBeCloseTo(1, 1);
    expect(unigram.chance).toBeCloseTo(Math.max(...p), 12);
  });

  it('has finite bits for what was held to be impossible', () => {
    const wrong = scored(configuration, data, () => 0).bitsPerCharacter!;
    expect(wrong).toBeGreaterThan(1000);
    expect(wrong).toBeLessThan(1100);
  });

  it('keeps the share where y is no distribution', () => {
    const mse = { ...configuration, loss: 'mse', outputActivation: 'identity' } as const;
    expect(scored(mse, data, (target) => target)).toMatchObject({
      ...{ bitsPerCharacter: null, right: 1 },
    });
  });

  it('takes one-hot rows as classes', () => {
    const mse = { ...configuration, loss: 'mse', B: 2, outputActivation: 'softmax' } as const;
    const { targets, inputs, T, B, O } = buildProblem(mse);
    expect(targets.kind).toBe('dense');
    const outputs = new Float64Array(T * B * O).fill(1 / O);
    const score = scoreOf(mse, { T, B, inputs, targets }, outputs);
    expect(score).toMatchObject({ bitsPerCharacter: Math.log2(20) });
  });
});

describe('series', () => {
  const configuration = configure(SERIES, 'mse', 'identity') as RunConfiguration & {
    task: { kind: 'series' };
  };
  const data = heldOut(configuration, 16);

  it('is in the data’s own unit', () => {
    const { standardisation } = taskOf(SERIES);
    const off = scored(configuration, data, (target) => target + 2 / standardisation!.sd);
    expect(off.error).toBeCloseTo(2, 6);
    const { inputs } = data;
    const same = scored(configuration, data, (_, row) => inputs[row]!);
    expect(same.error).toBeCloseTo(same.persistence, 12);
    // Day to day the temperature changes by some 3 °C, around its mean by 7.35.
    expect(same.persistence).toBeGreaterThan(1);
    expect(same.persistence).toBeLessThan(same.mean);
    expect(same.mean).toBeLessThan(10);
    expect(unstandardise(standardise(12.5, standardisation!), standardisation!)).toBeCloseTo(12.5);
  });
});

describe('sine', () => {
  it('is √½ for 0, and asks from step 3 on', () => {
    const configuration = configure({ kind: 'sine' }, 'mse', 'identity') as RunConfiguration & {
      task: { kind: 'sine' };
    };
    const data = heldOut(configuration, 100);
    const zero = scored(configuration, data, () => 0);
    expect(zero.error / zero.chance).toBeCloseTo(1, 1);
    const late = scored(configuration, data, (target, row) => (row < 200 ? 9 : target + 0.1));
    expect(late.error).toBeCloseTo(0.1, 6);
  });
});

describe('what is not finite', () => {
  it('has no score', () => {
    const data = heldOut(ORDER, 2);
    const outputs = new Float64Array(30 * 2 * 4).fill(0.25);
    expect(scoreOf(ORDER, data, outputs)).not.toBeNull();
    outputs[7] = NaN;
    expect(scoreOf(ORDER, data, outputs)).toBeNull();
  });
});

describe('held out', () => {
  it('is a seed that no training comes to', () => {
    for (const seed of [0, 1, 7, 0x7fffffff, 0x80000000, 0xffffffff]) {
      const held = heldOutSeed(seed);
      expect(held).toBeGreaterThanOrEqual(0);
      expect((held - seed) >>> 0).toBe(0x80000000);
      expect(heldOutSeed(held)).toBe(seed);
    }
    const data = heldOut(ORDER, 3);
    expect(data).toMatchObject({ T: 30, B: 3, isHeldOut: true });
    const { inputs } = buildProblem({ ...ORDER, B: 3, dataSeed: heldOutSeed(ORDER.dataSeed) });
    expect(data.inputs).toEqual(inputs);
  });

  it.each([
    [TEXT, 30, 4],
    [TEXT, 200, 2],
    [SERIES, 30, 4],
    [SERIES, 365, 4],
    [SERIES, 90, 12],
  ] as const)('shares no item with the windows that are trained on: %#', (task, T, B) => {
    const { sequence } = taskOf(task);
    // Where each window starts, found again in the data of an ascending sequence.
    const items = Array.from({ length: sequence!.length }, (_, i) => i);
    const numbered: TaskConfiguration = {
      ...{ kind: 'series', source: { name: '', values: items } },
    };
    const { standardisation } = taskOf(numbered);
    const stepsOf = ({ inputs, targets }: Pick<ScoringData, 'inputs' | 'targets'>) => {
      if (targets.kind !== 'dense') throw new Error('numbers expected');
      return new Set(
        [...inputs, ...targets.values].map((x) => Math.round(unstandardise(x, standardisation!))),
      );
    };
    const trained = stepsOf(taskOf(numbered).generate(T, B, 0));
    const held = heldOut({ task: numbered, T, B, dataSeed: 1 }, 64);
    expect(held.isHeldOut).toBe(true);
    expect(held.T).toBeLessThanOrEqual(T);
    expect(held.T).toBeGreaterThanOrEqual(16);
    const seen = stepsOf(held);
    // No item twice either.
    expect(seen.size).toBe((held.T + 1) * held.B);
    for (const item of seen) {
      expect(trained.has(item)).toBe(false);
      expect(item).toBeLessThan(items.length);
    }
    const real = heldOut({ task, T, B, dataSeed: 1 }, 64);
    expect([real.T, real.B]).toEqual([held.T, held.B]);
  });

  it('leaves the last tenth to itself where fresh windows are drawn from the rest', () => {
    const { values } = seriesOf({ sample: 'seattleTemperature' });
    const items = values.map((_, i) => i);
    const numbered: TaskConfiguration = { kind: 'series', source: { name: '', values: items } };
    const { sequence, standardisation } = taskOf(numbered);
    const itemsOf = ({ inputs, targets }: Pick<ScoringData, 'inputs' | 'targets'>) => {
      if (targets.kind !== 'dense') throw new Error('numbers expected');
      return [...inputs, ...targets.values].map((x) =>
        Math.round(unstandardise(x, standardisation!)),
      );
    };
    const held = new Set(
      itemsOf(heldOut({ task: numbered, T: 20, B: 4, dataSeed: 5 }, 64, 'fresh')),
    );
    const drawn = new Set<number>();
    for (let update = 1; update < 400; update++) {
      const starts = drawnStarts(sequence!.length, 20, 4, 5, update);
      for (const item of itemsOf(sequence!.windows(20, starts))) drawn.add(item);
    }
    for (const item of held) expect(drawn.has(item)).toBe(false);
    expect(drawn.size).toBeGreaterThan(0.8 * values.length);
  });

  it('is as long as the windows that are trained on where one fits', () => {
    expect(heldOut(configure(TEXT, 'crossEntropy', 'softmax', { B: 4 }), 8)).toMatchObject({
      ...{ T: 30, B: 8, isHeldOut: true },
    });
  });

  it('says so where nothing is left', () => {
    const { values } = seriesOf({ sample: 'seattleTemperature' });
    const short: TaskConfiguration = {
      ...{ kind: 'series', source: { name: '', values: values.slice(0, 40) } },
    };
    const data = heldOut({ task: short, T: 30, B: 2, dataSeed: 1 }, 8);
    expect(data).toMatchObject({ T: 30, B: 2, isHeldOut: false });
    expect(data.inputs).toEqual(taskOf(short).generate(30, 2, 0).inputs);
    expect(() => heldOut({ task: short, T: 40, B: 2, dataSeed: 1 }, 8)).toThrow(
      /enough for T = 39/,
    );
  });
});
