import { AxeBuilder } from '@axe-core/playwright';
import { getConfig, open, setConfig } from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

const SPECTRUM = { view: { panel: 'spectrum' } };
const panel = (page: Page) => page.getByRole('tabpanel', { name: text('lab.tab.spectrum') });
const fact = (page: Page, name: string | RegExp) =>
  panel(page)
    .locator('dl > div')
    .filter({ has: page.locator('dt', { hasText: name }) })
    .locator('dd');

/** One unit h ← w h + …: every product is exactly a power of w. */
const chain = (w: number, T: number) => ({
  ...{ T, H: 1, activation: 'identity', arrays: { Wh: [w] }, ...SPECTRUM },
});

test('the arrow keys read an eigenvalue and what it does', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, {
    ...{ T: 12, H: 2, activation: 'identity', arrays: { Wh: [0, -0.5, 0.5, 0] }, ...SPECTRUM },
  });
  const plane = page.getByRole('group', { name: /^Complex plane with 2 eigenvalues/ });
  await plane.focus();
  await page.keyboard.press('ArrowRight');
  await expect(panel(page)).toContainText('decays, ×0.500 per step');
  await expect(panel(page)).toContainText('a round takes 4.00 steps');
  await page.keyboard.press('ArrowRight');
  await expect(panel(page)).toContainText('0 − 0.500i');
});

test('products reach far outside any float, and a step picked there moves the playhead', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  await setConfig(page, chain(0.5, 1800));
  const chart = page.getByRole('group', {
    name: text('spectrum.productChart', { from: 0 }),
  });
  await chart.focus();
  await page.keyboard.press('End');
  // 0.5^1800
  await expect(panel(page)).toContainText('1.40×10⁻⁵⁴²');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const { view } = await getConfig(page);
  expect(view.step).toBeLessThan(20);
  await expect(fact(page, /^λ1$/)).toHaveText('−0.693');

  const from = page.getByRole('spinbutton', { name: text('spectrum.from') });
  await from.fill('1799');
  await from.press('Enter');
  const last = page.getByRole('group', {
    name: text('spectrum.productChart', { from: '1\u202f799' }),
  });
  await last.focus();
  await page.keyboard.press('End');
  await expect(panel(page)).toContainText('step t 1\u202f800: the only one 0.500');
});

test('exact zeros are said and marked, not left out', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, {
    ...{ T: 20, H: 2, activation: 'identity', arrays: { Wh: [0.5, 0, 0, 0] }, ...SPECTRUM },
  });
  await expect(panel(page)).toContainText('From step 1 on the smallest is exactly 0');
  await expect(panel(page)).toContainText('1 of 2 directions are lost');
  await expect(fact(page, 'Mean ln')).toHaveText('−∞');
});

test('all exponents add up to the mean log determinant', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, SPECTRUM);
  const sum = fact(page, ', all 24');
  await expect(sum).toHaveText(/^−\d/);
  await expect(fact(page, 'Mean ln')).toHaveText(await sum.innerText());
  await expect(fact(page, text('spectrum.chi'))).toContainText(text('spectrum.phase.ordered'));
  await expect(panel(page)).toContainText('this one is “Orthogonal”');
});

test('what takes long waits for its button; one step works', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { T: 400, H: 128, ...SPECTRUM });
  const compute = page.getByRole('button', { name: text('spectrum.compute'), exact: true });
  await expect(compute).toHaveCount(1);
  await compute.click();
  // The other parts were answered or are on their way as well.
  await expect(page.getByRole('progressbar').last()).toBeVisible();
  await expect(compute).toHaveCount(0);
  await setConfig(page, { T: 1, H: 1 });
  await expect(fact(page, ', all 1')).toHaveText(/\d/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing: ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, './?engine=cpu');
    await setConfig(page, SPECTRUM);
    await expect(fact(page, 'Measured χ')).toHaveText(/\d/);
    const { violations } = await new AxeBuilder({ page }).include('[role=tabpanel]').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}
