/** What the native benchmark prints. */
import type { Timing } from '../shared/measure';
import type { Ceilings } from './ceilings';
import type { LagMapReport, SizeReport } from './engines';
import type { ProfileReport } from './profile';
import type { SurfaceReport } from './surface';
import type { FileReport } from './testRunner';
import type { TrainingReport } from './training';

const MOST_FAILURES_SHOWN = 12;

/** The adapter's names, features and limits, printed and returned. @throws Error without one */
export async function describeAdapter(gpu: GPU): Promise<Record<string, unknown>> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new Error('Dawn finds no adapter: is there a Vulkan driver?');
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const limits: Record<string, number> = {};
  for (const name in adapter.limits) {
    const value: unknown = Reflect.get(adapter.limits, name);
    if (typeof value === 'number') limits[name] = value;
  }
  const about = {
    ...{ vendor, architecture, device, description, isFallbackAdapter, limits },
    features: [...adapter.features],
    node: process.version,
  };
  console.log(`adapter: ${[vendor, architecture, device, description].join(' | ')}`);
  console.log(`node ${process.version}, limits ${JSON.stringify(limits)}`);
  return about;
}

export function reportFile({ file, passed, failures, left, milliseconds }: FileReport): void {
  const parts = [`${passed} passed`];
  if (failures.length > 0) parts.push(`${failures.length} FAILED`);
  if (left > 0) parts.push(`${left} left for want of time`);
  console.log(
    `${file.padEnd(32)} ${parts.join(', ').padEnd(32)} ${(milliseconds / 1000).toFixed(1)} s`,
  );
  for (const { name, message } of failures.slice(0, MOST_FAILURES_SHOWN)) {
    console.log(`  ${name}: ${message.slice(0, 600)}`);
  }
}

const list = (values: Readonly<Record<number, number>>) =>
  Object.entries(values)
    .map(([key, value]) => `${key}: ${value.toFixed(3)}`)
    .join(', ');

export function reportCeilings(c: Ceilings): void {
  console.log(`
ceilings, of tiny kernels here
  copy             ${c.copyKernel.toFixed(0)} GB/s by a kernel, ${c.copyQueue.toFixed(0)} by the queue (read + written)
  matrix product   ${c.product.toFixed(0)} GFLOP/s
  barrier          µs a step by threads of the workgroup: ${list(c.barrier)}
  bare recurrence  µs a step by H: ${list(c.recurrence)}
  dispatch         ${c.dispatch.toFixed(2)} µs
  round trip       ${c.roundTrip.toFixed(3)} ms, least ${c.roundTripLeast.toFixed(3)} ms

       median ms [least … p90] (first)
`);
}

const timing = ({ median, least, p90, first, runs }: Timing) =>
  `${median.toFixed(3)} [${least.toFixed(3)} … ${p90.toFixed(3)}] (${first.toFixed(0)}) of ${runs}`;

export function reportSize(r: SizeReport): void {
  const { serial, arithmetic, memory, roundTrip, total } = r.allowed;
  console.log(`${r.size}  webgpu ${timing(r.webgpu)}; unrolled kernels compiled in ${r.compile.toFixed(0)} ms
   cpu    ${timing(r.cpu)}
   plain  ${timing(r.plain)}
   webgpu is ${r.timesFasterThanPlain.toFixed(2)} × plain's speed, ${r.timesFasterThanCpu.toFixed(2)} × cpu's; gradient errors ${r.errors.webgpu.toExponential(1)} and ${r.errors.cpu.toExponential(1)}
   allowed ${total.toFixed(3)} ms (serial ${serial.toFixed(3)}, arithmetic ${arithmetic.toFixed(3)}, memory ${memory.toFixed(3)}, round trip ${roundTrip.toFixed(3)}): reached ${(100 * r.share).toFixed(0)} %`);
}

export function reportLagMap(r: LagMapReport): void {
  console.log(
    `lag map T = ${r.T}, H = ${r.H}, B = ${r.B}: ${timing(r.timing)}; allowed ${r.allowed.toFixed(3)} ms: reached ${(100 * r.share).toFixed(0)} %`,
  );
}

export function reportProfile({ size, loops, dispatches, layouts }: ProfileReport): void {
  const total = dispatches.reduce((sum, { microseconds }) => sum + microseconds, 0);
  console.log(`
${size}  µs by dispatch, ${total.toFixed(0)} in all; ${loops}`);
  for (const { kernel, workgroups, microseconds } of dispatches) {
    console.log(
      `   ${kernel.padEnd(22)} ${workgroups.join('×').padEnd(14)} ${microseconds.toFixed(1)}`,
    );
  }
  if (layouts.length > 0) console.log('   layout: µs a step forward, backward (ms to compile)');
  for (const { layout, forward, backward, compile } of layouts) {
    console.log(
      `   ${layout.padEnd(30)} ${forward.toFixed(3)}, ${backward.toFixed(3)} (${compile.toFixed(0)})`,
    );
  }
}

export function reportTraining({ size, results }: TrainingReport): void {
  const plain = results.find(({ name }) => name === 'plain')?.best ?? NaN;
  const figures = results.map(
    ({ name, best, median, error }) =>
      `${name} ${best.toPrecision(3)}, median ${median.toPrecision(3)} (${(best / plain).toPrecision(2)} × plain, losses ${error.toExponential(0)})`,
  );
  console.log(`training ${size}, updates a second: ${figures.join('; ')}`);
}

export function reportSurface(r: SurfaceReport): void {
  const { webgpu, cpu } = r.speeds;
  console.log(
    `loss surface ${r.name}, ${r.size}²: ${timing(r.webgpu)}; points a second: webgpu ${webgpu.toPrecision(3)}, cpu ${cpu.toPrecision(3)} (${(webgpu / cpu).toPrecision(3)} ×); ${r.apart} of ${r.comparedPoints} apart`,
  );
}
