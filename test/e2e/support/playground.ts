import { expect, type Locator, type Page } from '@playwright/test';
import type { TrackId } from '../../../src/model/configuration';
import { text } from './text';

/** Opens the page and waits until its engine stays and its first result is there. */
export async function open(page: Page, address = './'): Promise<void> {
  await page.goto(address);
  await settled(page);
}

/** Waits until what the page shows belongs to its configuration. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.bptt.ready;
    await window.bptt.getResult();
  });
}

export function getConfig(page: Page) {
  return page.evaluate(() => window.bptt.getConfig());
}

export function getResult(page: Page) {
  return page.evaluate(() => window.bptt.getResult());
}

export function setConfig(page: Page, change: object) {
  return page.evaluate((value) => window.bptt.setConfig(value), change);
}

export function shareUrl(page: Page) {
  return page.evaluate(() => window.bptt.shareUrl());
}

export function track(page: Page, id: TrackId): Locator {
  return page.locator(`[data-track="${id}"]`);
}

/** The layer over all tracks: it takes the pointer and the keys. */
export function playhead(page: Page): Locator {
  return page.getByRole('slider', { name: text('timeline.slider') });
}

export function undoButton(page: Page): Locator {
  return page.getByRole('button', { name: text('app.undo'), exact: true });
}

export function redoButton(page: Page): Locator {
  return page.getByRole('button', { name: text('app.redo'), exact: true });
}

/** The number of different colours a track's heat map has, and a hash of its pixels. */
export async function picture(page: Page, id: TrackId): Promise<{ colours: number; hash: number }> {
  return track(page, id)
    .locator('canvas')
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const context = canvas.getContext('2d');
      if (context === null || canvas.width === 0) return { colours: 0, hash: 0 };
      const image = context.getImageData(0, 0, canvas.width, canvas.height);
      const pixels = new Uint32Array(image.data.buffer);
      const colours = new Set(pixels);
      let hash = canvas.width;
      for (const pixel of pixels) hash = (Math.imul(hash, 31) + pixel) | 0;
      return { colours: colours.size, hash };
    });
}

export async function pictureHash(page: Page, id: TrackId): Promise<number> {
  return (await picture(page, id)).hash;
}

/** Every track has been drawn with something in it. */
export async function expectDrawn(page: Page): Promise<void> {
  for (const id of ['inputs', 'states', 'errors'] as const) {
    await expect
      .poll(async () => (await picture(page, id)).colours, `colours of ${id}`)
      .toBeGreaterThan(3);
  }
  await expect
    .poll(() => longestPath(page, 'gradient'), 'points of the gradient')
    .toBeGreaterThan(20);
  await expect
    .poll(() => longestPath(page, 'loss'), 'points of the prediction')
    .toBeGreaterThan(20);
  await expect(track(page, 'graph').locator('circle').first()).toBeVisible();
  await expect(track(page, 'contribution').locator('svg, canvas').first()).toBeAttached();
}

/** Points of the longest curve in a track. */
function longestPath(page: Page, id: TrackId): Promise<number> {
  return track(page, id)
    .locator('path[d]')
    .evaluateAll((paths) =>
      Math.max(0, ...paths.map((path) => path.getAttribute('d')!.split(/[A-Z]/).length - 1)),
    );
}

/** Where the boundary before a step is on the shared axis, in page coordinates. */
export async function boundary(page: Page, step: number): Promise<{ x: number; top: number }> {
  const box = await boxOf(playhead(page));
  const { T, view } = await getConfig(page);
  const to = view.to === 0 ? T : view.to;
  const x = box.x + ((step - view.from) / (to - view.from + 1)) * box.width;
  return { x, top: box.y };
}

export async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('The element is not visible.');
  return box;
}

/** Width of a slider's thumb, which stays inside the slider */
const THUMB = 16;

/** Presses the mouse at a slider's thumb; the caller moves and releases it. */
export async function grab(page: Page, slider: Locator): Promise<{ x: number; y: number }> {
  await slider.scrollIntoViewIfNeeded();
  const box = await boxOf(slider);
  const part = await slider.evaluate((input: HTMLInputElement) => {
    return (Number(input.value) - Number(input.min)) / (Number(input.max) - Number(input.min));
  });
  const [x, y] = [box.x + THUMB / 2 + part * (box.width - THUMB), box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  return { x, y };
}

/** Presses Tab until the focus is on what is called `name`; fails after `most` stops. */
export async function tabTo(page: Page, name: string, most = 12): Promise<void> {
  for (let stops = 0; stops < most; stops++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    if (focused === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not come to ${name}.`);
}
