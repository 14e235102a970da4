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
  changeEntry,
  useWeightArray,
  WEIGHT_LABELS,
  type WeightArray,
} from '../../../src/ui/weights/weightArrays';

/** What the page's hooks give, without a page */
const page = vi.hoisted(() => ({
  state: null as AppState | null,
  result: null as Result | null,
}));
vi.mock('../../../src/ui/app/context', () => ({
  useAppState: <T>(selector: (state: AppState) => T) => selector(page.state!),
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

const WH: WeightArray = { key: 'Wh', rows: 3, columns: 3, values: COMPUTED.Wh };
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

  it('are none until the shapes of configuration and result agree', () => {
    expect(shown('Wh', {}, false)).toBeNull();
    expect(shown('Wh', { H: 4 })).toBeNull();
    const task = { kind: 'copy' } as const;
    for (const key of ['Wx', 'Wy', 'c'] as const) expect(shown(key, { task })).toBeNull();
    for (const key of ['Wh', 'b'] as const) expect(shown(key, { task })).not.toBeNull();
  });
});

describe('editing an entry', () => {
  it('adds one edit and leaves the others', () => {
    const edits = [edit('Wh', 1, 5), edit('b', 4, 6)];
    expect(changeEntry({ ...CONFIGURATION, edits }, WH, 4, 0.5)).toEqual({
      edits: [...edits, edit('Wh', 4, 0.5)],
    });
    expect(edits).toHaveLength(2);
  });

  it('replaces an earlier edit of the same entry only', () => {
    const edits = [edit('Wh', 4, 1), edit('Wx', 4, 2), edit('Wh', 5, 3)];
    expect(changeEntry({ ...CONFIGURATION, edits }, WH, 4, 7)).toEqual({
      edits: [edit('Wx', 4, 2), edit('Wh', 5, 3), edit('Wh', 4, 7)],
    });
  });

  const H = 17;
  const values = Float32Array.from({ length: H * H }, (_, i) => i / 8);
  const large: WeightArray = { key: 'Wh', rows: H, columns: H, values };
  const many = (count: number) => Array.from({ length: count }, (_, i) => edit('Wh', i, i / 8));

  it('keeps up to 256 edits of an array', () => {
    const others = many(300).map((one) => ({ ...one, array: 'Wx' as const }));
    const full = { ...CONFIGURATION, H, edits: [...others, ...many(255)] };
    expect(changeEntry(full, large, 280, -1).edits).toHaveLength(556);
    expect(changeEntry(full, large, 280, -1).arrays).toBeUndefined();
    // Another value of an entry edited before is no further edit.
    const again = changeEntry({ ...full, edits: many(256) }, large, 3, -1);
    expect(again.edits).toHaveLength(256);
    expect(again.arrays).toBeUndefined();
  });

  it('keeps the whole array beyond, with every value as shown', () => {
    const other = edit('c', 0, 2);
    const arrays = { b: [1, 2, 3] };
    const full = { ...CONFIGURATION, H, arrays, edits: [...many(256), other] };
    const expected = Array.from(values);
    expected[280] = -1;
    expect(changeEntry(full, large, 280, -1)).toEqual({
      arrays: { b: [1, 2, 3], Wh: expected },
      edits: [other],
    });
    expect(values[280]).toBe(35);
    expect(arrays).toEqual({ b: [1, 2, 3] });
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
