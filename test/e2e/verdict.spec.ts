import { AxeBuilder } from '@axe-core/playwright';
import { open, setConfig, settled, track } from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

const pill = (page: Page) => page.locator('button[data-regime]');
const panel = (page: Page) => page.locator('#verdict-panel');
const curveName = (page: Page) => track(page, 'gradient').locator('[data-sent-from]');
const sentFrom = (page: Page) => page.getByRole('spinbutton', { name: text('flow.sentFrom') });

/** One unit h ← w h + …: the factor per step back is exactly w. */
const chain = (w: number, T: number) => ({
  ...{ T, H: 1, activation: 'identity', arrays: { Wh: [w] }, lossPlacement: 'every' },
});

test('with a loss at every step the verdict is that of a unit error', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, chain(0.5, 60));
  await settled(page);
  await expect(pill(page)).toContainText('×0.500');
  await expect(pill(page)).toHaveAttribute('data-regime', 'vanishing');
  await expect(pill(page)).toHaveAttribute('title', /unit error sent back by itself from t = 60/);
  await expect(track(page, 'gradient')).toContainText('×0.500');
  await expect(curveName(page)).toHaveText('unit error from t = 60');

  // A single loss needs no unit error: the gradient is one already.
  await setConfig(page, { lossPlacement: 'last' });
  await settled(page);
  await expect(pill(page)).toContainText('×0.500');
  await expect(pill(page)).not.toHaveAttribute('title', /unit error/);
  await expect(curveName(page)).toHaveCount(0);
});

test('the verdict does not flicker while the length is dragged', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { lossPlacement: 'every' });
  await settled(page);
  await expect(pill(page)).toHaveAttribute('data-regime', 'vanishing');
  const seen = await page.evaluate(async () => {
    const button = document.querySelector('button[data-regime]')!;
    const regimes = new Set<string>();
    const factors = new Set<string>();
    const observer = new MutationObserver(() => {
      regimes.add(button.getAttribute('data-regime')!);
      factors.add(/×[\d.]+/.exec(button.textContent)?.[0] ?? 'none');
    });
    observer.observe(button, {
      attributes: true,
      childList: true,
      subtree: true,
      characterData: true,
    });
    for (let T = 97; T <= 120; T++) {
      void window.bptt.setConfig({ T });
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await window.bptt.getResult();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { regimes: [...regimes], factors: [...factors], connected: button.isConnected };
  });
  expect(seen.connected).toBe(true);
  expect(seen.regimes).toEqual(['vanishing']);
  // The slope of the gradient itself would be ×1.00.
  for (const factor of seen.factors) expect(Number(factor.slice(1))).toBeLessThan(0.8);
  await expect(curveName(page)).toHaveText('unit error from t = 120');
});

test('the pill opens its panel by keyboard, and the panel sends an error back', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  await pill(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: text('lab.tab.flow') })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(page.getByRole('tab', { name: text('lab.tab.flow') })).toBeFocused();
  await expect(panel(page)).toContainText(text('verdict.vanishing'));
  // γσ_max and ρ of an orthogonal matrix with gain 0.95
  await expect(panel(page).getByText('0.950', { exact: true })).toHaveCount(2);

  // The task's loss is at the end: the curve is drawn on request only.
  await expect(curveName(page)).toHaveCount(0);
  await sentFrom(page).fill('40');
  await sentFrom(page).press('Enter');
  await expect(curveName(page)).toHaveText('unit error from t = 40');
  const arrived = panel(page)
    .locator('div', { hasText: /^Arrives at t = ?1/ })
    .last();
  const before = await panel(page).textContent();
  await page.getByRole('button', { name: text('flow.fromPlayhead') }).click();
  await expect(curveName(page)).toHaveText('unit error from t = 61');
  await expect(sentFrom(page)).toHaveValue('61');
  await expect(arrived).toBeVisible();
  expect(await panel(page).textContent()).not.toBe(before);
  await setConfig(page, { cuts: [50] });
  await expect(panel(page)).toContainText('Arrives at t = 50');
  await page.getByRole('checkbox', { name: text('flow.drawn') }).uncheck();
  await expect(curveName(page)).toHaveCount(0);

  // By mouse the focus stays, and the row of tabs comes into sight.
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole('checkbox', { name: text('flow.drawn') }).scrollIntoViewIfNeeded();
  await page
    .locator('aside')
    .last()
    .evaluate((aside) => (aside.scrollTop = aside.scrollHeight));
  await pill(page).click();
  await expect(page.getByRole('tablist', { name: text('lab.tabs') })).toBeInViewport({ ratio: 1 });
  await expect(pill(page)).toBeFocused();
});

test('the table says what each format would have shown', async ({ page }) => {
  await open(page, './?engine=cpu');
  const arrays = { Wh: [0.5], Wy: [1], c: [0], Wx: [0, 0], b: [0] };
  await setConfig(page, {
    ...chain(0.5, 141),
    arrays,
    lossPlacement: 'last',
    view: { panel: 'flow' },
  });
  await settled(page);
  const row = (name: string) => panel(page).getByRole('row', { name: new RegExp(`^${name}`) });
  // Far below float16; subnormal in float32, where few of 24 bits are left; bfloat16 has none.
  await expect(row('float16')).toContainText('0 after');
  await expect(row('float16').getByRole('cell').last()).toHaveText('0');
  await expect(row('bfloat16').getByRole('cell').last()).toHaveText('0');
  await expect(row('float32').getByRole('cell').last()).toContainText('of 24 bits');
  await expect(row('true').getByRole('cell').last()).toContainText('×10⁻⁴');
});

test('overflow, one step and exact zeros have a verdict too', async ({ page }) => {
  await open(page, './?engine=cpu&lang=zh-CN');
  await setConfig(page, { ...chain(9, 60), view: { panel: 'flow' } });
  await settled(page);
  await expect(pill(page)).toHaveAttribute('data-regime', 'overflow');
  await expect(panel(page)).toContainText('×9.00');
  // Nothing can be said of the formats where the very first state is too large already.
  const formats = panel(page).getByRole('table');
  await expect(formats).toBeVisible();
  await setConfig(page, { arrays: { Wh: [9], b: [3e38] } });
  await settled(page);
  await expect(pill(page)).toHaveAttribute('data-regime', 'overflow');
  await expect(formats).toHaveCount(0);
  await setConfig(page, chain(9, 1));
  await settled(page);
  await expect(pill(page)).toHaveAttribute('data-regime', 'unmeasured');
  const dead = { Wh: [1], Wx: [0, 0], b: [-1] };
  await setConfig(page, { ...chain(1, 30), activation: 'relu', arrays: dead });
  await settled(page);
  await expect(pill(page)).toHaveAttribute('data-regime', 'zero');
});

for (const language of ['en', 'zh-CN'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing in the panel: ${language}, ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await open(page, `./?engine=cpu&lang=${language}`);
      await setConfig(page, { lossPlacement: 'every', view: { panel: 'flow' } });
      await settled(page);
      await expect(curveName(page)).toBeVisible();
      await expect(page.locator('[data-stale="true"]')).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    });
  }
}
