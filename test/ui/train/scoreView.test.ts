import { describe, expect, it } from 'vitest';
import { translate } from '../../../src/i18n';
import { BASELINE_IDS } from '../../../src/tasks/baselines';
import type { Score } from '../../../src/tasks/score';
import type { Translate } from '../../../src/ui/app/context';
import { isWorse, placeOn, viewOf } from '../../../src/ui/lab/train/scoreView';

const en: Translate = (key, params) => translate('en', key, params);
const zh: Translate = (key, params) => translate('zh-CN', key, params);

const ADDING: Score = {
  kind: 'adding',
  ...{ meanSquaredError: 1 / 24, meanError: 0.12, right: 0.125, chance: 1 / 6, sequences: 200 },
};
const TEXT: Score = {
  kind: 'text',
  ...{ bitsPerCharacter: 2, classes: 32, uniformBits: 5, unigramBits: 4, right: 0.4 },
  ...{ chance: 0.2, characters: 1000 },
};
const ORDER: Score = { kind: 'temporalOrder', right: 1, chance: 0.25, sequences: 256 };
const SERIES: Score = { kind: 'series', error: 9, persistence: 3, mean: 7, values: 99 };

describe('a score in words', () => {
  it('has its number between the words, in both languages', () => {
    expect(viewOf(ADDING, en).headline).toEqual({
      ...{ before: '', value: '12.5 %', after: ' of the sums are right to within 0.04' },
    });
    expect(viewOf(TEXT, zh).headline).toEqual({
      ...{ before: '每个字符 ', value: '2.00', after: ' 比特' },
    });
    expect(viewOf(ORDER, en).headline.value).toBe('100 %');
    expect(viewOf(ORDER, en).inShort).toBe('100 %');
    expect(viewOf(TEXT, en).inShort).toBe('2.00 bits');
    expect(viewOf({ ...ORDER, right: 255 / 256 }, en).headline.value).toBe('99.6 %');
  });

  it('has the same rows where there are no bits', () => {
    const without = viewOf({ ...TEXT, bitsPerCharacter: null }, en);
    expect(without.headline.value).toBe('40 %');
    expect(without.facts).toEqual(viewOf(TEXT, en).facts);
    expect(without.scale.from.text).toBe('chance 20 %');
  });
});

describe('the scale', () => {
  it('goes from chance to perfect', () => {
    const { scale } = viewOf(ADDING, en);
    expect(placeOn(scale, 1 / 6)).toBe(0);
    expect(placeOn(scale, 0)).toBe(1);
    expect(placeOn(scale, scale.now.value)).toBeCloseTo(0.75, 12);
    expect(isWorse(scale)).toBe(false);
    expect(placeOn(viewOf(ORDER, en).scale, 1)).toBe(1);
    expect(placeOn(viewOf(ORDER, en).scale, 0.25)).toBe(0);
  });

  it('has other baselines in between', () => {
    const { scale } = viewOf(TEXT, en);
    expect(scale.others.map(({ value }) => placeOn(scale, value))).toEqual([expect.closeTo(0.2)]);
    expect(placeOn(scale, 2)).toBeCloseTo(0.6, 12);
  });

  it('ends at chance, and says what is worse', () => {
    const { scale } = viewOf(SERIES, en);
    expect(placeOn(scale, 9)).toBe(0);
    expect(isWorse(scale)).toBe(true);
    expect(isWorse(viewOf({ ...ORDER, right: 0.1 }, en).scale)).toBe(true);
    expect(isWorse(viewOf({ ...ORDER, right: 0.25 }, en).scale)).toBe(false);
    // A constant series: every baseline is perfect.
    const constant = viewOf({ ...SERIES, error: 0, mean: 0, persistence: 0 }, en).scale;
    expect(placeOn(constant, 0)).toBe(1);
    expect(isWorse(constant)).toBe(false);
  });
});

it('every baseline has a name', () => {
  for (const id of BASELINE_IDS) {
    const named = en(`score.baseline.${id}`, { classes: 4, symbols: 8, steps: 10 });
    expect(named).not.toMatch(/[{}]/);
  }
});
