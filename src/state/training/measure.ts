import { gradientFlow, measuredOnUnitError } from '../../analysis/gradientFlow';
import { spectrum } from '../../analysis/spectrum';
import type { EngineClient } from '../../engine/client';
import { BpttError } from '../../model/errors';
import type { Problem } from '../../model/problem';
import type { Measurement } from './trainingRun';

/** Most bins of a lag profile: rows of the picture. */
const MOST_BINS = 64;

/** W_h up to here is decomposed on the spot, in a few milliseconds; the worker may be busy. */
const AT_ONCE = 40;

export type MeasuringClient = Pick<EngineClient, 'series' | 'analyze'>;

/**
 * One network's ρ(W_h), what an error is multiplied by per step back, and how much of it is left at
 * every lag, as in the verdict: of the gradient itself where one loss feeds it, else of a unit error.
 */
export async function measureNetwork(
  client: MeasuringClient,
  problem: Problem,
  signal: AbortSignal,
): Promise<Measurement> {
  const { summary } = await client.series(problem, { columns: 1, batchEntry: 0 }, { signal });
  let flow = gradientFlow(summary, problem);
  let norms = summary.series.log2StateGradient;
  if (flow.measuredOn === 'unitError' && flow.to >= 1) {
    const request = { kind: 'unitError', from: flow.to, batchEntry: 0 } as const;
    norms = (await client.analyze(problem, request, { signal })).log2Norm;
    flow = measuredOnUnitError(flow, norms);
  }
  return {
    spectralRadius: await spectralRadius(client, problem, signal),
    factor: flow.factor,
    lags: flow.to,
    log2ByLag: lagProfile(norms, flow.to),
  };
}

async function spectralRadius(
  client: MeasuringClient,
  problem: Problem,
  signal: AbortSignal,
): Promise<number> {
  if (problem.H <= AT_ONCE) {
    return (await spectrum(problem.parameters.recurrentWeights, problem.H)).spectralRadius;
  }
  try {
    const { eigenvalues } = await client.analyze(problem, { kind: 'spectrum' }, { signal });
    return eigenvalues[0] === undefined ? NaN : Math.hypot(...eigenvalues[0]);
  } catch (error) {
    // Too large for the CPU: the other numbers are worth having without it.
    if (error instanceof BpttError && error.code !== 'aborted') return NaN;
    throw error;
  }
}

/** @param norms log2 per step [T] @param to the step the error sets out from */
export function lagProfile(norms: Float64Array, to: number): Float32Array {
  const bins = Math.min(MOST_BINS, to);
  const start = norms[to - 1] ?? NaN;
  return Float32Array.from({ length: bins }, (_, bin) => {
    let most = NaN;
    const end = Math.floor(((bin + 1) * to) / bins);
    for (let lag = Math.floor((bin * to) / bins); lag < end; lag++) {
      const value = norms[to - 1 - lag]! - start;
      if (!(value <= most)) most = value;
    }
    return most;
  });
}
