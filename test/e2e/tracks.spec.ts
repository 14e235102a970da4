import type { TrackId } from '../../src/model/configuration';
import { boxOf, getConfig, open, setConfig, settled, shareUrl, track } from './support/playground';
import { expect, test, type Page } from './support/test';
import { beginning, text } from './support/text';

/** The rows as they stand on the page, from top to bottom */
function rows(page: Page): Promise<string[]> {
  return page
    .locator('[data-track]')
    .evaluateAll((all) => all.map((row) => row.getAttribute('data-track')!));
}

function stage(page: Page, id: TrackId) {
  return track(page, id).locator('[class*=stage]');
}

const edge = (page: Page, id: TrackId) =>
  track(page, id).getByRole('separator', { name: beginning('timeline.resize') });

test('tracks change places and heights by mouse, and the link keeps both', async ({
  page,
  newContext,
}) => {
  await open(page, './?engine=cpu&lang=en');
  const name = await boxOf(track(page, 'gradient').getByRole('heading'));
  const target = await boxOf(track(page, 'inputs'));
  await page.mouse.move(name.x + 20, name.y + 8);
  await page.mouse.down();
  await page.mouse.move(name.x + 20, target.y + 2, { steps: 6 });
  await page.mouse.up();
  const first = ['graph', 'gradient', 'inputs', 'states', 'saturation', 'loss', 'errors'];
  await expect.poll(() => rows(page)).toEqual([...first, 'contribution']);

  const handle = await boxOf(edge(page, 'loss'));
  const before = (await boxOf(stage(page, 'loss'))).height;
  await page.mouse.move(handle.x + 30, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(handle.x + 30, handle.y + handle.height / 2 + 40, { steps: 4 });
  await page.mouse.up();
  const height = Math.round(before + 40);
  await expect.poll(async () => (await boxOf(stage(page, 'loss'))).height).toBe(height);
  const { view } = await getConfig(page);
  expect(view.heights).toEqual({ loss: height });

  const other = await (await newContext()).newPage();
  await open(other, await shareUrl(page));
  expect(await rows(other)).toEqual(await rows(page));
  expect((await boxOf(stage(other, 'loss'))).height).toBe(height);

  await edge(page, 'loss').dblclick();
  await expect.poll(async () => (await getConfig(page)).view.heights).toEqual({});
});

test('the same by keyboard alone', async ({ page }) => {
  await open(page, './?engine=cpu&lang=en');
  const fold = track(page, 'loss').getByRole('button', { name: beginning('timeline.fold') });
  await fold.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect
    .poll(async () => (await rows(page)).slice(0, 3))
    .toEqual(['graph', 'inputs', 'loss']);
  await expect(fold).toBeFocused();
  await expect(fold).toHaveAttribute(
    'aria-description',
    text('timeline.trackPlace', { place: 2, count: 7 }),
  );
  await page.keyboard.press('Enter');
  await expect(track(page, 'loss')).toHaveAttribute('data-folded', 'true');
  await page.keyboard.press('Enter');
  // The unfolded track has its room, and the page has measured it, before a key changes it.
  await expect(track(page, 'loss')).not.toHaveAttribute('data-folded', 'true');
  await page.waitForTimeout(500);

  await page.keyboard.press('Tab');
  await expect(edge(page, 'loss')).toBeFocused();
  const before = (await boxOf(stage(page, 'loss'))).height;
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect
    .poll(async () => (await boxOf(stage(page, 'loss'))).height)
    .toBe(Math.floor(before) + 48);
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await getConfig(page)).view.heights).toEqual({});
});

test('a result moves nothing but what follows its numbers', async ({ page }) => {
  await open(page, './?lang=en');
  // The words of the verdict have the width they need; a slider's thumb is its value.
  const kept =
    'h2, h3, canvas, section, [data-track], main button, aside button, [role=spinbutton]';
  const places = () =>
    page.evaluate(
      (selector) =>
        [...document.querySelectorAll(selector)].map((element, i) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return [i, element.tagName, element.className, x, y, width, height].join(' ');
        }),
      kept,
    );
  const before = await places();
  for (const change of [{ gain: 0.4 }, { gain: 0.9 }, { seed: 8 }, { lossPlacement: 'every' }]) {
    await setConfig(page, change);
    await settled(page);
    await page.waitForTimeout(400);
    expect(await places(), JSON.stringify(change)).toEqual(before);
  }
});
