import { describe, expect, it } from 'vitest';
import { gradientFlow } from '../../../src/analysis/gradientFlow';
import { createCpuEngine } from '../../../src/engine/cpu/engine';
import { translate, type Language } from '../../../src/i18n';
import {
  DEFAULT_CONFIGURATION,
  type Configuration,
  type TaskKind,
} from '../../../src/model/configuration';
import type { ConfigurationChange } from '../../../src/model/configurationSchema';
import { applyChange } from '../../../src/model/configurationRules';
import { taskKnowledge } from '../../../src/state/taskKnowledge';
import { buildProblem } from '../../../src/tasks/buildProblem';
import type { Translate } from '../../../src/ui/app/context';
import { changeNames } from '../../../src/ui/summary/changes';
import { resultText, spokenLog2 } from '../../../src/ui/summary/resultText';
import { sceneText } from '../../../src/ui/summary/sceneText';

const textIn =
  (language: Language): Translate =>
  (key, params) =>
    translate(language, key, params);
const en = textIn('en');

const changed = (change: ConfigurationChange): Configuration =>
  applyChange(DEFAULT_CONFIGURATION, change, taskKnowledge);

function scene(change: ConfigurationChange, text = en): string {
  const configuration = changed(change);
  return sceneText(configuration, buildProblem(configuration), text).join(text('summary.gap'));
}

describe('sceneText', () => {
  it('is a sentence anybody can follow', () => {
    expect(scene({})).toBe(
      'A network of 24 hidden units with f = tanh runs over 96 steps, 4 sequences at once. ' +
        'Input: adding task. The loss sits at the last step. No cuts by hand.',
    );
    expect(scene({}, textIn('zh-CN'))).toBe(
      '循环网络有 24 个隐藏单元，激活函数为 tanh，运行 96 步，同时处理 4 条序列。输入：加法任务。' +
        '损失只在最后一步。没有手动截断。',
    );
  });

  it('counts to one', () => {
    expect(scene({ T: 1, H: 1, B: 1 })).toContain(
      'A network of 1 hidden unit with f = tanh runs over 1 step, one sequence.',
    );
  });

  it.each<[ConfigurationChange, string]>([
    [{ lossPlacement: 'every' }, 'There is a loss at every step.'],
    [{ lossPlacement: [10] }, 'The loss sits at step 10.'],
    [{ lossPlacement: [10, 30, 50] }, 'There is a loss at 3 steps, from step 10 to step 50.'],
    [{ cuts: [40] }, 'One cut, before step 40.'],
    // A cut beyond T waits.
    [{ cuts: [20, 40, 400] }, '2 cuts, before steps 20, 40.'],
    [{ cuts: [2, 3, 4, 5, 6, 7, 8] }, '7 cuts, the last one before step 8.'],
    [{ truncation: { kind: 'chunked', every: 8 } }, 'detached every 8 steps'],
    [{ truncation: { kind: 'sliding', depth: 9, every: 2 } }, 'back 9 steps at most, every 2'],
    [{ truncation: { kind: 'random', keep: 0.5, seed: 1 } }, 'probability 0.5'],
    [{ truncation: { kind: 'reset', every: 7 } }, 'reset to zero every 7 steps'],
  ])('%j: %s', (change, sentence) => {
    expect(scene(change)).toContain(sentence);
  });

  it('has a name for every task in both languages', () => {
    const kinds: TaskKind[] = [
      'adding',
      'copy',
      'temporalOrder',
      'latch',
      'sine',
      'text',
      'series',
    ];
    const names = kinds.flatMap((kind) =>
      (['en', 'zh-CN'] as const).map((language) => textIn(language)(`summary.task.${kind}`)),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});

async function results(change: ConfigurationChange, text = en): Promise<string> {
  const problem = buildProblem(changed(change));
  const { summary } = await createCpuEngine().run(problem);
  return resultText({ summary, problem }, gradientFlow(summary, problem), text).join(' ');
}

/** h ← w h: the factor is w exactly. */
const chain = (w: number, T: number): ConfigurationChange => ({
  ...{ T, H: 1, activation: 'identity', lossPlacement: 'last' },
  arrays: { Wh: [w], Wx: [0, 0], b: [1], Wy: [1], c: [0] },
});

describe('resultText', () => {
  it('says what happens, how fast, and the norms at both ends', async () => {
    const said = await results(chain(0.5, 60));
    expect(said).toContain('vanishes on its way back, times 0.5 per step: it halves every 1');
    expect(said).toMatch(/‖∂L\/∂h‖ is \d(\.\d)?e-\d+ at step 1 and [\d.]+ at step 60\./);
    expect(said).toMatch(/Total loss [\d.]+\.$/);
    expect(await results(chain(2, 60))).toContain('explodes on its way back, times 2 per step: it');
    expect(await results(chain(1, 60))).toContain('keeps its size');
    expect(await results(chain(0.5, 60), textIn('zh-CN'))).toContain('梯度在回传中消失');
  });

  it('says where it ends', async () => {
    expect(await results({ ...chain(0.5, 60), cuts: [40] })).toContain(
      'The cut before step 40 stops it.',
    );
    expect(
      await results({ ...chain(0.5, 60), truncation: { kind: 'reset', every: 50 } }),
    ).toContain('The reset before step 51 stops it.');
  });

  it('says when there is nothing to measure', async () => {
    expect(await results(chain(100, 60))).toContain('The state overflows at step');
    expect(await results(chain(0.5, 1))).toContain('Too few steps');
    // Losses at many steps: the factor is asked for.
    const problem = buildProblem(changed({ lossPlacement: 'every' }));
    const { summary } = await createCpuEngine().run(problem);
    expect(resultText({ summary, problem }, null, en)[0]).toBe('The gradient is being measured.');
  });
});

describe('spokenLog2', () => {
  it.each([
    [0, '1'],
    [-1, '0.5'],
    [Math.log2(3e-9), '3e-9'],
    [Math.log2(9.97e-9), '1e-8'],
    [-20000, '2.5e-6021'],
    [40, '1.1e12'],
    [-Infinity, '0'],
    [NaN, '?'],
  ])('reads 2^%d as %s', (log2, said) => {
    expect(spokenLog2(log2)).toBe(said);
  });
});

describe('changeNames', () => {
  const names = (change: ConfigurationChange, text = en) =>
    changeNames(DEFAULT_CONFIGURATION, changed(change), text);

  it.each<[ConfigurationChange, string, string]>([
    [{ T: 120 }, 'length T 120', '序列长度 T 为 120'],
    [{ cuts: [40] }, 'cuts before 40', '截断于第 40 步之前'],
    [{ gain: 1.5 }, 'gain 1.5', '增益为 1.5'],
    [{ activation: 'relu' }, 'f ReLU', '激活函数为 ReLU'],
    [{ edits: [{ array: 'b', index: 0, value: 1 }] }, 'edited weights', '手动修改的权重'],
    [{ seed: 1, dataSeed: 2 }, 'seed 1, data seed 2', '随机种子为 1，数据种子为 2'],
  ])('%j', (change, inEnglish, inChinese) => {
    expect(names(change)).toBe(inEnglish);
    expect(names(change, textIn('zh-CN'))).toBe(inChinese);
  });

  it('counts what an example changes beyond three', () => {
    const said = names({ T: 50, B: 1, H: 2, gain: 1, seed: 9 });
    expect(said).toBe('length T 50, batch B 1, hidden units H 2, and 2 more');
  });

  it('has nothing to say of the view', () => {
    expect(names({ view: { step: 3 } })).toBeNull();
    expect(changeNames(changed({ cuts: [3] }), DEFAULT_CONFIGURATION, en)).toBe('no cuts');
  });
});
