import {
  boundary,
  getConfig,
  getResult,
  open,
  playhead,
  setConfig,
  undoButton,
} from './support/playground';
import { expect, test, type Page } from './support/test';
import { beginning, text } from './support/text';

/** Steps before the cut have an exactly zero error signal; those after it do not. */
async function expectCutAt(page: Page, cut: number): Promise<void> {
  expect((await getConfig(page)).cuts).toEqual([cut]);
  const { log2Norm } = await getResult(page);
  expect(Array.from(log2Norm.delta.slice(0, cut - 1))).toEqual(
    new Array<number>(cut - 1).fill(-Infinity),
  );
  expect(Array.from(log2Norm.delta.slice(cut - 1)).every((norm) => norm > -Infinity)).toBe(true);
  expect(log2Norm.dh0).toBe(-Infinity);
}

function verdict(page: Page) {
  return page.getByRole('banner');
}

function inspector(page: Page) {
  return page.getByRole('complementary', { name: text('app.inspector') });
}

test('a click between two steps cuts, a second one mends', async ({ page }) => {
  await open(page);
  const whole = await getResult(page);
  expect(whole.log2Norm.delta.every((norm) => norm > -Infinity)).toBe(true);

  // The row of the scissors
  const { x, top } = await boundary(page, 40);
  await page.mouse.click(x, top + 10);
  await expectCutAt(page, 40);
  // A cut is dragged; elsewhere a click carries the playhead there.
  await page.mouse.move(x + 1, top + 60);
  await expect(playhead(page)).toHaveCSS('cursor', 'ew-resize');
  await page.mouse.move(x + 64, top + 60);
  await expect(playhead(page)).toHaveCSS('cursor', 'crosshair');
  await expect(verdict(page)).toContainText(text('verdict.cutAt', { step: 40 }));

  // The step before the cut: nothing is carried back to it.
  await setConfig(page, { view: { step: 39 } });
  await expect(inspector(page)).toContainText(beginning('inspector.cutAfter') + ' 40');
  await setConfig(page, { view: { step: 40 } });
  await expect(playhead(page)).toHaveAttribute(
    'aria-valuetext',
    new RegExp(text('timeline.cutBefore')),
  );

  await page.mouse.click(x, top + 10);
  expect((await getConfig(page)).cuts).toEqual([]);
  await expect(verdict(page)).not.toContainText(text('verdict.cutAt', { step: 40 }));
  expect((await getResult(page)).log2Norm).toEqual(whole.log2Norm);
});

test('a click on a boundary inside the tracks cuts there', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { T: 24 });
  const { x, top } = await boundary(page, 12);
  await page.mouse.click(x, top + 120);
  await expectCutAt(page, 12);
  await page.mouse.click(x, top + 200);
  expect((await getConfig(page)).cuts).toEqual([]);
});

test('a click on a step moves the playhead and cuts nothing', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { T: 24 });
  const [left, right] = [await boundary(page, 7), await boundary(page, 8)];
  await page.mouse.click((left.x + right.x) / 2, left.top + 120);
  const { cuts, view } = await getConfig(page);
  expect(cuts).toEqual([]);
  expect(view.step).toBe(7);
  await expect(
    inspector(page).getByRole('heading', { name: text('inspector.step', { step: 7 }) }),
  ).toBeVisible();
});

test('D cuts and mends at the playhead; everything goes by keyboard', async ({ page }) => {
  await open(page);
  const slider = playhead(page);
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuenow', '1');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuenow', '12');
  await page.keyboard.press('d');
  await expectCutAt(page, 12);
  await expect(slider).toBeFocused();
  await page.keyboard.press('End');
  await expect(slider).toHaveAttribute('aria-valuenow', '96');
  await page.keyboard.press('D');
  expect((await getConfig(page)).cuts).toEqual([12, 96]);
  await page.keyboard.press('Control+z');
  expect((await getConfig(page)).cuts).toEqual([12]);
});

test('the timeline is reached by the skip link', async ({ page }) => {
  await open(page, './?engine=cpu');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: text('app.skip') })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('a cut is dragged to another place as one edit', async ({ page }) => {
  await open(page);
  await setConfig(page, { cuts: [30] });
  const from = await boundary(page, 30);
  const to = await boundary(page, 50);
  await page.mouse.move(from.x, from.top + 10);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, from.top + 60, { steps: 5 });
  await expect.poll(async () => (await getConfig(page)).cuts).toEqual([40]);
  await page.mouse.move(to.x, to.top + 60, { steps: 5 });
  await page.mouse.up();
  await expectCutAt(page, 50);
  await undoButton(page).click();
  expect((await getConfig(page)).cuts).toEqual([30]);
});

test('the panel lists the cuts and mends them', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { cuts: [20, 60] });
  await page.getByRole('button', { name: text('cuts.remove', { step: 20 }) }).click();
  expect((await getConfig(page)).cuts).toEqual([60]);
  await page.getByRole('button', { name: text('cuts.clear') }).click();
  expect((await getConfig(page)).cuts).toEqual([]);
  await expect(page.getByText(text('cuts.none'))).toBeVisible();
});
