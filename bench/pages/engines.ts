import { createCpuEngine } from '../../src/engine/cpu/engine';
import { connect } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import { compareGradients, passOf, time } from '../shared/measure';
import { plainBptt } from '../shared/plainTypedArrays';
import { makeProblem, toProblem, type SizeName } from '../shared/problems';

/** Called by bench/run.mjs for each size. */
async function benchmark(name: SizeName, runs: number) {
  const p = makeProblem(name);
  const { device, adapter } = await connect(navigator.gpu);
  const gpu = new GpuEngine({ device, adapter, sources: shaderSources });
  const cpu = createCpuEngine();
  const webgpuFirst = await time(0, passOf(gpu, p));
  const started = performance.now();
  await gpu.prepare(toProblem(p));
  const compile = performance.now() - started;
  const errors = {
    webgpu: await compareGradients(gpu, p),
    cpu: await compareGradients(cpu, p),
  };
  // Alternate, so that a busy machine slows all of them alike.
  const timings = [
    { name: 'plain', ...(await time(runs, () => Promise.resolve(plainBptt(p)))) },
    { name: 'webgpu', ...(await time(runs, passOf(gpu, p))), first: webgpuFirst.first },
    { name: 'cpu', ...(await time(runs, passOf(cpu, p))) },
  ];
  gpu.dispose();
  device.destroy();
  return { name, adapter, errors, timings, compile };
}

declare global {
  interface Window {
    benchmark: typeof benchmark;
  }
}
window.benchmark = benchmark;
