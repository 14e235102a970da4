import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { createReferenceTrainer } from '../../src/engine/training/reference';
import { trainingPlan } from '../../src/model/training';
import { randomProblem } from '../support/randomProblem';
import { train } from '../support/trainings';
import { describeTraining, SGD, SMALL } from '../support/trainingScenarios';

describe('the CPU engine', () => {
  describeTraining(createCpuEngine, { tolerance: 2e-5, manyUpdates: 4000 });

  it('refuses what does not fit, with the T that does', async () => {
    const problem = { ...SMALL, T: 100_000, B: 256, H: 512 };
    await expect(createCpuEngine().train(problem, trainingPlan(SGD))).rejects.toMatchObject({
      code: 'too-large',
      path: 'T',
    });
  });

  it('10 000 updates of a tiny problem', async () => {
    const problem = randomProblem({ T: 3, B: 1, I: 1, H: 2, O: 1, seed: 3 });
    const { losses, stop } = await train(createCpuEngine(), problem, trainingPlan(SGD), 10_000);
    expect(stop).toBeNull();
    expect(losses.at(-1)!).toBeLessThan(0.1 * losses[0]!);
  });

  it('disposing the engine ends its trainings', async () => {
    const engine = createCpuEngine();
    const training = await engine.train(SMALL, trainingPlan(SGD));
    engine.dispose();
    await expect(training.advance(1)).rejects.toMatchObject({ code: 'aborted' });
    await expect(engine.train(SMALL, trainingPlan(SGD))).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('the reference', () => {
  describeTraining(createReferenceTrainer, {
    tolerance: 1e-12,
    manyUpdates: 1500,
    isReference: true,
  });
});
