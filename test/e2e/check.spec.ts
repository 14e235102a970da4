import { AxeBuilder } from '@axe-core/playwright';
import type { CheckedArray } from '../../src/model/analyses';
import { formatCount } from '../../src/ui/charts/format';
import { elementName } from '../../src/ui/lab/check/position';
import { getConfig, open, setConfig, undoButton } from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

/** The default example: T = 96, B = 4, I = 2, H = 24, O = 1. */
const SHAPE = { T: 96, B: 4, I: 2, H: 24, O: 1 };
const CHAOS = { gain: 3, initialiser: { kind: 'gaussian', angle: 0.3 } };

const panel = (page: Page) => page.getByRole('tabpanel', { name: text('lab.tab.check') });
const badge = (page: Page) => page.locator('[data-truth]');
const row = (page: Page, array: CheckedArray) => page.locator(`tr[data-array=${array}]`);
const form = (page: Page) => page.getByRole('form', { name: text('check.corrupt') });
const complaint = (page: Page) => form(page).getByRole('alert');

async function expectLevel(page: Page, level: string): Promise<void> {
  await expect(badge(page)).toHaveAttribute('data-truth', level, { timeout: 20_000 });
}

async function openPanel(page: Page): Promise<void> {
  await badge(page).getByRole('button').click();
  await expect(page.getByRole('heading', { name: text('check.title') })).toBeVisible();
}

async function corrupt(page: Page, array: CheckedArray, index: number): Promise<void> {
  if (!(await form(page).isVisible())) {
    await page.getByRole('heading', { name: text('check.title') }).click({ modifiers: ['Alt'] });
  }
  await form(page).getByRole('combobox').selectOption(array);
  await form(page).getByRole('textbox').fill(String(index));
  await form(page)
    .getByRole('button', { name: text('check.corruptNow') })
    .click();
}

/** The badge and the table name exactly this element. */
async function expectFound(page: Page, array: CheckedArray, index: number): Promise<void> {
  await expectLevel(page, 'bad');
  const name = elementName(array, index, SHAPE);
  await expect(badge(page).getByRole('button')).toContainText(name);
  await expect(page.locator('[data-verdict]')).toContainText(name);
  await expect(row(page, array)).toHaveAttribute('data-level', 'bad');
  await expect(row(page, array)).toHaveAttribute('data-worst', 'true');
  await expect(row(page, array).getByRole('rowheader')).toContainText(name);
}

for (const engine of ['cpu', 'webgpu'] as const) {
  test(`the badge of the ${engine} engine is good, and fails where a value is corrupted`, async ({
    page,
  }) => {
    await open(page, `./?engine=${engine}`);
    await expectLevel(page, 'good');
    await expect(badge(page)).toContainText(/^✓\d×10⁻[⁴-⁹]/);
    await openPanel(page);
    expect((await getConfig(page)).view.panel).toBe('check');
    for (const [array, index] of [
      ['h', (47 * SHAPE.B + 2) * SHAPE.H + 5],
      ['dWh', 17],
      ['lossPerStep', 95],
    ] as const) {
      await corrupt(page, array, index);
      await expect(form(page)).toContainText(text('check.corrupting', { array, index }));
      await expectFound(page, array, index);
    }
    await form(page)
      .getByRole('button', { name: text('check.corruptStop') })
      .click();
    await expectLevel(page, 'good');
    await expect(page.locator('[data-verdict]')).toHaveAttribute('data-verdict', 'good');
  });

  test(`in chaos the ${engine} engine is checked from its own states`, async ({ page }) => {
    await open(page, `./?engine=${engine}`);
    await openPanel(page);
    await setConfig(page, CHAOS);
    await expect(panel(page)).toContainText(/trajectories part/, {
      timeout: 20_000,
    });
    await expectLevel(page, 'good');
    for (const [array, index] of [
      ['h', (47 * SHAPE.B + 2) * SHAPE.H + 5],
      ['dWh', 17],
      ['lossPerStep', 95],
    ] as const) {
      await corrupt(page, array, index);
      await expectFound(page, array, index);
    }
  });
}

test('an index that does not exist is refused, and one that an edit removes is told', async ({
  page,
}) => {
  await open(page, './?engine=cpu');
  await openPanel(page);
  const range = (size: number) =>
    text('check.corruptRange', {
      array: 'dWh',
      size: formatCount(size),
      most: formatCount(size - 1),
    });
  for (const index of [576, -1, 1.5]) {
    await corrupt(page, 'dWh', index);
    await expect(complaint(page)).toHaveText(range(576));
  }
  await expectLevel(page, 'good');
  await corrupt(page, 'dWh', 575);
  await expect(complaint(page)).toHaveCount(0);
  await expectFound(page, 'dWh', 575);
  await setConfig(page, { H: 8 });
  await expect(form(page)).toContainText(range(64));
  await expectLevel(page, 'none');
});

test('the developers’ switch opens from the keyboard', async ({ page }) => {
  await open(page, './?engine=cpu');
  await openPanel(page);
  await page.getByRole('button', { name: text('check.differencesNow') }).focus();
  await page.keyboard.press('Alt+Enter');
  await expect(form(page)).toBeVisible();
  // The button that had the focus was not pressed.
  await expect(page.getByRole('button', { name: text('check.differencesNow') })).toBeVisible();
});

test('the badge follows edits and undo, and keeps its width', async ({ page }) => {
  await open(page, './?engine=cpu');
  await expectLevel(page, 'good');
  const width = () => badge(page).evaluate((element) => element.getBoundingClientRect().width);
  const before = await width();
  const reading = await badge(page).innerText();
  await setConfig(page, { T: 60, gain: 1.1 });
  await expectLevel(page, 'waiting');
  await expect(badge(page)).toContainText('…');
  expect(await width()).toBe(before);
  await expectLevel(page, 'good');
  expect(await width()).toBe(before);
  await undoButton(page).click();
  await expectLevel(page, 'waiting');
  await expectLevel(page, 'good');
  expect(await badge(page).innerText()).toBe(reading);
});

test('only a change of the level is announced', async ({ page }) => {
  await open(page, './?engine=cpu');
  const status = badge(page).getByRole('status');
  await expectLevel(page, 'good');
  await expect(status).toBeEmpty();
  await openPanel(page);
  await corrupt(page, 'dWh', 17);
  await expect(status).toHaveText(text('check.announce.bad'), { timeout: 20_000 });
  await form(page)
    .getByRole('button', { name: text('check.corruptStop') })
    .click();
  await expect(status).toHaveText(text('check.announce.good'), { timeout: 20_000 });
});

test('a large problem is checked on request, for this result only', async ({ page }) => {
  await open(page, './?engine=cpu');
  await setConfig(page, { T: 2000, H: 64 });
  await expectLevel(page, 'none');
  await expect(badge(page)).toContainText(text('check.badge.notChecked'));
  await openPanel(page);
  const now = page.getByRole('button', { name: text('check.now') });
  await now.click();
  await expectLevel(page, 'good');
  await expect(now).toHaveCount(0);
  await setConfig(page, { T: 2001 });
  await expectLevel(page, 'none');
  await expect(now).toBeVisible();
  await setConfig(page, { T: 20_000 });
  await expect(panel(page)).toContainText(text('check.tooLarge'));
  await expect(now).toHaveCount(0);
});

test('after an overflow the steps before it are checked', async ({ page }) => {
  await open(page, './?engine=webgpu');
  await openPanel(page);
  await setConfig(page, { activation: 'identity', gain: 5 });
  await expect(panel(page)).toContainText(/overflows at step \d+, in float64 too/, {
    timeout: 20_000,
  });
  await expectLevel(page, 'good');
});

test('a row with a step moves the playhead there', async ({ page }) => {
  await open(page, './?engine=cpu');
  await openPanel(page);
  await corrupt(page, 'h', (47 * SHAPE.B + 2) * SHAPE.H + 5);
  await expectFound(page, 'h', (47 * SHAPE.B + 2) * SHAPE.H + 5);
  await row(page, 'h').getByRole('button').click();
  expect((await getConfig(page)).view).toMatchObject({ step: 48, batchEntry: 2 });
  await expect(row(page, 'dWh').getByRole('button')).toHaveCount(0);
});

test('central differences come on request, and agree where they can judge', async ({ page }) => {
  await open(page, './?engine=cpu');
  await openPanel(page);
  await page.getByRole('button', { name: text('check.differencesNow') }).click();
  const table = page.locator('table[data-differences]');
  await expect(table.locator('tbody tr[data-level=good]')).toHaveCount(13, { timeout: 20_000 });
  // ∂L/∂h_0 has vanished below what a difference of L can resolve: no judgement, with the reason.
  const unknown = table.locator('tbody tr:not([data-level=good])');
  await expect(unknown).toHaveCount(3);
  for (const one of await unknown.all()) {
    await expect(one).toContainText('?');
    await expect(one).toContainText('dh0');
    await expect(one).toHaveAttribute('title', /uncertain by ±/);
  }
});

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
  [390, 844],
] as const) {
  test(`nothing is cut off at ${width} × ${height}, and axe finds nothing`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, './?engine=cpu&lang=zh-CN');
    await setConfig(page, { T: 1200, B: 2, H: 24, view: { panel: 'check' } });
    await page.getByRole('heading', { name: text('check.title', {}, 'zh-CN') }).click({
      modifiers: ['Alt'],
    });
    await expectLevel(page, 'good');
    const sticksOut = await page.evaluate(() => {
      const aside = [...document.querySelectorAll('aside')].at(-1)!;
      const right = aside.getBoundingClientRect().left + aside.clientWidth;
      return [...aside.querySelectorAll('table, td, th, form *')].filter(
        (element) => element.getBoundingClientRect().right > right + 0.5,
      ).length;
    });
    expect(sticksOut).toBe(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}
