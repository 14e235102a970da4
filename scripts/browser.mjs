// Finds a Chromium-family browser, or provides one. Used by `npm test` and the benchmarks.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** Real WebGPU without a GPU; quiet on a closed network. */
export const WEBGPU_BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** The same browser without WebGPU: the page's fallback path. */
export const PLAIN_BROWSER_ARGUMENTS = WEBGPU_BROWSER_ARGUMENTS.filter(
  (argument) => !argument.includes('webgpu'),
);

const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];

function installedCandidates() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const fromPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ...fromPath,
    ];
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((name) => process.env[name])
      .filter((root) => root !== undefined);
    return roots.flatMap((root) => [
      path.join(root, 'Google/Chrome/Application/chrome.exe'),
      path.join(root, 'Microsoft/Edge/Application/msedge.exe'),
      path.join(root, 'Chromium/Application/chrome.exe'),
    ]);
  }
  return fromPath;
}

function runs(executable) {
  if (!existsSync(executable)) return false;
  // On Windows `--version` opens a window instead of printing.
  if (process.platform === 'win32') return true;
  return spawnSync(executable, ['--version'], { timeout: 30_000 }).status === 0;
}

async function playwrightsOwn() {
  const { chromium } = await import('playwright');
  return chromium.executablePath();
}

function downloadWithPlaywright() {
  const cli = path.join(
    path.dirname(createRequire(import.meta.url).resolve('playwright/package.json')),
    'cli.js',
  );
  const result = spawnSync(process.execPath, [cli, 'install', 'chromium'], {
    stdio: ['ignore', 'ignore', 'ignore'],
    // A closed network may hang instead of refusing.
    timeout: 240_000,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  });
  return result.status === 0;
}

// The last version that supports Node 20.
const SPARTICUZ = '@sparticuz/chromium@143.0.4';

/** A Chromium from the npm registry, for Linux x64 machines that reach nothing else. */
async function fromNpmRegistry() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = path.join(homedir(), '.cache', 'bptt-playground-browser');
  mkdirSync(folder, { recursive: true });
  const entry = path.join(folder, 'node_modules/@sparticuz/chromium/package.json');
  if (!existsSync(entry)) {
    const npm = spawnSync(
      'npm',
      ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', SPARTICUZ],
      { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 },
    );
    if (npm.status !== 0) return null;
  }
  const require = createRequire(path.join(folder, 'index.js'));
  const module = await import(require.resolve('@sparticuz/chromium'));
  const executable = await module.default.executablePath();
  if (!runs(executable)) useBundledLibraries(path.dirname(entry));
  return runs(executable) ? executable : null;
}

/** The few shared libraries (NSS, expat) that a bare machine lacks come with the package. */
function useBundledLibraries(packageFolder) {
  const folder = path.join(tmpdir(), 'bptt-playground-libraries');
  mkdirSync(folder, { recursive: true });
  const archive = brotliDecompressSync(readFileSync(path.join(packageFolder, 'bin/al2023.tar.br')));
  spawnSync('tar', ['-x', '-C', folder], { input: archive });
  const present = process.env.LD_LIBRARY_PATH;
  process.env.LD_LIBRARY_PATH = [path.join(folder, 'lib'), ...(present ? [present] : [])].join(':');
}

/**
 * CHROME_PATH, then an installed browser, then Playwright's own, then a download.
 * BPTT_BROWSER=provided skips the first three (to test the last).
 * @returns {Promise<{ executable: string, origin: string }>}
 */
export async function findBrowser() {
  const wanted = process.env.CHROME_PATH;
  if (wanted) {
    if (!runs(wanted)) throw new Error(`CHROME_PATH is ${wanted}, which does not run.`);
    return { executable: wanted, origin: 'CHROME_PATH' };
  }
  if (process.env.BPTT_BROWSER !== 'provided') {
    const installed = installedCandidates().find(runs);
    if (installed) return { executable: installed, origin: 'installed' };
    const own = await playwrightsOwn();
    if (runs(own)) return { executable: own, origin: "Playwright's own" };
  }
  console.log('No Chrome, Chromium or Edge found; asking Playwright to download Chromium …');
  if (downloadWithPlaywright()) {
    const own = await playwrightsOwn();
    if (runs(own)) return { executable: own, origin: 'downloaded by Playwright' };
  }
  console.log(`That did not work; installing ${SPARTICUZ} from the npm registry …`);
  const provided = await fromNpmRegistry();
  if (provided) return { executable: provided, origin: SPARTICUZ };
  throw new Error(
    'No browser: install Chrome, Chromium or Edge, or set CHROME_PATH to one, and run again.',
  );
}
