// node bench/native.mjs [options]: the tests of test/gpu and the benchmarks under Node with Dawn, on
// a machine whose GPU no browser reaches. Needs the npm package webgpu (bench/native/dawn.ts says how
// to get it); nothing else here does.
//   --build <folder>      only write <folder>/native.mjs, which runs alone (BPTT_DAWN names the package)
//   --json <file>         all figures (native.json)
//   --only <pattern>      test files whose name matches
//   --seconds <n>         stop beginning new parts then
//   --dawn <flag>         for Dawn, e.g. backend=vulkan; may be repeated
//   --no-checks, --no-benchmarks
//   --benchmarks <names>  some of training,surface,passes (all three)
//   --profile             also each dispatch of a pass, and the time loops in other layouts
//   --adapter             only name the adapter; ends with 0 for hardware, 3 for software, 1 for none
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const runner = path.join(root, 'bench/native/testRunner.ts');

/** The tests' `vitest` is ours; ours takes its `expect` from the real one. */
const ownVitest = {
  name: 'own-vitest',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === 'vitest' && importer !== undefined && path.resolve(importer) !== runner
      ? runner
      : null,
};

/** One file with every shader and fixture in it. */
async function bundle(outDir) {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [ownVitest],
    ssr: { noExternal: true },
    build: {
      ssr: path.join(root, 'bench/native/main.ts'),
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node20',
      rolldownOptions: {
        output: { entryFileNames: 'native.mjs', codeSplitting: false },
      },
    },
  });
  return path.join(outDir, 'native.mjs');
}

const at = process.argv.indexOf('--build');
if (at >= 0) {
  console.log(await bundle(path.resolve(process.argv[at + 1])));
} else {
  await import(pathToFileURL(await bundle(path.join(root, '.cache/native'))).href);
}
