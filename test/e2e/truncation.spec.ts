import { AxeBuilder } from '@axe-core/playwright';
import { analyze } from '../../src/engine/analyze';
import { buildProblem } from '../../src/tasks/buildProblem';
import { formatNumber } from '../../src/ui/charts/format';
import { getConfig, getResult, open, setConfig, settled, undoButton } from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

const CONTEXT = {
  run: () => Promise.reject(new Error('no engine')),
  signal: new AbortController().signal,
  onProgress: () => undefined,
};

const chip = (page: Page, kind: 'none' | 'chunked' | 'sliding' | 'random' | 'reset') =>
  page
    .getByRole('group', { name: text('truncation.title') })
    .getByRole('button', { name: text(`truncation.${kind}`), exact: true });
const panel = (page: Page) =>
  page.getByRole('complementary', { name: text('app.inspector') }).getByRole('tabpanel');

async function norms(page: Page) {
  const { log2Norm } = await getResult(page);
  return { h: Array.from(log2Norm.h), dh: Array.from(log2Norm.dh) };
}

for (const engine of ['webgpu', 'cpu']) {
  test(`every scheme by its chip: what stops and what flows on (${engine})`, async ({ page }) => {
    await open(page, `./?engine=${engine}`);
    await setConfig(page, { lossPlacement: 'last', T: 40, B: 2, H: 8 });
    const whole = await norms(page);
    expect(whole.dh.every((norm) => norm > -Infinity)).toBe(true);

    await chip(page, 'chunked').click();
    expect((await getConfig(page)).truncation).toEqual({ kind: 'chunked', every: 16 });
    const chunked = await norms(page);
    expect(chunked.h).toEqual(whole.h);
    // Chunks begin at 1, 17 and 33: the loss at 40 reaches 33.
    expect(chunked.dh.findIndex((norm) => norm > -Infinity)).toBe(32);
    expect(chunked.dh.slice(32)).toEqual(whole.dh.slice(32));

    await chip(page, 'sliding').click();
    const sliding = await norms(page);
    expect(sliding.h).toEqual(whole.h);
    expect(sliding.dh.findIndex((norm) => norm > -Infinity)).toBe(24);

    await chip(page, 'reset').click();
    const reset = await norms(page);
    expect(reset.h.slice(0, 16)).toEqual(whole.h.slice(0, 16));
    expect(reset.h[16]).not.toBe(whole.h[16]);
    expect(reset.dh.findIndex((norm) => norm > -Infinity)).toBe(32);

    await chip(page, 'random').click();
    const random = await norms(page);
    expect(random.h).toEqual(whole.h);
    const { truncation } = await getConfig(page);
    expect(truncation).toMatchObject({ kind: 'random', keep: 0.9 });
    // From the last kept stretch on, every link adds log2(1/0.9).
    const link = Math.log2(1 / 0.9);
    expect(random.dh[38]! - whole.dh[38]!).toBeCloseTo(random.dh[38]! > -Infinity ? link : NaN, 3);

    await chip(page, 'none').click();
    expect(await norms(page)).toEqual(whole);
    await undoButton(page).click();
    expect((await getConfig(page)).truncation).toEqual(truncation);
  });
}

test('length and depth follow slider, field and keys; the link brings them back', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  await chip(page, 'sliding').focus();
  await page.keyboard.press('Enter');
  const depth = page.getByRole('spinbutton', { name: text('truncation.depth') });
  await depth.fill('24');
  await depth.press('Enter');
  expect((await getConfig(page)).truncation).toEqual({ kind: 'sliding', depth: 24, every: 1 });
  await depth.press('ArrowUp');
  expect((await getConfig(page)).truncation).toMatchObject({ depth: 25 });

  // A longer stride than the window is deep takes the depth along.
  const stride = page.getByRole('spinbutton', { name: text('truncation.stride') });
  await stride.fill('30');
  await stride.press('Enter');
  const wanted = { kind: 'sliding', depth: 30, every: 30 };
  expect((await getConfig(page)).truncation).toEqual(wanted);

  const url = await page.evaluate(() => window.bptt.shareUrl());
  await page.goto('about:blank');
  await page.goto(url);
  await settled(page);
  expect((await getConfig(page)).truncation).toEqual(wanted);
});

test('a random scheme is set by its probability or by how far an error travels', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  await chip(page, 'random').click();
  const reach = page.getByRole('spinbutton', { name: text('truncation.reach') });
  await expect(reach).toHaveValue('10');
  await reach.fill('20');
  await reach.press('Enter');
  expect((await getConfig(page)).truncation).toEqual({ kind: 'random', keep: 0.95, seed: 1 });
  await setConfig(page, { truncation: { kind: 'random', keep: 1, seed: 1 } });
  await expect(reach).toHaveValue('100000');
});

test('cuts by hand wait beyond a shorter T', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { cuts: [20, 80] });
  await setConfig(page, { T: 50 });
  await expect(page.getByRole('button', { name: text('cuts.remove', { step: 20 }) })).toBeVisible();
  await expect(page.getByRole('button', { name: text('cuts.remove', { step: 80 }) })).toHaveCount(
    0,
  );
  await setConfig(page, { T: 96 });
  await expect(page.getByRole('button', { name: text('cuts.remove', { step: 80 }) })).toBeVisible();
});

test('the bias meter measures, and a click on a k uses it', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, {
    ...{ T: 40, B: 1, H: 6, lossPlacement: 'every' },
    truncation: { kind: 'chunked', every: 8 },
    view: { panel: 'truncation' },
  });
  await expect(panel(page)).toContainText('cos(truncated, full)');
  const chart = panel(page).getByRole('group', { name: text('bias.chart') });
  await expect(chart.locator('.recharts-line')).toHaveCount(2);
  await chart.focus();
  await page.keyboard.press('Home');
  for (let i = 1; i < 5; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  expect((await getConfig(page)).truncation).toEqual({ kind: 'chunked', every: 5 });

  // The number on the page is that of the analysis.
  const problem = buildProblem(await getConfig(page));
  const { dWh } = await analyze(problem, { kind: 'truncationNow' }, CONTEXT);
  await expect(panel(page).locator('dd').first()).toHaveText(formatNumber(dWh.cosine));
});

test('influence balancing: the panel names the wrong sign', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: text('preset.menu') }).click();
  await page.getByRole('button', { name: text('preset.influence') }).click();
  await settled(page);
  const warning = text('bias.wrongSign', { name: text('bias.of.db') });
  await expect(panel(page)).toContainText(warning, { timeout: 20_000 });
  await setConfig(page, { truncation: { kind: 'sliding', depth: 60, every: 1 } });
  await expect(panel(page)).not.toContainText(warning);
});

test('random draws: the mean comes to the full gradient', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, {
    ...{ T: 30, B: 1, H: 4, lossPlacement: 'every', gain: 1 },
    truncation: { kind: 'random', keep: 0.8, seed: 3 },
    view: { panel: 'truncation' },
  });
  const result = panel(page).getByText(/After 256 draws/);
  await expect(result).toBeVisible();
  await panel(page)
    .getByRole('button', { name: /^1.000$/ })
    .click();
  const words = await panel(page)
    .getByText(/After 1.000 draws/)
    .textContent();
  const [, mean, error] = /: ([\d.]+) ± ([\d.]+)/.exec(words ?? '') ?? [];
  expect(Math.abs(Number(mean) - 1)).toBeLessThan(4 * Number(error) + 0.01);
});

test('the PyTorch program follows the settings and takes the page’s own numbers', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, './?engine=cpu');
  await setConfig(page, {
    ...{ T: 10, B: 1, H: 3, truncation: { kind: 'chunked', every: 4 } },
    view: { panel: 'pytorch' },
  });
  await settled(page);
  const code = panel(page).getByLabel('bptt.py');
  await expect(code).toContainText('h = h.detach()');
  await expect(code).toContainText('k = 4');
  await expect(code).toContainText('torch.manual_seed(0)');

  await panel(page).getByRole('checkbox').check();
  await expect(code).toContainText('assert error < 1e-4');
  await panel(page)
    .getByRole('button', { name: text('pytorch.copy') })
    .first()
    .click();
  await expect(panel(page).getByRole('status').first()).toHaveText(text('pytorch.copied'));
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const problem = buildProblem(await getConfig(page));
  const Wh = Array.from(problem.parameters.recurrentWeights);
  expect(copied).toContain(Wh.slice(0, 3).join(', '));

  await setConfig(page, { truncation: { kind: 'reset', every: 5 } });
  await expect(code).toContainText('zeros_like');
  await expect(code).not.toContainText('h = h.detach()');

  await panel(page).getByLabel(text('mistake.title')).selectOption('offByOne');
  await expect(panel(page).getByLabel('mistake-offByOne.py')).toContainText('off_by_one');
});

test('a mistake as an example opens its own program', async ({ page }) => {
  await open(page, './?engine=cpu');
  await page.getByRole('button', { name: text('preset.menu') }).click();
  await page.getByRole('button', { name: text('preset.data') }).click();
  await settled(page);
  await expect(panel(page).getByLabel('mistake-data.py')).toContainText('.data.mul_');
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the panels (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await open(page, './?engine=cpu');
    for (const name of ['truncation', 'pytorch']) {
      await setConfig(page, {
        truncation: { kind: 'random', keep: 0.9, seed: 1 },
        view: { panel: name },
      });
      await settled(page);
      await expect(panel(page).locator('[aria-busy="true"]')).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations).toEqual([]);
      // Names are read out as they stand.
      const marked = ['aria-label', 'aria-valuetext', 'title'].map((name) => `[${name}*="*"]`);
      await expect(page.locator(marked.join())).toHaveCount(0);
    }
  });
}
