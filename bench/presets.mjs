// node bench/presets.mjs [examples, all of training by default] [seeds, 7,11,23]: what the examples of
// training do on the CPU engine, for each seed of the weights. A row of docs/training-presets.md each:
// the mean loss of a fortieth of the run at its start (the first loss), quarters and end.
import { createServer } from 'vite';

const [ids = '', seeds = '7,11,23'] = process.argv.slice(2);

const server = await createServer({
  server: { middlewareMode: true, hmr: false, ws: false },
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
});

try {
  const [presets, problems, batches, settings, engines] = await Promise.all(
    [
      'ui/presets/presets',
      'tasks/buildProblem',
      'tasks/freshBatches',
      'model/trainingSettings',
      'engine/cpu/engine',
    ].map((name) => server.ssrLoadModule(`/src/${name}.ts`)),
  );
  const wanted = ids ? ids.split(',') : presets.PRESET_GROUPS.training;
  console.log('| example | seed | first | 25 % | 50 % | 75 % | end | ms per update | ended |');
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const id of wanted) {
    for (const seed of seeds.split(',')) {
      const { training, ...run } = { ...presets.PRESETS[id], seed: Number(seed) };
      const engine = engines.createCpuEngine();
      const session = await engine.train(
        problems.buildProblem(run),
        settings.planOf(training, run.truncation),
        training.data === 'fresh' ? { batches: batches.freshBatches(run) } : {},
      );
      const losses = [];
      const started = performance.now();
      const stop = await session.advance(training.steps, {
        onRecords: (records) => losses.push(...records.losses),
      });
      const each = (performance.now() - started) / losses.length;
      engine.dispose();
      const width = Math.round(training.steps / 40);
      const before = (end) => {
        if (end > losses.length) return '–';
        const part = losses.slice(Math.max(0, end - width), end);
        return (part.reduce((sum, loss) => sum + loss, 0) / part.length).toPrecision(3);
      };
      const quarters = [0.25, 0.5, 0.75, 1].map((part) => before(part * training.steps));
      const how = stop ? `${stop.what ?? stop.reason} after ${stop.step}` : 'all updates';
      const columns = [id, seed, losses[0].toPrecision(3), ...quarters, each.toFixed(1), how];
      console.log(`| ${columns.join(' | ')} |`);
    }
  }
} finally {
  await server.close();
}
