// node bench/soak.mjs [updates, 10000]: a long training on the built page, on both engines: memory of
// the page after a collection at every tenth, frames while it runs, and what a click waits for.
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { findBrowser, WEBGPU_BROWSER_ARGUMENTS } from '../scripts/browser.mjs';

const UPDATES = Number(process.argv[2] ?? 10_000);
const SIZE = { T: 48, B: 4, H: 16 };

if (!process.env.NO_BUILD) await build({ logLevel: 'warn' });
const server = await preview({ preview: { port: 0 }, logLevel: 'error' });
const { executable } = await findBrowser();
const browser = await chromium.launch({
  executablePath: executable,
  args: WEBGPU_BROWSER_ARGUMENTS,
});

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const at = (list, share) =>
  [...list].sort((a, b) => a - b)[Math.floor(share * (list.length - 1))].toFixed(0);

for (const engine of ['cpu', 'webgpu']) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${server.resolvedUrls.local[0]}?engine=${engine}&lang=en`);
  await page.evaluate(() => window.bptt.ready);
  await page.evaluate(
    async ([size, steps]) => {
      const { training } = await window.bptt.getConfig();
      await window.bptt.setConfig({
        ...size,
        view: { panel: 'train' },
        training: { ...training, steps, data: 'fresh' },
      });
      await window.bptt.getResult();
    },
    [SIZE, UPDATES],
  );
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize / 2 ** 20;
  };
  await page.evaluate(() => {
    const frames = [];
    let before = performance.now();
    requestAnimationFrame(function frame(now) {
      frames.push(now - before);
      before = now;
      requestAnimationFrame(frame);
    });
    window.takeFrames = () => frames.splice(0);
  });
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const step = async () =>
    Number((await page.locator('output').first().textContent()).replace(/\D/g, ''));
  const started = performance.now();
  const heaps = [];
  const frames = [];
  const waits = [];
  for (let next = UPDATES / 10; next <= UPDATES; next += UPDATES / 10) {
    while ((await step()) < next) await page.waitForTimeout(50);
    frames.push(...(await page.evaluate(() => window.takeFrames())));
    heaps.push(await heap());
    await page.evaluate(() => window.takeFrames()); // the collection's own
    waits.push(
      await page.evaluate(async () => {
        const before = performance.now();
        const { step: now } = (await window.bptt.getConfig()).view;
        await window.bptt.setConfig({ view: { step: now === 3 ? 4 : 3 } });
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        return performance.now() - before;
      }),
    );
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${engine}: ${UPDATES} updates of T=${SIZE.T} B=${SIZE.B} H=${SIZE.H} in ${seconds.toFixed(0)} s; heap after each tenth, MiB: ` +
      `${heaps.map((mib) => mib.toFixed(1)).join(' ')}; frames: median ${at(frames, 0.5)} ms, p95 ${at(frames, 0.95)} ms, ` +
      `worst ${at(frames, 1)} ms; an edit is drawn after ${median(waits).toFixed(0)} ms`,
  );
  await page.close();
}
await browser.close();
await server.close();
