import type { Result } from '../../state/types';

/** TEMPORARY local adapter */
export interface Flow {
  readonly regime: 'vanishing' | 'stable' | 'exploding' | 'overflow' | 'zero' | 'unmeasured';
  readonly log2Factor: number | null;
  readonly cutAt: number | null;
  readonly gammaSigma: number | null;
}
const flows = new WeakMap<object, Flow>();
export function flowOf(result: Result): Flow {
  const found = flows.get(result.summary);
  if (found) return found;
  const series = result.summary.series.log2StateGradient;
  const T = result.problem.T;
  const cuts = result.problem.cuts;
  const cutAt = cuts.length ? cuts[cuts.length - 1]! : null;
  const from = cutAt ?? 1;
  let n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (let t = from; t <= T; t++) {
    const y = series[t - 1]!;
    if (!Number.isFinite(y)) continue;
    const x = T - t;
    n++; sx += x; sy += y; sxx += x * x; sxy += x * y;
  }
  const slope = n > 1 ? (n * sxy - sx * sy) / (n * sxx - sx * sx) : null;
  const flow: Flow = {
    regime: result.summary.overflowAt !== null ? 'overflow' : slope === null ? (n === 0 ? 'zero' : 'unmeasured') : slope < -0.02 ? 'vanishing' : slope > 0.02 ? 'exploding' : 'stable',
    log2Factor: slope, cutAt, gammaSigma: 0.95,
  };
  flows.set(result.summary, flow);
  return flow;
}
export function boundOf(result: Result): { readonly log2At: Float64Array } | null {
  const series = result.summary.series.log2StateGradient;
  const T = result.problem.T;
  const out = new Float64Array(T);
  for (let t = 1; t <= T; t++) out[t - 1] = series[T - 1]! + (T - t) * Math.log2(0.95);
  return { log2At: out };
}
const bands = [
  { kind: 'below', format: 'float16', low: -1e9, high: Math.log10(2 ** -14) },
  { kind: 'below', format: 'float32', low: -1e9, high: Math.log10(2 ** -126) },
  { kind: 'above', format: 'float16', low: Math.log10(65504), high: 1e9 },
  { kind: 'above', format: 'float32', low: Math.log10(3.4e38), high: 1e9 },
] as const;
export function formatBands(): readonly { kind: 'below' | 'above'; format: string; low: number; high: number }[] {
  return bands;
}
