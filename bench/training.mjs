// node bench/training.mjs [sizes, S,M,X by default] [seconds each, 4] [contestants, all by default]:
// updates per second of our WebGPU and CPU engines beside plain typed arrays and TensorFlow.js, Adam with
// clipped norm, in Chromium. Losses are compared first. Best and median of pieces of a third of a second,
// on one machine: read the ratios.
import { withBenchmarkPage } from './support.mjs';

const ALL = 'plain,webgpu,cpu,tfjs-webgpu,tfjs-wasm';
const [sizes = 'S,M,X', seconds = '4', contestants = ALL] = process.argv.slice(2);
const names = contestants.split(',');

const updatesPerSecond = (value) => value.toPrecision(3).padStart(9);

/** Best of ours over best of theirs */
function printRatios(results) {
  const best = (name) => results.find((result) => result.name === name)?.best;
  for (const ours of ['webgpu', 'cpu']) {
    const ratios = ['tfjs-webgpu', 'tfjs-wasm']
      .filter((theirs) => best(ours) && best(theirs))
      .map((theirs) => `${(best(ours) / best(theirs)).toPrecision(3)} × ${theirs}`);
    if (ratios.length) console.log(`       our ${ours}: ${ratios.join(', ')}`);
  }
}

await withBenchmarkPage('/bench/pages/training.html', async (page) => {
  await page.waitForFunction(() => 'trainingBenchmark' in window);
  console.log('updates per second (best and median of pieces)');
  console.log('size   contestant       best    median   × plain   loss error');
  for (const size of sizes.split(',')) {
    const { results, adapter } = await page.evaluate(
      ([name, options]) => window.trainingBenchmark(name, options),
      [size, { names, seconds: Number(seconds) }],
    );
    const plain = results.find(({ name }) => name === 'plain')?.best;
    for (const { name, best, median, error } of results) {
      console.log(
        [
          size.padEnd(6),
          name.padEnd(11),
          updatesPerSecond(best),
          updatesPerSecond(median),
          (plain ? (best / plain).toPrecision(2) : '').padStart(9),
          (name === 'plain' ? '' : error.toExponential(1)).padStart(12),
        ].join(' '),
      );
    }
    printRatios(results);
    if (size === sizes.split(',').at(-1)) {
      console.log(`adapter: ${adapter.name}, software: ${adapter.software}`);
    }
  }
});
