import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ConfigurationChange } from '../../src/model/configurationSchema';
import { TRACKS } from '../../src/model/configuration';
import { open, setConfig, settled } from './support/playground';
import { expect, test, type Browser, type Page } from './support/test';

/*
 * Pictures of the states that break layouts, without the canvases: they are the engine's work and
 * tested elsewhere. Pixels of text depend on fonts and browser, so pictures are compared where
 * those are the ones they were made with (`pictures/made-with.json`); everywhere else the rest of
 * each test holds. `npm run test:renew-pictures` makes them anew.
 */

interface State {
  readonly name: string;
  readonly size: readonly [width: number, height: number];
  readonly language: 'en' | 'zh-CN';
  readonly theme: 'light' | 'dark';
  readonly change: ConfigurationChange;
}

const everywhere = Array.from({ length: 96 }, (_, i) => i + 1);

const STATES: readonly State[] = [
  { name: 'first-en-light-1440', size: [1440, 900], language: 'en', theme: 'light', change: {} },
  { name: 'first-zh-dark-1280', size: [1280, 720], language: 'zh-CN', theme: 'dark', change: {} },
  { name: 'first-en-dark-768', size: [768, 1024], language: 'en', theme: 'dark', change: {} },
  { name: 'first-zh-light-390', size: [390, 844], language: 'zh-CN', theme: 'light', change: {} },
  {
    name: 'one-step-en-light-1280',
    size: [1280, 720],
    language: 'en',
    theme: 'light',
    change: { T: 1 },
  },
  {
    name: 'longest-zh-light-1440',
    size: [1440, 900],
    language: 'zh-CN',
    theme: 'light',
    change: { T: 100_000, B: 1, H: 8 },
  },
  {
    name: 'one-unit-zh-dark-390',
    size: [390, 844],
    language: 'zh-CN',
    theme: 'dark',
    change: { H: 1 },
  },
  {
    name: 'many-units-en-dark-1440',
    size: [1440, 900],
    language: 'en',
    theme: 'dark',
    change: { H: 128 },
  },
  {
    name: 'overflow-en-light-1280',
    size: [1280, 720],
    language: 'en',
    theme: 'light',
    change: { activation: 'relu', gain: 3, T: 200 },
  },
  {
    name: 'cut-everywhere-zh-light-768',
    size: [768, 1024],
    language: 'zh-CN',
    theme: 'light',
    change: { cuts: everywhere },
  },
  {
    name: 'long-labels-en-light-390',
    size: [390, 844],
    language: 'en',
    theme: 'light',
    change: {
      task: { kind: 'text', source: { sample: 'carroll' }, vocabulary: 64 },
      truncation: { kind: 'sliding', depth: 12, every: 3 },
      view: { panel: 'truncation' },
    },
  },
  {
    name: 'empty-zh-dark-1440',
    size: [1440, 900],
    language: 'zh-CN',
    theme: 'dark',
    change: { lossPlacement: [], view: { folded: ['graph', 'inputs', 'saturation'] } },
  },
];

/** What the pixels of a text depend on: the browser, and the fonts as widths of samples. */
async function surroundings(page: Page, browser: Browser): Promise<string> {
  const widths = await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d')!;
    const style = getComputedStyle(document.documentElement);
    return ['--font', '--font-mono', '--font-math'].flatMap((token) => {
      context.font = `20px ${style.getPropertyValue(token)}`;
      return ['Backpropagation through time', '通过时间反向传播', '‖∂L/∂hₜ‖ ×10⁻⁷'].map((sample) =>
        context.measureText(sample).width.toFixed(1),
      );
    });
  });
  return `Chromium ${browser.version().split('.')[0]}, ${process.platform}, ${widths.join(' ')}`;
}

const RECORD = new URL('./pictures/made-with.json', import.meta.url);

for (const { name, size, language, theme, change } of STATES) {
  test(`picture: ${name}`, async ({ page, browser }, info) => {
    const [width, height] = size;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await open(page, `./?engine=cpu&lang=${language}`);
    await setConfig(page, change);
    await settled(page);
    // Charts settle, and the check has its say.
    await page.waitForTimeout(1200);

    const scrollWidth = () => page.evaluate(() => document.scrollingElement!.scrollWidth);
    expect(await scrollWidth(), 'no sideways scroll').toBeLessThanOrEqual(width);
    for (const id of TRACKS) {
      const row = page.locator(`[data-track="${id}"]`);
      if ((await row.getAttribute('data-folded')) !== null) continue;
      await expect(row.locator('canvas, svg').nth(1), `something in ${id}`).toBeAttached();
    }

    const here = await surroundings(page, browser);
    const renewing = ['all', 'changed'].includes(info.config.updateSnapshots);
    if (renewing) writeFileSync(RECORD, `${JSON.stringify(here)}\n`);
    const made = existsSync(RECORD) ? (JSON.parse(readFileSync(RECORD, 'utf8')) as string) : '';
    if (here !== made) {
      info.annotations.push({ type: 'picture not compared', description: `${here} ≠ ${made}` });
      return;
    }
    await page.evaluate(() => {
      const varying = 'canvas, [data-engine], [data-truth]';
      for (const element of document.querySelectorAll<HTMLElement>(varying)) {
        element.style.visibility = 'hidden';
      }
    });
    await expect(page).toHaveScreenshot(`${name}.png`, { maxDiffPixelRatio: 0.004 });
  });
}
