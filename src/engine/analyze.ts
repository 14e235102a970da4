import { log2SingularValuesOfStep, JacobianProduct, unitErrorSentBack } from '../analysis/jacobian';
import { LyapunovExponents, meanLogDeterminant } from '../analysis/lyapunov';
import { criticalPoint, meanField, type Nonlinearity } from '../analysis/meanField';
import { saturation } from '../analysis/saturation';
import { spectrum } from '../analysis/spectrum';
import { jacobianSlopes, type Trajectory } from '../analysis/trajectory';
import type {
  Analyses,
  AnalysisKind,
  AnalysisRequest,
  AnalysisValue,
  LyapunovPath,
  SingularValuesThroughTime,
} from '../model/analyses';
import { MOST_SAMPLES } from '../model/analysisRequest';
import { LIMITS } from '../model/configuration';
import { BpttError } from '../model/errors';
import type { Activation } from '../model/kinds';
import { firstReached, linksOf } from '../model/links';
import type { Problem } from '../model/problem';
import { activate, slope } from '../reference/activations';
import { lagIdentity } from './lagIdentity';
import { withRun, type RunContext } from './ownRun';
import { Pacer } from './shared/pacer';
import { referenceTrajectory } from './trajectory';
import { compareScheme, convergence, truncationNow } from './truncation/schemes';
import { truncationSweep } from './truncation/sweep';

export interface AnalysisContext extends RunContext {
  /** Takes the part that is done, 0…1. */
  readonly onProgress: (done: number) => void;
}

type Handlers = {
  [K in AnalysisKind]: (
    problem: Problem,
    request: Analyses[K]['request'],
    context: AnalysisContext,
  ) => Promise<Analyses[K]['value']>;
};

const HANDLERS: Handlers = {
  lag: (problem, _, context) =>
    withRun(problem, context, async (run) => ({ log2Norm: await run.lagMap(context) })),

  contributions: (problem, _, context) =>
    withRun(problem, context, (run) => ({ byStep: run.summary.series.log2Contribution })),

  async jacobian(problem, { from, to }, context) {
    const request = { kind: 'singularValues', from, to, points: 1, batchEntry: 0 } as const;
    const { log2Product } = await singularValues(problem, request, context, false);
    return { log2SingularValues: log2Product };
  },

  singularValues: (problem, request, context) => singularValues(problem, request, context, true),

  async lyapunov(problem, { skip = 0 }, context) {
    const request = { skip, count: problem.H, points: 1, batchEntry: 0 };
    const { exponents } = await lyapunovPath(problem, request, context);
    return { exponents };
  },

  lyapunovPath,

  async saturation(problem, { batchEntry, bins, ...window }, context) {
    requireWhole('bins', bins, 1, 1000);
    requireWhole('columns', window.columns, 1, 10_000);
    requireWhole('from', window.from, 1, problem.T);
    requireWhole('to', window.to, window.from, problem.T);
    const trajectory = await trajectoryOf(problem, batchEntry, context);
    return saturation(trajectory, problem.activation, window, bins);
  },

  async unitError(problem, { from, batchEntry }, context) {
    requireWhole('from', from, 1, problem.T);
    const trajectory = await trajectoryOf(problem, batchEntry, context);
    requireReached('from', from, trajectory);
    const log2Norm = new Float64Array(problem.T).fill(NaN);
    const first = firstReached(problem, from);
    log2Norm.set(unitErrorSentBack(trajectory, from, linksOf(problem), first));
    return { log2Norm };
  },

  lagIdentity: (problem, _, { signal, onProgress }) =>
    lagIdentity(problem, new Pacer(signal), onProgress),

  async truncation(problem, request, { signal, onProgress }) {
    if (request.samples !== undefined) requireWhole('samples', request.samples, 1, MOST_SAMPLES);
    return compareScheme(problem, request, new Pacer(signal), onProgress);
  },

  truncationNow: (problem, _, { signal, onProgress }) =>
    truncationNow(problem, new Pacer(signal), onProgress),

  async truncationSweep(problem, request, { signal, onProgress }) {
    requireWhole('every', request.every, 1, LIMITS.T.most);
    requireWhole('points', request.points, 1, 10_000);
    return truncationSweep(problem, request, new Pacer(signal), onProgress);
  },

  async truncationSamples(problem, request, { signal, onProgress }) {
    requireWhole('samples', request.samples, 1, MOST_SAMPLES);
    requireWhole('points', request.points, 1, 10_000);
    return convergence(problem, request, new Pacer(signal), onProgress);
  },

  async spectrum({ parameters, H }) {
    const { eigenvalues, singularValues } = await spectrum(parameters.recurrentWeights, H);
    return { eigenvalues, singularValues };
  },

  // eslint-disable-next-line @typescript-eslint/require-await -- failures must reject, not throw
  async meanField(_, { activation, sigmaW, sigmaB }) {
    return meanField(nonlinearity(activation), sigmaW, sigmaB);
  },

  // eslint-disable-next-line @typescript-eslint/require-await -- failures must reject, not throw
  async criticalPoint(_, { activation, sigmaB }) {
    return criticalPoint(nonlinearity(activation), sigmaB);
  },
};

/**
 * Answers one request (contract: docs/console-api.md). Rejects with BpttError 'invalid-request',
 * 'too-large', 'aborted', or what a run rejects with. Long work lets the event loop turn.
 */
export function analyze<R extends AnalysisRequest>(
  problem: Problem,
  request: R,
  context: AnalysisContext,
): Promise<AnalysisValue<R>> {
  const handler = HANDLERS[request.kind] as (
    problem: Problem,
    request: R,
    context: AnalysisContext,
  ) => Promise<AnalysisValue<R>>;
  return handler(problem, request, context);
}

function nonlinearity(activation: Activation): Nonlinearity {
  return {
    activation,
    f: (a) => activate(activation, a),
    slope: (a) => slope(activation, a),
  };
}

function trajectoryOf(
  problem: Problem,
  batchEntry: number,
  { signal }: AnalysisContext,
): Promise<Trajectory> {
  requireWhole('batchEntry', batchEntry, 0, problem.B - 1);
  return referenceTrajectory(problem, batchEntry, new Pacer(signal));
}

async function singularValues(
  problem: Problem,
  request: Omit<Analyses['singularValues']['request'], 'kind'>,
  context: AnalysisContext,
  withSteps: boolean,
): Promise<SingularValuesThroughTime> {
  const { from, to, points, batchEntry } = request;
  const { T, H } = problem;
  requireWhole('from', from, 0, T - 1);
  requireWhole('to', to, from + 1, T);
  requireWhole('points', points, 1, 10_000);
  const trajectory = await trajectoryOf(problem, batchEntry, context);
  requireReached('to', to, trajectory);
  const steps = samples(from, to, points);
  const log2Step = new Float64Array(withSteps ? steps.length * H : 0);
  const log2Product = new Float64Array(steps.length * H);
  const product = new JacobianProduct(trajectory.recurrentWeights, H);
  const slopes = jacobianSlopes(trajectory);
  const pacer = new Pacer(context.signal);
  let shown = 0;
  for (let t = from + 1; t <= to; t++) {
    product.multiply(slopes, (t - 1) * H);
    if (t === steps[shown]) {
      log2Product.set(product.log2SingularValues(), shown * H);
      if (withSteps) log2Step.set(log2SingularValuesOfStep(trajectory, t), shown * H);
      shown++;
    }
    if (pacer.spend(5 * H ** 3 + 10 * H)) {
      context.onProgress((t - from) / (to - from));
      await pacer.rest();
    }
  }
  return { steps, H, log2Step, log2Product };
}

async function lyapunovPath(
  problem: Problem,
  request: Omit<Analyses['lyapunovPath']['request'], 'kind'>,
  context: AnalysisContext,
): Promise<LyapunovPath> {
  const { skip, count, points, batchEntry } = request;
  const { T, H } = problem;
  requireWhole('skip', skip, 0, T - 1);
  requireWhole('count', count, 1, H);
  requireWhole('points', points, 1, 10_000);
  const trajectory = await trajectoryOf(problem, batchEntry, context);
  requireReached('skip', skip + 1, trajectory);
  const { steps: last, recurrentWeights } = trajectory;
  const slopes = jacobianSlopes(trajectory);
  const steps = samples(skip, last, points);
  const running = new Float64Array(steps.length * count);
  const exponents = new LyapunovExponents(recurrentWeights, H, count, skip);
  const pacer = new Pacer(context.signal);
  let shown = 0;
  for (let t = 1; t <= last; t++) {
    exponents.advance(slopes, (t - 1) * H);
    if (t === steps[shown]) running.set(exponents.exponents(), count * shown++);
    if (pacer.spend(4 * H * H * count + 10 * H)) {
      context.onProgress(t / last);
      await pacer.rest();
    }
  }
  return {
    exponents: exponents.exponents(),
    steps,
    running,
    meanLogDeterminant: meanLogDeterminant(trajectory, skip),
  };
}

/** At most `points` steps of after + 1 … to, evenly spread, the last of them `to`. */
function samples(after: number, to: number, points: number): Int32Array {
  const count = Math.min(points, to - after);
  return Int32Array.from(
    { length: count },
    (_, i) => after + Math.floor(((i + 1) * (to - after)) / count),
  );
}

function requireWhole(path: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new BpttError(
    'invalid-request',
    path,
    `${path} must be a whole number from ${least} to ${most}, got ${value}`,
    { least, most, got: value },
  );
}

/** A step after an overflow has no Jacobian. */
function requireReached(path: string, step: number, { steps }: Trajectory): void {
  if (step <= steps) return;
  throw new BpttError(
    'invalid-request',
    path,
    `The state overflowed float32 at step ${steps + 1}; there is nothing to analyze from there on. ` +
      `Choose ${path} so that only steps up to ${steps} are needed.`,
    { overflowAt: steps + 1 },
  );
}
