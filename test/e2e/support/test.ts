import { chromium, expect, test as base } from '@playwright/test';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  ConsoleMessage,
  Page,
  WebError,
} from '@playwright/test';
import { PLAIN_BROWSER_ARGUMENTS, WEBGPU_BROWSER_ARGUMENTS } from '../../../scripts/browser.mjs';

export { expect };
export type { Browser, Page };

interface TestFixtures {
  /** Console texts that this test is there to provoke; everything else fails it. */
  readonly expectedTrouble: RegExp[];
  /** Watches every page of a context: errors fail the test that is running. */
  readonly watch: (context: BrowserContext) => Promise<void>;
  /** A context of its own, as another visitor would have; closed after the test. */
  readonly newContext: (
    options?: BrowserContextOptions,
    browser?: Browser,
  ) => Promise<BrowserContext>;
  /** A browser of its own, for a test that breaks it. */
  readonly ownBrowser: Browser;
}

interface WorkerFixtures {
  /** The same browser without WebGPU. */
  readonly plainBrowser: Browser;
}

function launch(args: string[]): Promise<Browser> {
  const executablePath = process.env.CHROME_PATH;
  return chromium.launch({ args, ...(executablePath ? { executablePath } : {}) });
}

/** Every test opens the built page; page errors, console errors and CSP violations fail it. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  expectedTrouble: async ({}, provide) => {
    await provide([]);
  },

  watch: [
    async ({ expectedTrouble }, provide) => {
      const trouble: string[] = [];
      const onError = (error: WebError) => {
        trouble.push(`page error: ${error.error().message}`);
      };
      const onConsole = (message: ConsoleMessage) => {
        if (message.type() === 'error') trouble.push(`console error: ${message.text()}`);
      };
      const watched: BrowserContext[] = [];
      await provide(async (context) => {
        watched.push(context);
        context.on('weberror', onError);
        context.on('console', onConsole);
        await context.addInitScript(() => {
          document.addEventListener('securitypolicyviolation', (event) => {
            console.error(
              `securitypolicyviolation: ${event.violatedDirective} ${event.blockedURI}`,
            );
          });
        });
      });
      for (const context of watched) {
        context.off('weberror', onError);
        context.off('console', onConsole);
      }
      const unexpected = trouble.filter(
        (text) => !expectedTrouble.some((known) => known.test(text)),
      );
      expect(unexpected, 'page errors, console errors and CSP violations').toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, watch }, provide) => {
    await watch(context);
    await provide(context);
  },

  newContext: async ({ browser, watch }, provide) => {
    const opened: BrowserContext[] = [];
    await provide(async (options = {}, where = browser) => {
      const context = await where.newContext(options);
      opened.push(context);
      await watch(context);
      return context;
    });
    for (const context of opened) await context.close();
  },

  ownBrowser: async ({}, provide) => {
    const browser = await launch(WEBGPU_BROWSER_ARGUMENTS);
    await provide(browser);
    await browser.close();
  },

  plainBrowser: [
    async ({}, provide) => {
      const browser = await launch(PLAIN_BROWSER_ARGUMENTS);
      await provide(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
});
