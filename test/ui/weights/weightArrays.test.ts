import { describe, expect, it, vi } from 'vitest';
import {
  type Configuration,
  DEFAULT_CONFIGURATION,
  WEIGHT_KEYS,
  type WeightEdit,
  type WeightKey,
} from '../../../src/model/configuration';
import type { AppState, Result } from '../../../src/state/types';
import { buildProblem } from '../../../src/tasks/buildProblem';
import {
  changeArray,
  changeByFactor,
  changeEntries,
  sameRecurrentWeights,
  useWeightArray,
  WEIGHT_LABELS,
  weightArrayOf,
  withoutOwnRecurrentWeights,
} from '../../../src/ui/weights/weightArrays';

/** What the page's hooks give, without a page */
const page = vi.hoisted(() => ({
  state: null as AppState | null,
  result: null as Result | null,
}));
vi.mock('../../../src/ui/app/context', () => ({
  useFollowedState: <T>(selector: (state: AppState) => T) => selector(page.state!),
  useResult: () => page.result,
}));

const CONFIGURATION: Configuration = { ...DEFAULT_CONFIGURATION, T: 4, B: 1, H: 3 };
const PROBLEM = buildProblem(CONFIGURATION);
const COMPUTED = {
  Wh: PROBLEM.parameters.recurrentWeights,
  Wx: PROBLEM.parameters.inputWeights,
  b: PROBLEM.parameters.hiddenBias,
  Wy: PROBLEM.parameters.outputWeights,
  c: PROBLEM.parameters.outputBias,
};

/** What the page shows of an array for a configuration after the run of `CONFIGURATION`. */
function shown(key: WeightKey, change: Partial<Configuration> = {}, finished = true) {
  page.state = { configuration: { ...CONFIGURATION, ...change } } as AppState;
  page.result = finished ? ({ configuration: CONFIGURATION, problem: PROBLEM } as Result) : null;
  return useWeightArray(key);
}
function valuesOf(key: WeightKey, change: Partial<Configuration> = {}): number[] {
  return Array.from(shown(key, change)!.values);
}

const edit = (array: WeightKey, index: number, value: number): WeightEdit => ({
  array,
  index,
  value,
});

describe('the weights as shown', () => {
  it('are those of the last run, in their shapes', () => {
    const { H, I, O } = PROBLEM;
    const shapes = { Wh: [H, H], Wx: [H, I], b: [H, 1], Wy: [O, H], c: [O, 1] };
    expect(new Set([H, I, O]).size).toBe(3);
    for (const key of WEIGHT_KEYS) {
      const array = shown(key)!;
      expect([array.rows, array.columns]).toEqual(shapes[key]);
      expect(array.values).toBe(COMPUTED[key]);
      expect(array.values).toHaveLength(array.rows * array.columns);
      expect(WEIGHT_LABELS[key]).not.toBe('');
    }
  });

  it('have the edits on top, and only their own', () => {
    const edits = [edit('Wh', 4, 0.5), edit('b', 1, 9), edit('Wh', 0, -2)];
    const expected = Array.from(COMPUTED.Wh);
    expected[4] = 0.5;
    expected[0] = -2;
    const before = Array.from(COMPUTED.Wh);
    expect(valuesOf('Wh', { edits })).toEqual(expected);
    expect(valuesOf('b', { edits })[1]).toBe(9);
    expect(shown('Wx', { edits })!.values).toBe(COMPUTED.Wx);
    expect(Array.from(COMPUTED.Wh)).toEqual(before);
  });

  it('have edits on top of what was pasted', () => {
    const arrays = { Wh: [1, 2, 3, 4, 5, 6, 7, 8, 9] };
    expect(valuesOf('Wh', { arrays })).toEqual(arrays.Wh);
    expect(valuesOf('Wh', { arrays, edits: [edit('Wh', 8, 0.25)] })).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 0.25,
    ]);
  });

  it('ignore what belongs to another shape', () => {
    expect(shown('Wh', { arrays: { Wh: [1, 2, 3, 4] } })!.values).toBe(COMPUTED.Wh);
    expect(shown('Wh', { edits: [edit('Wh', 9, 5)] })!.values).toBe(COMPUTED.Wh);
  });

  it('are the same object for the same inputs', () => {
    const edits = [edit('Wh', 4, 0.5)];
    expect(shown('Wh', { edits })).toBe(shown('Wh', { edits }));
    expect(shown('Wh', { edits })).not.toBe(shown('Wh', { edits: [edit('Wh', 4, 0.75)] }));
  });

  it('follow the gain and an undone edit at once, other recipes with their run', () => {
    const doubled = Array.from(COMPUTED.Wh, (v) => 2 * v);
    expect(valuesOf('Wh', { gain: 2 * CONFIGURATION.gain })).toEqual(doubled);
    const edited: Configuration = { ...CONFIGURATION, edits: [edit('Wh', 4, 0.5)] };
    page.result = { configuration: edited, problem: buildProblem(edited) } as Result;
    page.state = { configuration: CONFIGURATION } as AppState;
    expect(useWeightArray('Wh')!.values).toBe(COMPUTED.Wh);
    for (const change of [{ seed: 8 }, { initialiser: { kind: 'shift', angle: 0.3 } }] as const) {
      expect(valuesOf('Wh', change)).toEqual(Array.from(COMPUTED.Wh));
      const next = { ...CONFIGURATION, ...change };
      const run = buildProblem(next).parameters.recurrentWeights;
      expect(Array.from(weightArrayOf(next, 'Wh').values)).toEqual(Array.from(run));
    }
  });

  it('are those of the run to the bit, whatever the configuration', () => {
    const own = {
      ...CONFIGURATION,
      gain: 1.3,
      seed: 9,
      arrays: { Wx: [1, 2, 3, 4, 5, 6] },
      edits: [edit('Wh', 2, 0.1), edit('Wx', 5, -1), edit('c', 0, 3)],
    };
    const { parameters } = buildProblem(own);
    const run = {
      Wh: parameters.recurrentWeights,
      Wx: parameters.inputWeights,
      b: parameters.hiddenBias,
      Wy: parameters.outputWeights,
      c: parameters.outputBias,
    };
    for (const key of WEIGHT_KEYS) expect(weightArrayOf(own, key).values).toEqual(run[key]);
  });

  it('are none until the shapes of configuration and result agree', () => {
    expect(shown('Wh', {}, false)).toBeNull();
    expect(shown('Wh', { H: 4 })).toBeNull();
    const task = { kind: 'copy' } as const;
    for (const key of ['Wx', 'Wy', 'c'] as const) expect(shown(key, { task })).toBeNull();
    for (const key of ['Wh', 'b'] as const) expect(shown(key, { task })).not.toBeNull();
  });
});

describe('editing entries', () => {
  it('adds edits and leaves the others', () => {
    const edits = [edit('Wh', 1, 5), edit('b', 2, 6)];
    expect(changeEntries({ ...CONFIGURATION, edits }, 'Wh', [[4, 0.5]])).toEqual({
      edits: [edit('b', 2, 6), edit('Wh', 1, 5), edit('Wh', 4, 0.5)],
    });
    expect(edits).toHaveLength(2);
  });

  it('replaces earlier edits of the same entries only', () => {
    const edits = [edit('Wh', 4, 1), edit('Wx', 4, 2), edit('Wh', 5, 3)];
    const entries = [
      [4, 7],
      [0, 8],
    ] as const;
    expect(changeEntries({ ...CONFIGURATION, edits }, 'Wh', entries)).toEqual({
      edits: [edit('Wx', 4, 2), edit('Wh', 4, 7), edit('Wh', 5, 3), edit('Wh', 0, 8)],
    });
  });

  const H = 17;
  const large = { ...CONFIGURATION, H };
  const many = (count: number) => Array.from({ length: count }, (_, i) => edit('Wh', i, i / 8));

  it('keeps up to 256 edits of an array', () => {
    const others = many(30).map((one) => ({ ...one, array: 'Wx' as const }));
    const full = { ...large, edits: [...others, ...many(255)] };
    expect(changeEntries(full, 'Wh', [[280, -1]]).edits).toHaveLength(286);
    expect(changeEntries(full, 'Wh', [[280, -1]]).arrays).toBeUndefined();
    // Another value of an entry edited before is no further edit.
    const again = changeEntries({ ...full, edits: many(256) }, 'Wh', [[3, -1]]);
    expect(again.edits).toHaveLength(256);
    expect(again.arrays).toBeUndefined();
  });

  it('keeps the whole array beyond, as float32', () => {
    const other = edit('c', 0, 2);
    const arrays = { b: Array.from({ length: H }, (_, i) => i) };
    const full = { ...large, arrays, edits: [...many(256), other] };
    const expected = Array.from(weightArrayOf(full, 'Wh').values);
    expected[280] = Math.fround(0.1);
    expect(expected[8]).toBe(1);
    expect(changeEntries(full, 'Wh', [[280, 0.1]])).toEqual({
      arrays: { ...arrays, Wh: expected },
      edits: [other],
    });
  });
});

describe('scaling W_h', () => {
  const start = { ...CONFIGURATION, edits: [edit('b', 1, 3)], arrays: { c: [4] } };

  it('goes through the gain while W_h is the generated one', () => {
    expect(changeByFactor(start, start, 2)).toEqual({
      gain: 1.9,
      edits: start.edits,
      arrays: start.arrays,
    });
    // Back from an array that an earlier part of the gesture needed
    const present = { ...start, arrays: { c: [5], Wh: [9, 9, 9, 9, 9, 9, 9, 9, 9] } };
    expect(changeByFactor(present, start, 0.5)).toEqual({
      gain: 0.475,
      edits: start.edits,
      arrays: { c: [5] },
    });
  });

  it('scales the array beyond the limits of the gain, and where entries are own', () => {
    const scaled = (factor: number, of: Configuration) =>
      Array.from(weightArrayOf(of, 'Wh').values, (v) => Math.fround(factor * v));
    for (const factor of [11, -1]) {
      expect(changeByFactor(start, start, factor)).toEqual({
        gain: 0.95,
        edits: start.edits,
        arrays: { c: [4], Wh: scaled(factor, start) },
      });
    }
    const edited = { ...start, edits: [edit('Wh', 2, 0.1), edit('b', 1, 3)] };
    expect(changeByFactor(edited, edited, 0.3)).toEqual({
      gain: 0.95,
      edits: [edit('b', 1, 3)],
      arrays: { c: [4], Wh: scaled(0.3, edited) },
    });
    const pasted = { ...start, arrays: { Wh: [1, 2, 3, 4, 5, 6, 7, 8, 9] } };
    expect(changeByFactor(pasted, pasted, 0.5).arrays!.Wh).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((v) => v / 2),
    );
  });

  it('knows whether somebody else changed W_h', () => {
    expect(sameRecurrentWeights(start, { ...start, T: 9, activation: 'relu' })).toBe(true);
    expect(sameRecurrentWeights(start, { ...start, arrays: { c: [4] } })).toBe(true);
    for (const change of [
      { gain: 1 },
      { seed: 8 },
      { H: 4 },
      { edits: [] },
      { arrays: { Wh: [1] } },
      { initialiser: { kind: 'zero', angle: 0 } },
    ] as const) {
      expect(sameRecurrentWeights(start, { ...start, ...change })).toBe(false);
    }
  });

  it('a fresh start takes away what is own of W_h, and nothing else', () => {
    const own = {
      ...start,
      edits: [edit('Wh', 2, 0.1), edit('b', 1, 3)],
      arrays: { c: [4], Wh: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
    };
    expect(withoutOwnRecurrentWeights(own)).toEqual({
      edits: [edit('b', 1, 3)],
      arrays: { c: [4] },
    });
    expect(own.arrays.Wh).toHaveLength(9);
  });
});

describe('replacing an array', () => {
  it('drops the edits under it and nothing else', () => {
    const edits = [edit('Wh', 4, 1), edit('b', 0, 2)];
    const arrays = { Wh: [0], c: [3] };
    const pasted = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(changeArray({ ...CONFIGURATION, edits, arrays }, 'Wh', pasted)).toEqual({
      arrays: { Wh: pasted, c: [3] },
      edits: [edit('b', 0, 2)],
    });
    expect(arrays.Wh).toEqual([0]);
  });
});
