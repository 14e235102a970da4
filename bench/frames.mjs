// node bench/frames.mjs: frame times while the gain is dragged at the default size, on the built page
// at 1440×900 with the page's processor slowed four times; and layout shifts meanwhile. The drag is
// real input events, a pointer move per frame.
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { findBrowser, WEBGPU_BROWSER_ARGUMENTS } from '../scripts/browser.mjs';

const SLOWDOWN = Number(process.env.SLOWDOWN ?? 4);
const SECONDS = 4;
/** Of the drag to either side, CSS pixels: gain 0.35 … 1.55 */
const REACH = 28;
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
  // Every gain that the page shows
  const gains = new Set();
  const thumb = document.querySelector('input[aria-label="Gain"]');
  new MutationObserver(() => gains.add(thumb.value)).observe(thumb, { attributes: true });
  window.stopRecording = () => {
    isOn = false;
    return { frames, shifts, gains: gains.size };
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
  await slider.scrollIntoViewIfNeeded();
  // The slider is its thumb.
  const box = await slider.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.waitForTimeout(500);
  await page.evaluate(record);
  const end = Date.now() + 1000 * SECONDS;
  // Sent without waiting for the page, as a hand does: Playwright's own moves wait for its answer.
  let moves = 0;
  for (let i = 0; Date.now() < end; i++, moves++) {
    const at = { x: x + REACH * Math.sin(i / 20), y, button: 'left', buttons: 1 };
    void session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at });
    await new Promise((resolve) => setTimeout(resolve, 16));
  }
  const { frames, shifts, gains } = await page.evaluate(() => window.stopRecording());
  await page.mouse.up();
  if (gains.size < 8)
    throw new Error(`The drag set ${gains.size} gains only: nothing was measured.`);
  const sorted = frames.slice(1).sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
  console.log(
    `${engine}, ${SLOWDOWN}× slower: ${moves} moves, ${gains} gains, ${sorted.length} frames, median ${at(0.5)} ms, p95 ${at(0.95)} ms, ` +
      `worst ${at(1)} ms; layout shift ${shifts.reduce((a, b) => a + b, 0).toFixed(4)}`,
  );
  await page.close();
}
await browser.close();
await server.close();
