import { AxeBuilder } from '@axe-core/playwright';
import { open, settled } from './support/playground';
import { expect, test } from './support/test';
import { text } from './support/text';

test('an example is one undoable change that explains itself until it is edited', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  const before = await page.evaluate(() => window.bptt.getConfig());
  const note = page.getByRole('region', { name: text('preset.note') });
  await expect(note).toHaveCount(0);

  await page.getByRole('button', { name: text('preset.menu') }).click();
  await page.getByRole('button', { name: text('preset.radius') }).click();
  await settled(page);
  await expect(note).toContainText(text('preset.radius'));
  const tab = page.getByRole('tab', { name: text('lab.tab.spectrum') });
  await expect(tab).toHaveAttribute('aria-selected', 'true');
  expect((await page.evaluate(() => window.bptt.getConfig())).arrays.Wh).toEqual([0.9, 5, 0, 0.9]);

  // Looking around keeps the note, an edit ends it, undo brings it back.
  await page.getByRole('tab', { name: text('lab.tab.step') }).click();
  await expect(note).toBeVisible();
  await page.evaluate(() => window.bptt.setConfig({ T: 97 }));
  await expect(note).toHaveCount(0);
  await page.getByRole('button', { name: text('app.undo') }).click();
  await expect(note).toBeVisible();
  await page.getByRole('button', { name: text('app.undo') }).click();
  await settled(page);
  const after = await page.evaluate(() => window.bptt.getConfig());
  expect(after.arrays).toEqual(before.arrays);
  expect(after.H).toBe(before.H);
});

test('the examples can be chosen by keyboard, and an example is a link', async ({ page }) => {
  await open(page, './?engine=cpu');
  await page.getByRole('button', { name: text('preset.menu') }).focus();
  await page.keyboard.press('Enter');
  const first = page.getByRole('button', { name: text('preset.scalar') });
  await expect(first).toBeVisible();
  await first.focus();
  await page.keyboard.press('Enter');
  await settled(page);
  const note = page.getByRole('region', { name: text('preset.note') });
  await expect(note).toContainText(text('preset.scalar'));
  await expect(page.locator('button[data-regime]')).toContainText('×0.500');

  const url = await page.evaluate(() => window.bptt.shareUrl());
  await page.goto('about:blank');
  await page.goto(url);
  await settled(page);
  await expect(note).toContainText(text('preset.scalar'));
});

test('the open menu has nothing for axe to find', async ({ page }) => {
  await open(page, './?engine=cpu');
  await page.getByRole('button', { name: text('preset.menu') }).click();
  await expect(page.getByRole('button', { name: text('preset.chaos') })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
});

test('an example of training explains itself while it trains, and as a link', async ({ page }) => {
  await open(page, './?engine=cpu');
  await page.getByRole('button', { name: text('preset.menu') }).click();
  await page.getByRole('button', { name: text('preset.orderExplodes') }).click();
  await settled(page);
  const note = page.getByRole('region', { name: text('preset.note') });
  await expect(note).toContainText(text('preset.orderExplodes'));
  const url = await page.evaluate(() => window.bptt.shareUrl());

  const panel = page.getByRole('tabpanel', { name: text('lab.tab.train') });
  await panel.getByRole('button', { name: text('train.start'), exact: true }).click();
  // It explodes, and the network of the last moment is still this example's.
  await expect(panel).toContainText(text('train.stop.state').split('{step}')[0]!);
  await expect(note).toContainText(text('preset.orderExplodes'));

  await page.goto('about:blank');
  await page.goto(url);
  await settled(page);
  await expect(note).toContainText(text('preset.orderExplodes'));
});
