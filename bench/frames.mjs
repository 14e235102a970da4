// node bench/frames.mjs: frame times while the gain is dragged at the default size, on the built page
// at 1440×900 with the page's processor slowed four times; and layout shifts meanwhile. The drag is
// real input events, a pointer move per frame.
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { findBrowser, WEBGPU_BROWSER_ARGUMENTS } from '../scripts/browser.mjs';

const SLOWDOWN = Number(process.env.SLOWDOWN ?? 4);
const SECONDS = 4;
const ENGINES = ['webgpu', 'cpu'];

if (!process.env.NO_BUILD) await build({ logLevel: 'warn' });
const server = await preview({ preview: { port: 0 }, logLevel: 'error' });
const { executable } = await findBrowser();
const browser = await chromium.launch({
  executablePath: executable,
  args: WEBGPU_BROWSER_ARGUMENTS,
});

/** Starts recording in the page; what it returns stops it. */
function record() {
  const frames = [];
  const shifts = [];
  let before = performance.now();
  let isOn = true;
  requestAnimationFrame(function frame(now) {
    frames.push(now - before);
    before = now;
    if (isOn) requestAnimationFrame(frame);
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shifts.push(entry.value);
  }).observe({ type: 'layout-shift' });
  window.stopRecording = () => {
    isOn = false;
    return { frames, shifts };
  };
}

for (const engine of ENGINES) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${server.resolvedUrls.local[0]}?engine=${engine}&lang=en`);
  await page.evaluate(() => window.bptt.ready.then(() => window.bptt.getResult()));
  await page.waitForTimeout(3000); // shaders of the unrolled loops, the check
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  const slider = page.getByRole('slider', { name: 'Gain' });
  const box = await slider.boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width / 2, y);
  await page.mouse.down();
  await page.waitForTimeout(500);
  await page.evaluate(record);
  const end = Date.now() + 1000 * SECONDS;
  for (let i = 0; Date.now() < end; i++) {
    await page.mouse.move(box.x + box.width * (0.5 + 0.3 * Math.sin(i / 20)), y);
    await page.waitForTimeout(8);
  }
  const { frames, shifts } = await page.evaluate(() => window.stopRecording());
  await page.mouse.up();
  const sorted = frames.slice(1).sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
  console.log(
    `${engine}, ${SLOWDOWN}× slower: ${sorted.length} frames, median ${at(0.5)} ms, p95 ${at(0.95)} ms, ` +
      `worst ${at(1)} ms; layout shift ${shifts.reduce((a, b) => a + b, 0).toFixed(4)}`,
  );
  await page.close();
}
await browser.close();
await server.close();
