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
import { taskKnowledge } from '../../src/state/taskKnowledge';
import { buildProblem } from '../../src/tasks/buildProblem';
import { PRESETS, PRESET_IDS, presetOf, type PresetId } from '../../src/ui/presets/presets';
import { trajectoryOf } from '../analysis/trajectories';

async function measured(id: PresetId) {
  const problem = buildProblem(PRESETS[id]);
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
    expect(Math.log10(1.2 ** 500)).toBeGreaterThan(39);
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
});
