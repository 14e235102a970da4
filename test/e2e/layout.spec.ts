import { AxeBuilder } from '@axe-core/playwright';
import { TRACKS } from '../../src/model/configuration';
import { open, track } from './support/playground';
import { expect, test, type Page } from './support/test';
import { text } from './support/text';

const SIZES = [
  [1440, 900],
  [1280, 720],
  [768, 1024],
  [390, 844],
] as const;

/** Buttons and headings whose text is wider than they are; clipping with an ellipsis is no excuse. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, h1, h2, h3, [role=tab]')]
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        // What is there for screen readers only is one pixel wide.
        if (width <= 1 || height <= 1) return false;
        return element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
      })
      .map((element) => {
        const name = element.getAttribute('aria-label') ?? element.textContent;
        return `${element.tagName} “${name}”: ${element.scrollWidth} > ${element.clientWidth}`;
      }),
  );
}

for (const language of ['en', 'zh-CN'] as const) {
  test(`every size has room for everything in ${language}`, async ({ page }) => {
    await open(page, `./?engine=cpu&lang=${language}`);
    for (const [width, height] of SIZES) {
      await test.step(`${width} × ${height}`, async () => {
        await page.setViewportSize({ width, height });
        const page_ = () =>
          page.evaluate(() => {
            const { scrollWidth, scrollHeight } = document.scrollingElement!;
            return { scrollWidth, scrollHeight };
          });
        await expect
          .poll(async () => (await page_()).scrollWidth, { message: 'no horizontal scroll' })
          .toBeLessThanOrEqual(width);
        if (width === 1440) {
          expect((await page_()).scrollHeight, 'no vertical scroll').toBeLessThanOrEqual(height);
        }
        for (const id of TRACKS) {
          await expect(track(page, id), `the track ${id}`).toBeVisible();
        }
        await expect.soft(track(page, 'states').locator('canvas')).toBeVisible();
        expect.soft(await overflowing(page), `${width} × ${height}`).toEqual([]);
      });
    }
  });
}

test('on a phone the controls are in a sheet', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, './?engine=cpu');
  const slider = page.getByRole('slider', { name: text('sequence.length') });
  await expect(slider).toBeHidden();
  const toggle = page.getByRole('button', { name: text('app.openControls'), exact: true });
  await toggle.click();
  await expect(slider).toBeVisible();
  await expect(track(page, 'states')).toBeInViewport();
  await page.getByRole('button', { name: text('app.closeControls') }).click();
  await expect(slider).toBeHidden();
});

test.describe('axe finds nothing', () => {
  for (const language of ['en', 'zh-CN'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      test(`${language}, ${theme}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme: theme });
        await open(page, `./?engine=cpu&lang=${language}`);
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        expect(await violations(page)).toEqual([]);
      });
    }
  }

  for (const theme of ['light', 'dark'] as const) {
    test(`in the Share dialog, ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await open(page, './?engine=cpu');
      await page.getByRole('button', { name: text('app.share'), exact: true }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await violations(page, '[role=dialog]')).toEqual([]);
    });
  }

  test('on a phone with the controls open', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, './?engine=cpu');
    await page.getByRole('button', { name: text('app.openControls'), exact: true }).click();
    expect(await violations(page)).toEqual([]);
  });
});

/** A line per element, with what axe says about it. */
async function violations(page: Page, part = 'html'): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).include(part).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
}

test('the Tab key stops at nothing without a name', async ({ page }) => {
  await open(page);
  const nameless: string[] = [];
  for (let stops = 0; stops < 100; stops++) {
    await page.keyboard.press('Tab');
    const tag = await page.evaluate(() => document.activeElement?.tagName ?? '');
    if (tag === 'BODY') break;
    if (tag === 'g' || tag === 'svg') nameless.push(tag);
  }
  expect(nameless).toEqual([]);
});
