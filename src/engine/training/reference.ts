import {
  byParameter,
  momentsOf,
  PARAMETER_NAMES,
  type ByParameter,
  type Moment,
  type Moments,
  type Optimizer,
} from '../../model/optimizer';
import type { Problem } from '../../model/problem';
import { log2NormOfTensor } from '../../model/scaled';
import { TRAINING_LIMIT, type TrainingState } from '../../model/training';
import { updated, type Trained } from '../../reference/optimizers';
import { referencePass } from '../../reference/pass';
import type { Trainer } from '../interface';
import { gradientsOf } from './gradients';
import type { Stepper } from './stepper';
import { StepwiseTraining } from './stepwiseTraining';

/** Trains in float64 by PyTorch's formulas as they stand: the oracle the engines are compared with. */
export function createReferenceTrainer(): Trainer {
  return {
    kind: 'reference',
    // eslint-disable-next-line @typescript-eslint/require-await -- failures must reject, not throw
    async train(problem, plan, options = {}) {
      const stepper = referenceStepper(problem, plan.optimizer, options.from);
      return new StepwiseTraining('reference', problem, plan, stepper, options, () => undefined);
    },
  };
}

function referenceStepper(problem: Problem, optimizer: Optimizer, from?: TrainingState): Stepper {
  let trained = from
    ? trainedFrom(optimizer, from)
    : byParameter((name) => ({ theta: Float64Array.from(problem.parameters[name]) }));
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- a pass of the reference is one piece
    async pass(own) {
      const pass = referencePass(own);
      const loss = pass.stepLosses.reduce((sum, l) => sum + l, 0);
      return { loss, overflowAt: pass.overflowAt, gradients: gradientsOf(pass) };
    },
    update(gradients, t) {
      const next = byParameter((name) => updated(optimizer, trained[name], gradients[name], t));
      const isWithin = (v: number) => Math.abs(v) <= TRAINING_LIMIT;
      if (!PARAMETER_NAMES.every((name) => next[name].theta.every(isWithin))) return null;
      const before = trained;
      trained = next;
      return {
        log2Weights: byParameter((name) => log2Norm(before[name].theta)),
        log2Updates: byParameter((name) => {
          const old = before[name].theta;
          return log2Norm(next[name].theta.map((v, i) => v - old[i]!));
        }),
      };
    },
    parameters: () => byParameter((name) => trained[name].theta),
    moments: () => momentsFrom(optimizer, trained),
  };
}

function log2Norm(mantissas: Float64Array): number {
  return log2NormOfTensor({ mantissas, exponent: 0 });
}

/** The state every engine understands keeps roots; centred RMSprop's is √(v − ḡ²). */
function momentsFrom(optimizer: Optimizer, trained: ByParameter<Trained>): Moments {
  const centred = optimizer.kind === 'rmsprop' && optimizer.centered;
  const valueOf = (moment: Moment, own: Trained): Float64Array => {
    const { theta, velocity, mean, meanSquare, largestMeanSquare } = own;
    const before = () => new Float64Array(theta.length);
    switch (moment) {
      case 'velocity':
        return velocity ?? before();
      case 'mean':
        return mean ?? before();
      case 'rms':
        return (meanSquare ?? before()).map((v, i) =>
          Math.sqrt(centred ? Math.max(0, v - (mean?.[i] ?? 0) ** 2) : v),
        );
      case 'largestRms':
        return (largestMeanSquare ?? before()).map(Math.sqrt);
    }
  };
  const entries = momentsOf(optimizer).map((moment) => [
    moment,
    byParameter((name) => valueOf(moment, trained[name])),
  ]);
  return Object.fromEntries(entries) as Moments;
}

function trainedFrom(optimizer: Optimizer, { step, parameters, moments }: TrainingState) {
  const centred = optimizer.kind === 'rmsprop' && optimizer.centered;
  return byParameter((name): Trained => {
    const theta = Float64Array.from(parameters[name]);
    if (step === 0) return { theta };
    const { velocity, mean, rms, largestRms } = moments;
    return {
      theta,
      ...(velocity && { velocity: Float64Array.from(velocity[name]) }),
      ...(mean && { mean: Float64Array.from(mean[name]) }),
      ...(rms && {
        meanSquare: Float64Array.from(
          rms[name],
          (r, i) => r * r + (centred && mean ? mean[name][i]! ** 2 : 0),
        ),
      }),
      ...(largestRms && { largestMeanSquare: Float64Array.from(largestRms[name], (r) => r * r) }),
    };
  });
}
