import { describe, expect, it } from 'vitest';
import { createReferenceTrainer } from '../../src/engine/training/reference';
import { expectClose } from '../support/compare';
import { GOLDEN_TRAININGS } from '../support/golden';
import { train } from '../support/trainings';

describe('the reference against PyTorch’s optimizers', () => {
  it('has them all', () => expect(GOLDEN_TRAININGS.length).toBeGreaterThanOrEqual(9));

  it.each(GOLDEN_TRAININGS)('$name', async ({ problem, plan, steps, expected }) => {
    const { losses, gradNorms } = await train(createReferenceTrainer(), problem, plan, steps);
    expect(losses.length).toBe(steps);
    // clip_grad_norm_ divides by ‖g‖ + 1e-6, we by ‖g‖: 1e-6/‖g‖ of the update.
    const tolerance = plan.clipNorm === null ? 1e-9 : 1e-5;
    losses.forEach((loss, i) => expectClose([loss], [expected.losses[i]!], tolerance, `loss ${i}`));
    gradNorms.forEach((norm, i) =>
      expectClose([norm], [expected.gradNorms[i]!], tolerance, `norm ${i}`),
    );
  });
});
