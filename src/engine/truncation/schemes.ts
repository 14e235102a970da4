import type { Analyses } from '../../model/analyses';
import type { TruncatedArray } from '../../model/truncationAnalyses';
import { linksOf, lossWindows, windowsOf } from '../../model/links';
import type { Problem } from '../../model/problem';
import { tensorToFloat64 } from '../../model/scaled';
import { randomLinks, withoutTruncation, withTruncation } from '../../model/truncation';
import type { ScaledValues } from '../../reference/scaling';
import type { Pacer } from '../shared/pacer';
import { comparison, deviation, projection, ScaledMoments } from './compare';
import { logSpaced, requireWork } from './guard';
import { basePass, costOfPass, parameterOf, sendBack, totals, type BasePass } from './sendBack';

type Progress = (done: number) => void;

/** Draws of a random scheme unless the request says otherwise. */
const DEFAULT_SAMPLES = 256;

const SHORTER = 'choose fewer steps or units, or a window that goes back less often';

const wholeWindow = ({ T }: Problem) => windowsOf({ T });

/** ∂L/∂W_h of the problem with its own truncation. */
async function gradientOf(base: BasePass, problem: Problem, pacer: Pacer): Promise<ScaledValues> {
  const gradients = await sendBack(base, linksOf(problem), lossWindows(problem), pacer);
  return gradients.sums.dWh.total();
}

/**
 * ∂L/∂W_h under the scheme beside the full gradient: that of the problem without its cuts, factors and
 * window, but with its resets. Rejects with 'too-large'.
 */
export async function compareScheme(
  problem: Problem,
  { scheme, samples = DEFAULT_SAMPLES }: Analyses['truncation']['request'],
  pacer: Pacer,
  onProgress: Progress,
): Promise<Analyses['truncation']['value']> {
  const full = withoutTruncation(problem);
  if (scheme.kind === 'random') {
    requireDraws(full, samples);
    const moments = new ScaledMoments(problem.H ** 2);
    const fullGradient = await draw(full, scheme, samples, pacer, onProgress, (gradient) =>
      moments.add(gradient),
    );
    const mean = moments.mean();
    return {
      ...deviation(mean, fullGradient),
      mean: tensorToFloat64(mean),
      sd: tensorToFloat64(moments.sd()),
    };
  }
  const truncated = withTruncation(problem, scheme);
  const steps = lossWindows(truncated).reduce((sum, { first, to }) => sum + to - first + 1, 0);
  requireWork(full, costOfPass({ ...full, T: steps + 2 * full.T }), SHORTER);
  const base = basePass(full);
  const fullGradient = await gradientOf(base, full, pacer);
  onProgress(0.5);
  const own = scheme.kind === 'reset' ? basePass(truncated) : base;
  return deviation(await gradientOf(own, truncated, pacer), fullGradient);
}

/**
 * The gradients as the problem's own truncation has them, beside those of the same network with
 * nothing in the way: no cuts, factors, windows or resets. Rejects with 'too-large'.
 */
export async function truncationNow(
  problem: Problem,
  pacer: Pacer,
  onProgress: Progress,
): Promise<Analyses['truncationNow']['value']> {
  const full = { ...withoutTruncation(problem), resets: [] };
  const steps = lossWindows(problem).reduce((sum, { first, to }) => sum + to - first + 1, 0);
  requireWork(full, costOfPass({ ...full, T: steps + 2 * full.T }), SHORTER);
  const base = basePass(full);
  const exact = totals(await sendBack(base, linksOf(full), lossWindows(full), pacer));
  onProgress(0.5);
  const own = problem.resets?.length ? basePass(problem) : base;
  const truncated = totals(await sendBack(own, linksOf(problem), lossWindows(problem), pacer));
  const compare = (key: TruncatedArray) =>
    comparison(truncated[key], exact[key], parameterOf(problem, key));
  return { dWh: compare('dWh'), dWx: compare('dWx'), db: compare('db'), dh0: compare('dh0') };
}

function requireDraws(problem: Problem, samples: number): void {
  requireWork(problem, costOfPass(problem) * samples, 'choose fewer samples, steps or units');
}

/** Hands every draw's ∂L/∂W_h to `take`; resolves to the full gradient, which comes first. */
async function draw(
  full: Problem,
  scheme: { readonly keep: number; readonly seed: number },
  samples: number,
  pacer: Pacer,
  onProgress: Progress,
  take: (gradient: ScaledValues, full: ScaledValues, count: number) => void,
): Promise<ScaledValues> {
  const base = basePass(full);
  const fullGradient = await gradientOf(base, full, pacer);
  const whole = wholeWindow(full);
  for (let sample = 0; sample < samples; sample++) {
    const links = linksOf({ ...full, linkFactors: randomLinks(scheme, full.T, sample) });
    const { sums } = await sendBack(base, links, whole, pacer);
    take(sums.dWh.total(), fullGradient, sample + 1);
    onProgress((sample + 1) / samples);
  }
  return fullGradient;
}

/** How the mean of random draws comes to the full gradient. Rejects with 'too-large'. */
export async function convergence(
  problem: Problem,
  { keep, seed, samples, points }: Analyses['truncationSamples']['request'],
  pacer: Pacer,
  onProgress: Progress,
): Promise<Analyses['truncationSamples']['value']> {
  const full = withoutTruncation(problem);
  requireDraws(full, samples);
  const counts = Int32Array.from(logSpaced(samples, points));
  const empty = () => new Float64Array(counts.length);
  const value = { counts, relativeError: empty(), cosine: empty(), mean: empty(), sd: empty() };
  const moments = new ScaledMoments(problem.H ** 2);
  let mean = 0;
  let squares = 0;
  let shown = 0;
  await draw(full, { keep, seed }, samples, pacer, onProgress, (gradient, fullGradient, count) => {
    moments.add(gradient);
    const along = projection(gradient, fullGradient);
    const before = along - mean;
    mean += before / count;
    squares += before * (along - mean);
    if (count !== counts[shown]) return;
    const { cosine, relativeError } = deviation(moments.mean(), fullGradient);
    value.cosine[shown] = cosine;
    value.relativeError[shown] = relativeError;
    value.mean[shown] = mean;
    value.sd[shown] = count < 2 ? NaN : Math.sqrt(squares / (count - 1));
    shown++;
  });
  return value;
}
