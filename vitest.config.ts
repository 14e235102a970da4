import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { WEBGPU_BROWSER_ARGUMENTS } from './scripts/browser.mjs';

// `npm test` finds or provides the browser and passes it here (scripts/test.mjs).
const executablePath = process.env.CHROME_PATH;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/gpu/**', 'test/e2e/**'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'gpu',
          include: ['test/gpu/**/*.test.ts'],
          // That each wrong line of a shader fails a test, that every layout agrees at every size and
          // the loss surface with every function takes minutes of compiling: npm run test:all.
          exclude: process.env.TEST_ALL
            ? []
            : [
                'test/gpu/**/*utants.test.ts',
                'test/gpu/layouts.test.ts',
                'test/gpu/surface.test.ts',
              ],
          testTimeout: 120_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath ? { executablePath } : {}),
                args: WEBGPU_BROWSER_ARGUMENTS,
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
