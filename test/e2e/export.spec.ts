import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { runOf } from '../../src/model/pins';
import { RATIO } from '../../src/ui/charts/export/picture';
import { getConfig, getResult, open, setConfig, settled, track } from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

const ADDRESS = './?engine=cpu';

const menuOf = (place: Locator): Locator => place.locator('button[aria-haspopup="menu"]').first();
const allTracks = (page: Page) =>
  page.getByRole('button', { name: text('export.menu', { name: text('export.all') }) });

/** Chooses a kind of file in a chart's menu, by keyboard, and reads what is saved. */
async function saved(page: Page, trigger: Locator, kind: 'PNG' | 'SVG' | 'CSV') {
  await trigger.focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: new RegExp(`^${kind}`) });
  await expect(item).toBeVisible();
  await item.focus();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.keyboard.press('Enter'),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Keyword and text of every iTXt chunk. */
function textsOf(png: Buffer): Record<string, string> {
  const texts: Record<string, string> = {};
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) !== 'iTXt') continue;
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    const end = data.indexOf(0);
    texts[data.toString('latin1', 0, end)] = data.toString('utf8', end + 5);
  }
  return texts;
}

/** What a picture is once decoded: its size, its colours, and how much of it is not paper. */
function decoded(page: Page, bytes: Buffer, type: string) {
  return page.evaluate(
    async ([base64, mime]) => {
      const image = new Image();
      image.src = `data:${mime};base64,${base64}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const pixels = new Uint32Array(data.buffer);
      let drawn = 0;
      for (const pixel of pixels) if (pixel !== pixels[0]) drawn++;
      return {
        width: canvas.width,
        height: canvas.height,
        colours: new Set(pixels).size,
        share: drawn / pixels.length,
      };
    },
    [bytes.toString('base64'), type] as const,
  );
}

/** An SVG file as any XML reader sees it. */
function parsed(page: Page, source: string) {
  return page.evaluate((xml) => {
    const document_ = new DOMParser().parseFromString(xml, 'image/svg+xml');
    const root = document_.documentElement;
    const attributes = [...document_.querySelectorAll('*')].flatMap((element) => [
      ...element.attributes,
    ]);
    const metadata = document_.querySelector('metadata')?.textContent ?? '{}';
    return {
      isWell: document_.querySelector('parsererror') === null,
      width: Number(root.getAttribute('width')),
      height: Number(root.getAttribute('height')),
      title: document_.querySelector('svg > title')?.textContent,
      description: document_.querySelector('svg > desc')?.textContent,
      about: JSON.parse(metadata) as { link: string; configuration: object },
      names: [...new Set([...document_.querySelectorAll('*')].map((e) => e.localName))],
      texts: [...document_.querySelectorAll('text')].map((element) => element.textContent),
      images: [...document_.querySelectorAll('image')].map((image) =>
        image.getAttribute('xlink:href')!.slice(0, 15),
      ),
      // Anything that would be fetched, or that only this page could resolve
      foreign: attributes
        .filter(({ name, value }) => !name.startsWith('xmlns') && !value.startsWith('data:'))
        .filter(({ value }) => /https?:|\/\/|var\(|oklch|color-mix/.test(value))
        .map(({ name, value }) => `${name}=${value}`),
    };
  }, source);
}

/** Comment lines, headings and rows of a file. */
function table(csv: string) {
  const lines = csv.trimEnd().split('\n');
  const comments = lines.filter((line) => line.startsWith('# '));
  const [head, ...rows] = lines.filter((line) => !line.startsWith('# '));
  const cells = rows.map((row) => row.split(','));
  const heads = head!.split(',');
  return {
    comments,
    heads,
    column: (name: string) =>
      cells.map((row) => {
        const cell = row[heads.indexOf(name)]!;
        return cell === '' ? NaN : Number(cell);
      }),
  };
}

test('a track as PNG: twice its size, with the link that brings it back', async ({ page }) => {
  await open(page, ADDRESS);
  await setConfig(page, { T: 80, H: 10, gain: 0.9, cuts: [30] });
  await settled(page);
  const before = await getConfig(page);
  const { name, bytes } = await saved(page, menuOf(track(page, 'errors')), 'PNG');
  expect(name).toBe('bptt-errors-T80-tanh.png');
  const box = (await track(page, 'errors').locator('canvas').boundingBox())!;
  const picture = await decoded(page, bytes, 'image/png');
  // The plot and what is written around it
  expect(picture.width).toBeGreaterThan(RATIO * box.width);
  expect(picture.height).toBeGreaterThan(RATIO * box.height);
  expect(picture.width).toBeLessThan(RATIO * (box.width + 160));
  // A heat map, not a blank rectangle
  expect(picture.colours).toBeGreaterThan(100);
  expect(picture.share).toBeGreaterThan(0.2);

  const texts = textsOf(bytes);
  expect(texts['Title']).toBe(text('track.errors'));
  expect(texts['Description']).toContain('T = 80');
  expect(JSON.parse(texts['Configuration']!)).toMatchObject({ T: 80, H: 10, cuts: [30] });
  await page.goto(texts['Link']!);
  await settled(page);
  expect(await getConfig(page)).toEqual(before);
});

test('all tracks as SVG: one figure that needs nothing from outside', async ({ page }) => {
  await open(page, `${ADDRESS}&lang=zh-CN`);
  const configuration = { ...runOf(await getConfig(page)), gain: 0.7 };
  await setConfig(page, { cuts: [40], pins: [{ name: 'old name', configuration }] });
  await settled(page);
  await expect(page.locator('path.recharts-curve[stroke="var(--ghost-1)"]').first()).toBeAttached();
  // A new name is no new run, and is in the file all the same.
  await setConfig(page, { pins: [{ name: 'new_name', configuration }] });
  const trigger = page.getByRole('button', {
    name: text('export.menu', { name: text('export.all', {}, 'zh-CN') }, 'zh-CN'),
  });
  const { name, bytes } = await saved(page, trigger, 'SVG');
  expect(name).toBe('bptt-tracks-T96-tanh.svg');
  const svg = await parsed(page, bytes.toString('utf8'));
  expect(svg.isWell).toBe(true);
  expect(svg.foreign).toEqual([]);
  expect(svg.names).not.toContain('foreignObject');
  expect(svg.title).toBe(text('export.all', {}, 'zh-CN'));
  expect(svg.description).toContain('T = 96');
  expect(svg.about.configuration).toMatchObject({
    ...{ T: 96, cuts: [40], pins: [{ name: 'new_name' }] },
  });
  expect(svg.about.link).toContain('lang=zh-CN');
  // The ghost is named wherever it is drawn: beside the loss, the gradient and the contributions.
  expect(svg.texts.filter((one) => one === 'new_name')).toHaveLength(3);
  // Inputs, states and errors
  expect(svg.images).toEqual(['data:image/png;', 'data:image/png;', 'data:image/png;']);
  // Titles, the scissors, labels that are HTML on the page, the axis and the caption
  for (const part of ['✂', '10⁻⁶', '96', 'BPTT Playground']) {
    expect(
      svg.texts.some((one) => one.includes(part)),
      part,
    ).toBe(true);
  }
  for (const key of ['track.gradient', 'track.exactZero', 'track.timeT'] as const) {
    expect(svg.texts.map((t) => t.replaceAll('_', ''))).toContain(text(key, {}, 'zh-CN'));
  }
  // It draws itself as an image, where nothing of the page is left.
  const picture = await decoded(page, bytes, 'image/svg+xml');
  expect(picture.width).toBe(Math.round(svg.width));
  expect(picture.colours).toBeGreaterThan(200);
});

test('the numbers in a CSV file are those of getResult', async ({ page }) => {
  await open(page, ADDRESS);
  await setConfig(page, { cuts: [40] });
  await settled(page);
  const { log2Norm, lossPerStep } = await getResult(page);
  const { name, bytes } = await saved(page, allTracks(page), 'CSV');
  expect(name).toBe('bptt-tracks-T96-tanh.csv');
  const { comments, column } = table(bytes.toString('utf8'));
  expect(column('step')).toEqual(Array.from({ length: 96 }, (_, i) => i + 1));
  expect(column('log2_norm_dh')).toEqual(Array.from(log2Norm.dh));
  expect(column('log2_norm_delta')).toEqual(Array.from(log2Norm.delta));
  expect(column('log2_norm_h')).toEqual(Array.from(log2Norm.h));
  expect(column('log2_norm_contribution')).toEqual(Array.from(log2Norm.contribution));
  expect(column('loss')).toEqual(Array.from(lossPerStep));
  expect(log2Norm.dh[0]).toBe(-Infinity);
  expect(column('norm_dh')[0]).toBe(0);
  expect(comments.some((line) => line.startsWith('# link: http'))).toBe(true);

  // A heat map has every unit, although the page shows fewer columns than steps.
  await setConfig(page, { T: 1500, cuts: [] });
  await settled(page);
  const states = await saved(page, menuOf(track(page, 'states')), 'CSV');
  const units = table(states.bytes.toString('utf8'));
  expect(units.heads.slice(-2)).toEqual(['h_23', 'h_24']);
  const h = units.column('h_24');
  expect(h).toHaveLength(1500);
  expect(h.every((value) => Math.abs(value) <= 1)).toBe(true);
  const norms = (await getResult(page)).log2Norm.h;
  expect(units.column('log2_norm_h')).toEqual(Array.from(norms));
});

test('the charts of the laboratory are saved and listed, too', async ({ page }) => {
  await open(page, ADDRESS);
  await setConfig(page, { T: 40, lossPlacement: 'every', view: { panel: 'lag' } });
  await settled(page);
  const panel = page.getByRole('tabpanel', { name: text('lab.tab.lag') });
  await expect(panel.locator('canvas')).toBeVisible();
  const map = await saved(page, menuOf(panel), 'CSV');
  expect(map.name).toBe('bptt-lag-map-T40-tanh.csv');
  const { column } = table(map.bytes.toString('utf8'));
  expect(column('k_1').every((value) => Number.isFinite(value))).toBe(true);
  expect(column('k_40').slice(0, 39).every(Number.isNaN)).toBe(true);

  const chart = panel.locator('figure').first();
  const { bytes, name } = await saved(page, menuOf(chart), 'SVG');
  expect(name).toBe('bptt-lag-mean-T40-tanh.svg');
  const svg = await parsed(page, bytes.toString('utf8'));
  expect(svg).toMatchObject({ isWell: true, foreign: [], title: text('lag.mean') });
  expect(svg.texts).toContain(text('lag.lag'));

  // As a table: headings, a row for every lag, and the keys back where they were
  await menuOf(chart).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  const { violations: ofMenu } = await new AxeBuilder({ page }).analyze();
  expect(ofMenu.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await page.getByRole('menuitem', { name: new RegExp(`^${text('export.table')}`) }).click();
  const dialog = page.getByRole('dialog', { name: text('lag.mean') });
  await expect(dialog.getByRole('columnheader')).toHaveText([text('lag.lag'), text('lag.mean')]);
  await expect(dialog.getByRole('rowheader')).toHaveCount(40);
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(menuOf(chart)).toBeFocused();
});

test('a long table is merged, and says so; the menu is there for a finger', async ({
  newContext,
}) => {
  const context = await newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  await open(page, ADDRESS);
  await setConfig(page, { T: 1000 });
  await settled(page);
  const trigger = menuOf(track(page, 'errors'));
  await trigger.scrollIntoViewIfNeeded();
  await expect(trigger).toHaveCSS('opacity', '1');
  const box = (await trigger.boundingBox())!;
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
  await trigger.tap();
  await page.getByRole('menuitem', { name: new RegExp(`^${text('export.table')}`) }).tap();
  // Its title is drawn: the index has no underscore.
  const dialog = page.getByRole('dialog', { name: text('track.errors').replace('_', '') });
  await expect(dialog.getByRole('rowheader')).toHaveCount(250);
  await expect(dialog.getByRole('rowheader').first()).toHaveText('1–4');
  await expect(dialog).toContainText(text('export.thinned', { rows: '1\u202f000', shown: 250 }));
});
