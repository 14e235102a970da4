// node bench/frames.mjs: frame times while the gain is dragged at the default size, on the built page
// at 1440×900 with the page's processor slowed four times; and layout shifts meanwhile. The drag is
// real input events, one pointer move a frame. That is how Chromium hands over a real mouse's,
// however many it sends: moves sent through its protocol are neither merged nor kept for the next
// frame, so a stream of them keeps a page busy in a way that no hand can.
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { findBrowser, WEBGPU_BROWSER_ARGUMENTS } from '../scripts/browser.mjs';

const SLOWDOWN = Number(process.env.SLOWDOWN ?? 4);
/** A drag is this long, and there are several: the processor is slowed by interrupting it. */
const SECONDS = 4;
const DRAGS = Number(process.env.DRAGS ?? 5);
/** Of the drag to either side, CSS pixels; and how long one way takes */
const REACH = 28;
const PERIOD = 2000;
/** Width of a slider's thumb, which stays inside the slider */
const THUMB = 16;
/** Milliseconds, between two and three periods of 60 Hz */
const LONG = 42;
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
    window.frameShown('');
    if (isOn) requestAnimationFrame(frame);
  });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shifts.push(entry.value);
  });
  observer.observe({ type: 'layout-shift' });
  // How often the page shows another gain, and another picture of the gradient
  let gains = 0;
  let pictures = 0;
  const field = document.querySelector('[role="spinbutton"][aria-label="Gain"]');
  const curve = document.querySelector('[data-track="gradient"] [role="group"]');
  const watches = [
    [new MutationObserver(() => gains++), field],
    [new MutationObserver(() => pictures++), curve],
  ];
  for (const [watch, of] of watches) watch.observe(of, { attributes: true });
  window.stopRecording = () => {
    isOn = false;
    observer.disconnect();
    for (const [watch] of watches) watch.disconnect();
    return { frames, shifts, pictures, gains };
  };
}

function report(engine, times, drags) {
  const sorted = times.sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
  const total = (key) => drags.reduce((sum, drag) => sum + drag[key], 0);
  const long = sorted.filter((time) => time > LONG).length / sorted.length;
  const shift = drags.flatMap(({ shifts }) => shifts).reduce((a, b) => a + b, 0);
  console.log(
    `${engine}, ${SLOWDOWN}× slower, ${drags.length} drag(s): ${total('gains')} gains, ${total('pictures')} pictures, ` +
      `${sorted.length} frames, median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms, ${(100 * long).toFixed(1)} % of three or more periods of 60 Hz; layout shift ${shift.toFixed(4)}`,
  );
}

for (const engine of ENGINES) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${server.resolvedUrls.local[0]}?engine=${engine}&lang=en`);
  await page.evaluate(() => window.bptt.ready.then(() => window.bptt.getResult()));
  await page.waitForTimeout(3000); // shaders of the unrolled loops, the check
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: 'frameShown' });
  const slider = page.getByRole('slider', { name: 'Gain' });
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  const part = await slider.evaluate(({ value, max }) => value / max);
  const [x, y] = [box.x + THUMB / 2 + part * (box.width - THUMB), box.y + box.height / 2];
  let started = Infinity;
  let isMoving = false;
  session.on('Runtime.bindingCalled', async () => {
    if (isMoving || Date.now() < started) return;
    isMoving = true;
    const at = x + REACH * Math.sin((2 * Math.PI * (Date.now() - started)) / PERIOD);
    const move = { type: 'mouseMoved', x: at, y, button: 'left', buttons: 1 };
    await session.send('Input.dispatchMouseEvent', move);
    isMoving = false;
  });

  const drags = [];
  for (let i = 0; i < DRAGS; i++) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.waitForTimeout(500);
    await page.evaluate(record);
    started = Date.now();
    await page.waitForTimeout(1000 * SECONDS);
    started = Infinity;
    const drag = await page.evaluate(() => window.stopRecording());
    await page.mouse.move(x, y);
    await page.mouse.up();
    if (drag.gains < 10 || drag.pictures < 2) {
      throw new Error(`${drag.gains} gains and ${drag.pictures} pictures: that was no drag.`);
    }
    drags.push(drag);
    await page.waitForTimeout(1500);
  }
  for (const drag of drags) report(engine, drag.frames.slice(1), [drag]);
  report(
    engine,
    drags.flatMap(({ frames }) => frames.slice(1)),
    drags,
  );
  await page.close();
}
await browser.close();
await server.close();
