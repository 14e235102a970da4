import { expectDrawn, getConfig, getResult, open, setConfig, settled } from './support/playground';
import { expect, test, type Browser, type Page } from './support/test';
import { text } from './support/text';

const SMALL = {
  ...{ T: 1, B: 1, I: 1, H: 1, O: 1 },
  ...{ activation: 'tanh', outputActivation: 'identity', loss: 'mse' },
  ...{ Wh: [1], Wx: [1], b: [0], Wy: [1], c: [0], x: [1], target: [0] },
};

function evaluate(page: Page, engine: string) {
  return page.evaluate(([problem, wanted]) => window.bptt.evaluate(problem, { engine: wanted }), [
    SMALL,
    engine,
  ] as const);
}

function badge(page: Page, engine: 'webgpu' | 'cpu') {
  return page.getByRole('button', { name: text(`engine.${engine}`) });
}

function retry(page: Page) {
  return page.getByRole('button', { name: text('engine.retry') });
}

for (const [how, query] of [
  ['by itself', ''],
  ['although ?engine=webgpu asks for more', '?engine=webgpu'],
] as const) {
  test(`without WebGPU the CPU serves ${how}, and says why`, async ({
    newContext,
    plainBrowser,
  }) => {
    const page = await (await newContext({}, plainBrowser)).newPage();
    await open(page, `./${query}`);
    await expectDrawn(page);
    expect(await page.evaluate(() => window.bptt.ready)).toMatchObject({ engine: 'cpu' });

    await expect(badge(page, 'cpu')).toContainText(text('engine.short.unavailable'));
    await badge(page, 'cpu').click();
    const story = page.getByRole('dialog', { name: text('engine.about') });
    await expect(story).toContainText(text('engine.reason'));
    await expect(story).toContainText(text('error.webgpu-unavailable.remedy'));
    await page.keyboard.press('Escape');

    const refusal = await page.evaluate(async (problem) => {
      try {
        await window.bptt.evaluate(problem, { engine: 'webgpu' });
      } catch (error) {
        const { code, path } = error as { code: string; path: string };
        return { code, path };
      }
      throw new Error('The evaluation succeeded.');
    }, SMALL);
    expect(refusal).toEqual({ code: 'webgpu-unavailable', path: 'engine' });
    expect((await evaluate(page, 'cpu')).loss).toBeCloseTo(Math.tanh(1) ** 2, 6);

    await setConfig(page, { T: 40, cuts: [20] });
    const { engine, lossPerStep, log2Norm } = await getResult(page);
    expect([engine, lossPerStep.length, log2Norm.delta[10]]).toEqual(['cpu', 40, -Infinity]);
    // Trying again changes nothing here, and breaks nothing.
    await retry(page).click();
    await setConfig(page, { T: 41 });
    expect((await getResult(page)).lossPerStep).toHaveLength(41);
    await expect(badge(page, 'cpu')).toBeVisible();
  });
}

test('?engine=cpu keeps the page off the GPU; evaluate may still ask for it', async ({ page }) => {
  await open(page, './?engine=cpu');
  expect(await page.evaluate(() => window.bptt.ready)).toMatchObject({ engine: 'cpu' });
  await expect(badge(page, 'cpu')).toBeVisible();
  // It was chosen: there is nothing to excuse or to retry.
  await expect(retry(page)).toHaveCount(0);
  expect((await getResult(page)).engine).toBe('cpu');
  const { engine, loss } = await evaluate(page, 'webgpu');
  expect(engine).toBe('webgpu');
  expect(loss).toBeCloseTo(Math.tanh(1) ** 2, 5);
});

test('?engine=webgpu uses it', async ({ page }) => {
  await open(page, './?engine=webgpu');
  expect((await getResult(page)).engine).toBe('webgpu');
  await expect(badge(page, 'webgpu')).toBeVisible();
});

test('an unknown ?engine is named', async ({ page }) => {
  await open(page, './?engine=tpu');
  await expect(page.getByRole('alert')).toContainText(text('error.invalid-request'));
  await expect(page.getByRole('alert')).toContainText('got "tpu"');
});

async function crashGpu(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  // The process is gone before it could answer.
  await session.send('Browser.crashGpuProcess').catch(() => undefined);
  await session.detach();
}

test('a lost device is replaced once; then the CPU takes over, and nothing is lost', async ({
  newContext,
  ownBrowser,
}) => {
  const page = await (await newContext({}, ownBrowser)).newPage();
  await open(page);
  const config = await setConfig(page, { T: 50, cuts: [20] });
  const before = await getResult(page);
  expect(before.engine).toBe('webgpu');

  await crashGpu(ownBrowser);
  await expect
    .poll(async () => (await evaluate(page, 'webgpu').catch(() => null))?.engine, {
      timeout: 20_000,
    })
    .toBe('webgpu');
  await setConfig(page, { H: 20 });
  await setConfig(page, { H: 24 });
  await expect.poll(async () => (await getResult(page)).engine).toBe('webgpu');
  expect(await getConfig(page)).toEqual(config);
  expect((await getResult(page)).loss).toBeCloseTo(before.loss, 6);
  await expect(retry(page)).toHaveCount(0);

  await crashGpu(ownBrowser);
  await expect(retry(page)).toBeVisible({ timeout: 20_000 });
  await expect(badge(page, 'cpu')).toContainText(text('engine.short.lost'));
  expect(await getConfig(page)).toEqual(config);
  await settled(page);
  const after = await getResult(page);
  expect(after.engine).toBe('cpu');
  expect(after.loss).toBeCloseTo(before.loss, 5);
  await setConfig(page, { T: 30 });
  expect((await getResult(page)).lossPerStep).toHaveLength(30);
  await page.keyboard.press('Control+z');
  expect((await getConfig(page)).T).toBe(50);
});
