import { createCpuEngine } from '../../src/engine/cpu/engine';
import { connect } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import type { Engine } from '../../src/engine/interface';
import { tensorToFloat64 } from '../../src/model/scaled';
import { plainBptt, type PlainProblem } from './plainTypedArrays';
import { makeProblem, toProblem, type SizeName } from './problems';

function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, size] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i]! - expected[i]!) ** 2;
    size += expected[i]! ** 2;
  }
  return Math.sqrt(difference / size);
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

interface Timing {
  readonly name: string;
  readonly first: number;
  readonly median: number;
}

async function time(name: string, runs: number, once: () => Promise<unknown>): Promise<Timing> {
  const started = performance.now();
  await once();
  const first = performance.now() - started;
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await once();
    times.push(performance.now() - start);
  }
  return { name, first, median: median(times) };
}

/** Throws unless the engine's gradients agree with the yardstick's. */
async function compareGradients(engine: Engine, p: PlainProblem): Promise<number> {
  const expected = plainBptt(p);
  const run = await engine.run(toProblem(p));
  const actual = await run.tensors();
  run.dispose();
  const errors = [
    relativeError(tensorToFloat64(actual.recurrentWeightGradient), expected.dWh),
    relativeError(tensorToFloat64(actual.inputWeightGradient), expected.dWx),
    relativeError(tensorToFloat64(actual.hiddenBiasGradient), expected.db),
    relativeError(tensorToFloat64(actual.outputWeightGradient), expected.dWy),
  ];
  const worst = Math.max(...errors);
  if (!(worst < 1e-4)) throw new Error(`${engine.kind}: gradients differ by ${worst}`);
  return worst;
}

/** Called by bench/run.mjs for each size. */
async function benchmark(name: SizeName, runs: number) {
  const p = makeProblem(name);
  const problem = toProblem(p);
  const { device, adapter } = await connect(navigator.gpu);
  const gpu = new GpuEngine({ device, adapter, sources: shaderSources });
  const cpu = createCpuEngine();
  const viaEngine = (engine: Engine) => async () => (await engine.run(problem)).dispose();
  const webgpuFirst = await time('webgpu', 0, viaEngine(gpu));
  const started = performance.now();
  await gpu.prepare(problem);
  const compile = performance.now() - started;
  const errors = {
    webgpu: await compareGradients(gpu, p),
    cpu: await compareGradients(cpu, p),
  };
  // Alternate, so that a busy machine slows all of them alike.
  const timings: Timing[] = [
    await time('plain', runs, () => Promise.resolve(plainBptt(p))),
    { ...(await time('webgpu', runs, viaEngine(gpu))), first: webgpuFirst.first },
    await time('cpu', runs, viaEngine(cpu)),
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
