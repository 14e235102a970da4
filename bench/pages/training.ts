import { createCpuEngine } from '../../src/engine/cpu/engine';
import { connect } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import type { Trainer } from '../../src/engine/interface';
import { trainingPlan } from '../../src/model/training';
import { plainTraining } from './plainTraining';
import { makeProblem, toProblem, type SizeName } from '../shared/problems';

/** The same for every contestant: Adam with the gradient's norm clipped. */
const LR = 0.001;
const CLIP_NORM = 5;
const PLAN = trainingPlan(
  { kind: 'adam', lr: LR, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, amsgrad: false },
  { clipNorm: CLIP_NORM },
);
/** Losses that are compared before anything is timed. */
const COMPARED = 5;

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

// TensorFlow.js, or any other library, joins here: one more Contestant beside plain(size), on the same
// problem, plan and losses. It needs a development dependency, which this benchmark does without.

/** Updates per second, from pieces that take about a third of a second each: the best of them. */
async function speed(contestant: Contestant, seconds: number): Promise<number> {
  let best = 0;
  let updates = 1;
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end) {
    const started = performance.now();
    await contestant.advance(updates);
    const taken = performance.now() - started;
    best = Math.max(best, (1000 * updates) / taken);
    updates = Math.max(1, Math.min(10 * updates, Math.round((updates * 300) / taken)));
  }
  return best;
}

/** Called by bench/training.mjs for each size. */
async function trainingBenchmark(size: SizeName, seconds: number) {
  const { device, adapter } = await connect(navigator.gpu);
  const gpu = new GpuEngine({ device, adapter, sources: shaderSources });
  const contestants = [
    plain(size),
    await ofTrainer(gpu, size),
    await ofTrainer(createCpuEngine(), size),
  ];
  const expected = await contestants[0]!.advance(COMPARED);
  const results = [];
  for (const contestant of contestants) {
    const own = contestant.name === 'plain' ? expected : await contestant.advance(COMPARED);
    const error = Math.max(...own.map((loss, i) => Math.abs(loss / expected[i]! - 1)));
    if (!(error < 1e-3)) throw new Error(`${contestant.name}: losses differ by ${error}`);
    const perSecond = await speed(contestant, seconds);
    results.push({ name: contestant.name, error, perSecond });
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
