import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION, type Configuration } from '../../../src/model/configuration';
import { translate } from '../../../src/i18n';
import type { Translate } from '../../../src/ui/app/context';
import { plainMath } from '../../../src/ui/charts/MathText';
import { captionOf } from '../../../src/ui/charts/export/captionOf';
import { laidOut, type FigurePanel, type FigureStyle } from '../../../src/ui/charts/export/figure';
import { log2Legend, plainLegend } from '../../../src/ui/charts/export/legends';
import { mathSpans, wrappedMath, type Measure } from '../../../src/ui/charts/export/mathLines';
import type { SvgNode } from '../../../src/ui/charts/export/svgNode';

/** A font whose letters are all half as wide as they are tall; Chinese ones are square. */
const measure: Measure = (text, { size }) =>
  [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? size : size / 2), 0);

const said = (lines: ReturnType<typeof wrappedMath>) =>
  lines.map((line) => line.map(({ text }) => text).join(''));

describe('wrappedMath', () => {
  it('breaks between words and never inside a formula', () => {
    const lines = wrappedMath('Adds to ∂*L*/∂*W*_h here', 60, { size: 10 }, measure);
    expect(said(lines)).toEqual(['Adds to', '∂L/∂Wh here']);
  });

  it('breaks Chinese anywhere but before a stop and after an opening bracket', () => {
    const lines = wrappedMath('隐藏状态，误差（信号）。', 50, { size: 10 }, measure);
    const text = said(lines);
    expect(text.join('')).toBe('隐藏状态，误差（信号）。');
    for (const line of text) {
      expect(line).not.toMatch(/^[，。）]/u);
      expect(line).not.toMatch(/（$/u);
    }
  });

  it('keeps a word that is longer than the line', () => {
    expect(said(wrappedMath('abcdefghij k', 20, { size: 10 }, measure))).toEqual([
      'abcdefghij',
      'k',
    ]);
  });
});

describe('mathSpans', () => {
  it('goes back to the line after an index', () => {
    const spans = mathSpans(wrappedMath('*h*_t ok', 1000, { size: 10 }, measure)[0]!, 10);
    const shifts = spans.map((span) =>
      typeof span === 'string' ? 0 : Number(span.attributes['dy'] ?? 0),
    );
    expect(shifts.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 6);
  });
});

const STYLE: FigureStyle = {
  ...{ font: 'sans-serif', mono: 'monospace', paper: '#fff' },
  ...{ ink: '#000', inkSoft: '#555', line: '#ddd' },
};

const panel = (title: string, more: Partial<FigurePanel> = {}): FigurePanel => ({
  ...{ title, width: 400, height: 80, content: [] },
  ...{ isFramed: true, isOnTimeAxis: true, legend: null },
  ...more,
});

function all(nodes: readonly (SvgNode | string)[], name: string): SvgNode[] {
  return nodes.flatMap((node) =>
    typeof node === 'string'
      ? []
      : [...(node.name === name ? [node] : []), ...all(node.children, name)],
  );
}

const textOf = (node: SvgNode): string =>
  node.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');

describe('laidOut', () => {
  const legend = plainLegend({ kind: 'diverging', low: -1, high: 1 }, 'light');
  const figure = {
    panels: [
      panel('Inputs *x*_t', { height: 30, legend }),
      panel('Errors', { note: 'log', aside: '10⁻⁵…1' }),
    ],
    steps: { from: 1, to: 96 },
    timeName: 'time *t*',
    caption: ['*T* = 96', 'a very long part that says much', 'another one of those', 'BPTT'],
  };
  const laid = laidOut(figure, STYLE, measure);
  const texts = all(laid.nodes, 'text');

  it('holds everything inside its size', () => {
    for (const text of texts) {
      const [x, y] = [Number(text.attributes['x']), Number(text.attributes['y'])];
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(laid.height);
      const width = measure(textOf(text), { size: Number(text.attributes['font-size']) });
      const right =
        { middle: x + width / 2, end: x }[text.attributes['text-anchor'] ?? ''] ?? x + width;
      expect(right).toBeLessThanOrEqual(laid.width + 4);
    }
  });

  it('has one axis below the last track, from the first to the last step', () => {
    const numbers = texts.map(textOf).filter((text) => /^\d+$/.test(text));
    expect(numbers[0]).toBe('1');
    expect(numbers).toContain('96');
    expect(texts.filter((text) => textOf(text) === 'time t')).toHaveLength(1);
  });

  it('names what is drawn, with the sign of each, inside the width', () => {
    const names = ['prediction *y*_t', 'first_run*', 'a third of some length', 'and a fourth one'];
    const keys = names.map((name, i) => ({
      ...{ kind: 'line' as const, colour: '#123456', dash: '8 3', text: name },
      ...(i === 1 && { isPlain: true as const }),
    }));
    const drawn = laidOut({ ...figure, panels: [panel('A', { keys })] }, STYLE, measure);
    const bare = laidOut({ ...figure, panels: [panel('A')] }, STYLE, measure);
    const written = all(drawn.nodes, 'text').map(textOf);
    expect(written).toEqual(expect.arrayContaining(['prediction yt', 'first_run*']));
    const signs = all(drawn.nodes, 'path').filter((p) => p.attributes['stroke-dasharray']);
    expect(signs.map((p) => p.attributes['stroke'])).toEqual(names.map(() => '#123456'));
    // Two lines of them
    expect(drawn.height - bare.height).toBeGreaterThan(30);
  });

  it('writes every part of the caption, torn apart nowhere', () => {
    const lines = texts.map(textOf);
    for (const part of figure.caption) {
      expect(lines.some((line) => line.includes(plainMath(part)))).toBe(true);
    }
  });

  it('leaves out what a drawing without a title does not have', () => {
    const one = laidOut({ ...figure, panels: [panel('A')], steps: null }, STYLE, measure);
    const two = laidOut(
      { ...figure, panels: [panel('A'), panel('')], steps: null },
      STYLE,
      measure,
    );
    expect(two.height - one.height).toBe(80 + 12);
  });

  it('puts the note on a line of its own where the title fills one', () => {
    const wide = laidOut({ ...figure, panels: [panel('Short', { note: 'n' })] }, STYLE, measure);
    const long = panel('A title that leaves no room at all for anything else, not even this', {
      note: 'n',
    });
    expect(laidOut({ ...figure, panels: [long] }, STYLE, measure).height).toBeGreaterThan(
      wide.height,
    );
  });
});

describe('legends', () => {
  it('name the ends and zero of a scale with a sign', () => {
    const { ticks, colours } = plainLegend({ kind: 'diverging', low: -2, high: 2 }, 'light');
    expect(ticks).toEqual([
      { at: 0, text: '−2.0' },
      { at: 0.5, text: '0' },
      { at: 1, text: '2.0' },
    ]);
    // Blue below, orange above
    expect(colours[0]! < colours[colours.length - 1]!).toBe(true);
  });

  it('name powers of ten at their places', () => {
    const log2 = Math.log2(10);
    const { ticks } = log2Legend({ kind: 'sequential', low: -6 * log2, high: 0 }, 'dark');
    for (const { text } of ticks) expect(['10⁻⁶', '10⁻⁴', '10⁻²', '1']).toContain(text);
    expect(ticks.at(-1)).toEqual({ at: expect.closeTo(1, 9) as number, text: '1' });
  });
});

describe.each(['en', 'zh-CN'] as const)('captionOf in %s', (language) => {
  const text: Translate = (key, params) => translate(language, key, params);
  const caption = (change: Partial<Configuration>) =>
    captionOf({ ...DEFAULT_CONFIGURATION, ...change }, text)
      .map(plainMath)
      .join(' · ');

  it('says all that decides the curves', () => {
    const said = caption({});
    for (const part of ['T = 96', 'B = 4', 'H = 24', 'tanh', '0.95', '7'])
      expect(said).toContain(part);
    expect(said).not.toMatch(/\{\w+\}|undefined/);
  });

  it('follows every kind of truncation, cuts, edits and own arrays', () => {
    const said = [
      caption({ truncation: { kind: 'chunked', every: 11 } }),
      caption({ truncation: { kind: 'reset', every: 12 } }),
      caption({ truncation: { kind: 'sliding', depth: 13, every: 2 } }),
      caption({ truncation: { kind: 'random', keep: 0.75, seed: 3 } }),
      caption({ cuts: [20, 40, 400] }),
      caption({ edits: [{ array: 'b', index: 0, value: 1 }] }),
    ];
    ['11', '12', '13', '0.75', '20, 40', '1'].forEach((part, i) => expect(said[i]).toContain(part));
    // A cut beyond T has no effect.
    expect(said[4]).not.toContain('400');
    expect(caption({ arrays: { Wh: [1] } })).not.toContain('0.95');
    expect(new Set(said).size).toBe(said.length);
  });

  it('does not take a file’s name for markup', () => {
    const source = { name: 'my_long*name^2', values: [1, 2, 3] };
    expect(caption({ task: { kind: 'series', source } })).toContain('my long name 2');
  });
});
