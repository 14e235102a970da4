import {
  getConfig,
  getResult,
  open,
  redoButton,
  setConfig,
  settled,
  undoButton,
} from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const showPanel = async (page: Page, panel: string) => {
  await setConfig(page, { view: { panel } });
  await settled(page);
};

test('a button that was pressed keeps the focus or hands it on', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page, './?engine=cpu');
  const { keyboard } = page;
  const { view } = await getConfig(page);

  // Cuts: added, taken away one by one and all together.
  const add = button(page, `✂ ${text('cuts.add', { step: view.step })}`);
  await add.focus();
  await keyboard.press('Enter');
  await expect(add).toBeDisabled();
  await expect(add).toBeFocused();
  await setConfig(page, { cuts: [20, 40, view.step] });
  await button(page, text('cuts.remove', { step: 40 })).focus();
  await keyboard.press('Enter');
  await expect(button(page, text('cuts.remove', { step: view.step }))).toBeFocused();
  await keyboard.press('Enter');
  await expect(button(page, text('cuts.remove', { step: 20 }))).toBeFocused();
  await keyboard.press('Enter');
  await expect(add).toBeFocused();
  await keyboard.press('Enter');
  await button(page, text('cuts.clear')).focus();
  await keyboard.press('Enter');
  await expect.poll(async () => (await getConfig(page)).cuts).toEqual([]);
  await expect(button(page, text('cuts.clear'))).toBeFocused();

  // The last entry of the history
  for (const [one, isAtEnd] of [
    [undoButton(page), () => undoButton(page).isDisabled()],
    [redoButton(page), () => redoButton(page).isDisabled()],
  ] as const) {
    await one.focus();
    for (let i = 0; i < 20 && !(await isAtEnd()); i++) await keyboard.press('Enter');
    await expect(one).toBeDisabled();
    await expect(one).toBeFocused();
  }

  // Weights as the seed gives them
  await setConfig(page, { edits: [{ array: 'Wh', index: 0, value: 1 }] });
  await expect(page.getByText(text('weights.byHand', { count: 1 }))).toBeVisible();
  await button(page, text('weights.sameSeed')).focus();
  await keyboard.press('Enter');
  await expect.poll(async () => (await getConfig(page)).edits).toEqual([]);
  await expect(button(page, text('weights.sameSeed'))).toBeFocused();

  // Offers that are gone once they are taken
  await showPanel(page, 'lag');
  await button(page, text('lag.everyStep')).focus();
  await keyboard.press('Enter');
  await expect(button(page, text('lag.everyStep'))).toHaveCount(0);
  // What follows, or the panel around it while the map is being computed
  await expect(page.locator('aside [role=tabpanel]:is(:focus, :has(:focus))')).toBeVisible();
  await showPanel(page, 'check');
  await button(page, text('check.differencesNow')).focus();
  await keyboard.press('Enter');
  await expect(button(page, text('check.differencesNow'))).toHaveCount(0);
  await expect(page.locator('section:focus h3')).toHaveText(text('check.differences'));

  // Work that takes a while
  await showPanel(page, 'surface');
  const go = button(page, text('surface.run'));
  await expect(go).toBeEnabled();
  await go.focus();
  await keyboard.press('Enter');
  await expect(page.getByRole('row', { name: text('surface.ended') })).toBeVisible();
  await expect(go).toBeFocused();

  // One update after the other, and back
  await showPanel(page, 'train');
  const { loss } = await getResult(page);
  const one = button(page, text('train.one'));
  await one.focus();
  for (const step of ['1', '2']) {
    await keyboard.press('Enter');
    await expect(page.getByText(text('train.progress', { step, until: step }))).toBeVisible();
  }
  await expect(one).toBeFocused();
  const rewind = button(page, text('train.rewind'));
  await rewind.focus();
  await keyboard.press('Enter');
  await expect(rewind).toBeDisabled();
  await expect(rewind).toBeFocused();
  await expect.poll(async () => (await getResult(page)).loss).toBe(loss);
});

test('keys reach what cannot be chosen, and undo from where no text is typed', async ({ page }) => {
  await open(page, './?engine=cpu');
  const { keyboard } = page;

  await button(page, text('cell.loss.mse')).focus();
  await keyboard.press('ArrowRight');
  await expect(button(page, text('cell.loss.crossEntropy'))).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByText(text('cell.loss.needsClasses'))).toBeVisible();

  // A list, a checkbox, and a number that arrows have changed
  const { initialiser, T } = await getConfig(page);
  await page.getByLabel(text('weights.initialiser')).focus();
  await keyboard.press('ArrowDown');
  await expect.poll(async () => (await getConfig(page)).initialiser).not.toEqual(initialiser);
  await keyboard.press('Control+z');
  await expect.poll(async () => (await getConfig(page)).initialiser).toEqual(initialiser);
  const length = page.getByRole('spinbutton', { name: text('sequence.length') });
  await length.press('ArrowUp');
  await expect.poll(async () => (await getConfig(page)).T).toBe(T + 1);
  await keyboard.press('Control+z');
  await expect.poll(async () => (await getConfig(page)).T).toBe(T);
  // What was typed is the field's own.
  await length.fill('90');
  await keyboard.press('Enter');
  await keyboard.press('Control+z');
  await expect.poll(async () => (await getConfig(page)).T).toBe(90);

  // Steps that are typed stay under the cursor.
  await setConfig(page, { lossPlacement: [30] });
  const steps = page.getByRole('textbox', { name: text('sequence.lossSteps') });
  await steps.fill('10, 20-22');
  await keyboard.press('Enter');
  await expect.poll(async () => (await getConfig(page)).lossPlacement).toEqual([10, 20, 21, 22]);
  await expect(steps).toBeFocused();
  await expect(steps).toHaveValue('10, 20–22');
  await undoButton(page).click();
  await expect(steps).toHaveValue('30');

  // The entry of a matrix: refused in place, given up with Escape, read in full.
  const map = page.getByRole('application', { name: /W_h, 24 rows/ });
  const entry = page.getByRole('spinbutton', { name: text('weights.entry'), exact: true });
  const { edits } = await getConfig(page);
  await map.press('Enter');
  await entry.fill('1e40');
  await keyboard.press('Enter');
  await expect(entry).toHaveAttribute('aria-invalid', 'true');
  await keyboard.press('Escape');
  await expect(map).toBeFocused();
  expect((await getConfig(page)).edits).toEqual(edits);
  await map.press('Enter');
  await entry.fill('-1.234567e-10');
  await keyboard.press('Enter');
  await expect(entry).toHaveValue('-1.234567e-10');
  expect(await entry.evaluate((input) => input.scrollWidth - input.clientWidth)).toBe(0);

  // Only who is at the weights hears of them.
  const spoken = map.locator('[aria-live]');
  await expect(map).toBeFocused();
  await expect(spoken).toHaveAttribute('aria-live', 'polite');
  await length.focus();
  await expect(spoken).toHaveAttribute('aria-live', 'off');
});

test('on a phone the focus goes into the sheet of controls and back', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await open(page, './?engine=cpu');
  const { keyboard } = page;
  const sheet = page.getByRole('complementary', { name: text('app.controls') });
  const toggle = button(page, text('app.openControls'));
  await toggle.focus();
  await keyboard.press('Enter');
  await expect(sheet).toBeFocused();
  await keyboard.press('Tab');
  await expect(sheet.locator(':focus')).toBeVisible();
  await keyboard.press('Shift+Tab');
  await expect(button(page, text('app.closeControls'))).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(toggle).toBeFocused();
  // Whoever tabs out of it sees where they have come to.
  await keyboard.press('Enter');
  await sheet.getByRole('button').last().focus();
  await keyboard.press('Tab');
  await expect(sheet).toBeHidden();
  await expect(page.locator('main :focus')).toBeVisible();
});
