import { describe, expect, it } from 'vitest';
import { gradientFlow } from '../../src/analysis/gradientFlow';
import { lyapunovExponents } from '../../src/analysis/lyapunov';
import { log2SingularValuesOfProduct } from '../../src/analysis/jacobian';
import { saturation } from '../../src/analysis/saturation';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { problemOfEntry } from '../../src/engine/batchEntry';
import { fitConfiguration } from '../../src/model/configurationRules';
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

describe('presetOf', () => {
  it('knows every example, wherever one looks at it, and nothing else', () => {
    for (const id of PRESET_IDS) {
      // What the store makes of it is still the example.
      const configuration = fitConfiguration(PRESETS[id], taskKnowledge);
      expect(presetOf(configuration)).toBe(id);
      expect(presetOf({ ...configuration, view: { ...configuration.view, step: 3 } })).toBe(id);
      expect(presetOf({ ...configuration, seed: 12345 })).toBeNull();
    }
  });
});
