import { SYNTHETIC_TASKS } from '../../src/model/configuration';
import {
  expectDrawn,
  getConfig,
  getResult,
  open,
  picture,
  pictureHash,
  settled,
  track,
} from './support/playground';
import { expect, test, type Page } from './support/test';
import { beginning, text } from './support/text';

test('the page draws its first example with WebGPU', async ({ page }) => {
  await page.goto('./');
  // Software WebGPU on a busy machine; a visitor's own is far quicker.
  await expect
    .poll(async () => (await picture(page, 'states')).colours, { timeout: 10_000 })
    .toBeGreaterThan(3);
  await settled(page);
  await expectDrawn(page);

  const ready = await page.evaluate(() => window.bptt.ready);
  expect(ready).toEqual({
    engine: 'webgpu',
    adapter: expect.any(String) as unknown,
    software: true,
  });
  expect(ready.adapter).not.toBe('');
  await expect(page.getByRole('button', { name: text('engine.webgpu') })).toBeVisible();
  await expect(page.getByRole('button', { name: text('engine.retry') })).toHaveCount(0);
  const result = await getResult(page);
  expect(result.engine).toBe('webgpu');
  expect(result.loss).toBeGreaterThan(0);
  await expect(page.getByRole('alert')).toHaveText('');
});

test('the CPU draws the first picture; WebGPU then gives the same numbers', async ({ page }) => {
  await open(page);
  const gpu = await getResult(page);
  await open(page, './?engine=cpu');
  const cpu = await getResult(page);
  expect([gpu.engine, cpu.engine]).toEqual(['webgpu', 'cpu']);
  expect(Math.abs(gpu.loss / cpu.loss - 1)).toBeLessThan(1e-5);
  for (let t = 0; t < 96; t++) {
    expect(Math.abs(gpu.log2Norm.delta[t]! - cpu.log2Norm.delta[t]!)).toBeLessThan(1e-3);
  }
});

test('a pasted text becomes the input', async ({ page }) => {
  await open(page);
  const before = await pictureHash(page, 'inputs');
  const own = '床前明月光，疑是地上霜。举头望明月，低头思故乡。The moon, again: moonlight.';

  await page.getByRole('button', { name: text('sequence.text'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: text('text.title') });
  await dialog.getByRole('button', { name: text('text.own') }).click();
  await dialog.getByRole('textbox', { name: text('text.own') }).fill(own);
  await expect(dialog.getByText('床前明月光').last()).toBeVisible();
  await dialog.getByRole('button', { name: text('text.apply') }).click();
  await expect(dialog).toHaveCount(0);

  const config = await getConfig(page);
  expect(config.task).toMatchObject({ kind: 'text', source: { text: own } });
  // Each character is the prediction target of the one before it.
  expect(config.T).toBe(Math.min(96, [...own].length - 1));
  expect(config).toMatchObject({ loss: 'crossEntropy', outputActivation: 'softmax' });
  await settled(page);
  await expect.poll(() => pictureHash(page, 'inputs')).not.toBe(before);
  expect((await getResult(page)).lossPerStep).toHaveLength(config.T);
});

/** Drags a file from outside over the page and drops it. */
async function drop(page: Page, name: string, type: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, fileType, fileContent]) => {
      const data = new DataTransfer();
      data.items.add(new File([fileContent], fileName, { type: fileType }));
      return data;
    },
    [name, type, content] as const,
  );
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  await expect(page.getByText(text('app.drop'))).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(page.getByText(text('app.drop'))).toHaveCount(0);
}

const MONTHS = Array.from({ length: 60 }, (_, i) => Math.round(100 * Math.sin(i / 4)) / 10);

test('a dropped CSV file becomes the input', async ({ page }) => {
  await open(page);
  const before = await pictureHash(page, 'inputs');
  const rows = MONTHS.map((value, i) => `2020-${String(i + 1).padStart(2, '0')},${i},${value}`);
  await drop(page, 'level.csv', 'text/csv', ['month,number,level', ...rows].join('\n'));

  const dialog = page.getByRole('dialog', { name: text('series.title') });
  await expect(dialog.getByText(text('series.rows', { rows: 60, columns: 2 }))).toBeVisible();
  await expect(dialog.getByRole('combobox', { name: text('series.column') })).toHaveValue('2');
  await dialog.getByRole('button', { name: text('series.apply') }).click();

  const config = await getConfig(page);
  expect(config.task).toEqual({ kind: 'series', source: { name: 'level', values: MONTHS } });
  expect(config.T).toBe(59);
  await settled(page);
  await expect.poll(() => pictureHash(page, 'inputs')).not.toBe(before);
});

test('a dropped text file is shown before it is used', async ({ page }) => {
  await open(page, './?engine=cpu');
  const before = await getConfig(page);
  await drop(page, 'poem.txt', 'text/plain', 'Twinkle, twinkle, little bat!');
  const dialog = page.getByRole('dialog', { name: text('text.title') });
  await expect(dialog.getByRole('textbox', { name: text('text.own') })).toHaveValue(/little bat/);
  await dialog.getByRole('button', { name: text('app.cancel') }).click();
  expect(await getConfig(page)).toEqual(before);
});

test('a file that is no table is refused with what to do', async ({ page }) => {
  await open(page, './?engine=cpu');
  await drop(page, 'words.csv', 'text/csv', 'alpha,beta\ngamma,delta\n');
  const dialog = page.getByRole('dialog', { name: text('series.title') });
  await expect(dialog.getByText(beginning('error.invalid-file.remedy'))).toBeVisible();
  await expect(dialog.getByRole('button', { name: text('series.apply') })).toBeDisabled();
});

test('every synthetic task can be chosen', async ({ page }) => {
  await open(page);
  let before = await pictureHash(page, 'inputs');
  // The default first, so that each choice is a change.
  for (const kind of [...SYNTHETIC_TASKS.slice(1), SYNTHETIC_TASKS[0]]) {
    await page.getByRole('button', { name: text(`task.${kind}`), exact: true }).click();
    expect((await getConfig(page)).task).toEqual({ kind });
    await settled(page);
    await expect.poll(() => pictureHash(page, 'inputs'), kind).not.toBe(before);
    before = await pictureHash(page, 'inputs');
    const { lossPerStep, overflowAt } = await getResult(page);
    expect(overflowAt).toBeNull();
    expect(lossPerStep.some((loss) => loss > 0)).toBe(true);
    await expect(track(page, 'loss').getByRole('group')).toBeAttached();
  }
});
