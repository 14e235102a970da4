/**
 * The engine under Node with Dawn: the tests of test/gpu and the benchmarks of docs/performance.md on
 * whatever adapter there is. Bundled and started by bench/native.mjs; the bundle runs alone.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { connect, type GpuConnection } from '../../src/engine/gpu/device';
import type { SizeName } from '../shared/problems';
import { measureCeilings, type Ceilings } from './ceilings';
import { provideWebGpu } from './dawn';
import { benchmarkLagMap, benchmarkSize, type LagMapReport, type SizeReport } from './engines';
import { profile, type ProfileReport } from './profile';
import {
  describeAdapter,
  reportCeilings,
  reportFile,
  reportLagMap,
  reportProfile,
  reportSize,
  reportSurface,
  reportTraining,
} from './report';
import { benchmarkSurface, SURFACES, type SurfaceReport } from './surface';
import { finish, runFile, type FileReport } from './testRunner';
import { benchmarkTraining, type TrainingReport } from './training';

const TEST_FILES = import.meta.glob('../../test/gpu/**/*.test.ts');
/** Run in this order; what is not named comes after. */
const FIRST = [
  'golden',
  'range',
  'truncation',
  'elementary',
  'random',
  'lagMap',
  'training',
  'surface',
];
/** After the benchmarks: slow, or hard on the driver. */
const LATE = ['layouts', 'deviceLost', 'mutants', 'trainingMutants', 'surfaceMutants'];
const SIZES_IN_ORDER = ['S', 'M', 'L', 'X'] satisfies SizeName[];

const { values: options } = parseArgs({
  options: {
    json: { type: 'string', default: 'native.json' },
    only: { type: 'string' },
    seconds: { type: 'string', default: '3600' },
    dawn: { type: 'string', multiple: true, default: [] },
    'no-checks': { type: 'boolean', default: false },
    'no-benchmarks': { type: 'boolean', default: false },
    benchmarks: { type: 'string', default: 'training,surface,passes' },
    adapter: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});

const started = performance.now();
const end = started + Number(options.seconds) * 1000;
/** The checks may take this part of the time when benchmarks are to follow. */
const CHECKS_SHARE = 0.5;

const result = {
  adapter: {} as Record<string, unknown>,
  checks: [] as FileReport[],
  trainings: [] as TrainingReport[],
  surfaces: [] as SurfaceReport[],
  ceilings: null as Ceilings | null,
  sizes: [] as SizeReport[],
  lagMaps: [] as LagMapReport[],
  profiles: [] as ProfileReport[],
  errors: [] as string[],
};

/** After each part, so that a run cut short leaves what it has. */
function save(): void {
  writeFileSync(options.json, JSON.stringify(result, null, 2));
}

/** One part; that it failed is reported and counts, and the next one is tried. */
async function attempt(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    result.errors.push(message);
    console.log(`FAILED ${message}`);
  }
  save();
}

const nameOf = (file: string) => file.replace(/^.*test\/gpu\//, '').replace('.test.ts', '');

function chosenFiles(late: boolean): string[] {
  const wanted = options.only === undefined ? null : new RegExp(options.only);
  const order = [...FIRST, ...LATE];
  const rank = (file: string) => {
    const at = order.indexOf(nameOf(file));
    return at < 0 ? order.length : at;
  };
  return Object.keys(TEST_FILES)
    .filter((file) => LATE.includes(nameOf(file)) === late)
    .filter((file) => wanted === null || wanted.test(nameOf(file)))
    .sort((a, b) => rank(a) - rank(b));
}

async function runChecks(files: readonly string[], deadline: number): Promise<void> {
  for (const file of files) {
    await attempt(file, async () => {
      const report = await runFile(nameOf(file), TEST_FILES[file]!, deadline);
      result.checks.push(report);
      reportFile(report);
    });
  }
}

async function runProfiles(connection: GpuConnection): Promise<void> {
  for (const size of SIZES_IN_ORDER) {
    if (performance.now() > end) break;
    await attempt(`profile of ${size}`, async () => {
      const report = await profile(size, connection, end);
      result.profiles.push(report);
      reportProfile(report);
    });
  }
}

async function runTrainings(connection: GpuConnection): Promise<void> {
  for (const size of SIZES_IN_ORDER) {
    if (performance.now() > end) break;
    await attempt(`training of ${size}`, async () => {
      const report = await benchmarkTraining(size, connection);
      result.trainings.push(report);
      reportTraining(report);
    });
  }
}

async function runSurfaces(connection: GpuConnection): Promise<void> {
  for (const surface of SURFACES) {
    if (performance.now() > end) break;
    await attempt(`loss surface ${surface.name}`, async () => {
      const report = await benchmarkSurface(surface, connection);
      result.surfaces.push(report);
      reportSurface(report);
    });
  }
}

async function runPasses(connection: GpuConnection): Promise<void> {
  const { device, adapter } = connection;
  await attempt('ceilings', async () => {
    result.ceilings = await measureCeilings(device, adapter.software);
    reportCeilings(result.ceilings);
  });
  const { ceilings } = result;
  if (ceilings === null) return;
  for (const size of SIZES_IN_ORDER) {
    if (performance.now() > end) break;
    await attempt(size, async () => {
      const report = await benchmarkSize(size, connection, ceilings);
      result.sizes.push(report);
      reportSize(report);
    });
  }
  for (const [T, H] of [
    [256, 32],
    [1024, 128],
  ] as const) {
    // Minutes on a software adapter.
    if (performance.now() > end || (adapter.software && T > 256)) break;
    await attempt(`lag map T = ${T}, H = ${H}`, async () => {
      const report = await benchmarkLagMap(T, H, connection, ceilings);
      result.lagMaps.push(report);
      reportLagMap(report);
    });
  }
}

const gpu = await provideWebGpu(options.dawn);
if (options.adapter) {
  const { adapter } = await connect(gpu);
  console.log(`adapter: ${adapter.name}${adapter.software ? ', software' : ''}`);
  process.exit(adapter.software ? 3 : 0);
}
result.adapter = await describeAdapter(gpu);
save();
const deadline = options['no-benchmarks'] ? end : started + CHECKS_SHARE * (end - started);
if (!options['no-checks']) await runChecks(chosenFiles(false), deadline);
if (!options['no-benchmarks']) {
  await attempt('benchmarks', async () => {
    const connection = await connect(gpu);
    const chosen = options.benchmarks.split(',');
    if (chosen.includes('training')) await runTrainings(connection);
    if (chosen.includes('surface')) await runSurfaces(connection);
    if (chosen.includes('passes')) await runPasses(connection);
    if (options.profile) await runProfiles(connection);
    connection.device.destroy();
  });
}
if (!options['no-checks']) await runChecks(chosenFiles(true), end);
await attempt('last hooks', finish);

const sum = (count: (report: FileReport) => number) =>
  result.checks.reduce((total, report) => total + count(report), 0);
const failed = sum(({ failures }) => failures.length);
console.log(
  `\nchecks: ${sum(({ passed }) => passed)} passed, ${failed} failed, ${sum(({ left }) => left)} left for want of time; ` +
    `${result.errors.length} parts failed; ${((performance.now() - started) / 1000).toFixed(0)} s`,
);
// Dawn keeps Node alive.
process.exit(failed + result.errors.length > 0 ? 1 : 0);
