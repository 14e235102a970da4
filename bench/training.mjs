// node bench/training.mjs [sizes, S,M,X by default] [seconds each, 4]: updates per second of our WebGPU and
// CPU engines beside plain typed arrays, Adam with clipped norm, in Chromium. Losses are compared first.
// The best of some pieces, on one machine: read the ratios.
import { withBenchmarkPage } from './support.mjs';

const [sizes = 'S,M,X', seconds = '4'] = process.argv.slice(2);

await withBenchmarkPage('/bench/pages/training.html', async (page) => {
  await page.waitForFunction(() => 'trainingBenchmark' in window);
  console.log('size   engine   updates/s   × plain   loss error');
  for (const size of sizes.split(',')) {
    const { results, adapter } = await page.evaluate(
      ([name, time]) => window.trainingBenchmark(name, time),
      [size, Number(seconds)],
    );
    const plain = results.find(({ name }) => name === 'plain').perSecond;
    for (const { name, perSecond, error } of results) {
      console.log(
        [
          size.padEnd(6),
          name.padEnd(8),
          perSecond.toFixed(perSecond < 10 ? 2 : 0).padStart(9),
          (perSecond / plain).toFixed(2).padStart(9),
          (name === 'plain' ? '' : error.toExponential(1)).padStart(12),
        ].join(' '),
      );
    }
    if (size === sizes.split(',').at(-1)) {
      console.log(`adapter: ${adapter.name}, software: ${adapter.software}`);
    }
  }
});
