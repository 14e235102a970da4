import type { RunSummary } from '../engine/interface';
import { MAXIMUM_SLOPE } from '../model/kinds';
import { firstReached, linksOf } from '../model/links';
import type { Problem } from '../model/problem';
import { FLOAT_FORMATS, leavesFormat, type FloatFormat, type FormatExit } from './floatFormats';
import { largestSingularValue } from './largestSingularValue';

/**
 * What becomes of an error on its way back from the end (or from the overflow) to the nearest cut,
 * reset or link of factor 0, or to where the last window ends.
 * - overflow: the state overflowed; the factor is that of the steps before it.
 * - zero: nothing arrives at the start of the stretch, exactly (dead units, no loss).
 * - stable: within STABLE_FACTOR of 1 per step and less than STABLE_CHANGE over the whole stretch,
 *   or a stretch without a factor.
 */
type FlowKind = 'vanishing' | 'stable' | 'exploding' | 'overflow' | 'zero';

/** |r − 1| up to which a stretch can count as stable … */
const STABLE_FACTOR = 0.005;
/** … as long as r to the length of the stretch stays within this factor either way. */
const STABLE_CHANGE = 10;

/** The factor per step back, and what it means. */
interface FlowMeasure {
  readonly kind: FlowKind;
  /** r: what the norm is multiplied by per step back; null with fewer than two finite norms */
  readonly factor: number | null;
  /** Steps back until half is left, when r < 1 */
  readonly halfLife: number | null;
  /** Steps back until it has doubled, when r > 1 */
  readonly doublingTime: number | null;
  /** The latest step ≤ to whose norm is exactly 0 although a later one is not; null if none */
  readonly zeroAt: number | null;
}

export interface GradientFlow extends FlowMeasure {
  /**
   * Where one loss feeds the stretch, r is the slope of ln‖∂L/∂h_t‖ itself. Where the loss sits at
   * many steps, each adds its own error and hides the decay of the others: there r is that of a unit
   * error sent back from `to`, with nothing added on the way, and null until that is given. So it is
   * where links are scaled up (a random scheme's 1/p), which is no decay of the network's.
   */
  readonly measuredOn: 'gradient' | 'unitError';
  /** Whether links of the stretch are scaled up */
  readonly hasScaledLinks: boolean;
  /** First step whose state overflowed */
  readonly overflowAt: number | null;
  /** Some loss lies at or after the overflow: the total is not that of the whole sequence. */
  readonly missesLosses: boolean;
  /** The step before which nothing passes that is nearest to the end: the stretch begins there */
  readonly lastCut: number | null;
  /** The stretch of steps the factor is measured on */
  readonly from: number;
  readonly to: number;
  /** Where each plain float format would have failed */
  readonly formats: Readonly<Record<FloatFormat, FormatExit>>;
  readonly bound: GradientBound;
}

interface GradientBound {
  /** γ σ_max(W_h), the most one step back can multiply by */
  readonly factor: number;
  /** γ, the greatest |f′| there is */
  readonly greatestSlope: number;
  /** σ_max(W_h) */
  readonly largestSingularValue: number;
  /** log2(γ σ_max)·(t₀ − t) + log2‖e_t₀‖ per step [T]; NaN outside the stretch */
  readonly log2: Float64Array;
  /**
   * True when no loss before t₀ feeds the stretch and no link of it is scaled up: only then is it a
   * bound on ‖e_t‖ itself.
   */
  readonly holds: boolean;
}

/**
 * The verdict on a run. `unitError`: log2 norms per step [T] of a unit error sent back from the end
 * of the stretch (`to`), which a flow with `measuredOn` 'unitError' needs for its factor.
 */
export function gradientFlow(
  summary: RunSummary,
  problem: Problem,
  unitError: Float64Array | null = null,
): GradientFlow {
  const { overflowAt, series } = summary;
  const norms = series.log2StateGradient;
  const to = overflowAt === null ? problem.T : overflowAt - 1;
  const links = linksOf(problem);
  const lastCut = lastEnd(problem, links, to);
  const from = lastCut ?? 1;
  const bound = boundOf(problem, links, norms, from, to);
  const isFedOnce = bound.holds || !isFed(norms, from, to);
  const flow: GradientFlow = {
    ...measure(isFedOnce ? norms : NOTHING, from, to, overflowAt),
    measuredOn: isFedOnce ? 'gradient' : 'unitError',
    hasScaledLinks: links.subarray(from, to).some((link) => link > 1),
    overflowAt,
    missesLosses: missesLosses(problem, overflowAt),
    lastCut,
    from,
    to,
    formats: formatExits(norms, to),
    bound,
  };
  return unitError === null ? flow : measuredOnUnitError(flow, unitError);
}

/** The same flow with the factor of a unit error sent back from `to`, where it is measured on one. */
export function measuredOnUnitError(flow: GradientFlow, unitError: Float64Array): GradientFlow {
  if (flow.measuredOn === 'gradient') return flow;
  return { ...flow, ...measure(unitError, flow.from, flow.to, flow.overflowAt) };
}

/** Whether a loss of the problem lies where the state has already overflowed. */
export function missesLosses({ lossWeights }: Problem, overflowAt: number | null): boolean {
  return overflowAt !== null && lossWeights.subarray(overflowAt - 1).some((w) => w !== 0);
}

/** No norms at all: no factor. */
const NOTHING = new Float64Array(0);

function isFed(norms: Float64Array, from: number, to: number): boolean {
  return norms.subarray(from - 1, Math.max(from - 1, to)).some((v) => Number.isFinite(v));
}

/** `norms`: log2 per step; `from`…`to` the stretch. */
function measure(
  norms: Float64Array,
  from: number,
  to: number,
  overflowAt: number | null,
): FlowMeasure {
  const slope = slopePerStepBack(norms, from, to);
  const logFactor = slope === null ? null : slope * Math.LN2;
  return {
    kind: kindOf(norms, from, to, overflowAt, logFactor),
    factor: logFactor === null ? null : Math.exp(logFactor),
    halfLife: logFactor !== null && logFactor < 0 ? -Math.LN2 / logFactor : null,
    doublingTime: logFactor !== null && logFactor > 0 ? Math.LN2 / logFactor : null,
    zeroAt: latestZero(norms, from, to),
  };
}

/** The last step up to `to` from which nothing is passed on; null when that is none but step 1. */
function lastEnd(problem: Problem, links: Float64Array, to: number): number | null {
  const ofWindow = to >= 1 ? firstReached(problem, to) : 1;
  for (let t = to; t >= 1; t--) {
    if (links[t - 1] === 0 || (t === ofWindow && t > 1)) return t;
  }
  return null;
}

/** Least-squares slope of log2 norms against to − t, over the finite norms only. */
function slopePerStepBack(norms: Float64Array, from: number, to: number): number | null {
  let count = 0;
  let meanDistance = 0;
  let meanNorm = 0;
  for (let t = from; t <= to; t++) {
    if (!Number.isFinite(norms[t - 1]!)) continue;
    count++;
    meanDistance += to - t;
    meanNorm += norms[t - 1]!;
  }
  if (count < 2) return null;
  meanDistance /= count;
  meanNorm /= count;
  let covariance = 0;
  let variance = 0;
  for (let t = from; t <= to; t++) {
    if (!Number.isFinite(norms[t - 1]!)) continue;
    const d = to - t - meanDistance;
    covariance += d * (norms[t - 1]! - meanNorm);
    variance += d * d;
  }
  return covariance / variance;
}

function kindOf(
  norms: Float64Array,
  from: number,
  to: number,
  overflowAt: number | null,
  logFactor: number | null,
): FlowKind {
  if (overflowAt !== null) return 'overflow';
  if (norms[from - 1] === -Infinity) return 'zero';
  if (logFactor === null) return 'stable';
  const nearOne = Math.abs(Math.exp(logFactor) - 1) < STABLE_FACTOR;
  const littleChange = Math.abs(logFactor) * (to - from) < Math.log(STABLE_CHANGE);
  if (nearOne && littleChange) return 'stable';
  return logFactor < 0 ? 'vanishing' : 'exploding';
}

function latestZero(norms: Float64Array, from: number, to: number): number | null {
  let reached = false;
  for (let t = to; t >= from; t--) {
    if (norms[t - 1]! > -Infinity) reached = true;
    else if (reached && norms[t - 1] === -Infinity) return t;
  }
  return null;
}

function formatExits(norms: Float64Array, to: number): Record<FloatFormat, FormatExit> {
  const exit = (format: FloatFormat) => leavesFormat(norms, to, FLOAT_FORMATS[format]);
  return { float16: exit('float16'), bfloat16: exit('bfloat16'), float32: exit('float32') };
}

/** ‖e_t‖ ≤ (γ σ_max)^(t₀−t) ‖e_t₀‖ from t₀, the last step with a gradient (Pascanu et al. 2013). */
function boundOf(
  problem: Problem,
  links: Float64Array,
  norms: Float64Array,
  from: number,
  to: number,
): GradientBound {
  const { H, T, activation, parameters, lossWeights } = problem;
  const greatestSlope = MAXIMUM_SLOPE[activation];
  const sigma = largestSingularValue(parameters.recurrentWeights, H);
  const factor = greatestSlope * sigma;
  const log2 = new Float64Array(T).fill(NaN);
  let start = to;
  while (start >= from && !Number.isFinite(norms[start - 1]!)) start--;
  let holds = start >= from;
  for (let t = start; t >= from; t--) {
    // 0 · log2 0 is the first step's own norm, not NaN.
    log2[t - 1] = norms[start - 1]! + (t === start ? 0 : (start - t) * Math.log2(factor));
    if (t < start && (lossWeights[t - 1] !== 0 || links[t]! > 1)) holds = false;
  }
  return { factor, greatestSlope, largestSingularValue: sigma, log2, holds };
}
