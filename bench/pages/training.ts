import { createCpuEngine } from '../../src/engine/cpu/engine';
import { connect } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import type { Trainer } from '../../src/engine/interface';
import { trainingPlan } from '../../src/model/training';
import { plainTraining } from './plainTraining';
import { tensorFlowTraining, type TensorFlowBackend } from './tensorflow';
import { makeProblem, toProblem, type SizeName } from '../shared/problems';

/** The same for every contestant: Adam with the gradient's norm clipped. */
const LR = 0.001;
const CLIP_NORM = 5;
const PLAN = trainingPlan(
  { kind: 'adam', lr: LR, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, amsgrad: false },
  { clipNorm: CLIP_NORM },
);
/** Losses that are compared before anything is timed; two where five would take longer than this. */
const COMPARED = 5;
const COMPARING_MOST_MS = 10_000;

/** Makes updates, and gives the losses before them. */
interface Contestant {
  readonly name: string;
  advance(updates: number): Promise<number[]>;
  dispose(): void;
}

async function ofTrainer(trainer: Trainer, size: SizeName): Promise<Contestant> {
  const training = await trainer.train(toProblem(makeProblem(size)), PLAN);
  return {
    name: trainer.kind,
    async advance(updates) {
      const losses: number[] = [];
      await training.advance(updates, { onRecords: (part) => losses.push(...part.losses) });
      return losses;
    },
    dispose: () => training.dispose(),
  };
}

function plain(size: SizeName): Contestant {
  const update = plainTraining(makeProblem(size), { lr: LR, clipNorm: CLIP_NORM });
  return {
    name: 'plain',
    advance: (updates) => Promise.resolve(Array.from({ length: updates }, update)),
    dispose: () => undefined,
  };
}

async function ofTensorFlow(backend: TensorFlowBackend, size: SizeName): Promise<Contestant> {
  const training = await tensorFlowTraining(backend, makeProblem(size), {
    lr: LR,
    clipNorm: CLIP_NORM,
  });
  return { name: `tfjs ${backend}`, ...training };
}

/** The largest relative difference of the first losses; throws unless they agree. */
async function compareLosses(contestant: Contestant, expected: readonly number[]) {
  const end = performance.now() + COMPARING_MOST_MS;
  const own: number[] = [];
  while (own.length < 2 || (own.length < COMPARED && performance.now() < end)) {
    own.push(...(await contestant.advance(1)));
  }
  const error = Math.max(...own.map((loss, i) => Math.abs(loss / expected[i]! - 1)));
  if (!(error < 1e-3))
    throw new Error(`${contestant.name}: losses ${own.join()} not ${expected.join()}`);
  return error;
}

/** Updates per second of pieces that take about a third of a second each, or one update. */
async function speed(contestant: Contestant, seconds: number) {
  const pieces: number[] = [];
  let updates = 1;
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end) {
    const started = performance.now();
    await contestant.advance(updates);
    const taken = performance.now() - started;
    pieces.push((1000 * updates) / taken);
    updates = Math.max(1, Math.min(10 * updates, Math.round((updates * 300) / taken)));
  }
  pieces.sort((a, b) => b - a);
  return { best: pieces[0]!, median: pieces[Math.floor(pieces.length / 2)]! };
}

/** One after the other, so that none holds memory or the device while another is timed. */
const CONTESTANTS: Record<string, (size: SizeName, gpu: GpuEngine) => Promise<Contestant>> = {
  plain: (size) => Promise.resolve(plain(size)),
  webgpu: (size, gpu) => ofTrainer(gpu, size),
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
  const expected = await plain(size).advance(COMPARED);
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
