import { describe, expect, it } from 'vitest';
import { gradientFlow } from '../../src/analysis/gradientFlow';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { buildProblem } from '../../src/tasks/buildProblem';
import { PRESETS, type PresetId } from '../../src/ui/lab/presets';

async function flowOf(id: PresetId) {
  const problem = buildProblem(PRESETS[id]);
  const run = await createCpuEngine().run(problem);
  return { flow: gradientFlow(run.summary, problem), series: run.summary.series };
}

describe('the examples show what they say', () => {
  it('radius: the gradient grows first although ρ = 0.9', async () => {
    const norms = (await flowOf('radius')).series.log2StateGradient;
    expect(Math.max(...norms)).toBeGreaterThan(norms[95]! + 1);
    expect(norms[0]).toBeLessThan(Math.max(...norms) - 1);
  });
  it.each(['saturation', 'orthogonal'] as const)('%s: vanishes', async (id) => {
    const { flow } = await flowOf(id);
    expect(flow.kind).toBe('vanishing');
  });
  it('irnn', async () => {
    const { flow } = await flowOf('irnn');
    expect(flow.kind).toBe('stable');
  });
  it('exploding: ×1.2', async () => {
    expect((await flowOf('exploding')).flow.factor).toBeCloseTo(1.2, 4);
  });
  it('scalar: ×0.5', async () => {
    expect((await flowOf('scalar')).flow.factor).toBeCloseTo(0.5, 6);
  });
});
