import { AxeBuilder } from '@axe-core/playwright';
import { getConfig, open, setConfig, settled, undoButton } from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

const ADDRESS = './?engine=cpu';

const panel = (page: Page) => page.getByRole('tabpanel', { name: text('lab.tab.surface') });
const map = (page: Page) => panel(page).getByRole('slider', { name: text('surface.mapLabel') });
const button = (page: Page, name: Parameters<typeof text>[0]) =>
  panel(page).getByRole('button', { name: text(name), exact: true });

/** The loss that the map's place has, from its words. */
async function lossOf(page: Page): Promise<number> {
  const words = (await map(page).getAttribute('aria-valuetext')) ?? '';
  return Number(/L = ([\d.]+)/.exec(words)?.[1] ?? NaN);
}

async function openPascanu(page: Page): Promise<void> {
  await open(page, ADDRESS);
  await setConfig(page, { view: { panel: 'surface' } });
  await button(page, 'surface.pascanu').click();
  await settled(page);
  await expect(map(page)).toHaveAttribute('aria-valuetext', /W_h = 5\.3/);
}

test('figure 6 of Pascanu 2013 has its cliff, by keys and in one undo', async ({ page }) => {
  await openPascanu(page);
  expect(await getConfig(page)).toMatchObject({ H: 1, T: 50, activation: 'sigmoid' });
  // Down in b, over the edge.
  await map(page).focus();
  await expect.poll(() => lossOf(page)).toBeLessThan(0.05);
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(() => lossOf(page)).toBeGreaterThan(0.2);
  // Nearer: the edge is between points that are closer to each other.
  await page.keyboard.press('Space');
  await page.keyboard.press('+');
  const from = panel(page).getByRole('spinbutton', { name: /^Axis ↑: from/ });
  await expect(from).toHaveValue(/^-3\.[4-9]/);
  await button(page, 'surface.recentre').click();
  await expect(from).toHaveValue(/^-4\.[67]/);
  await undoButton(page).click();
  expect((await getConfig(page)).H).toBe(24);
});

test('a picked point’s weights become the network’s, undoable; Enter does it by keys', async ({
  page,
}) => {
  await openPascanu(page);
  const box = (await map(page).boundingBox())!;
  await map(page).click({ position: { x: 0.25 * box.width, y: 0.75 * box.height } });
  const reading = (await map(page).getAttribute('aria-valuetext'))!;
  await button(page, 'surface.use').click();
  await settled(page);
  const { arrays } = await getConfig(page);
  expect(arrays.Wh![0]).toBeCloseTo(5.1, 1);
  const used = `W_h = ${arrays.Wh![0]!.toFixed(3)}`;
  expect(reading).toContain(used);
  // The map is drawn later than its network is computed: without this, 5.3 below may be the map before.
  await expect(map(page)).toHaveAttribute('aria-valuetext', new RegExp(used.replace('.', '\\.')));
  await undoButton(page).click();
  expect((await getConfig(page)).arrays.Wh).toEqual([5.3]);
  await settled(page);
  await expect(map(page)).toHaveAttribute('aria-valuetext', /W_h = 5\.3/);
  await map(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await settled(page);
  expect((await getConfig(page)).arrays.Wh![0]).toBeGreaterThan(5.3);
});

test('two ways down: the clipped one takes short steps, both have their legend', async ({
  page,
}) => {
  await openPascanu(page);
  await button(page, 'surface.run').click();
  const row = panel(page).getByRole('row', { name: new RegExp(text('surface.longest')) });
  await expect(row.getByRole('cell')).toHaveCount(2, { timeout: 30_000 });
  const [free, clipped] = (await row.getByRole('cell').allTextContents()).map(Number);
  // lr · c = 0.05 · 0.5
  expect(clipped).toBeLessThanOrEqual(0.0251);
  expect(free).toBeGreaterThan(clipped!);
  await expect(panel(page).locator('[data-look=clipped]')).toHaveCount(2);
  await button(page, 'surface.clear').click();
  await expect(panel(page).locator('[data-look=clipped]')).toHaveCount(0);
});

test('training every weight casts a shadow on the map, with its distance', async ({ page }) => {
  await openPascanu(page);
  await button(page, 'surface.wayAll').click();
  await button(page, 'surface.run').click();
  const row = panel(page).getByRole('row', { name: new RegExp(text('surface.off')) });
  await expect(row.getByRole('cell')).toHaveCount(2, { timeout: 30_000 });
  for (const cell of await row.getByRole('cell').allTextContents()) {
    expect(Number(cell)).toBeGreaterThan(0);
  }
});

test('overflow is marked, directions can be chosen, and nothing of it troubles axe', async ({
  page,
}) => {
  await open(page, ADDRESS);
  await setConfig(page, {
    ...{ activation: 'relu', T: 200, B: 1, H: 4, gain: 1.2, view: { panel: 'surface' } },
  });
  await settled(page);
  const choose = (axis: 'x' | 'y', kind: string) =>
    panel(page)
      .getByRole('combobox', { name: text('surface.axisOf', { axis: text(`surface.${axis}`) }) })
      .selectOption(kind);
  await choose('x', 'gain');
  await choose('y', 'gradient');
  await expect(
    panel(page).getByText(text('surface.axisGradient').replace(/[*]/g, ''), { exact: true }),
  ).toBeAttached();
  await expect(panel(page).getByText('overflow: L = ∞')).toBeVisible({ timeout: 30_000 });
  await choose('y', 'gain');
  await expect(panel(page).getByText(text('surface.no.same'))).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('[role=tabpanel]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
