import { getConfig, open, setConfig, undoButton } from './support/playground';
import { expect, test, type Page } from './support/test';
import { beginning, text } from './support/text';

function panel(page: Page) {
  return page.getByRole('tabpanel');
}

function lagMap(page: Page) {
  return panel(page).getByRole('slider', { name: text('lag.mapLabel') });
}

test('a map of few losses offers one at every step, undoable', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { view: { panel: 'lag' } });
  await panel(page)
    .getByRole('button', { name: text('lag.everyStep') })
    .click();
  expect((await getConfig(page)).lossPlacement).toBe('every');
  await expect(panel(page).getByText(text('lag.sparse'))).toBeHidden();
  await undoButton(page).click();
  expect((await getConfig(page)).lossPlacement).toBe('task');
});

test('keys move over the map, Enter lists the factors of the path', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { T: 24, lossPlacement: 'every', cuts: [4], view: { panel: 'lag' } });
  const map = lagMap(page);
  await expect(map).toHaveAttribute(
    'aria-valuetext',
    text('lag.readingCut', { s: 24, k: 1, cut: 4 }),
  );
  await map.focus();
  await page.keyboard.press('End');
  await expect(map).toHaveAttribute('aria-valuenow', '24');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
  await expect(map).toHaveAttribute('aria-valuetext', /The loss at step 24 reaches step 21 with/);
  await page.keyboard.press('Enter');
  await expect(
    panel(page).getByRole('heading', { name: text('lag.path', { s: 24, k: 21 }) }),
  ).toBeVisible();
  const rows = panel(page).getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1).getByRole('rowheader')).toHaveText('24');
  await panel(page)
    .getByRole('button', { name: text('lag.goTo', { k: 21 }) })
    .click();
  expect((await getConfig(page)).view.step).toBe(21);
});

test('the losses sent back one by one add up, and a click pins a cell', async ({ page }) => {
  await open(page);
  await setConfig(page, { T: 40, lossPlacement: 'every', view: { panel: 'lag' } });
  await expect(panel(page).getByText(text('lag.identityGood'))).toBeVisible();
  await expect(panel(page).getByText(beginning('lag.holding'))).toBeVisible();
  const map = lagMap(page);
  const box = (await map.boundingBox())!;
  await map.click({ position: { x: (9.5 / 40) * box.width, y: (29.5 / 40) * box.height } });
  await expect(
    panel(page).getByRole('heading', { name: text('lag.path', { s: 30, k: 10 }) }),
  ).toBeVisible();
});

test('a long map waits to be asked for, a longer one offers a shorter sequence', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { T: 1500, H: 2, B: 1, lossPlacement: 'every', view: { panel: 'lag' } });
  await expect(lagMap(page)).toBeHidden();
  await panel(page)
    .getByRole('button', { name: text('lag.compute') })
    .click();
  await expect(lagMap(page)).toBeVisible({ timeout: 30_000 });
  await setConfig(page, { T: 5000 });
  await panel(page)
    .getByRole('button', { name: text('lag.shorten', { T: '1\u202f024' }) })
    .click();
  expect((await getConfig(page)).T).toBe(1024);
});
