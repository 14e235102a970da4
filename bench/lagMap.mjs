// node bench/lagMap.mjs: the lag map of random tanh networks, B = 4, in Chromium; warm, readback
// included. Cost should grow as T²·H²: the exponents are least-squares slopes of log time over the
// largest sizes, where fixed costs no longer show. Least of some runs: read the ratios.
import { withBenchmarkPage } from './support.mjs';

const BATCH = 4;
const RUNS = 5;
const LENGTHS = [64, 128, 256, 512, 1024];
const WIDTHS = [16, 32, 64, 128, 256];
/** T of the rows that vary H */
const LENGTH = 128;

/** Slope of log y against log x. */
function fittedExponent(points) {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const [meanX, meanY] = [0, 1].map((i) => logs.reduce((sum, p) => sum + p[i], 0) / logs.length);
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

await withBenchmarkPage('/bench/pages/lagMap.html', async (page) => {
  await page.waitForFunction(() => 'lagMapBenchmark' in window);
  const measure = (T, H, runs = RUNS) =>
    page.evaluate((size) => window.lagMapBenchmark(...size), [T, H, BATCH, runs]);
  const { adapter, first } = await measure(256, 32, 1);
  console.log(
    `adapter: ${adapter}; first map (T = 256, H = 32) with compilation: ${first.toFixed(0)} ms`,
  );
  console.log('   T    H   least ms  median ms   multiply-adds per ns');
  const row = async (T, H) => {
    const { times } = await measure(T, H);
    times.sort((a, b) => a - b);
    const work = (T * (T + 1) * BATCH * H * H) / 2;
    console.log(
      [
        String(T).padStart(4),
        String(H).padStart(4),
        times[0].toFixed(1).padStart(10),
        times[times.length >> 1].toFixed(1).padStart(10),
        (work / times[0] / 1e6).toFixed(2).padStart(12),
      ].join(' '),
    );
    return times[0];
  };
  const byLength = [];
  for (const T of LENGTHS) byLength.push([T, await row(T, 32)]);
  const byWidth = [];
  for (const H of WIDTHS) byWidth.push([H, await row(LENGTH, H)]);
  console.log(`time ~ T^${fittedExponent(byLength.slice(-3)).toFixed(2)} at H = 32 (T ≥ 256)`);
  console.log(`time ~ H^${fittedExponent(byWidth.slice(-3)).toFixed(2)} at T = ${LENGTH} (H ≥ 64)`);
});
