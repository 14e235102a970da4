import { AxeBuilder } from '@axe-core/playwright';
import type { TrainingSettings } from '../../src/model/trainingSettings';
import { DEFAULT_TRAINING, startingOptimizer } from '../../src/model/trainingSettings';
import { PRESETS } from '../../src/ui/presets/presets';
import { getConfig, open, setConfig, settled, tabTo, undoButton } from './support/playground';
import { expect, test, type Browser, type Page } from './support/test';
import { text } from './support/text';

const SMALL = { T: 20, B: 2, H: 6, view: { panel: 'train' } };

const panel = (page: Page) =>
  page.getByRole('complementary', { name: text('app.inspector') }).getByRole('tabpanel');
const button = (page: Page, name: 'start' | 'goOn' | 'branch' | 'pause' | 'one' | 'rewind') =>
  panel(page).getByRole('button', { name: text(`train.${name}`), exact: true });
const history = (page: Page) => panel(page).getByRole('slider', { name: text('train.history') });
const status = (page: Page) => panel(page).locator('div[role=status]').first();
const run = (page: Page, number: number) =>
  panel(page).getByRole('button', { name: text('train.runShow', { run: number }), exact: true });

async function openSmall(
  page: Page,
  training: Partial<TrainingSettings> = {},
  engine = 'cpu',
): Promise<void> {
  await open(page, `./?engine=${engine}`);
  await setConfig(page, { ...SMALL, training: { ...DEFAULT_TRAINING, steps: 200, ...training } });
  await settled(page);
}

const weights = async (page: Page) => (await getConfig(page)).arrays.Wh;

/** The number behind the slider: updates done at the network that is shown. */
const shownStep = async (page: Page) =>
  Number((await panel(page).locator('output').first().textContent())!.replace(/\D/g, ''));

async function finished(page: Page, steps: number): Promise<void> {
  await expect(status(page)).toHaveText(text('train.status.finished', { step: steps }), {
    timeout: 30_000,
  });
}

for (const engine of ['cpu', 'webgpu']) {
  test(`trains, and the timeline follows; scrub, branch, rewind, undo (${engine})`, async ({
    page,
  }) => {
    await openSmall(page, {}, engine);
    const before = await page.evaluate(() => window.bptt.getResult());
    await expect(panel(page)).toContainText(text('train.empty'));
    await button(page, 'start').click();
    await finished(page, 200);
    await settled(page);
    const after = await page.evaluate(() => window.bptt.getResult());
    expect(after.loss).toBeLessThan(before.loss);
    expect(await shownStep(page)).toBe(200);
    const trained = await weights(page);
    for (const name of ['loss', 'gradient', 'parameters'] as const) {
      const chart = panel(page)
        .getByRole('group', { name: text(`train.${name}`) })
        .first();
      await expect(chart.locator('path.recharts-curve').first()).toBeAttached();
    }
    await expect(panel(page).locator('canvas')).toBeVisible();

    await history(page).focus();
    await page.keyboard.press('Home');
    await settled(page);
    expect(await shownStep(page)).toBe(0);
    const first = await page.evaluate(() => window.bptt.getResult());
    expect(first.loss).toBeCloseTo(before.loss, 6);
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
    const step = await shownStep(page);
    expect(step).toBeGreaterThan(0);

    await button(page, 'branch').click();
    await finished(page, 200 + step);
    await expect(run(page, 2)).toContainText(text('train.runBranch', { run: 1, step }));
    await run(page, 1).click();
    await settled(page);
    expect(await weights(page)).toEqual(trained);
    await button(page, 'rewind').click();
    expect(await shownStep(page)).toBe(0);
    await undoButton(page).click();
    await undoButton(page).click();
    await expect.poll(() => weights(page)).not.toEqual(trained);
  });
}

test('by keyboard alone', async ({ page }) => {
  await openSmall(page);
  await page.getByRole('tab', { name: text('lab.tab.train') }).focus();
  await page.keyboard.press('Tab');
  await tabTo(page, text('train.start'));
  await page.keyboard.press('Enter');
  await finished(page, 200);
  await expect(button(page, 'goOn')).toBeFocused();
  await tabTo(page, text('train.one'));
  await page.keyboard.press('Enter');
  await finished(page, 201);
  await tabTo(page, text('train.rewind'));
  await page.keyboard.press('Enter');
  expect(await shownStep(page)).toBe(0);
  await page.keyboard.press('Tab');
  await expect(history(page)).toBeFocused();
  await page.keyboard.press('End');
  expect(await shownStep(page)).toBe(201);
  await page.keyboard.press('ArrowLeft');
  expect(await shownStep(page)).toBeLessThan(201);
});

test('settings changed while it trains take effect, and are listed', async ({ page }) => {
  await openSmall(page, { steps: 1_000_000, optimizer: startingOptimizer('sgd') });
  await button(page, 'start').click();
  await expect.poll(() => shownStep(page)).toBeGreaterThan(5);
  await panel(page)
    .getByRole('checkbox', { name: text('train.clipNorm'), exact: true })
    .check();
  const rate = panel(page).getByRole('spinbutton', { name: text('train.lrName') });
  await rate.fill('0.5');
  await rate.press('Enter');
  await expect(panel(page)).toContainText('0.01 → 0.5');
  await setConfig(page, { T: 26 });
  await expect(panel(page)).toContainText('T 20 → 26');
  await button(page, 'pause').click();
  await expect(status(page)).toContainText(/^Paused after/);
  await expect(run(page, 2)).toHaveCount(0);
});

test('an exploding run says why it stopped, shows the last network that works, and clipping rescues it', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  const { view, ...example } = PRESETS.orderExplodes;
  await setConfig(page, { ...example, view: { panel: view.panel } });
  await button(page, 'start').click();
  await expect(status(page)).toContainText(/^Stopped: after update \d+ the state overflows/, {
    timeout: 20_000,
  });
  const stopped = Number(/update (\d+)/.exec((await status(page).textContent())!)![1]);
  expect(await shownStep(page)).toBe(stopped - 1);
  expect((await page.evaluate(() => window.bptt.getResult())).overflowAt).toBeNull();
  await expect(button(page, 'branch')).toBeVisible();
  await button(page, 'rewind').click();
  await setConfig(page, { training: { ...example.training!, steps: 100, clipNorm: 1 } });
  await button(page, 'start').click();
  await finished(page, 100);
});

test('a reload keeps the run; a hidden tab lets it wait', async ({ page }) => {
  await openSmall(page, { steps: 1_000_000 });
  await button(page, 'start').click();
  await expect.poll(() => shownStep(page)).toBeGreaterThan(20);
  await button(page, 'pause').click();
  await expect(button(page, 'goOn')).toBeVisible();
  // The copy is made a moment after the last change.
  const copied = () =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          indexedDB.open('bptt.training').onsuccess = ({ target }) => {
            const store = (target as IDBOpenDBRequest).result
              .transaction('tabs')
              .objectStore('tabs');
            store.getAll().onsuccess = ({ target: all }) => {
              const [kept] = (all as IDBRequest<{ runs: { checkpoint: { step: number } }[] }[]>)
                .result;
              resolve(kept?.runs[0]?.checkpoint.step ?? -1);
            };
          };
        }),
    );
  await expect.poll(async () => (await copied()) - (await shownStep(page))).toBe(0);
  const step = await shownStep(page);
  const trained = await weights(page);
  await page.reload();
  await settled(page);
  await expect.poll(() => shownStep(page)).toBe(step);
  expect(await weights(page)).toEqual(trained);
  await expect(panel(page).locator('path.recharts-curve').first()).toBeAttached();

  await button(page, 'goOn').click();
  await expect.poll(() => shownStep(page)).toBeGreaterThan(step + 20);
  const setHidden = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', {
        configurable: true,
        get: () => (value ? 'hidden' : 'visible'),
      });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await setHidden(true);
  await expect(status(page)).toHaveText(text('train.status.hidden'));
  // The stretch under way ends, and then nothing moves any more.
  await page.waitForTimeout(500);
  const waiting = await shownStep(page);
  await page.waitForTimeout(300);
  expect(await shownStep(page)).toBe(waiting);
  await setHidden(false);
  await expect.poll(() => shownStep(page)).toBeGreaterThan(waiting);
});

async function crashGpu(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess').catch(() => undefined);
  await session.detach();
}

test('a device lost in mid-run keeps the run: first on a new one, then on the CPU', async ({
  newContext,
  ownBrowser,
}) => {
  const page = await (await newContext({}, ownBrowser)).newPage();
  await openSmall(page, { steps: 1_000_000 }, 'webgpu');
  await button(page, 'start').click();
  await expect.poll(() => shownStep(page), { timeout: 20_000 }).toBeGreaterThan(10);
  for (let crash = 0; crash < 2; crash++) {
    const step = await shownStep(page);
    await crashGpu(ownBrowser);
    await expect.poll(() => shownStep(page), { timeout: 30_000 }).toBeGreaterThan(step + 10);
  }
  await expect(button(page, 'pause')).toBeVisible();
  await expect(run(page, 2)).toHaveCount(0);
  await button(page, 'pause').click();
  await expect(button(page, 'goOn')).toBeVisible();
});

test('pinned runs are trained side by side', async ({ page }) => {
  await openSmall(page, { steps: 60 });
  await page
    .getByRole('banner')
    .getByRole('button', { name: text('compare.pin') })
    .click();
  await setConfig(page, { initialiser: { kind: 'gaussian', angle: 0.3 } });
  await panel(page)
    .getByRole('button', { name: text('train.all') })
    .click();
  await finished(page, 60);
  await expect(run(page, 1)).toContainText('Gaussian');
  await expect(run(page, 2)).toContainText('Orthogonal');
  const legend = panel(page).locator('figcaption').first();
  await expect(legend).toContainText(text('train.run', { run: 1 }));
  await expect(legend).toContainText(text('train.run', { run: 2 }));
  await panel(page)
    .getByRole('button', { name: text('train.runRemove', { run: 2 }), exact: true })
    .click();
  await expect(run(page, 2)).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing (${colorScheme})`, async ({ newContext }) => {
    const page = await (await newContext({ colorScheme })).newPage();
    await openSmall(page, { steps: 60, clipNorm: 0.1 });
    await button(page, 'start').click();
    await finished(page, 60);
    await panel(page).locator('summary').click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  });
}
