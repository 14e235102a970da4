import { describe, expect, it } from 'vitest';
import { expectClose } from '../support/compare';
import { GOLDEN_TRAININGS } from '../support/golden';
import { train } from '../support/trainings';
import { gpuEngine } from './support';

describe('the WebGPU engine against PyTorch’s optimizers', () => {
  it.each(GOLDEN_TRAININGS.map((golden) => [golden.name, golden] as const))(
    '%s',
    async (_, { problem, plan, steps, expected }) => {
      const { engine } = await gpuEngine();
      const { losses, gradNorms } = await train(engine, problem, plan, steps);
      expect(losses.length).toBe(steps);
      console.log(
        Math.max(...losses.map((l, i) => Math.abs(l / expected.losses[i]! - 1))),
        Math.max(...gradNorms.map((l, i) => Math.abs(l / expected.gradNorms[i]! - 1))),
      );
      losses.forEach((loss, i) => expectClose([loss], [expected.losses[i]!], 1e-3, `loss ${i}`));
      gradNorms.forEach((norm, i) =>
        expectClose([norm], [expected.gradNorms[i]!], 1e-2, `norm ${i}`),
      );
    },
  );
});
