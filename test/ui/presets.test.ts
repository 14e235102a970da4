import { describe, expect, it } from 'vitest';
import { gradientFlow } from '../../src/analysis/gradientFlow';
import { lyapunovExponents } from '../../src/analysis/lyapunov';
import { log2SingularValuesOfProduct } from '../../src/analysis/jacobian';
import { saturation } from '../../src/analysis/saturation';
import { analyze } from '../../src/engine/analyze';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { problemOfEntry } from '../../src/engine/batchEntry';
import type { AnalysisRequest } from '../../src/model/analyses';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import { fitConfiguration } from '../../src/model/configurationRules';
import { runOf } from '../../src/model/pins';
import { planOf } from '../../src/model/trainingSettings';
import { NO_TRUNCATION } from '../../src/model/truncation';
import { taskKnowledge } from '../../src/state/taskKnowledge';
import { buildProblem } from '../../src/tasks/buildProblem';
import { freshBatches } from '../../src/tasks/freshBatches';
import { PRESETS, PRESET_IDS, presetOf, type PresetId } from '../../src/ui/presets/presets';
import { trajectoryOf } from '../analysis/trajectories';

async function measured(id: PresetId, T = PRESETS[id].T) {
  const problem = buildProblem({ ...PRESETS[id], T });
  const run = await createCpuEngine().run(problem);
  const trajectory = trajectoryOf(problemOfEntry(problem, 0));
  const flow = gradientFlow(run.summary, problem, null);
  return { problem, trajectory, flow, norms: run.summary.series.log2StateGradient };
}

describe('the examples show what they say', () => {
  it('scalar: halves at every step', async () => {
    expect((await measured('scalar')).flow.factor).toBeCloseTo(0.5, 6);
  });

  it('orthogonal: the bound is flat, the gradient vanishes', async () => {
    const { flow } = await measured('orthogonal');
    expect(flow.kind).toBe('vanishing');
    expect(flow.bound.factor).toBeCloseTo(1, 5);
  });

  it('saturation: ρ = 3, vanishing, most units saturated', async () => {
    const { flow, problem, trajectory } = await measured('saturation');
    expect(flow.kind).toBe('vanishing');
    expect(flow.bound.factor).toBeCloseTo(3, 5);
    const window = { from: 1, to: problem.T, columns: 1 };
    const { saturated } = saturation(trajectory, 'tanh', window, 8);
    expect(saturated[problem.T - 1]).toBeGreaterThan(0.5);
  });

  it('irnn: stable, and every singular value of the product is 1 or 0', async () => {
    const { flow, trajectory, problem } = await measured('irnn');
    expect(flow.kind).toBe('stable');
    const values = log2SingularValuesOfProduct(trajectory, 0, problem.T);
    for (const v of values) expect(v === -Infinity || Math.abs(v) < 1e-9).toBe(true);
    expect(Math.max(...values)).toBe(0);
  });

  it('radius: grows nearly twentyfold, below 1 only at the 55th power', async () => {
    const { norms, trajectory, problem } = await measured('radius');
    const { T } = problem;
    const largest = (n: number) => 2 ** log2SingularValuesOfProduct(trajectory, T - n, T)[0]!;
    expect(largest(9)).toBeCloseTo(19.379, 3);
    expect(largest(54)).toBeGreaterThan(1);
    expect(largest(55)).toBeLessThan(1);
    const growth = 2 ** (Math.max(...norms) - norms[T - 1]!);
    expect(growth).toBeGreaterThan(19);
    expect(growth).toBeLessThan(20);
  });

  it('exploding: ×1.2', async () => {
    expect((await measured('exploding')).flow.factor).toBeCloseTo(1.2, 4);
    const long = await measured('exploding', 400);
    expect(long.flow.kind).toBe('exploding');
    expect(2 ** (long.norms[0]! - long.norms[399]!) / 5e31).toBeCloseTo(1, 0);
    expect(long.norms[0]).toBeGreaterThan(128);
    const { overflowAt } = (await measured('exploding', 500)).flow;
    expect(Math.abs(overflowAt! - 460)).toBeLessThan(10);
  });

  it('chaos: a positive exponent and an exploding gradient', async () => {
    const { flow, trajectory } = await measured('chaos');
    expect(lyapunovExponents(trajectory, { count: 1 })[0]).toBeGreaterThan(0.05);
    expect(flow.kind).toBe('exploding');
  });
});

describe('the examples of truncation show what they say', () => {
  const ask = <R extends AnalysisRequest>(id: PresetId, request: R) => {
    const engine = createCpuEngine();
    return analyze(buildProblem(PRESETS[id]), request, {
      run: (problem, signal) => engine.run(problem, signal),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
  };

  it('influence: a truncated ∂L/∂θ of the wrong sign, right from some 40 steps on', async () => {
    const now = await ask('influence', { kind: 'truncationNow' });
    expect(now.db.alongSelf).toBeLessThan(-1);
    const { steps, sliding } = await ask('influence', {
      ...{ kind: 'truncationSweep', every: 1, points: 200 },
    } as const);
    const at = (k: number) => sliding.db.alongSelf[steps.indexOf(k)]!;
    for (const k of [1, 5, 10, 20, 30, 35]) expect(at(k)).toBeLessThan(0);
    for (const k of [40, 50, 100, 200]) expect(at(k)).toBeGreaterThan(0);
    // ∂L/∂b itself points the right way in every entry: only their balance is lost.
    expect(now.db.cosine).toBeGreaterThan(0.5);
  });

  it('influence: the sign along b is that of ∂L/∂θ, by central differences', async () => {
    const problem = buildProblem(PRESETS.influence);
    const lossAt = async (theta: number) => {
      const hiddenBias = problem.parameters.hiddenBias.map((b) => Math.sign(b) * theta);
      const parameters = { ...problem.parameters, hiddenBias };
      return (await createCpuEngine().run({ ...problem, parameters })).summary.totalLoss;
    };
    // θ = 0.5 is too large: less of it is better, which is what the full gradient says.
    expect((await lossAt(0.51)) - (await lossAt(0.49))).toBeGreaterThan(0);
  });

  it('chunks, unbiased: one is biased, the other right on average', async () => {
    expect((await ask('chunks', { kind: 'truncationNow' })).dWh.relativeError).toBeGreaterThan(
      0.05,
    );
    const draws = await ask('unbiased', {
      ...{ kind: 'truncationSamples', keep: 0.9, seed: 1, samples: 400, points: 2 },
    } as const);
    const error = draws.sd[1]! / Math.sqrt(400);
    expect(Math.abs(draws.mean[1]! - 1)).toBeLessThan(3 * error);
    expect(draws.sd[1]).toBeGreaterThan(0.01);
  });

  it('reset: the values change, as they do not with a detach', () => {
    const { resets } = buildProblem(PRESETS.reset);
    expect(resets).toEqual([17, 33, 49, 65, 81]);
    const { cuts } = buildProblem(PRESETS.data);
    expect(cuts).toEqual([17, 33, 49, 65, 81]);
    expect(buildProblem(PRESETS.tooLate).cuts).toEqual(cuts);
  });
});

describe('the examples of training show what they say', () => {
  /** The losses of the first updates, and why it stopped. */
  const train = async (id: PresetId, updates: number) => {
    const { training, ...run } = PRESETS[id];
    const session = await createCpuEngine().train(
      buildProblem(run),
      planOf(training!, run.truncation),
      training!.data === 'fresh' ? { batches: freshBatches(run) } : {},
    );
    const losses: number[] = [];
    const stop = await session.advance(updates, {
      onRecords: (records) => losses.push(...records.losses),
    });
    session.dispose();
    return { losses, stop };
  };
  const mean = (losses: readonly number[]) => losses.reduce((a, b) => a + b, 0) / losses.length;

  it('orderExplodes: near chance for some sixty updates, then out of float32 within two', async () => {
    const { losses, stop } = await train('orderExplodes', PRESETS.orderExplodes.training!.steps);
    expect(stop).toMatchObject({ reason: 'non-finite', what: 'state' });
    expect(stop!.step).toBeGreaterThan(50);
    for (const loss of losses.slice(10, -2)) expect(Math.abs(loss - Math.log(4))).toBeLessThan(0.5);
    expect(losses.at(-1)).toBeGreaterThan(1000);
  });

  it('orderClipped: the clipping is all that differs, and it learns', async () => {
    const { training, ...run } = PRESETS.orderClipped;
    const { training: other, ...otherRun } = PRESETS.orderExplodes;
    expect(run).toEqual(otherRun);
    expect({ ...training, clipNorm: null }).toEqual(other);
    const { losses, stop } = await train('orderClipped', 300);
    expect(stop).toBeNull();
    expect(mean(losses.slice(-50))).toBeLessThan(1.1);
  });

  it('the other pairs differ in what they say, too', () => {
    const { addingTanh, addingIrnn, addingUnclipped, orderTruncated, orderFull } = PRESETS;
    const { activation, initialiser } = addingIrnn;
    expect({ ...addingTanh, activation, initialiser }).toEqual(addingIrnn);
    const training = { ...addingIrnn.training!, clipNorm: null };
    expect({ ...addingIrnn, training }).toEqual(addingUnclipped);
    expect({ ...orderTruncated, truncation: NO_TRUNCATION }).toEqual(orderFull);
  });

  it('orderTruncated: neither symbol is within reach', () => {
    const { cuts, inputs, B, I, T } = buildProblem(PRESETS.orderTruncated);
    const from = cuts.at(-1)!;
    for (let t = from; t <= T; t++) {
      for (let n = 0; n < B; n++) {
        const row = ((t - 1) * B + n) * I;
        expect([inputs[row], inputs[row + 1]]).toEqual([0, 0]);
      }
    }
  });

  it('byHeart: the same passages in every update', async () => {
    const { losses } = await train('byHeart', 20);
    const bits = (loss: number) => loss / (PRESETS.byHeart.T * Math.LN2);
    expect(bits(losses[0]!)).toBeGreaterThan(4.7);
    expect(losses.at(-1)).toBeLessThan(0.9 * losses[0]!);
  });
});

describe('presetOf', () => {
  it('knows every example, wherever one looks at it, and nothing else', () => {
    for (const id of PRESET_IDS) {
      // What the store makes of it is still the example.
      const example = { ...DEFAULT_CONFIGURATION, ...PRESETS[id], pins: [] };
      const configuration = fitConfiguration(example, taskKnowledge);
      expect(presetOf(configuration)).toBe(id);
      const elsewhere = { ...configuration, view: { ...configuration.view, step: 3 } };
      expect(presetOf(elsewhere)).toBe(id);
      const pins = [{ name: 'a', configuration: runOf(PRESETS.scalar) }];
      const compared = { ...configuration, pins };
      expect(presetOf(compared)).toBe(id);
      expect(presetOf({ ...configuration, seed: 12345 })).toBeNull();
    }
  });

  it('knows an example of training by how it trains, whatever its weights have become', () => {
    const { orderClipped, orderExplodes } = PRESETS;
    const page = { ...DEFAULT_CONFIGURATION, ...orderExplodes, pins: [] };
    expect(presetOf(page)).toBe('orderExplodes');
    expect(presetOf({ ...page, training: orderClipped.training! })).toBe('orderClipped');
    const trained = { ...page, arrays: { c: [1, 2, 3, 4] } };
    expect(presetOf(trained)).toBe('orderExplodes');
    expect(presetOf({ ...page, training: DEFAULT_CONFIGURATION.training })).toBeNull();
    // The others are known by their network, however one trains it.
    const scalar = { ...DEFAULT_CONFIGURATION, ...PRESETS.scalar, pins: [] };
    expect(presetOf({ ...scalar, training: orderClipped.training! })).toBe('scalar');
    expect(presetOf({ ...scalar, arrays: { Wh: [0.6] } })).toBeNull();
  });
});
