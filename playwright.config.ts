import { defineConfig } from '@playwright/test';
import { WEBGPU_BROWSER_ARGUMENTS } from './scripts/browser.mjs';

const executablePath = process.env.CHROME_PATH;
/**
 * What takes minutes and waits for `npm run test:all`: axe in every panel (in the page as it opens
 * it runs always), the pictures, and one training walked a second time.
 */
const LATER =
  /^(?!.*layout\.spec).*\baxe\b|axe finds nothing.*dark|picture: |trains, and .*\(webgpu\)/;
/** Of the server of the built page; another one lets two checkouts test side by side. */
const port = Number(process.env.TEST_PORT ?? 4317);

// `npm test` builds the page first; every test opens the built page, as a visitor gets it.
export default defineConfig({
  testDir: 'test/e2e',
  ...(process.env.TEST_ALL ? {} : { grepInvert: LATER }),
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  outputDir: 'test-results',
  timeout: 60_000,
  workers: 2,
  retries: 0,
  use: {
    baseURL: `http://localhost:${port}/`,
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: WEBGPU_BROWSER_ARGUMENTS,
    },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
