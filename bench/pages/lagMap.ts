import { connect } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import { randomProblem } from '../../test/support/randomProblem';

const connection = connect(navigator.gpu).then(({ device, adapter }) => ({
  adapter,
  engine: new GpuEngine({ device, adapter, sources: shaderSources }),
}));

/** Called by bench/lagMap.mjs for each size: milliseconds of the first map and of the later ones. */
async function benchmark(T: number, H: number, B: number, runs: number) {
  const { engine, adapter } = await connection;
  const problem = randomProblem({ T, B, I: 3, H, O: 2, seed: 7 });
  const run = await engine.run(problem);
  const times: number[] = [];
  for (let i = 0; i <= runs; i++) {
    const started = performance.now();
    const map = await run.lagMap();
    times.push(performance.now() - started);
    // The last row of the map is the pass with a loss at T alone: it must be a number throughout.
    if (!map.subarray((T - 1) * T).every(Number.isFinite)) throw new Error('the map has holes');
  }
  run.dispose();
  return { adapter: adapter.name, first: times[0]!, times: times.slice(1) };
}

declare global {
  interface Window {
    lagMapBenchmark: typeof benchmark;
  }
}
window.lagMapBenchmark = benchmark;
