import { describe, expect, it } from 'vitest';
import { MESSAGE_KEYS, translate } from '../../src/i18n';
import { parseMath } from '../../src/ui/charts/MathText';

const HAN = '[\\u3400-\\u9fff]';
const HALF_WIDTH = new RegExp(`${HAN}[,;:!?](?!\\d)|${HAN}\\.(?!\\w)|\\([^()]*${HAN}[^()]*\\)`);
const SPACED = /[，。；：！？（）“”] | [，。；：！？）”]/;
const CROWDED = new RegExp(`${HAN}[A-Za-z0-9]|[A-Za-z0-9]${HAN}`);

/** Texts that match, with what matched. */
function found(pattern: RegExp): string[] {
  return MESSAGE_KEYS.flatMap((key) => {
    const match = pattern.exec(translate('zh-CN', key));
    return match === null ? [] : [`${key}: ${match[0]}`];
  });
}

function slanted(text: string): boolean {
  return parseMath(text).some(
    ({ kind, text: part }) => kind === 'italic' && new RegExp(HAN).test(part),
  );
}

describe('the patterns', () => {
  it('catch what they are for', () => {
    for (const bad of ['梯度,消失', '梯度消失.', '梯度(消失)', '为什么?']) {
      expect(bad).toMatch(HALF_WIDTH);
    }
    for (const bad of ['梯度， 消失', '梯度 。']) expect(bad).toMatch(SPACED);
    for (const bad of ['第1 步', 'tanh网络']) expect(bad).toMatch(CROWDED);
    expect(slanted('*梯度*')).toBe(true);
    expect(slanted('*h*_t 消失')).toBe(false);
    for (const good of ['梯度，消失。', '第 1 步（t = 1）', '取 0.5 到 1']) {
      for (const pattern of [HALF_WIDTH, SPACED, CROWDED]) expect(good).not.toMatch(pattern);
    }
  });
});

describe('Chinese texts', () => {
  it('have full-width punctuation between their characters', () => {
    expect(found(HALF_WIDTH)).toEqual([]);
  });

  it('have no space beside full-width punctuation', () => {
    expect(found(SPACED)).toEqual([]);
  });

  it('have a space between a Chinese character and a number or a Latin word', () => {
    expect(found(CROWDED)).toEqual([]);
  });

  it('set no Chinese character in italics', () => {
    expect(MESSAGE_KEYS.filter((key) => slanted(translate('zh-CN', key)))).toEqual([]);
  });

  it('use the parameters of the English ones, and no others', () => {
    // _{…} and ^{…} are subscripts and superscripts, whose words differ.
    const parameters = (text: string) => [...new Set(text.match(/(?<![_^])\{\w+\}/g) ?? [])].sort();
    const different = MESSAGE_KEYS.filter(
      (key) =>
        JSON.stringify(parameters(translate('zh-CN', key))) !==
        JSON.stringify(parameters(translate('en', key))),
    );
    expect(different).toEqual([]);
  });
});
