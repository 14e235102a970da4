import { getConfig, open, playhead, settled, tabTo } from './support/playground';
import { expect, test } from './support/test';
import { text } from './support/text';

/** Enough Tab presses from one end of the page to the other */
const FAR = 90;

test('the whole page by keyboard alone: set, look, cut, take along, undo, share', async ({
  page,
}) => {
  await open(page, './?engine=cpu&lang=en');
  const first = await getConfig(page);
  const { keyboard } = page;

  // Controls: a number, a chip, a slider, a list, the dice.
  await tabTo(page, text('preset.menu') + ' ▾', FAR);
  await tabTo(page, text('sequence.length'), FAR);
  await keyboard.press('Shift+ArrowUp');
  expect((await getConfig(page)).T).toBeGreaterThan(first.T);
  await tabTo(page, 'tanh', FAR);
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await expect.poll(async () => (await getConfig(page)).activation).toBe('relu');
  await page.getByLabel(text('weights.initialiser')).focus();
  await keyboard.press('ArrowDown');
  await expect
    .poll(async () => (await getConfig(page)).initialiser.kind)
    .not.toBe(first.initialiser.kind);
  await tabTo(page, text('weights.gain'));
  await keyboard.press('ArrowRight');
  await expect.poll(async () => (await getConfig(page)).gain).toBeGreaterThan(first.gain);
  await tabTo(page, text('weights.newSeed'));
  await keyboard.press('Enter');
  await expect.poll(async () => (await getConfig(page)).seed).not.toBe(first.seed);

  // The timeline: playhead, cut, zoom.
  await playhead(page).focus();
  await keyboard.press('Shift+ArrowLeft');
  await keyboard.press('d');
  expect((await getConfig(page)).cuts).toEqual([51]);
  await keyboard.press('+');
  expect((await getConfig(page)).view.to).toBeGreaterThan(0);
  await keyboard.press('0');
  expect((await getConfig(page)).view.to).toBe(0);

  // A track's menu: its numbers as a table.
  await tabTo(page, text('export.menu', { name: text('track.gradient') }), FAR);
  await keyboard.press('Enter');
  await keyboard.press('End');
  await keyboard.press('ArrowUp');
  const menu = page.getByRole('menu');
  await expect(menu.getByRole('menuitem', { name: text('timeline.moveDown') })).toBeVisible();
  await keyboard.press('Home');
  for (let i = 0; i < 3; i++) await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('table')).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // A panel by the arrow keys of its tabs.
  await page.getByRole('tab', { selected: true }).last().focus();
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await expect.poll(async () => (await getConfig(page)).view.panel).not.toBe('step');

  // Every edit is one step back.
  for (let i = 0; i < 6; i++) await keyboard.press('Control+z');
  const back = await getConfig(page);
  expect({ ...back, view: first.view }).toEqual(first);

  // The link, and the list of keys.
  await page.getByRole('button', { name: text('app.share'), exact: true }).focus();
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('button', { name: text('app.share'), exact: true })).toBeFocused();
  await keyboard.press('?');
  await expect(page.getByRole('dialog', { name: text('help.title') })).toBeVisible();
  await keyboard.press('Escape');
  await settled(page);
});
