import { createCpuEngine } from '../../src/engine/cpu/engine';
import { connect } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import { makeProblem, type SizeName } from '../shared/problems';
import {
  CLIP_NORM,
  compareLosses,
  expectedLosses,
  LR,
  ofTrainer,
  plain,
  sideBySide,
  speed,
  type Contestant,
} from '../shared/training';
import { tensorFlowTraining, type TensorFlowBackend } from './tensorflow';

async function ofTensorFlow(backend: TensorFlowBackend, size: SizeName): Promise<Contestant> {
  const training = await tensorFlowTraining(backend, makeProblem(size), {
    lr: LR,
    clipNorm: CLIP_NORM,
  });
  return { name: `tfjs ${backend}`, ...training };
}

/** One after the other, so that none holds memory or the device while another is timed. */
const CONTESTANTS: Record<string, (size: SizeName, gpu: GpuEngine) => Promise<Contestant>> = {
  plain: (size) => Promise.resolve(plain(size)),
  webgpu: (size, gpu) => ofTrainer(gpu, size),
  'webgpu-4': (size, gpu) => sideBySide(gpu, size, 4),
  cpu: (size) => ofTrainer(createCpuEngine(), size),
  'tfjs-webgpu': (size) => ofTensorFlow('webgpu', size),
  'tfjs-wasm': (size) => ofTensorFlow('wasm', size),
};

/** Called by bench/training.mjs for each size. */
async function trainingBenchmark(
  size: SizeName,
  { names, seconds }: { readonly names: readonly string[]; readonly seconds: number },
) {
  const { device, adapter } = await connect(navigator.gpu);
  const gpu = new GpuEngine({ device, adapter, sources: shaderSources });
  const expected = await expectedLosses(size);
  const results = [];
  for (const name of names) {
    const contestant = await CONTESTANTS[name]!(size, gpu);
    const error = await compareLosses(contestant, expected);
    results.push({ name, error, ...(await speed(contestant, seconds)) });
    contestant.dispose();
  }
  gpu.dispose();
  device.destroy();
  return { adapter, results };
}

declare global {
  interface Window {
    trainingBenchmark: typeof trainingBenchmark;
  }
}
window.trainingBenchmark = trainingBenchmark;
