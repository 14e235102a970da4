// A page of bench/pages in a real browser, served by Vite.
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { findBrowser, WEBGPU_BROWSER_ARGUMENTS } from '../scripts/browser.mjs';

/** Opens the page and calls `use(page)`; everything is closed again. */
export async function withBenchmarkPage(address, use) {
  const server = await createServer({ server: { port: 0 }, logLevel: 'error' });
  await server.listen();
  const { executable } = await findBrowser();
  const browser = await chromium.launch({
    executablePath: executable,
    args: process.env.BPTT_REAL_GPU
      ? ['--enable-unsafe-webgpu', '--use-angle=vulkan', '--enable-features=Vulkan']
      : WEBGPU_BROWSER_ARGUMENTS,
  });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(new URL(address, server.resolvedUrls.local[0]).href);
    return await use(page);
  } finally {
    await browser.close();
    await server.close();
  }
}
