// npm test: everything but what takes minutes of compiling or looking (vitest.config.ts and
// playwright.config.ts say what), with a browser it finds or provides itself; with --all
// (npm run test:all) that too. Last line: the plain total.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'vite';
import { findBrowser } from './browser.mjs';
import { runNode, runPlaywright } from './playwright.mjs';

const require = createRequire(import.meta.url);
const reports = path.resolve('.cache/reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null; // the runner stopped before it could write; counted as a failure below
  }
}

const { executable, origin } = await findBrowser();
console.log(`Browser: ${executable} (${origin})`);
const env = {
  CHROME_PATH: executable,
  ...(process.argv.includes('--all') && { TEST_ALL: '1' }),
};

const unitReport = path.join(reports, 'vitest.json');
const vitest = path.join(path.dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
const unitCode = await runNode(
  vitest,
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
  env,
);
const unit = readReport(unitReport);

console.log('Building the page for the end-to-end tests …');
await build({ logLevel: 'warn' });
const pathsReport = path.join(reports, 'playwright.json');
const pathsCode = await runPlaywright(['--reporter=list,json'], {
  ...env,
  PLAYWRIGHT_JSON_OUTPUT_NAME: pathsReport,
});
const paths = readReport(pathsReport);

const passed = (unit?.numPassedTests ?? 0) + (paths?.stats.expected ?? 0);
let failed = (unit?.numFailedTests ?? 0) + (paths?.stats.unexpected ?? 0);
// A runner that stopped for another reason (a file that does not load) must not look like success.
if (unitCode !== 0 && !unit?.numFailedTests) failed += 1;
if (pathsCode !== 0 && !paths?.stats.unexpected) failed += 1;
const skipped = (unit?.numPendingTests ?? 0) + (paths?.stats.skipped ?? 0);
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
