import { AxeBuilder } from '@axe-core/playwright';
import { runOf } from '../../src/model/pins';
import { formatLog2, formatNumber } from '../../src/ui/charts/format';
import { relativeText } from '../../src/ui/lab/compare/results';
import {
  getConfig,
  getResult,
  open,
  redoButton,
  setConfig,
  settled,
  shareUrl,
  tabTo,
  track,
  undoButton,
} from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

const panel = (page: Page) =>
  page.getByRole('complementary', { name: text('app.inspector') }).getByRole('tabpanel');
const tab = (page: Page) => page.getByRole('tab', { name: text('lab.tab.compare') });
const pinButton = (page: Page) =>
  page.getByRole('banner').getByRole('button', { name: text('compare.pin'), exact: true });
const gainField = (page: Page) => page.getByRole('spinbutton', { name: text('weights.gain') });
const nameField = (page: Page, number: number) =>
  panel(page).getByRole('textbox', { name: text('compare.name', { number }) });
const legend = (page: Page) =>
  track(page, 'gradient').getByRole('list', { name: text('compare.legend') });

/** The ghost of a pin in a track: its line is drawn in the pin's own colour. */
const ghost = (page: Page, slot: number, id: 'gradient' | 'loss' | 'contribution' = 'gradient') =>
  track(page, id).locator(`path.recharts-curve[stroke="var(--ghost-${slot})"]`);

/** The cells of a row of the table of differences, without what is small in them. */
function row(page: Page, name: string): Promise<{ values: string[]; small: string[] }> {
  return panel(page)
    .locator(`tr[data-row="${name}"] td`)
    .evaluateAll((cells) => ({
      values: cells.map((cell) => cell.firstChild?.textContent ?? ''),
      small: cells.map((cell) => cell.querySelector('small')?.textContent ?? ''),
    }));
}

async function setGain(page: Page, gain: string): Promise<void> {
  await gainField(page).fill(gain);
  await gainField(page).press('Enter');
  await settled(page);
}

test('pinned by mouse: ghost, table, name, link, undo', async ({ page, newContext }) => {
  await open(page, './?engine=cpu');
  const pinned = await getResult(page);
  await pinButton(page).click();
  await expect(page.getByText(text('compare.pinned', { name: 'tanh, gain 0.95' }))).toBeVisible();
  await expect(legend(page)).toHaveText('tanh, gain 0.95');
  const runs = (await getResult(page)).elapsed;
  expect(runs, 'nothing was computed again').toBe(pinned.elapsed);

  await setGain(page, '1.2');
  const now = await getResult(page);
  // The ghost has all of its 96 steps, apart from the present curve.
  await expect(ghost(page, 1)).toHaveCount(1);
  const points = await ghost(page, 1).getAttribute('d');
  expect(points!.split(/[ML]/).length - 1).toBe(96);
  await expect(ghost(page, 1, 'loss').first()).toBeAttached();
  await expect(ghost(page, 1, 'contribution')).toHaveCount(1);

  await tab(page).click();
  expect(await row(page, 'gain')).toMatchObject({ values: ['1.2', '0.95'] });
  await expect(panel(page).locator('tr[data-row="activation"]')).toHaveCount(0);
  expect(await row(page, 'totalLoss')).toEqual({
    values: [formatNumber(now.loss), formatNumber(pinned.loss)],
    small: ['', relativeText(Math.log2(now.loss), Math.log2(pinned.loss))],
  });
  const [first, before] = [now.log2Norm.dh[0]!, pinned.log2Norm.dh[0]!];
  expect(await row(page, 'firstGradient')).toEqual({
    values: [formatLog2(first), formatLog2(before)],
    small: ['', relativeText(first, before)],
  });
  expect(await row(page, 'weightGradient')).toEqual({
    values: [formatLog2(now.log2Norm.dWh), formatLog2(pinned.log2Norm.dWh)],
    small: ['', relativeText(now.log2Norm.dWh, pinned.log2Norm.dWh)],
  });
  // ×r per step: r^95 is about what the gradient loses over 95 steps.
  const factors = (await row(page, 'factor')).values.map((value) => Number(value.slice(1)));
  const mean = (norms: ArrayLike<number>) => 2 ** ((norms[0]! - norms[95]!) / 95);
  expect(factors[0]).toBeCloseTo(mean(now.log2Norm.dh), 1);
  expect(factors[1]).toBeCloseTo(mean(pinned.log2Norm.dh), 1);

  await nameField(page, 1).fill('the first');
  await nameField(page, 1).press('Enter');
  await expect(legend(page)).toHaveText('the first');
  await pinButton(page).click();
  await expect(nameField(page, 2)).toHaveValue('gain 1.2');
  await nameField(page, 2).fill('the first');
  await nameField(page, 2).press('Enter');
  await expect(panel(page).getByRole('alert')).toHaveText(text('compare.nameTaken'));
  await nameField(page, 2).press('Escape');
  await setGain(page, '1.1');

  const url = await shareUrl(page);
  const theirs = await (await newContext()).newPage();
  await open(theirs, `${url.replace('?', '?engine=cpu&')}`);
  await expect(ghost(theirs, 1)).toHaveCount(1);
  await expect(ghost(theirs, 2)).toHaveCount(1);
  await expect(legend(theirs)).toHaveText(/the first.*gain 1\.2/);
  for (const slot of [1, 2]) {
    const own = await ghost(page, slot).getAttribute('d');
    await expect(ghost(theirs, slot)).toHaveAttribute('d', own!);
  }
  for (const name of ['gain', 'totalLoss', 'factor', 'firstGradient', 'weightGradient']) {
    expect(await row(theirs, name)).toEqual(await row(page, name));
  }

  // Back: the last gain, the second pin, the new name, the first gain, the first pin.
  await undoButton(page).click();
  await undoButton(page).click();
  await expect(ghost(page, 2)).toHaveCount(0);
  await undoButton(page).click();
  await expect(nameField(page, 1)).toHaveValue('tanh, gain 0.95');
  await undoButton(page).click();
  await undoButton(page).click();
  await expect(ghost(page, 1)).toHaveCount(0);
  await expect(panel(page).getByText(text('compare.empty'))).toBeVisible();
  await redoButton(page).click();
  await expect(ghost(page, 1)).toHaveCount(1);
});

test('the same by keyboard alone', async ({ page }) => {
  await open(page, './?engine=cpu');
  await page.keyboard.press('p');
  await expect(page.getByText(text('compare.pinned', { name: 'tanh, gain 0.95' }))).toBeVisible();
  await page.keyboard.press('p');
  const again = text('compare.already', { name: 'tanh, gain 0.95' });
  await expect(page.getByText(again)).toBeVisible();

  await gainField(page).focus();
  await page.keyboard.type('1.2');
  await page.keyboard.press('p');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await settled(page);
  const pinned = await getConfig(page);
  expect(pinned).toMatchObject({ gain: 1.2, pins: [{ name: 'tanh, gain 0.95' }] });
  await expect(ghost(page, 1)).toHaveCount(1);

  await page.getByRole('tab', { name: text('lab.tab.step') }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(tab(page)).toBeFocused();
  expect(await row(page, 'gain')).toMatchObject({ values: ['1.2', '0.95'] });

  await tabTo(page, text('compare.name', { number: 1 }));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('pappa');
  await page.keyboard.press('Enter');
  expect((await getConfig(page)).pins.map(({ name }) => name)).toEqual(['pappa']);
  await tabTo(page, text('compare.ghost', { name: 'pappa' }));
  await page.keyboard.press('Space');
  await expect(ghost(page, 1)).toHaveCount(0);
  await expect(legend(page)).toHaveCount(0);
  await page.keyboard.press('Space');
  await expect(ghost(page, 1)).toHaveCount(1);

  await tabTo(page, text('compare.show'));
  await page.keyboard.press('Enter');
  await settled(page);
  const shown = await getConfig(page);
  expect(runOf(shown)).toEqual(shown.pins[0]!.configuration);
  await expect(panel(page).getByText(text('compare.nothingDiffers'))).toBeVisible();
  await page.keyboard.press('Control+z');
  await settled(page);
  expect((await getConfig(page)).gain).toBe(1.2);

  await page.keyboard.press('Shift+Tab');
  await tabTo(page, text('compare.remove', { name: 'pappa' }));
  await page.keyboard.press('Enter');
  await expect(ghost(page, 1)).toHaveCount(0);
  await expect(panel(page).getByRole('button', { name: text('compare.pinThis') })).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(ghost(page, 1)).toHaveCount(1);

  // Dictation software types letters: the keys of the whole page can be switched off, for good.
  await page.keyboard.press('?');
  await page.getByRole('switch', { name: text('help.singleKeys') }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await page.reload();
  await settled(page);
  await page.keyboard.press('p');
  expect((await getConfig(page)).pins).toHaveLength(1);
});

test('ghosts of other lengths, with cuts and losses everywhere, follow the window', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  const run = runOf(await getConfig(page));
  const pin = (name: string, change: object) => ({ name, configuration: { ...run, ...change } });
  await setConfig(page, {
    view: { panel: 'compare' },
    pins: [
      pin('longer', { T: 300 }),
      pin('shorter', { T: 30, lossPlacement: 'every' }),
      pin('cut', { cuts: [56] }),
      pin('dead', { initialiser: { kind: 'zero', angle: 0 } }),
    ],
  });
  await expect(panel(page).locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 20_000 });
  await expect(legend(page).getByRole('listitem')).toHaveCount(4);
  const stepsOf = async (slot: number) => {
    const path = await ghost(page, slot).getAttribute('d');
    return path!.split(/[ML]/).length - 1;
  };
  await expect.poll(() => stepsOf(1)).toBe(96);
  expect(await stepsOf(2)).toBe(30);
  expect(await stepsOf(3)).toBe(96 - 55);
  // Nothing passes a zero matrix: one step alone is a dot.
  await expect(track(page, 'gradient').locator('circle[stroke="var(--ghost-4)"]')).toHaveCount(1);
  const first = await row(page, 'firstGradient');
  expect(first.values.slice(3)).toEqual(['0', '0']);
  await expect(panel(page).getByText('runs to t = 300; the axis ends at 96')).toBeVisible();

  // The factor of a run with many losses is measured on a unit error.
  await expect
    .poll(async () => (await row(page, 'factor')).small[2])
    .toBe(text('verdict.vanishing'));
  await setConfig(page, { view: { from: 20, to: 40 } });
  await expect.poll(() => stepsOf(2)).toBe(11);
  await expect(ghost(page, 3)).toHaveCount(0);
});

test('axe finds nothing with as many pins as there can be', async ({ page }) => {
  await open(page, './?engine=cpu');
  const run = runOf(await getConfig(page));
  await setConfig(page, {
    gain: 1.1,
    view: { panel: 'compare' },
    pins: [0.5, 0.7, 0.9, 1.3].map((gain) => ({
      ...{ name: `gain ${gain}`, configuration: { ...run, gain } },
    })),
  });
  await settled(page);
  await expect(panel(page).locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 20_000 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await page.keyboard.press('p');
    await expect(page.getByText(text('compare.full', { most: 4 }))).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  }
});
