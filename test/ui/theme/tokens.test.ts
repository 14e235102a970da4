import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, SHEET, tokensOf } from './colourMath';

const THEMES = ['light', 'dark'] as const;

const TEXT = 4.5;
const GRAPHIC = 3;
/** Every pair the page sets on one another, with the least contrast of WCAG 2.2 AA */
const PAIRS: readonly [foreground: string, background: string, least: number][] = [
  ...['ink', 'ink-soft', 'warning', 'danger', 'success'].flatMap((ink) =>
    ['panel', 'background'].map((ground): [string, string, number] => [ink, ground, TEXT]),
  ),
  ['ink', 'chip', TEXT],
  ['ink-soft', 'chip', TEXT],
  ['accent-ink', 'accent', TEXT],
  ['warning', 'warning-background', TEXT],
  ['danger', 'danger-background', TEXT],
  ['success', 'success-background', TEXT],
  ['ink', 'danger-background', TEXT],
  ['ink-soft', 'danger-background', TEXT],
  // The inspector and the header also write in these colours.
  ['forward', 'panel', TEXT],
  ['backward', 'panel', TEXT],
  ['cut', 'panel', TEXT],
  ...[1, 2, 3, 4].map((slot): [string, string, number] => [`ghost-${slot}`, 'panel', TEXT]),
  ['accent', 'panel', GRAPHIC],
  ['accent', 'background', GRAPHIC],
  ['focus', 'panel', GRAPHIC],
  ['focus', 'background', GRAPHIC],
  ['focus', 'chip', GRAPHIC],
];

describe('contrast by WCAG', () => {
  it('is computed as published', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
    expect(contrast('#ffffff', '#ffffff')).toBe(1);
    // The lightest grey that passes on white, and the next one that does not
    expect(contrast('#767676', '#ffffff')).toBeGreaterThan(4.5);
    expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5);
  });
});

describe.each(THEMES)('the tokens of the %s theme', (theme) => {
  const tokens = tokensOf(theme);

  it.each(PAIRS)('set %s on %s with a contrast of at least %d', (foreground, background, least) => {
    expect(contrast(tokens.get(foreground)!, tokens.get(background)!)).toBeGreaterThanOrEqual(
      least,
    );
  });

  it('tell forward and backward apart', () => {
    const hue = (name: string) => {
      const colour = tokens.get(name)!;
      return parseInt(colour.slice(5, 7), 16) - parseInt(colour.slice(1, 3), 16);
    };
    expect(hue('forward')).toBeGreaterThan(60);
    expect(hue('backward')).toBeLessThan(-60);
  });
});

describe.each(THEMES)('with more contrast asked for, the %s theme', (theme) => {
  const query = SHEET.indexOf('@media (prefers-contrast: more)');
  const plain = tokensOf(theme);
  const more = new Map([...plain, ...tokensOf(theme, query)]);

  it('sets every text with a contrast of 7 and every line with one of 3', () => {
    expect(query).toBeGreaterThan(0);
    for (const [foreground, background, least] of PAIRS) {
      const got = contrast(more.get(foreground)!, more.get(background)!);
      expect(got, `${foreground} on ${background}`).toBeGreaterThanOrEqual(
        least === TEXT ? 7 : 4.5,
      );
    }
    expect(contrast(more.get('line')!, more.get('panel')!)).toBeGreaterThanOrEqual(3);
  });

  it('has no colour that the theme does not have', () => {
    for (const name of tokensOf(theme, query).keys()) expect([...plain.keys()]).toContain(name);
  });
});

describe('with the system’s colours', () => {
  it('every colour is one of them', () => {
    const sheet = SHEET.slice(SHEET.indexOf('@media (forced-colors: active)'));
    const forced = new Map(
      Array.from(sheet.matchAll(/--([\w-]+):\s*([^;]+);/g), ([, name, value]) => [name!, value!]),
    );
    expect([...forced.keys()]).toEqual([...tokensOf('light').keys()]);
    const system =
      /^(Canvas|CanvasText|LinkText|Highlight|HighlightText|color-mix\(in srgb, CanvasText \d+%, Canvas\))$/;
    for (const [name, value] of forced) expect(value, name).toMatch(system);
    // The two directions must not look the same.
    expect(forced.get('forward')).not.toBe(forced.get('backward'));
  });
});

describe('the tokens', () => {
  it('are the same in both themes, each with a colour of its own', () => {
    const light = tokensOf('light');
    const dark = tokensOf('dark');
    expect(Array.from(dark.keys())).toEqual(Array.from(light.keys()));
    for (const [name, colour] of light) expect(dark.get(name), name).not.toBe(colour);
  });

  it('print a QR code black on white in both themes', () => {
    expect(SHEET.match(/--paper:\s*(#\w+);/g)).toEqual(['--paper: #ffffff;']);
    expect(SHEET.match(/--print:\s*(#\w+);/g)).toEqual(['--print: #000000;']);
  });
});

/** Every style sheet of a component */
function styleSheets(): readonly (readonly [name: string, sheet: string])[] {
  const root = new URL('../../../src/ui/', import.meta.url);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css') && !name.startsWith('theme'))
    .map((name) => [name, readFileSync(new URL(name, root), 'utf8')] as const);
}

describe('components', () => {
  it('have no colour and no size of type of their own', () => {
    const own = styleSheets().flatMap(([name, sheet]) =>
      Array.from(
        // Texts inside drawings scale with them and are in their pixels.
        sheet.matchAll(/#[\da-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(|font-size:\s*[\d.]+rem/gi),
        ([found]) => `${name}: ${found}`,
      ),
    );
    expect(own.filter((found) => !found.endsWith(': font-size: 1rem'))).toEqual([]);
    expect(styleSheets().length).toBeGreaterThan(30);
  });
});
