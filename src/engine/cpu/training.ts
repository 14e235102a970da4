import {
  byParameter,
  momentsOf,
  PARAMETER_NAMES,
  updateScalars,
  type ByParameter,
  type Moment,
  type Moments,
  type Optimizer,
} from '../../model/optimizer';
import type { Problem } from '../../model/problem';
import { log2NormOfTensor } from '../../model/scaled';
import { TRAINING_LIMIT, type TrainingState } from '../../model/training';
import { gradientsOf } from '../training/gradients';
import type { Stepper } from '../training/stepper';
import { updateInto, type CpuTrained } from './optimizer';
import { corePass } from './pass';
import { allocateTensors, requireFit, type CpuTensors } from './tensors';

/** A training step on the CPU engine. Throws BpttError 'too-large' before anything is allocated. */
export function cpuStepper(problem: Problem, optimizer: Optimizer, from?: TrainingState): Stepper {
  requireFit(problem);
  const tensors = allocateTensors(problem);
  // Two sets, so that an update that fails leaves the present one as it is.
  let present = initial(problem, optimizer, from);
  let spare = initial(problem, optimizer, from);
  return {
    async pass(own, pacer) {
      const core = await corePass(own, withInputs(tensors, own), pacer);
      let loss = 0;
      for (let t = 0; t < core.lastStep; t++) loss += tensors.stepLosses[t]!;
      return { loss, overflowAt: core.overflowAt, gradients: gradientsOf(core.gradients) };
    },
    update(gradients, t) {
      const scalars = updateScalars(optimizer, t);
      for (const name of PARAMETER_NAMES) {
        updateInto(optimizer, scalars, t === 1, present[name], gradients[name], spare[name]);
      }
      if (!PARAMETER_NAMES.every((name) => isWithinFloat32(spare[name].theta))) return null;
      const before = present;
      present = spare;
      spare = before;
      return {
        log2Weights: byParameter((name) => log2Norm(before[name].theta)),
        log2Updates: byParameter((name) =>
          log2NormOfDifference(present[name].theta, before[name].theta),
        ),
      };
    },
    parameters: () => byParameter((name) => present[name].theta.slice()),
    moments: () => {
      const entries = momentsOf(optimizer).map((moment) => [
        moment,
        byParameter((name) => present[name][moment].slice()),
      ]);
      return Object.fromEntries(entries) as Moments;
    },
  };
}

function initial(
  { parameters }: Problem,
  optimizer: Optimizer,
  from: TrainingState | undefined,
): ByParameter<CpuTrained> {
  const kept = momentsOf(optimizer);
  return byParameter((name) => {
    const theta = Float32Array.from((from?.parameters ?? parameters)[name]);
    const moment = (which: Moment): Float64Array => {
      if (!kept.includes(which)) return new Float64Array(0);
      const before = from?.moments[which]?.[name];
      return before ? Float64Array.from(before) : new Float64Array(theta.length);
    };
    return {
      theta,
      velocity: moment('velocity'),
      mean: moment('mean'),
      rms: moment('rms'),
      largestRms: moment('largestRms'),
    };
  });
}

/** The same buffers with the inputs of a fresh batch. */
function withInputs(tensors: CpuTensors, { inputs }: Problem): CpuTensors {
  if (inputs === tensors.inputs) return tensors;
  return { ...tensors, inputs: inputs instanceof Float32Array ? inputs : new Float32Array(inputs) };
}

function isWithinFloat32(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) {
    if (!(Math.abs(values[i]!) <= TRAINING_LIMIT)) return false;
  }
  return true;
}

function log2Norm(mantissas: Float32Array): number {
  return log2NormOfTensor({ mantissas, exponent: 0 });
}

function log2NormOfDifference(u: Float32Array, v: Float32Array): number {
  const mantissas = new Float64Array(u.length);
  for (let i = 0; i < u.length; i++) mantissas[i] = u[i]! - v[i]!;
  return log2NormOfTensor({ mantissas, exponent: 0 });
}
