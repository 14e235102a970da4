import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import {
  getConfig,
  getResult,
  open,
  setConfig,
  settled,
  shareUrl,
  undoButton,
} from './support/playground';
import { expect, test, type Page } from './support/test';
import { beginning, text } from './support/text';

const DEFAULT_LINK =
  'v=1&task=adding&T=96&B=4&H=24&f=tanh&g=identity&loss=mse&at=task&init=orthogonal&angle=0.3' +
  '&gain=0.95&seed=7&data=1&view=1-0&t=61&n=0';

function dialogOf(page: Page, language: 'en' | 'zh-CN' = 'en') {
  return page.getByRole('dialog', { name: text('share.title', {}, language) });
}

test('the Share dialog has the link, its length and a QR code', async ({ page }) => {
  await open(page, './?engine=cpu');
  await page.getByRole('button', { name: text('app.share'), exact: true }).click();
  const dialog = dialogOf(page);
  const link = await dialog.getByRole('textbox', { name: text('share.link') }).inputValue();
  expect(link).toBe(await shareUrl(page));
  expect(link).toContain(`?lang=en#${DEFAULT_LINK}`);
  expect(link.length).toBeLessThan(300);
  await expect(dialog.getByText(text('share.length', { count: link.length }))).toBeVisible();
  const code = dialog.getByRole('img', { name: text('share.qr') });
  await expect(code).toBeVisible();
  expect((await code.locator('path').getAttribute('d'))!.length).toBeGreaterThan(1000);
  await dialog.getByRole('button', { name: text('share.fullScreen') }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.role)).toBe('img');
  await page.evaluate(() => document.exitFullscreen());
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('a link that is too long for a QR code says so', async ({ page }) => {
  await open(page, './?engine=cpu');
  const values = Array.from({ length: 1500 }, (_, i) => Math.fround(Math.sin(i * i)));
  await setConfig(page, { task: { kind: 'series', source: { name: 'noise', values } } });
  await page.getByRole('button', { name: text('app.share'), exact: true }).click();
  await expect(dialogOf(page).getByText(text('share.tooLong'))).toBeVisible();
  await expect(dialogOf(page).getByRole('img')).toHaveCount(0);
});

test('opened elsewhere, a link shows the same: inputs, weights, view and language', async ({
  page,
  newContext,
}) => {
  await open(page);
  await setConfig(page, {
    language: 'zh-CN',
    task: { kind: 'text', source: { text: '两个黄鹂鸣翠柳，一行白鹭上青天。' }, vocabulary: 8 },
    ...{ T: 14, B: 2, H: 9, activation: 'gelu', gain: 1.1, seed: 41 },
    edits: [{ array: 'Wh', index: 3, value: 0.123456789 }],
    cuts: [5, 9],
  });
  await setConfig(page, { view: { from: 2, to: 13, step: 6, folded: ['loss'] } });
  const url = await shareUrl(page);
  const [config, result] = [await getConfig(page), await getResult(page)];

  const other = await (await newContext({ locale: 'en-US' })).newPage();
  await open(other, url);
  expect(await getConfig(other)).toEqual(config);
  const again = await getResult(other);
  expect(again.lossPerStep).toHaveLength(14);
  for (const [t, loss] of result.lossPerStep.entries()) {
    expect(Math.abs(again.lossPerStep[t]! - loss)).toBeLessThanOrEqual(1e-6 * Math.abs(loss));
  }
  expect(again.log2Norm.delta[7]).toBeCloseTo(result.log2Norm.delta[7]!, 4);
  await expect(other.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(undoButton(other)).toHaveCount(0); // it is named in Chinese
  await expect(other.getByRole('alert')).toHaveText('');
});

test('the address follows the edits, so that a reload keeps them', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { T: 33, cuts: [7] });
  await expect.poll(() => new URL(page.url()).hash).toContain('T=33');
  const config = await getConfig(page);
  await page.reload();
  await settled(page);
  expect(await getConfig(page)).toEqual(config);
});

test.describe('a damaged link', () => {
  for (const [what, link] of [
    ['a word for a number', DEFAULT_LINK.replace('T=96', 'T=long')],
    ['a size over the limit', DEFAULT_LINK.replace('T=96', 'T=100000000')],
    ['an unknown key', `${DEFAULT_LINK}&constructor=1`],
    ['__proto__', `${DEFAULT_LINK}&__proto__=1`],
    ['an end cut off', DEFAULT_LINK.slice(0, 60)],
    ['markup', DEFAULT_LINK.replace('tanh', '<img src=x onerror=alert(1)>')],
  ] as const) {
    test(`with ${what} shows the first example and says so`, async ({ page }) => {
      await open(page, `./?engine=cpu#${link}`);
      const banner = page.getByRole('alert');
      await expect(banner).toContainText(text('error.invalid-link'));
      const raw = await banner.getByRole('textbox', { name: text('error.rawText') }).inputValue();
      expect(decodeURIComponent(raw)).toBe(link);
      const { language, ...configuration } = await getConfig(page);
      expect(language).toBe('en');
      expect(configuration).toEqual(DEFAULT_CONFIGURATION);
      await expect(page.locator('img')).toHaveCount(0);
      await banner.getByRole('button', { name: text('error.dismiss') }).click();
      await expect(banner).toHaveText('');
    });
  }

  test('a link of a newer version says so instead of guessing', async ({ page }) => {
    await open(page, './?engine=cpu#v=2&T=5&colour=red');
    await expect(page.getByRole('alert')).toContainText(text('error.link-too-new'));
    expect((await getConfig(page)).T).toBe(DEFAULT_CONFIGURATION.T);
  });

  test('arriving in an open page leaves its work alone', async ({ page }) => {
    await open(page, './?engine=cpu');
    await setConfig(page, { T: 33 });
    await page.evaluate(() => {
      window.location.hash = 'v=1&T=x';
    });
    await expect(page.getByRole('alert')).toContainText(beginning('error.invalid-link'));
    expect((await getConfig(page)).T).toBe(33);
  });
});

test('a link over unsaved edits asks first', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { H: 10 });
  const paste = (link: string) =>
    page.evaluate((fragment) => {
      window.location.hash = fragment;
    }, link);
  const dialog = page.getByRole('dialog', { name: text('pending.title') });

  await paste(DEFAULT_LINK.replace('T=96', 'T=70'));
  await dialog.getByRole('button', { name: text('pending.keep') }).click();
  await expect(dialog).toHaveCount(0);
  expect(await getConfig(page)).toMatchObject({ T: 96, H: 10 });

  await paste(DEFAULT_LINK.replace('T=96', 'T=80'));
  await dialog.getByRole('button', { name: text('pending.open') }).click();
  await expect(dialog).toHaveCount(0);
  expect(await getConfig(page)).toMatchObject({ T: 80, H: 24 });
  await undoButton(page).click();
  expect(await getConfig(page)).toMatchObject({ T: 96, H: 10 });
});

test('a link over an untouched page opens at once', async ({ page }) => {
  await open(page, './?engine=cpu');
  await page.evaluate(
    (fragment) => {
      window.location.hash = fragment;
    },
    DEFAULT_LINK.replace('T=96', 'T=70'),
  );
  await expect.poll(async () => (await getConfig(page)).T).toBe(70);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
