import { describe, expect, it } from 'vitest';
import { translate, type Language } from '../../src/i18n';
import {
  DEFAULT_CONFIGURATION,
  PIN_LIMITS,
  type Pin,
  type RunConfiguration,
} from '../../src/model/configuration';
import { parseConfiguration } from '../../src/model/configurationRules';
import { runOf } from '../../src/model/pins';
import type { Translate } from '../../src/ui/app/context';
import { automaticName, nameProblem } from '../../src/ui/lab/compare/names';
import { MEASURES, measuredOf, relativeText, type Outcome } from '../../src/ui/lab/compare/results';
import { differing, settingValue, SETTINGS } from '../../src/ui/lab/compare/settings';

const RUN = runOf(DEFAULT_CONFIGURATION);
const run = (change: Partial<RunConfiguration>): RunConfiguration => ({ ...RUN, ...change });
const pin = (name: string, change: Partial<RunConfiguration> = {}): Pin => ({
  name,
  configuration: run(change),
});
const words =
  (language: Language): Translate =>
  (key, params) =>
    translate(language, key, params);
const [en, zh] = [words('en'), words('zh-CN')];

describe('automatic names', () => {
  it.each<[Partial<RunConfiguration>, string, string]>([
    [{}, 'tanh, gain 0.95', 'tanh，增益 0.95'],
    [{ gain: 1.2 }, 'gain 1.2', '增益 1.2'],
    [{ activation: 'relu' }, 'ReLU', 'ReLU'],
    [{ cuts: [56] }, 'cut at 56', '在第 56 步前截断'],
    [{ cuts: [25, 56] }, 'cuts at 25, 56', '在第 25, 56 步前截断'],
    [{ T: 2000, H: 8, gain: 1 }, 'T = 2\u202f000, H = 8', 'T = 2\u202f000，H = 8'],
    [{ truncation: { kind: 'chunked', every: 16 } }, 'every 16 steps', '每 16 步截断'],
    [{ lossPlacement: 'every' }, 'loss at every t', '损失在每步'],
    [{ initialiser: { kind: 'rotation', angle: 0.5 } }, 'Rotation by θ = 0.5', '旋转 θ = 0.5'],
    [{ edits: [{ array: 'Wh', index: 0, value: 1 }] }, 'own weights', '自定义权重'],
    [{ task: { kind: 'sine' } }, 'Sine', '正弦'],
  ])('say what %j has', (change, english, chinese) => {
    expect(automaticName(run(change), [], en)).toBe(english);
    expect(automaticName(run(change), [], zh)).toBe(chinese);
  });

  it('say what the pin before has not, and take no name twice', () => {
    const cut = pin('cut', { cuts: [56], gain: 1.2 });
    expect(automaticName(run({ gain: 1.2 }), [cut], en)).toBe('no cuts');
    expect(automaticName(run({ gain: 1 }), [pin('gain 1', { gain: 3 })], en)).toBe('gain 1 2');
  });

  it('are names that a pin can have, whatever the series is called', () => {
    const source = { name: `a\u202e\n${'😀'.repeat(40)}`, values: [1, 2] };
    const change: Partial<RunConfiguration> = { task: { kind: 'series', source }, T: 2 };
    const name = automaticName(run(change), [], en);
    expect(name.length).toBeLessThanOrEqual(PIN_LIMITS.name);
    expect(name).toMatch(/^a(😀)+$/u);
    const pins = [pin(name)];
    expect(parseConfiguration({ ...DEFAULT_CONFIGURATION, pins }).ok).toBe(true);
    const blank = { ...source, name: '\u200b ' };
    const nameless = run({ task: { kind: 'series', source: blank } });
    expect(automaticName(nameless, [], en)).toBe('tanh, gain 0.95');
  });

  it('are told apart by a number, within the length a name may have', () => {
    const source = { name: '😀'.repeat(40), values: [1, 2] };
    const series: Partial<RunConfiguration> = { task: { kind: 'series', source } };
    const first = automaticName(run(series), [], en);
    const pins = [pin(first, series), pin('between')];
    const second = automaticName(run(series), pins, en);
    expect(second).toMatch(/^(😀)+ 2$/u);
    const all = [...pins, pin(second, { gain: 2 })];
    expect(parseConfiguration({ ...DEFAULT_CONFIGURATION, pins: all }).ok).toBe(true);
  });

  it('are refused where the rules would refuse them', () => {
    const pins = [pin('a'), pin('b')];
    expect(nameProblem(' a ', 0, pins)).toBeNull();
    expect(nameProblem('b', 0, pins)).toBe('taken');
    expect(nameProblem(' ', 0, pins)).toBe('blank');
    expect(nameProblem('x\u200b', 0, pins)).toBe('unprintable');
  });
});

describe('settings', () => {
  it('cover every field of a run', () => {
    expect([...SETTINGS].sort()).toEqual(Object.keys(RUN).sort());
    for (const setting of SETTINGS) {
      for (const text of [en, zh]) expect(settingValue(setting, RUN, text)).not.toMatch(/[{}*]/);
    }
  });

  it('differ where it means something', () => {
    expect(differing(RUN, run({ gain: 1, cuts: [3] }))).toEqual(['gain', 'cuts']);
    expect(differing(RUN, structuredClone(RUN))).toEqual([]);
    // Only a rotation has an angle.
    expect(differing(RUN, run({ initialiser: { kind: 'orthogonal', angle: 9 } }))).toEqual([]);
    const [a, b] = [0.1, 0.2].map((angle) => run({ initialiser: { kind: 'rotation', angle } }));
    expect(differing(a!, b!)).toEqual(['initialiser']);
  });

  it('are said in words, long ones cut short', () => {
    const cuts = Array.from({ length: 50 }, (_, i) => 10 * i + 1);
    expect(settingValue('cuts', run({ cuts }), en)).toBe('1, 11, 21, 31, 41, … (50)');
    const edits = [5, 6].map((index) => ({ array: 'Wh' as const, index, value: 1 }));
    expect(settingValue('edits', run({ edits }), en)).toBe('2 in W_h');
    const [edit] = [{ array: 'Wh' as const, index: 25, value: 0.5 }];
    expect(settingValue('edits', run({ edits: [edit] }), en)).toBe('W_h[2,2] = 0.5');
    const text = 'The quick brown fox';
    const task = { kind: 'text', source: { text }, vocabulary: 9 } as const;
    expect(settingValue('task', run({ task }), en)).toBe('“The quick …”, 9 characters');
    expect(settingValue('lossPlacement', run({ lossPlacement: [1, 2, 3, 9] }), en)).toBe('1–3, 9');
  });
});

describe('results', () => {
  const outcome: Outcome = {
    totalLoss: 0.5,
    log2FirstGradient: -20_000,
    log2WeightGradient: -Infinity,
    overflowAt: null,
    flow: { kind: 'vanishing', factor: 0.5, zeroAt: null },
  };

  it('are numbers far outside any float, too', () => {
    expect(MEASURES.map((measure) => measuredOf(measure, outcome))).toEqual([
      { text: '0.500', log2: -1 },
      { text: '×0.500', log2: -1 },
      { text: '2.51×10⁻⁶⁰²¹', log2: -20_000 },
      { text: '0', log2: -Infinity },
    ]);
    const unknown = { ...outcome, log2FirstGradient: NaN, flow: null };
    expect(measuredOf('firstGradient', unknown)).toEqual({ text: '–', log2: NaN });
    expect(measuredOf('factor', unknown)).toEqual({ text: '–', log2: NaN });
  });

  it('relate in percent when near, as a factor when far', () => {
    expect(relativeText(Math.log2(1.123), 0)).toBe('+12 %');
    expect(relativeText(Math.log2(0.979), 0)).toBe('−2.1 %');
    expect(relativeText(-20_010, -20_000)).toBe(`×${(2 ** -10 * 1e4).toFixed(2)}×10⁻⁴`);
    expect(relativeText(3, 2)).toBe('×2.00');
    expect(relativeText(5, 5)).toBe('=');
    expect(relativeText(1e-7, 0)).toBe('=');
    expect(relativeText(-Infinity, -Infinity)).toBe('=');
    expect(relativeText(-Infinity, 1)).toBe('×0');
    expect(relativeText(1, -Infinity)).toBeNull();
    expect(relativeText(NaN, 1)).toBeNull();
  });
});
