import { describe, expect, it } from 'vitest';
import type { Trainer, TrainingSnapshot } from '../../src/engine/interface';
import { createReferenceTrainer } from '../../src/engine/training/reference';
import { PARAMETER_NAMES, type Optimizer, type Sgd } from '../../src/model/optimizer';
import type { Problem } from '../../src/model/problem';
import { gaussian } from '../../src/model/random';
import {
  explainStop,
  trainingPlan,
  type BatchSource,
  type TrainingState,
} from '../../src/model/training';
import { referencePass } from '../../src/reference/pass';
import { expectClose } from './compare';
import { GOLDEN_TRAININGS } from './golden';
import { chain, linear } from './problems';
import { randomProblem } from './randomProblem';
import { train } from './trainings';
import { TRUNCATED } from './truncated';

export const SGD: Sgd = {
  ...{ kind: 'sgd', lr: 0.01, momentum: 0.8, dampening: 0, nesterov: false, weightDecay: 0 },
};
const OPTIMIZERS: readonly Optimizer[] = [
  SGD,
  { ...SGD, momentum: 0 },
  {
    ...{ kind: 'rmsprop', lr: 0.002, alpha: 0.9, eps: 1e-6, weightDecay: 0.01, momentum: 0.5 },
    centered: true,
  },
  {
    ...{ kind: 'adam', lr: 0.01, betas: [0.9, 0.99], eps: 1e-6, weightDecay: 0, amsgrad: true },
  },
];
const ADAM = OPTIMIZERS[3]!;

export const SMALL = randomProblem({ T: 9, B: 2, I: 2, H: 6, O: 2, seed: 61 });

const reference = createReferenceTrainer();

/** Inputs and targets of their own for every update. */
const fresh =
  ({ T, B, I, O }: Problem): BatchSource =>
  (update) => ({
    inputs: Float32Array.from({ length: T * B * I }, (_, i) => gaussian(7, 1, i, update)),
    targets: {
      kind: 'dense',
      values: Float32Array.from({ length: T * B * O }, (_, i) => gaussian(7, 2, i, update)),
    },
  });

const lossOf = (problem: Problem, { parameters }: TrainingState) =>
  referencePass({ ...problem, parameters }).stepLosses.reduce((sum, l) => sum + l, 0);

const isFinite = (state: TrainingState) =>
  PARAMETER_NAMES.every((name) => state.parameters[name].every(Number.isFinite));

/** Every weight and moment, to the bit. */
function expectSame(actual: TrainingState, expected: TrainingState): void {
  expect(actual.step).toBe(expected.step);
  expect(actual.parameters).toEqual(expected.parameters);
  expect(actual.moments).toEqual(expected.moments);
  expect(actual.progress).toEqual(expected.progress);
}

type Create = () => Trainer | Promise<Trainer>;

interface Expectations {
  /** Relative, of losses; those of the golden cases are 1e-3 and of gradient norms 1e-2 */
  readonly tolerance: number;
  /** That take much longer than the time between two reports, and yet no second or two */
  readonly manyUpdates: number;
  /**
   * The reference keeps squares where a saved state has their roots: resumed, it does not have the
   * very bits of one that went on.
   */
  readonly isReference?: boolean;
}

/** What every engine's training does. */
export function describeTraining(
  create: Create,
  { tolerance, manyUpdates, isReference = false }: Expectations,
): void {
  describe('against PyTorch’s optimizers', () => {
    it.each(GOLDEN_TRAININGS)('$name', async ({ problem, plan, steps, expected }) => {
      const { losses, gradNorms } = await train(await create(), problem, plan, steps);
      expect(losses.length).toBe(steps);
      losses.forEach((l, i) => expectClose([l], [expected.losses[i]!], 1e-3, `loss ${i}`));
      gradNorms.forEach((n, i) => expectClose([n], [expected.gradNorms[i]!], 1e-2, `norm ${i}`));
    });
  });

  if (!isReference) describeAgainstReference(create, tolerance);

  describe('in pieces', () => {
    const plan = trainingPlan(ADAM, {
      clipNorm: 3,
      patience: 10_000,
      redraw: { keep: 0.7, seed: 5 },
    });

    it('the pieces do not matter, nor do repeated runs', async () => {
      const whole = await train(await create(), SMALL, plan, 24);
      const pieces = await train(await create(), SMALL, plan, [1, 2, 0, 10, 11]);
      expect(pieces.losses).toEqual(whole.losses);
      expectSame(pieces.state, whole.state);
    });

    it.each(OPTIMIZERS.map((optimizer) => [optimizer.kind, optimizer] as const))(
      '%s: resumed from a saved state it is as if it had gone on',
      async (_, optimizer) => {
        const own = { ...plan, optimizer };
        const batches = fresh(SMALL);
        const whole = await train(await create(), SMALL, own, 16, { batches });
        const before = await train(await create(), SMALL, own, 7, { batches });
        const from = structuredClone(before.state);
        const after = await train(await create(), SMALL, own, 9, { batches, from });
        expect(after.state.step).toBe(16);
        if (!isReference) {
          expect([...before.losses, ...after.losses]).toEqual(whole.losses);
          expectSame(after.state, whole.state);
        } else {
          expectClose([...before.losses, ...after.losses], whole.losses, 1e-10, 'losses');
        }
      },
    );

    it('snapshots are the weights after each multiple', async () => {
      const snapshots: TrainingSnapshot[] = [];
      const trainer = await create();
      await train(trainer, SMALL, plan, [5, 8], {
        snapshots: { every: 4, onSnapshot: (snapshot) => snapshots.push(snapshot) },
      });
      expect(snapshots.map(({ step }) => step)).toEqual([4, 8, 12]);
      const { state } = await train(trainer, SMALL, plan, 8);
      expect(snapshots[1]!.parameters).toEqual(state.parameters);
    });

    it('a signal pauses it; told records, state and what follows fit together', async () => {
      const trainer = await create();
      const whole = await train(trainer, SMALL, plan, manyUpdates);
      const training = await trainer.train(SMALL, plan);
      const losses: number[] = [];
      for (let pauses = 0; training.step < manyUpdates; pauses++) {
        const controller = new AbortController();
        const advancing = training.advance(manyUpdates - training.step, {
          signal: controller.signal,
          onRecords(records) {
            expect(records.from).toBe(losses.length);
            losses.push(...records.losses);
            if (pauses < 4) controller.abort();
          },
        });
        if (pauses < 4) await expect(advancing).rejects.toMatchObject({ code: 'aborted' });
        else await advancing;
        expect(losses.length).toBe(training.step);
        if (pauses === 0) expect(training.step).toBeLessThan(manyUpdates);
        expect((await training.state()).step).toBe(training.step);
      }
      expect(losses).toEqual(whole.losses);
      expectSame(await training.state(), whole.state);
      training.dispose();
    });

    it('one call at a time; none after dispose', async () => {
      const training = await (await create()).train(SMALL, plan);
      const first = training.advance(50);
      await expect(training.advance(1)).rejects.toMatchObject({ code: 'invalid-request' });
      await first;
      const last = training.advance(100_000);
      training.dispose();
      await expect(last).rejects.toMatchObject({ code: 'aborted' });
      await expect(training.advance(1)).rejects.toMatchObject({ code: 'aborted' });
      await expect(training.state()).rejects.toMatchObject({ code: 'aborted' });
    });
  });

  describe('stops', () => {
    it('at a target loss, with the weights that have it', async () => {
      const { losses } = await train(await create(), SMALL, trainingPlan(ADAM), 60);
      const targetLoss = (losses[30]! + losses[31]!) / 2;
      const plan = trainingPlan(ADAM, { targetLoss });
      const { state, stop, ...stopped } = await train(await create(), SMALL, plan, 60);
      const first = losses.findIndex((loss) => loss <= targetLoss);
      expect(stop).toMatchObject({ reason: 'target', step: first });
      expect(stopped.losses).toEqual(losses.slice(0, first));
      expect(state.step).toBe(first);
      expectClose([lossOf(SMALL, state)], [losses[first]!], 1e-4, 'loss');
      expect(explainStop(stop!)).toContain(`after ${first} updates`);
    });

    it('after so many losses without progress', async () => {
      const plan = trainingPlan({ ...SGD, lr: 0 }, { patience: 5 });
      const { stop, state, losses } = await train(await create(), SMALL, plan, 60);
      // The first loss is progress, the five after it are none.
      expect(stop).toMatchObject({ reason: 'patience', step: 5 });
      expect(losses.length).toBe(5);
      expect(state.progress.age).toBe(4);
    });

    it('before a state that overflows, with the last good weights', async () => {
      // Each update makes |w| larger; an identity chain of 200 steps overflows at |w| of 1.53.
      const problem = chain(200, 1.01, { initialState: 1, lossEverywhere: true });
      const plan = trainingPlan({ ...SGD, momentum: 0, lr: 1 }, { clipNorm: 1 });
      const up = { ...problem, lossWeights: problem.lossWeights.map((w) => -w) };
      const expected = await train(reference, up, plan, 50);
      const { stop, state, losses } = await train(await create(), up, plan, 50);
      expect(expected.stop).toMatchObject({ reason: 'non-finite', what: 'state' });
      expect(stop).toEqual(expected.stop);
      expect(losses.length).toBe(stop!.step);
      expect(isFinite(state)).toBe(true);
      const w = state.parameters.recurrentWeights[0]!;
      expectClose([w], [expected.state.parameters.recurrentWeights[0]!], 1e-4, 'w');
      expect(explainStop(stop!)).toContain('overflowed float32 at t =');
    });

    // ∂L/∂b = 2^T − 1, ∂L/∂c = 1, and the states are zero.
    it('clips a norm of 2^200 to 1 in the right direction', async () => {
      const problem = linear(200, 2, false);
      const plan = trainingPlan({ ...SGD, momentum: 0, lr: 0.25 }, { clipNorm: 1 });
      const { state, log2GradientNorms, gradNorms, stop } = await train(
        await create(),
        problem,
        plan,
        1,
      );
      expect(stop).toBeNull();
      expect(Math.abs(log2GradientNorms[0]! - 200)).toBeLessThan(1e-5);
      expect(gradNorms[0]! / 2 ** 200).toBeCloseTo(1, 5);
      expectClose(state.parameters.hiddenBias, [-0.25], 1e-6, 'b');
      expect(Math.abs(state.parameters.outputBias[0]!)).toBeLessThan(1e-30);
      expect(state.parameters.recurrentWeights[0]).toBe(2);
    });

    it('clips a norm of 2^5000', async () => {
      const plan = trainingPlan({ ...SGD, momentum: 0, lr: 0.25 }, { clipNorm: 2 ** -10 });
      const { state, log2GradientNorms } = await train(
        await create(),
        linear(5000, 2, false),
        plan,
        1,
      );
      expect(Math.abs(log2GradientNorms[0]! - 5000)).toBeLessThan(1e-5);
      expectClose(state.parameters.hiddenBias, [-(2 ** -12)], 1e-6, 'b');
    });

    it.each(OPTIMIZERS.map((optimizer) => [optimizer.kind, optimizer] as const))(
      '%s: unclipped, 2^200 is no float32 and changes nothing',
      async (_, optimizer) => {
        const problem = linear(200, 2, false);
        const plan = trainingPlan(optimizer);
        const { state, stop, losses } = await train(await create(), problem, plan, 9);
        expect(stop).toEqual({ reason: 'non-finite', step: 0, what: 'gradient', timeStep: null });
        expect(losses).toEqual([]);
        for (const name of PARAMETER_NAMES) {
          expect([...state.parameters[name]]).toEqual([...problem.parameters[name]]);
        }
        for (const moment of Object.values(state.moments)) {
          expect(moment.hiddenBias[0]).toBe(0);
        }
        expect(explainStop(stop!)).toContain('does not fit float32 after 0 updates');
      },
    );

    it('a step that would carry a weight out of float32 is not made', async () => {
      const plan = trainingPlan({ ...SGD, momentum: 0, lr: 1e6 });
      const { state, stop } = await train(await create(), linear(110, 2, false), plan, 9);
      expect(stop).toMatchObject({ reason: 'non-finite', step: 0, what: 'weights' });
      expect(state.parameters.hiddenBias[0]).toBe(0);
      expect(explainStop(stop!)).toContain('carried a weight out of float32');
    });

    it('second moments of gradients whose squares are no float32', async () => {
      // ∂L/∂b near 2^±99: g² is 2^±198. Adam's first step is lr whatever the size.
      for (const [w, eps] of [
        [2, 1e-8],
        [0.5, 0],
      ] as const) {
        const optimizer: Optimizer = {
          ...{ kind: 'adam', lr: 0.125, betas: [0.9, 0.999], eps, weightDecay: 0, amsgrad: false },
        };
        const problem = chain(100, w);
        const small = { ...problem, lossWeights: problem.lossWeights.map((v) => v * 2 ** -99) };
        const own = w < 1 ? small : problem;
        const { state, stop } = await train(await create(), own, trainingPlan(optimizer), 1);
        expect(stop).toBeNull();
        expectClose(state.parameters.hiddenBias, [-0.125], 1e-5, `b with w = ${w}`);
      }
    });
  });
}

function describeAgainstReference(create: Create, tolerance: number): void {
  describe('against the reference', () => {
    const expectLike = async (
      problem: Problem,
      optimizer: Optimizer,
      rest: Parameters<typeof trainingPlan>[1] = {},
      batches?: BatchSource,
    ) => {
      const plan = trainingPlan(optimizer, rest);
      const options = batches ? { batches } : {};
      const expected = await train(reference, problem, plan, 6, options);
      const actual = await train(await create(), problem, plan, 6, options);
      expectClose(actual.losses, expected.losses, tolerance, 'losses');
      expectClose(actual.gradNorms, expected.gradNorms, 10 * tolerance, 'norms');
      for (const name of PARAMETER_NAMES) {
        const own = actual.state.parameters[name];
        expectClose(own, expected.state.parameters[name], 20 * tolerance, name);
      }
      const all = ({ records }: typeof actual) => [
        ...records.clipFactors,
        ...PARAMETER_NAMES.flatMap((name) => [
          ...records.log2Gradients[name],
          ...records.log2Updates[name],
          ...records.log2Weights[name],
        ]),
      ];
      const expectedNumbers = all(expected);
      all(actual).forEach((value, i) =>
        expect(Math.abs(value - expectedNumbers[i]!)).toBeLessThan(0.01),
      );
      return { actual, expected };
    };

    it.each(OPTIMIZERS.map((optimizer) => [optimizer.kind, optimizer] as const))(
      '%s: losses, norms, weights',
      async (_, optimizer) => {
        await expectLike(SMALL, optimizer, { clipNorm: 4, clipValue: 1.5 });
      },
    );

    it.each(TRUNCATED)('%s', async (_, problem) => {
      await expectLike(problem, { ...SGD, lr: 0.002 });
    });

    it('fresh data for every update', async () => {
      const { actual } = await expectLike(SMALL, SGD, {}, fresh(SMALL));
      const fixed = await train(await create(), SMALL, trainingPlan(SGD), 6);
      expect(actual.losses[1]).not.toBeCloseTo(fixed.losses[1]!, 3);
    });

    it('classes, and fresh ones', async () => {
      const problem = randomProblem({
        ...{ T: 7, B: 3, O: 5, outputActivation: 'softmax', loss: 'crossEntropy', seed: 62 },
      });
      await expectLike(problem, ADAM);
      const { T, B, I, O } = problem;
      await expectLike(problem, ADAM, {}, (update) => ({
        inputs: Float64Array.from({ length: T * B * I }, (_, i) => gaussian(3, 1, i, update)),
        targets: {
          kind: 'class',
          indices: Int32Array.from({ length: T * B }, (_, i) => (i * 7 + update * 3) % O),
        },
      }));
    });

    it('random links are drawn anew for every update, the first as the page shows', async () => {
      const redraw = { keep: 0.6, seed: 11 };
      await expectLike(SMALL, SGD, { redraw });
      const windowed = { ...SMALL, window: { depth: 4, every: 2 } };
      await expectLike(windowed, SGD, { redraw });
      await expectLike(SMALL, SGD, { redraw }, fresh(SMALL));
    });
  });
}
