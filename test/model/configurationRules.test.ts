import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION, type Configuration } from '../../src/model/configuration';
import {
  applyChange,
  fitConfiguration,
  parseConfiguration,
  weightShapes,
} from '../../src/model/configurationRules';
import { sameValue } from '../../src/model/sameValue';
import { BpttError } from '../../src/model/errors';
import { buildProblem } from '../../src/tasks/buildProblem';
import { taskKnowledge } from '../../src/state/taskKnowledge';

const D = DEFAULT_CONFIGURATION;

function changed(change: unknown, from: Configuration = D): Configuration {
  return applyChange(from, change, taskKnowledge);
}

function refusal(change: unknown, from: Configuration = D): BpttError {
  try {
    changed(change, from);
  } catch (error) {
    if (error instanceof BpttError) return error;
    throw error;
  }
  throw new Error('The change was accepted.');
}

describe('applyChange', () => {
  it('accepts the default', () => {
    expect(parseConfiguration(D)).toEqual({ ok: true, configuration: D });
    expect(fitConfiguration(D, taskKnowledge)).toEqual(D);
  });

  it('gives the same object when nothing changes, and keeps the identity of equal fields', () => {
    expect(changed({ T: 96, cuts: [], view: { step: 61 } })).toBe(D);
    expect(changed({ T: 97, cuts: [] }).cuts).toBe(D.cuts);
  });

  it('merges the view and replaces the rest', () => {
    expect(changed({ view: { step: 5 } }).view).toEqual({ ...D.view, step: 5 });
  });

  it('says nothing about fields that are undefined', () => {
    expect(changed({ T: undefined })).toBe(D);
  });

  it('sorts cuts and keeps each once', () => {
    expect(changed({ cuts: [55, 25, 55] }).cuts).toEqual([25, 55]);
  });

  it('keeps cuts beyond T, for a drag of T down and up again', () => {
    const cut = changed({ cuts: [25, 55] });
    const short = changed({ T: 30 }, cut);
    expect(short.cuts).toBe(cut.cuts);
    expect(buildProblem(short).cuts).toEqual([25]);
    expect(buildProblem(changed({ T: 96 }, short)).cuts).toEqual([25, 55]);
    expect(fitConfiguration(short, taskKnowledge).cuts).toEqual([25, 55]);
  });

  it('takes every scheme of truncation, and keeps the identity of an equal one', () => {
    const schemes = [
      { kind: 'none' },
      { kind: 'chunked', every: 16 },
      { kind: 'sliding', depth: 10, every: 1 },
      { kind: 'random', keep: 0.9, seed: 7 },
      { kind: 'reset', every: 16 },
    ];
    for (const truncation of schemes) {
      const next = changed({ truncation });
      expect(next.truncation).toEqual(truncation);
      expect(changed({ truncation: { ...truncation } }, next)).toBe(next);
    }
    expect(changed({ truncation: { kind: 'none' } })).toBe(D);
  });

  it('a sliding window goes back at least as often as it is deep', () => {
    const truncation = { kind: 'sliding', depth: 5, every: 10 };
    expect(changed({ truncation }).truncation).toEqual({ kind: 'sliding', depth: 5, every: 5 });
  });

  it.each([
    [{}, 'truncation.kind'],
    [{ kind: 'toString' }, 'truncation.kind'],
    ['none', 'truncation'],
    [{ kind: 'chunked' }, 'truncation.every'],
    [{ kind: 'chunked', every: 0 }, 'truncation.every'],
    [{ kind: 'reset', every: 100_001 }, 'truncation.every'],
    [{ kind: 'reset', every: 2.5 }, 'truncation.every'],
    [{ kind: 'chunked', every: 3, depth: 4 }, 'truncation.depth'],
    [{ kind: 'sliding', depth: '3', every: 1 }, 'truncation.depth'],
    [{ kind: 'random', keep: 0, seed: 1 }, 'truncation.keep'],
    [{ kind: 'random', keep: NaN, seed: 1 }, 'truncation.keep'],
    [{ kind: 'random', keep: 0.5, seed: -1 }, 'truncation.seed'],
  ])('refuses the truncation %o', (truncation, path) => {
    expect(refusal({ truncation })).toMatchObject({ code: 'invalid-configuration', path });
  });

  it('keeps playhead, window and entry inside T and B', () => {
    const from = changed({ view: { from: 50, to: 80, step: 70, batchEntry: 3 } });
    expect(changed({ T: 60, B: 2 }, from).view).toMatchObject({
      from: 30,
      to: 60,
      step: 60,
      batchEntry: 1,
    });
    expect(changed({ T: 40 }, changed({ view: { from: 50, to: 0 } })).view.from).toBe(1);
  });

  it('keeps chosen loss steps inside T', () => {
    const chosen = changed({ lossPlacement: [90, 10] });
    expect(chosen.lossPlacement).toEqual([10, 90]);
    expect(changed({ T: 50 }, chosen).lossPlacement).toEqual([10]);
    expect(changed({ T: 5 }, chosen).lossPlacement).toBe('last');
  });

  it('drops weights of another shape and keeps the others', () => {
    const edits = [
      { array: 'c', index: 0, value: 1 },
      { array: 'Wh', index: 575, value: 2 },
    ];
    const given = changed({ edits, arrays: { b: new Float32Array(24), c: [3] } });
    expect(given.edits.map((e) => e.array)).toEqual(['Wh', 'c']);
    const narrow = changed({ H: 10 }, given);
    expect(narrow.edits).toEqual([{ array: 'c', index: 0, value: 1 }]);
    expect(narrow.arrays).toEqual({ c: [3] });
    expect(changed({ task: { kind: 'copy' } }, given).arrays).toEqual({ b: given.arrays.b });
  });

  it('drops the edits under an array that is replaced', () => {
    const edited = changed({ edits: [{ array: 'b', index: 1, value: 1 }] });
    expect(changed({ arrays: { b: new Array(24).fill(1) } }, edited).edits).toEqual([]);
    expect(changed({ arrays: { c: [1] } }, edited).edits).toHaveLength(1);
  });

  it('lets the last edit of an entry count', () => {
    const twice = [1, 2].map((value) => ({ array: 'Wh', index: 0, value }));
    expect(changed({ edits: twice }).edits).toEqual([{ array: 'Wh', index: 0, value: 2 }]);
  });

  it('brings the loss of another task, unless the change names one', () => {
    expect(changed({ task: { kind: 'copy' } })).toMatchObject({
      loss: 'crossEntropy',
      outputActivation: 'softmax',
      lossPlacement: 'task',
    });
    expect(changed({ task: { kind: 'copy' }, loss: 'mse' }).loss).toBe('mse');
  });

  it('shortens T to the data of another task, but refuses a T that was asked for', () => {
    const source = { name: 'five', values: [1, 2, 3, 4, 5] };
    const short = changed({ task: { kind: 'series', source } });
    expect(short.T).toBe(4);
    expect(refusal({ T: 5 }, short)).toMatchObject({ path: 'T', details: { most: 4, got: 5 } });
  });

  it.each<[string, unknown, string]>([
    ['an unknown key', { color: 1 }, 'color'],
    ['an unknown key of the view', { view: { zoom: 1 } }, 'view.zoom'],
    ['a prototype key', JSON.parse('{"__proto__": {"T": 1}}'), '__proto__'],
    [
      'a prototype key inside',
      { view: JSON.parse('{"__proto__": 1}') as unknown },
      'view.__proto__',
    ],
    ['no object', 5, ''],
    ['null', null, ''],
    ['a list', [], ''],
    ['T 0', { T: 0 }, 'T'],
    ['T as text', { T: '96' }, 'T'],
    ['NaN', { gain: NaN }, 'gain'],
    ['an activation', { activation: 'constructor' }, 'activation'],
    ['the task', { task: { kind: 'nothing' } }, 'task.kind'],
    [
      'a source',
      { task: { kind: 'text', source: { sample: 'x' }, vocabulary: 5 } },
      'task.source.sample',
    ],
    [
      'a short text',
      { task: { kind: 'text', source: { text: 'a' }, vocabulary: 5 } },
      'task.source.text',
    ],
    [
      'a series',
      { task: { kind: 'series', source: { name: 'a', values: [1, NaN] } } },
      'task.source.values.1',
    ],
    ['a seed', { seed: 2 ** 32 }, 'seed'],
    ['a cut', { cuts: [1, 0] }, 'cuts.1'],
    ['a window', { view: { from: 10, to: 5 } }, 'view.from'],
    ['an edit', { edits: [{ array: 'Wh', index: 0, value: 1e39 }] }, 'edits.0.value'],
    ['an edit beyond the array', { edits: [{ array: 'b', index: 24, value: 1 }] }, 'edits'],
    ['an array of another size', { arrays: { Wh: [1, 2] } }, 'arrays.Wh'],
    ['an array with text', { arrays: { c: ['1'] } }, 'arrays.c.0'],
    ['an incompatible loss', { loss: 'crossEntropy' }, 'loss'],
  ])('refuses %s by its path', (_, change, path) => {
    const error = refusal(change);
    expect(error).toMatchObject({ code: 'invalid-configuration', path });
    expect(error.message.startsWith(path === '' ? 'The configuration' : path)).toBe(true);
  });
});

describe('weightShapes', () => {
  it('follows the task', () => {
    expect(weightShapes(D, taskKnowledge)).toEqual({
      ...{ Wh: [24, 24], Wx: [24, 2], b: [24, 1], Wy: [1, 24], c: [1, 1] },
    });
  });
});

describe('sameValue', () => {
  it('compares plain data by value', () => {
    expect(sameValue({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toBe(true);
    expect(sameValue({ a: [1, 2] }, { a: [1] })).toBe(false);
    expect(sameValue({ a: 1 }, { b: 1 })).toBe(false);
    expect(sameValue([], {})).toBe(false);
    expect(sameValue(null, {})).toBe(false);
  });
});
