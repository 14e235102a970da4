import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSteps, parseSteps } from '../../../src/ui/controls/stepList';

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('reading steps', () => {
  it.each<[string, number[]]>([
    ['7', [7]],
    ['1', [1]],
    ['96', [96]],
    ['10, 20–30, 96', [10, ...range(20, 30), 96]],
    ['3,1,2', [1, 2, 3]],
    ['5 5,5;5', [5]],
    ['1-3 2-4', [1, 2, 3, 4]],
    ['4-4', [4]],
    ['1;2\n3\t4', [1, 2, 3, 4]],
    [',, 8 ,', [8]],
    ['003', [3]],
  ])('reads %j', (text, steps) => {
    expect(parseSteps(text, 96)).toEqual(steps);
  });

  it.each(['2-4', '2–4', '2—4', '2~4', '２－４', '２～４', '２, ３、 ４', '2，3；4'])(
    'reads %j, however the dash and the comma are written',
    (text) => {
      expect(parseSteps(text, 96)).toEqual([2, 3, 4]);
    },
  );

  it.each(['2 - 4', '2 – 4', '2- 4', '2 ~4', '2\u3000－\u30004'])(
    'reads %j with spaces around the dash',
    (text) => {
      expect(parseSteps(text, 96)).toEqual([2, 3, 4]);
    },
  );

  it.each([
    '',
    '  ',
    ',;',
    '0',
    '97',
    '1-97',
    '0-3',
    '5-4',
    '-5',
    '-',
    '5-',
    '3, -5',
    '1--3',
    '1-2-3',
    '1.5',
    '1e1',
    '0x2',
    'NaN',
    'all',
    '3, x',
    '1234567',
    '1-9999999',
    '9'.repeat(400),
  ])('refuses %j as a whole', (text) => {
    expect(parseSteps(text, 96)).toBeNull();
  });

  it('reads every step of the longest sequence', () => {
    const steps = parseSteps('1-100000', 100_000);
    expect(steps).toHaveLength(100_000);
    expect(steps?.[0]).toBe(1);
    expect(steps?.[99_999]).toBe(100_000);
    expect(parseSteps('1-100001', 100_000)).toBeNull();
  });
});

describe('writing steps', () => {
  it.each<[number[], string]>([
    [[], ''],
    [[7], '7'],
    [[7, 8], '7, 8'],
    [[7, 8, 9], '7–9'],
    [[1, 2, 3, 5, 6, 8, 10, 11, 12, 13], '1–3, 5, 6, 8, 10–13'],
    [range(1, 96), '1–96'],
  ])('writes %j', (steps, text) => {
    expect(formatSteps(steps)).toBe(text);
  });

  it('is read back', () => {
    const T = 60;
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: T }), { minLength: 1 }), (chosen) => {
        const steps = chosen.sort((a, b) => a - b);
        expect(parseSteps(formatSteps(steps), T)).toEqual(steps);
      }),
    );
  });
});
