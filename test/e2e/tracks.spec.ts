import type { Locator } from '@playwright/test';
import type { TrackId } from '../../src/model/configuration';
import {
  boxOf,
  getConfig,
  open,
  playhead,
  setConfig,
  settled,
  shareUrl,
  track,
} from './support/playground';
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

  // Nor does the pointer, whose readout says what it is of, nor a wheel that has nothing to scroll.
  const layer = await boxOf(playhead(page));
  await page.mouse.move(layer.x + layer.width / 2, layer.y + layer.height / 2);
  const { B } = await getConfig(page);
  await expect(track(page, 'states')).toContainText(`‖h‖`);
  await expect(
    track(page, 'states').getByText(text('track.batchNorm', { count: B })),
  ).toBeVisible();
  const hint = page.getByText(text('timeline.wheelHint', { key: 'Ctrl' }));
  await expect(hint).toBeHidden();
  await page.mouse.wheel(0, 100);
  await expect(hint).toBeVisible();
  expect(await places()).toEqual(before);
  await expect(hint).toBeHidden();
  await page.mouse.move(0, 0);

  // Nor the playhead, however many digits its step has.
  await setConfig(page, { T: 3000, view: { step: 7 } });
  await settled(page);
  const toolbar = () =>
    page
      .getByRole('group', { name: text('timeline.play') })
      .locator('> *')
      .evaluateAll((all) =>
        all.map((element) => element.getBoundingClientRect().toJSON() as object),
      );
  const early = await toolbar();
  await setConfig(page, { view: { step: 2345 }, cuts: [2345] });
  await settled(page);
  expect(await toolbar()).toEqual(early);
});

test('what is not computed yet looks like nothing, and old numbers look old', async ({ page }) => {
  await open(page, './?lang=en');
  await setConfig(page, { cuts: [40] });
  await settled(page);
  const hatching = () =>
    track(page, 'errors')
      .locator('[class*=zeros]')
      .evaluate((element) => element.getBoundingClientRect().width);
  const tinted = () =>
    track(page, 'gradient')
      .locator('rect[class*=band]')
      .evaluateAll((all) => Math.max(...all.map((rect) => rect.getBoundingClientRect().width)));
  const whole = (await boxOf(stage(page, 'errors'))).width;
  await expect.poll(hatching).toBeCloseTo(whole, 0);
  expect(await tinted()).toBeCloseTo(whole, 0);

  await page.evaluate(() => void window.bptt.setConfig({ T: 100_000 }));
  const cancel = page.getByRole('button', { name: text('app.cancel') });
  await expect(cancel).toBeVisible();
  // 96 of 100 000 steps are less than a pixel.
  expect(await hatching()).toBeLessThan(2);
  expect(await tinted()).toBeLessThan(2);
  const opacity = (target: Locator) =>
    target.evaluate((element) => Number(getComputedStyle(element).opacity));
  expect(
    await opacity(track(page, 'states').locator('[class*=numbers] > span').first()),
  ).toBeLessThan(1);
  expect(await opacity(page.locator('header [data-regime]'))).toBeLessThan(1);
  await expect(page.locator('[data-truth]')).toHaveAttribute('data-truth', 'waiting');
  await cancel.click();
  await expect.poll(hatching).toBeCloseTo(whole, 0);
  expect(await opacity(page.locator('header [data-regime]'))).toBe(1);
});

test('a chart never shows an earlier run once it has shown a newer one', async ({ page }) => {
  await open(page, './?lang=en&engine=cpu');
  const plot = track(page, 'contribution').locator('[class*=settled]');
  await setConfig(page, { initialiser: { kind: 'identity', angle: 0.3 }, gain: 1 });
  await settled(page);
  await expect(plot).not.toHaveAttribute('data-live');
  const old = await plot.locator('.recharts-area-area').getAttribute('d');
  // Frames that take long, as on a slow machine: then the charts wait for their turns.
  await page.evaluate(() => {
    const frame = () => {
      const end = performance.now() + 90;
      while (performance.now() < end);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const shown = await plot.evaluateHandle((element) => {
    const seen: string[] = [];
    const look = () => {
      const isLive = element.hasAttribute('data-live');
      seen.push(
        isLive ? 'sketch' : element.querySelector('.recharts-area-area')!.getAttribute('d')!,
      );
    };
    const observer = new MutationObserver(look);
    observer.observe(element, { attributes: true, attributeFilter: ['data-live'] });
    return seen;
  });
  await setConfig(page, { initialiser: { kind: 'orthogonal', angle: 0.3 }, gain: 0.6 });
  await settled(page);
  await expect.poll(() => shown.evaluate((seen) => seen.length)).toBeGreaterThan(1);
  const seen = await shown.jsonValue();
  expect(seen[0]).toBe('sketch');
  expect(seen.includes(old!)).toBe(false);
});
