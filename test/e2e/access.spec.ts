import { AxeBuilder } from '@axe-core/playwright';
import {
  grab,
  open,
  redoButton,
  setConfig,
  settled,
  track,
  undoButton,
} from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

const ADDRESS = './?engine=cpu';
const summary = (page: Page) => page.getByRole('region', { name: text('summary.title') });

test('the state is summed up in words, which follow it', async ({ page }) => {
  await open(page, ADDRESS);
  await expect(summary(page)).toContainText(text('summary.lossLast'));
  await expect(summary(page)).toContainText('24 hidden units with f = tanh runs over 96 steps');
  await expect(summary(page)).toContainText('vanishes on its way back, times 0.726 per step');
  await expect(summary(page)).toContainText(/‖∂L\/∂h‖ is 1\.1e-14 at step 1/);
  await setConfig(page, { T: 40, cuts: [20], lossPlacement: 'every' });
  await settled(page);
  await expect(summary(page)).toContainText(text('summary.cutOne', { step: 20 }));
  await expect(summary(page)).toContainText(text('summary.lossEvery'));
  await expect(summary(page)).toContainText(text('summary.stopped.cut', { step: 20 }));
  await page.getByRole('button', { name: '中文' }).click();
  const chinese = page.getByRole('region', { name: text('summary.title', {}, 'zh-CN') });
  await expect(chinese).toContainText('运行 40 步');
  await expect(chinese).toContainText(text('summary.lossEvery', {}, 'zh-CN'));
});

test('only a new regime, a cut, undo and redo are announced, each once', async ({ page }) => {
  await open(page, ADDRESS);
  const heard: string[] = [];
  await page.exposeFunction('hear', (words: string) => heard.push(words.trim()));
  await page.evaluate(() => {
    const element = document.querySelector('[data-announcements]')!;
    const tell = (window as unknown as { hear: (words: string) => void }).hear;
    const observer = new MutationObserver(() => {
      if (element.textContent !== '') tell(element.textContent);
    });
    observer.observe(element, { childList: true, characterData: true, subtree: true });
  });
  // The first verdict of a page is not news, nor is a number that is dragged within a regime.
  const slider = page.getByRole('slider', { name: text('sequence.length') });
  const { x, y } = await grab(page, slider);
  for (let i = 1; i <= 20; i++) await page.mouse.move(x + i, y);
  await page.mouse.up();
  await settled(page);
  expect(heard).toEqual([]);

  await undoButton(page).click();
  await expect.poll(() => heard.at(-1)).toBe('Undone: length T 96.');
  await setConfig(page, { gain: 3, activation: 'identity', T: 60 });
  await settled(page);
  await expect.poll(() => heard.at(-1)).toBe(text('verdict.announceExploding'));
  await setConfig(page, { cuts: [30] });
  await settled(page);
  await expect.poll(() => heard.at(-1)).toBe(text('announce.stopped.cut', { step: 30 }));
  await setConfig(page, { cuts: [31] });
  await undoButton(page).click();
  await redoButton(page).click();
  await expect.poll(() => heard.at(-1)).toContain('Done again: cuts before 31.');
  // Every text is heard once, and nobody else says it.
  expect(heard.filter((words) => words.includes(text('verdict.announceExploding')))).toHaveLength(
    1,
  );
  await expect(page.getByRole('status').filter({ hasText: 'cuts before 31' })).toHaveCount(1);
});

test('single keys can be switched off, which is remembered', async ({ page }) => {
  await open(page, ADDRESS);
  const dialog = page.getByRole('dialog', { name: text('help.title') });
  const keySwitch = dialog.getByRole('switch', { name: text('help.singleKeys') });
  await page.keyboard.press('?');
  await expect(keySwitch).toBeChecked();
  // It can be read by keys at once.
  const scrolled = () => dialog.locator(':focus').evaluate((body) => body.scrollTop);
  await page.setViewportSize({ width: 1280, height: 400 });
  await page.keyboard.press('PageDown');
  await expect.poll(scrolled).toBeGreaterThan(100);
  await keySwitch.press('Space');
  await expect(keySwitch).not.toBeChecked();
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(dialog).toHaveCount(0);
  await page.reload();
  await settled(page);
  await page.keyboard.press('?');
  await expect(dialog).toHaveCount(0);
  // Keys of the focused timeline are its own; the list opens by its button.
  await page.getByRole('slider', { name: text('timeline.slider') }).press('d');
  await expect(
    page.getByRole('button', { name: text('timeline.mendHere', { step: 61 }) }),
  ).toBeVisible();
  await page.getByRole('button', { name: text('app.help'), exact: true }).click();
  await keySwitch.click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(dialog).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`with the system’s colours everything can be told apart: ${theme}`, async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active', colorScheme: theme });
    await open(page, ADDRESS);
    await setConfig(page, { cuts: [30], view: { panel: 'lag', step: 30 } });
    await settled(page);
    const ground = await page
      .locator('html')
      .evaluate((html) => getComputedStyle(html).backgroundColor);
    const style = (selector: string, property: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    // What is chosen
    for (const chosen of ['[role=tab][aria-selected=true]', '[aria-pressed=true]']) {
      expect(await style(chosen, 'background-color'), chosen).not.toBe(ground);
    }
    // Scissors on the ground of a button that is pressed, strips beside the weights, a message
    const mend = 'main button[aria-pressed=true]:has([aria-hidden])';
    expect(await style(`${mend} span`, 'color')).not.toBe(await style(mend, 'background-color'));
    const strip = '#controls [aria-hidden=true][title] > span';
    expect(await style(strip, 'border-top-style')).toBe('solid');
    await page.keyboard.press('p');
    const message = page.getByRole('status').filter({ hasText: /^Pinned as/ });
    await expect(message).toBeVisible();
    expect(await message.evaluate((e) => getComputedStyle(e).forcedColorAdjust)).toBe('none');
    // Lines of a chart, the cut through all tracks, the hatching of exact zeros
    expect(await style('[data-track=gradient] path[stroke]', 'stroke')).not.toBe(ground);
    expect(await style('[data-kind=hand] path', 'stroke')).not.toBe(ground);
    expect(await style('[data-track=errors] [class*=zeros]', 'background-image')).toContain(
      'gradient',
    );
    // Heat maps keep their colours.
    const colours = await track(page, 'states')
      .locator('canvas')
      .evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const context = (canvas as HTMLCanvasElement).getContext('2d')!;
        return new Set(new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)).size;
      });
    expect(colours).toBeGreaterThan(50);
    if (theme === 'light') return;
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}
