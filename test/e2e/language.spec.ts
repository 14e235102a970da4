import type { MessageKey } from '../../src/i18n';
import { getConfig, open } from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

/** Texts from every part of the page whose two languages have nothing in common. */
const KEYS: readonly MessageKey[] = [
  ...(['app.name', 'app.undo', 'app.share', 'app.help', 'app.resetAll'] as const),
  ...(['sequence.title', 'sequence.input', 'task.adding', 'task.adding.hint'] as const),
  ...(['cell.title', 'cell.activation', 'cell.loss'] as const),
  ...(['weights.title', 'weights.initialiser', 'weights.gain', 'weights.newSeed'] as const),
  ...(['cuts.title', 'cuts.none', 'cuts.explain'] as const),
  ...(['track.graph', 'track.states', 'track.gradient', 'timeline.play'] as const),
  ...(['inspector.forward', 'inspector.backward', 'inspector.units'] as const),
];

/** Everything there is to read, by eye or by ear, as one line. */
function words(page: Page): Promise<string> {
  return page.evaluate(() => {
    const names = ['aria-label', 'aria-valuetext', 'aria-description', 'title', 'placeholder'];
    const spoken = [...document.querySelectorAll('*')].flatMap((element) =>
      names.map((name) => element.getAttribute(name) ?? ''),
    );
    return [document.querySelector('#root')!.textContent, ...spoken].join('\n');
  });
}

async function expectLanguage(page: Page, language: 'en' | 'zh-CN'): Promise<void> {
  const other = language === 'en' ? 'zh-CN' : 'en';
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await expect(page).toHaveTitle(text('app.title', {}, language));
  await expect(
    page.getByRole('button', { name: text('app.share', {}, language), exact: true }),
  ).toBeVisible();
  // Drawn mathematics has no underscores: h_t is h and a subscript.
  const plain = (key: MessageKey, wanted: 'en' | 'zh-CN') =>
    text(key, {}, wanted).replaceAll('_', '');
  await expect
    .poll(async () => {
      const all = (await words(page)).replaceAll('_', '');
      return {
        missing: KEYS.filter((key) => !all.includes(plain(key, language))),
        left: KEYS.filter((key) => all.includes(plain(key, other))),
      };
    })
    .toEqual({ missing: [], left: [] });
}

test('the language switches in place, both ways', async ({ page }) => {
  await open(page, './?engine=cpu');
  await expectLanguage(page, 'en');
  const { language, ...before } = await getConfig(page);
  expect(language).toBe('en');
  await page.getByRole('button', { name: '中文' }).click();
  await expectLanguage(page, 'zh-CN');
  expect(await getConfig(page)).toEqual({ ...before, language: 'zh-CN' });

  // It stays after a reload, and switches back.
  await page.reload();
  await expectLanguage(page, 'zh-CN');
  await page.getByRole('button', { name: 'English' }).click();
  await expectLanguage(page, 'en');
});

test('in Chinese no English sentence is left', async ({ page }) => {
  await open(page, './?engine=cpu&lang=zh-CN');
  const all = await words(page);
  // Names and symbols stay; two English words of prose beside each other do not.
  const prose = [...all.matchAll(/\b[a-z]{3,}(?: [a-z]{2,})+/gi)].map(([words]) => words);
  const names = /^(smart tanh|Page Up|Page Down)$/;
  expect([...new Set(prose)].filter((part) => !names.test(part))).toEqual([]);
});

test('?lang decides, whatever the browser prefers', async ({ page }) => {
  await open(page, './?engine=cpu&lang=zh-CN');
  await expectLanguage(page, 'zh-CN');
});

test('the first visit follows the browser', async ({ newContext }) => {
  const page = await (await newContext({ locale: 'zh-TW' })).newPage();
  await open(page, './?engine=cpu');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test('the theme switches and is remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, './?engine=cpu');
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-theme', 'light');
  const background = () =>
    html.evaluate((element) => getComputedStyle(element).getPropertyValue('background-color'));
  const light = await background();
  const name = (theme: 'light' | 'dark' | 'system', next: 'light' | 'dark' | 'system') => {
    const names = { light: 'app.themeLight', dark: 'app.themeDark', system: 'app.themeSystem' };
    return text('app.theme', {
      theme: text(names[theme] as MessageKey),
      next: text(names[next] as MessageKey),
    });
  };
  await page.getByRole('button', { name: name('system', 'light') }).click();
  await page.getByRole('button', { name: name('light', 'dark') }).click();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  expect(await background()).not.toBe(light);
  await page.reload();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: name('dark', 'system') }).click();
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(html).toHaveAttribute('data-theme', 'dark');
});
