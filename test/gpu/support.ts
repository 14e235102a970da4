import { afterAll } from 'vitest';
import { connect } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import type { AdapterDescription } from '../../src/engine/interface';
import { toEvaluation, type Evaluation } from '../../src/model/evaluation';
import { expectClose } from '../support/compare';
import type { Problem } from '../../src/model/problem';

let shared: Promise<{ engine: GpuEngine; device: GPUDevice }> | undefined;

// The next file's device should not have to share the GPU process's memory with this one's.
afterAll(async () => {
  if (shared === undefined) return;
  const { engine, device } = await shared;
  engine.dispose();
  device.destroy();
});

/** One engine for a whole test file. No adapter is a failure, never a skip. */
export function gpuEngine(): Promise<{ engine: GpuEngine; device: GPUDevice }> {
  shared ??= connect(navigator.gpu).then(({ device, adapter }) => {
    device.addEventListener('uncapturederror', (event) => {
      throw new Error(`uncaptured GPU error: ${event.error.message}`);
    });
    return { engine: new GpuEngine({ device, adapter, sources: shaderSources }), device };
  });
  return shared;
}

/** As for a software adapter, whatever this one is: work is cut into chunks, bands and submits. */
export const asSlow = (adapter: AdapterDescription): AdapterDescription => ({
  ...adapter,
  software: true,
});

export async function gpuEvaluation(problem: Problem): Promise<Evaluation> {
  const { engine } = await gpuEngine();
  const run = await engine.run(problem);
  try {
    return toEvaluation('webgpu', await run.tensors());
  } finally {
    run.dispose();
  }
}

/** Golden cases and evaluations alike. */
type Arrays = { readonly loss: number } & Readonly<
  Record<(typeof ARRAYS)[number], ArrayLike<number>>
>;

const ARRAYS = [
  'lossPerStep',
  'h',
  'y',
  'dh',
  'delta',
  'dWx',
  'dWh',
  'db',
  'dWy',
  'dc',
  'dh0',
] as const;

export function expectMatches(actual: Evaluation, expected: Arrays, tolerance: number): void {
  expectClose([actual.loss], [expected.loss], tolerance, 'loss');
  for (const key of ARRAYS) expectClose(actual[key], expected[key], tolerance, key);
}
