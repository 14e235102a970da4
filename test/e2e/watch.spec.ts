import { open } from './support/playground';
import { test, type Page } from './support/test';

// Controls: what every other test relies on to fail, fails.
const TROUBLE: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'a page error': async (page) => {
    await page.evaluate(() => {
      window.setTimeout(() => {
        throw new Error('on purpose');
      });
      return new Promise((resolve) => setTimeout(resolve));
    });
  },
  'a console error': async (page) => page.evaluate(() => console.error('on purpose')),
  'a script of another origin': async (page) => {
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const script = document.createElement('script');
          script.addEventListener('error', resolve);
          script.src = 'https://example.org/script.js';
          document.head.append(script);
        }),
    );
  },
};

for (const [what, make] of Object.entries(TROUBLE)) {
  test(`${what} fails a test`, async ({ page }) => {
    test.fail();
    await open(page, './?engine=cpu');
    await make(page);
  });
}
