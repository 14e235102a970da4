import { describe, expect, it, vi } from 'vitest';
import { spectrum } from '../../src/analysis/spectrum';
import { analyze } from '../../src/engine/analyze';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { runSeries } from '../../src/engine/ownRun';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import { BpttError } from '../../src/model/errors';
import { runOf } from '../../src/model/pins';
import type { Problem } from '../../src/model/problem';
import { NO_PROGRESS_YET } from '../../src/model/training';
import { lagProfile } from '../../src/state/training/measure';
import { createRunMeasurer, nextToMeasure } from '../../src/state/training/runMeasurer';
import { TrainingRun } from '../../src/state/training/trainingRun';
import type { TrainingStore } from '../../src/state/training/types';
import { buildProblem } from '../../src/tasks/buildProblem';

const D = { ...DEFAULT_CONFIGURATION, T: 10, B: 2, H: 5 };

function runOfSteps(steps: readonly number[], configuration = D): TrainingRun {
  const { parameters } = buildProblem(configuration);
  const checkpoint = { step: 0, parameters, moments: {}, progress: NO_PROGRESS_YET };
  const first = { step: 0, configuration: runOf(configuration), training: D.training };
  const run = new TrainingRun(1, null, first, checkpoint);
  const snapshots = steps.map((step) => ({ step, parameters }));
  run.add({
    engine: 'cpu',
    records: [],
    snapshots,
    checkpoint: { ...checkpoint, step: steps.at(-1)! },
  });
  return run;
}

function open(run: TrainingRun, failure: BpttError | null = null) {
  const engine = createCpuEngine();
  const context = {
    run: (problem: Problem) => engine.run(problem),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  return createRunMeasurer({
    training: {
      current: () => run,
      subscribe: () => () => undefined,
    } as unknown as TrainingStore,
    client: {
      series: (problem, request) =>
        failure ? Promise.reject(failure) : runSeries(problem, request, context),
      analyze: (problem, request) => analyze(problem, request, context),
    },
    buildProblem,
  });
}

describe('measuring the networks of a run', () => {
  it('goes from coarse to fine over the whole run', () => {
    const run = runOfSteps([1, 2, 3, 4, 5, 6, 7, 8]);
    const order: number[] = [];
    for (let next = nextToMeasure(run); next !== null; next = nextToMeasure(run)) {
      order.push(next.step);
      next.measurement = { spectralRadius: 1, factor: 1, log2ByLag: new Float32Array(), lags: 0 };
    }
    expect(order).toEqual([0, 8, 4, 2, 6, 1, 3, 5, 7]);
  });

  it.each([
    ['the gradient where one loss feeds it', D],
    ['a unit error where many do', { ...D, lossPlacement: 'every' as const }],
  ])('measures ρ, the factor and the profile of %s', async (_, configuration) => {
    const run = runOfSteps([1], configuration);
    const measurer = open(run);
    measurer.want();
    await vi.waitFor(() => expect(run.snapshots.every((s) => s.measurement !== null)).toBe(true));
    measurer.dispose();
    const { measurement } = run.snapshots[0]!;
    const { spectralRadius } = await spectrum(run.checkpoint.parameters.recurrentWeights, 5);
    expect(measurement!.spectralRadius).toBeCloseTo(spectralRadius, 5);
    const { log2ByLag, lags, factor } = measurement!;
    expect(lags).toBe(10);
    expect(log2ByLag).toHaveLength(10);
    expect(log2ByLag[0]).toBe(0);
    // Nearly geometric: the profile's own slope is the factor.
    expect(log2ByLag[9]! / 9).toBeCloseTo(Math.log2(factor!), 0);
    expect(Math.sign(log2ByLag[9]!)).toBe(Math.sign(Math.log2(factor!)));
  });

  it('what cannot be measured is said, and not tried again', async () => {
    const run = runOfSteps([1, 2]);
    const failure = new BpttError('too-large', 'T', 'no');
    const measurer = open(run, failure);
    measurer.want();
    await vi.waitFor(() => expect(measurer.failure(run)).toMatchObject({ code: 'too-large' }));
    expect(run.snapshots.every((s) => s.measurement === null)).toBe(true);
    measurer.dispose();
  });

  it('nothing is measured while nobody looks', async () => {
    const run = runOfSteps([1]);
    const measurer = open(run);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(run.snapshots.every((s) => s.measurement === null)).toBe(true);
    measurer.dispose();
  });
});

describe('a lag profile', () => {
  it('keeps the greatest of each bin, and zeros where there is nothing', () => {
    const norms = Float64Array.from({ length: 128 }, (_, i) => i / 2);
    const profile = lagProfile(norms, 128);
    expect(profile).toHaveLength(64);
    expect([...profile.slice(0, 3)]).toEqual([0, -1, -2]);
    const cut = Float64Array.of(-Infinity, -Infinity, 3, 5);
    expect([...lagProfile(cut, 4)]).toEqual([0, -2, -Infinity, -Infinity]);
  });
});
