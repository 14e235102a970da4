// node bench/latency.mjs: from an edit to its painted result, at the default size, on the built page.
// An edit is store → engine → results → paint; the page marks the paint of each published result.
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { findBrowser, WEBGPU_BROWSER_ARGUMENTS } from '../scripts/browser.mjs';

const EDITS = 60;

await build({ logLevel: 'warn' });
const server = await preview({ preview: { port: 0 }, logLevel: 'error' });
const { executable } = await findBrowser();
const browser = await chromium.launch({
  executablePath: executable,
  args: WEBGPU_BROWSER_ARGUMENTS,
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(server.resolvedUrls.local[0]);
const engine = await page.evaluate(() => window.bptt.ready);
console.log(`engine: ${engine.engine} on ${engine.adapter}, ${EDITS} edits each`);

/** Milliseconds from each setConfig to the second animation frame after its result was published. */
async function measure(edit) {
  const times = await page.evaluate(
    async ({ kind, edits }) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const all = [];
      for (let i = 0; i < edits; i++) {
        const change =
          kind === 'gain'
            ? { gain: 0.8 + 0.005 * i }
            : kind === 'T'
              ? { T: 60 + i }
              : { edits: [{ array: 'Wh', index: 5, value: 0.01 * i }] };
        const started = performance.now();
        await window.bptt.setConfig(change);
        await window.bptt.getResult();
        // React commits in the frame in which the result is published; the next one shows it.
        await frame();
        all.push(performance.now() - started);
        await frame();
      }
      return all;
    },
    { kind: edit, edits: EDITS },
  );
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(1);
  console.log(`${edit.padEnd(7)} median ${at(0.5)} ms   p95 ${at(0.95)} ms`);
}

for (const edit of ['gain', 'T', 'weight']) await measure(edit);
await browser.close();
await server.close();
