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
  'a violation of the content security policy': async (page) => {
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', resolve);
          document.body.setAttribute('style', 'opacity: 0.99');
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
