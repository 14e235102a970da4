import { describe, expect, it } from 'vitest';
import { CHECKED_ARRAYS } from '../../src/model/analyses';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { rowsOfPass } from '../../src/engine/check/rows';
import { translate } from '../../src/i18n';
import { placeInWords } from '../../src/ui/lab/check/notation';
import {
  checkedSize,
  elementIndices,
  elementMoment,
  elementName,
} from '../../src/ui/lab/check/position';
import { chain } from '../support/problems';
import { randomProblem } from '../support/randomProblem';

const SHAPE = { T: 7, B: 3, I: 2, H: 5, O: 4 };

describe('where a checked element is', () => {
  it('counts every dimension from 1', () => {
    expect(elementIndices('lossPerStep', 6, SHAPE)).toEqual([7]);
    // h[t, n, i] is at ((t·B) + n)·H + i.
    expect(elementIndices('h', (4 * 3 + 2) * 5 + 1, SHAPE)).toEqual([5, 3, 2]);
    expect(elementIndices('y', (4 * 3 + 2) * 4 + 1, SHAPE)).toEqual([5, 3, 2]);
    expect(elementIndices('dWx', 9, SHAPE)).toEqual([5, 2]);
    expect(elementIndices('dWh', 17, SHAPE)).toEqual([4, 3]);
    expect(elementIndices('dWy', 17, SHAPE)).toEqual([4, 3]);
    expect(elementIndices('dh0', 14, SHAPE)).toEqual([3, 5]);
    expect(elementIndices('dc', 3, SHAPE)).toEqual([4]);
  });

  it('is written with its array, or not at all', () => {
    expect(elementName('dWh', 17, SHAPE)).toBe('dWh[4, 3]');
    expect(elementName('dWh', -1, SHAPE)).toBe('dWh');
  });

  it('has a step only in the arrays over time', () => {
    expect(elementMoment('delta', (4 * 3 + 2) * 5 + 1, SHAPE)).toEqual({ step: 5, batchEntry: 2 });
    expect(elementMoment('lossPerStep', 6, SHAPE)).toEqual({ step: 7, batchEntry: null });
    expect(elementMoment('h', -1, SHAPE)).toBeNull();
    for (const array of ['dWx', 'dWh', 'db', 'dWy', 'dc', 'dh0'] as const) {
      expect(elementMoment(array, 0, SHAPE), array).toBeNull();
    }
  });

  it('is told in words, rows of weights being the receiving units', () => {
    const words = (array: 'h' | 'dWx' | 'dh0', index: number) =>
      placeInWords((key, params) => translate('en', key, params), array, index, SHAPE);
    expect(words('h', (4 * 3 + 2) * 5 + 1)).toBe('step 5, batch entry 3, unit 2');
    expect(words('dWx', 9)).toBe('to unit 5, from input 2');
    expect(words('dh0', 14)).toBe('batch entry 3, unit 5');
  });
});

describe('the number of values an array has', () => {
  it.each([
    ['a whole pass', randomProblem({ ...SHAPE }), null],
    ['a pass that overflowed', chain(300, 2, { initialState: 1 }), 123],
  ])('is what the check compares: %s', async (_, problem, overflowAt) => {
    const tensors = await (await createCpuEngine().run(problem)).tensors();
    expect(tensors.overflowAt).toBe(overflowAt);
    const lastStep = overflowAt === null ? problem.T : overflowAt - 1;
    const rows = rowsOfPass(tensors, lastStep);
    for (const array of CHECKED_ARRAYS) {
      const { rows: count, width } = rows[array];
      expect(checkedSize(array, problem, overflowAt), array).toBe(count * width);
    }
  });
});
