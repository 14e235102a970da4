import { AxeBuilder } from '@axe-core/playwright';
import {
  boxOf,
  getConfig,
  open,
  picture,
  pictureHash,
  playhead,
  setConfig,
  settled,
  track,
} from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

const saturation = (page: Page) => track(page, 'saturation');
const colours = async (page: Page) => (await picture(page, 'saturation')).colours;

async function unfold(page: Page): Promise<void> {
  await saturation(page)
    .getByRole('button', { name: text('timeline.unfold', { name: text('track.saturation') }) })
    .click();
  await expect(saturation(page).locator('canvas')).toBeVisible();
}

test('folded at first; unfolded it shows where the units sit', async ({ page }) => {
  await open(page, './?engine=cpu');
  await expect(saturation(page)).toHaveAttribute('data-folded', 'true');
  await expect(saturation(page).locator('canvas')).toHaveCount(0);
  await unfold(page);
  expect((await getConfig(page)).view.folded).toEqual([]);
  await expect.poll(() => colours(page)).toBeGreaterThan(3);
  const { height } = await page.evaluate(() => ({
    height: document.scrollingElement!.scrollHeight,
  }));
  expect(height, 'the page still fits').toBeLessThanOrEqual(900);

  const ofA = await pictureHash(page, 'saturation');
  await saturation(page).getByRole('button', { name: 'f ′(a_t)' }).click();
  await expect.poll(() => pictureHash(page, 'saturation')).not.toBe(ofA);
  await expect(saturation(page)).toContainText('0 … 1');
});

test('the shares are those of the run', async ({ page }) => {
  await open(page, './?engine=cpu');
  await unfold(page);
  // a = 10 at every step: f′ of tanh is 8e-9, saturated everywhere but not dead.
  const still = { H: 1, arrays: { Wh: [0], Wx: [0, 0], b: [10] } };
  await setConfig(page, still);
  await settled(page);
  await expect(saturation(page)).toContainText(/100 % saturated\s*0 % dead/);
  // A relu at a = −10 passes exactly nothing.
  await setConfig(page, { ...still, activation: 'relu', arrays: { ...still.arrays, b: [-10] } });
  await settled(page);
  await expect(saturation(page)).toContainText(/0 % saturated\s*100 % dead/);

  const box = await boxOf(saturation(page).locator('canvas'));
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(saturation(page)).toContainText(
    text('track.saturationReadout', { saturated: '0 %', dead: '100 %' }),
  );
});

test('the picture follows the axis and never leaves while it does', async ({ page }) => {
  await open(page, './?engine=cpu');
  await unfold(page);
  await expect.poll(() => colours(page)).toBeGreaterThan(3);
  const whole = await pictureHash(page, 'saturation');
  const canvas = await saturation(page).locator('canvas').elementHandle();
  await playhead(page).focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('+');
  await expect.poll(() => pictureHash(page, 'saturation')).not.toBe(whole);
  expect(await colours(page)).toBeGreaterThan(3);
  await page.keyboard.press('0');
  await expect.poll(() => pictureHash(page, 'saturation')).toBe(whole);
  expect(await canvas?.evaluate((element) => element.isConnected), 'the same canvas').toBe(true);
});

test('an overflow ends the picture, and one step is enough for one', async ({ page }) => {
  await open(page, './?engine=cpu');
  await unfold(page);
  await setConfig(page, { activation: 'relu', gain: 3, T: 300 });
  await settled(page);
  await expect.poll(() => colours(page)).toBeGreaterThan(1);
  await expect(saturation(page)).toContainText(/dead\s*\d+(\.\d+)? %/);
  await setConfig(page, { T: 1, activation: 'tanh', gain: 1 });
  await settled(page);
  await expect(saturation(page)).toContainText(/% saturated\s*0 % dead/);
  await expect.poll(() => colours(page)).toBeGreaterThan(1);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing: ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await open(page, './?engine=cpu&lang=zh-CN');
    await setConfig(page, { activation: 'relu', view: { folded: [] } });
    await settled(page);
    await expect.poll(() => colours(page)).toBeGreaterThan(1);
    await expect(page.locator('[data-stale="true"]')).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}
