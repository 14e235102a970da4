// npm run bench: the four problems S, M, L, X on our engines beside plain typed arrays, in Chromium.
// Gradients are compared first. Times are medians of one run on one machine: read the ratios.
import { withBenchmarkPage } from './support.mjs';

const RUNS = { S: 31, M: 15, L: 5, X: 31 };

await withBenchmarkPage('/bench/pages/engines.html', async (page) => {
  await page.waitForFunction(() => 'benchmark' in window);
  console.log('size   engine     median ms    first ms   × plain   gradient error');
  for (const [size, runs] of Object.entries(RUNS)) {
    const { timings, errors, adapter, compile } = await page.evaluate(
      ([name, count]) => window.benchmark(name, count),
      [size, runs],
    );
    const plain = timings.find(({ name }) => name === 'plain').median;
    for (const { name, first, median } of timings) {
      const error = errors[name] === undefined ? '' : errors[name].toExponential(1);
      console.log(
        [
          size.padEnd(6),
          name.padEnd(8),
          median.toFixed(2).padStart(11),
          first.toFixed(0).padStart(11),
          (median / plain).toFixed(2).padStart(9),
          error.padStart(16),
        ].join(' '),
      );
    }
    console.log(`       unrolled kernels compiled in ${compile.toFixed(0)} ms`);
    if (size === 'X') console.log(`adapter: ${adapter.name}, software: ${adapter.software}`);
  }
});
