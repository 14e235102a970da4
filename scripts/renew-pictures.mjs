// npm run test:renew-pictures: makes the pictures of test/e2e/pictures anew. Look at each before it
// is committed.
import { build } from 'vite';
import { findBrowser } from './browser.mjs';
import { runPlaywright } from './playwright.mjs';

const { executable } = await findBrowser();
await build({ logLevel: 'warn' });
process.exitCode = await runPlaywright(['pictures.spec.ts', '--update-snapshots'], {
  CHROME_PATH: executable,
  TEST_ALL: '1',
});
