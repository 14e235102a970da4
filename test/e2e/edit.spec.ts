import {
  boxOf,
  expectDrawn,
  getConfig,
  getResult,
  grab,
  open,
  pictureHash,
  redoButton,
  setConfig,
  settled,
  shareUrl,
  undoButton,
} from './support/playground';
import { expect, test } from './support/test';
import { beginning, text } from './support/text';

for (const [name, key, read] of [
  ['sequence.length', 'T', 96],
  ['weights.gain', 'gain', 0.95],
] as const) {
  test(`dragging ${key} redraws while dragging and is one undo entry`, async ({ page }) => {
    await open(page);
    const slider = page.getByRole('slider', { name: text(name), exact: true });
    let shown = await pictureHash(page, 'states');
    await expect(undoButton(page)).toBeDisabled();

    const { x, y } = await grab(page, slider);
    const values = [];
    for (const distance of [-12, -20, 8]) {
      await page.mouse.move(x + distance, y, { steps: 4 });
      // The button is still down.
      await expect.poll(() => pictureHash(page, 'states')).not.toBe(shown);
      await settled(page);
      shown = await pictureHash(page, 'states');
      values.push((await getConfig(page))[key]);
    }
    expect(values[0]).toBeLessThan(read);
    expect(values[1]).toBeLessThan(values[0]!);
    expect(values[2]).toBeGreaterThan(read);
    await page.mouse.up();

    await undoButton(page).click();
    expect((await getConfig(page))[key]).toBe(read);
    await expect(undoButton(page)).toBeDisabled();
    await redoButton(page).click();
    expect((await getConfig(page))[key]).toBe(values[2]);
    await page.keyboard.press('Control+z');
    expect((await getConfig(page))[key]).toBe(read);
    await page.keyboard.press('Control+Shift+z');
    expect((await getConfig(page))[key]).toBe(values[2]);
  });
}

test('dragging a weight redraws while dragging and is one undo entry', async ({ page }) => {
  await open(page);
  const map = page.getByRole('application', { name: beginning('weights.map') });
  await map.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await boxOf(map);
  const before = await getResult(page);
  let shown = await pictureHash(page, 'states');

  // Entry (1, 1): row-major index 0
  await page.mouse.move(x + width / 60, y + height / 60);
  await page.mouse.down();
  for (const distance of [40, 90]) {
    await page.mouse.move(x + width / 60, y + height / 60 - distance, { steps: 4 });
    await expect.poll(() => pictureHash(page, 'states')).not.toBe(shown);
    await settled(page);
    shown = await pictureHash(page, 'states');
  }
  await page.mouse.up();

  const { edits } = await getConfig(page);
  expect(edits).toEqual([{ array: 'Wh', index: 0, value: expect.any(Number) as unknown }]);
  const after = await getResult(page);
  expect(after.loss).not.toBe(before.loss);
  await undoButton(page).click();
  expect((await getConfig(page)).edits).toEqual([]);
  await expect(undoButton(page)).toBeDisabled();
  expect((await getResult(page)).loss).toBe(before.loss);
});

test('an activation chip changes the activation, and Ctrl+Z brings it back', async ({ page }) => {
  await open(page, './?engine=cpu');
  const relu = page.getByRole('button', { name: text('activation.relu'), exact: true });
  await relu.click();
  expect((await getConfig(page)).activation).toBe('relu');
  await expect(relu).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Control+z');
  expect((await getConfig(page)).activation).toBe('tanh');
  await expect(relu).toHaveAttribute('aria-pressed', 'false');
});

test('H is typed; every array takes its new size', async ({ page }) => {
  await open(page);
  const field = page.getByRole('spinbutton', { name: text('cell.hidden'), exact: true });
  await field.fill('33');
  await field.press('Enter');
  expect((await getConfig(page)).H).toBe(33);
  await settled(page);
  const name = text('weights.map', { name: 'W_h', rows: 33, columns: 33 });
  await expect(page.getByRole('application', { name })).toBeVisible();

  // In the field, undo is the field's own.
  await field.fill('5e1');
  await field.press('Control+z');
  expect((await getConfig(page)).H).toBe(33);
  await field.press('Escape');
  await undoButton(page).click();
  expect((await getConfig(page)).H).toBe(24);
});

test('a number outside the range becomes the nearest one inside, and the field says so', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  const field = page.getByRole('spinbutton', { name: text('sequence.batch'), exact: true });
  await field.fill('5000');
  await field.press('Enter');
  await expect(page.getByText(text('field.outOfRange', { least: 1, most: 256 }))).toBeVisible();
  expect((await getConfig(page)).B).toBe(256);
  await field.fill('many');
  await field.press('Enter');
  await expect(page.getByText(text('field.notANumber'))).toBeVisible();
  await undoButton(page).click();
  expect((await getConfig(page)).B).toBe(4);
  await expect(undoButton(page)).toBeDisabled();
});

test('after 200 quick edits the page shows what a fresh page shows', async ({
  page,
  newContext,
}) => {
  await open(page);
  // Ten a frame: faster than any hand, and never two pictures behind.
  await page.evaluate(async () => {
    for (let i = 0; i < 200; i++) {
      const value = 0.3 + ((i * 37) % 200) / 150;
      const changes = [
        { gain: value },
        { T: 40 + ((i * 7) % 90) },
        { edits: [{ array: 'Wh', index: i, value }] },
      ];
      void window.bptt.setConfig(changes[i % 3]);
      if (i % 10 === 9) await new Promise(requestAnimationFrame);
    }
  });

  const config = await getConfig(page);
  const result = await getResult(page);
  expect(result.lossPerStep).toHaveLength(config.T);
  const fresh = await (await newContext()).newPage();
  await open(fresh, await shareUrl(page));
  const expected = await getResult(fresh);
  expect(result.lossPerStep).toEqual(expected.lossPerStep);
  expect(result.log2Norm).toEqual(expected.log2Norm);
  await expect.poll(() => pictureHash(page, 'states')).toBe(await pictureHash(fresh, 'states'));
});

test('a size that does not fit is explained; the last picture stays, and undo brings the rest back', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  const shown = await pictureHash(page, 'states');
  await setConfig(page, { T: 100_000, B: 8, H: 512 });
  await expect(page.getByRole('alert')).toContainText(text('error.too-large'));
  await expect(getResult(page)).rejects.toThrow(/T (= |up to )\d+/);
  // The last good picture stays, on its own axis.
  await expectDrawn(page);
  await undoButton(page).click();
  await settled(page);
  await expect(page.getByRole('alert')).toHaveText('');
  await expect.poll(() => pictureHash(page, 'states')).toBe(shown);
});
