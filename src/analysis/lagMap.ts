/**
 * Quantities read off a lag map: row s, column k (from 0 for step 1) of [T·T] holds
 * log2 ‖∂(w_s ℓ_s)/∂h_k‖_F (see Run.lagMap).
 */

/** log2 Σ 2^v, far outside float range; −Infinity for nothing. */
function log2Sum(values: readonly number[]): number {
  const top = values.reduce((most, v) => Math.max(most, v), -Infinity);
  if (!Number.isFinite(top)) return top;
  return top + Math.log2(values.reduce((sum, v) => sum + 2 ** (v - top), 0));
}

export interface LagCurve {
  /** log2 of the root mean square over s of ‖∂ℓ_s/∂h_{s−lag}‖, of the steps that have both; [T] */
  readonly log2Mean: Float64Array;
  /** Part of the sum over all s and lags of ‖∂ℓ_s/∂h_{s−lag}‖ that lies at this lag or less; [T], 0…1 */
  readonly cumulative: Float64Array;
}

/**
 * How much gradient reaches back how far: by lag = s − k, 0…T − 1. Rows of NaN (after a stop) are
 * passed over. `cumulative` is NaN when no loss has a gradient.
 */
export function lagCurve(log2Norms: Float64Array, T: number): LagCurve {
  const log2Mean = new Float64Array(T);
  const log2Totals: number[] = [];
  for (let lag = 0; lag < T; lag++) {
    const norms: number[] = [];
    for (let s = lag; s < T; s++) {
      const v = log2Norms[s * T + s - lag]!;
      if (!Number.isNaN(v)) norms.push(v);
    }
    log2Mean[lag] =
      norms.length === 0 ? NaN : 0.5 * (log2Sum(norms.map((v) => 2 * v)) - Math.log2(norms.length));
    log2Totals.push(log2Sum(norms));
  }
  const all = log2Sum(log2Totals);
  const cumulative = new Float64Array(T).fill(NaN);
  if (all === -Infinity) return { log2Mean, cumulative };
  let sum = 0;
  for (let lag = 0; lag < T; lag++) {
    sum += 2 ** (log2Totals[lag]! - all);
    cumulative[lag] = Math.min(1, sum);
  }
  return { log2Mean, cumulative };
}

/** The least lag within which `share` (0…1) of the summed gradient norms lies; null without any. */
export function lagHolding(curve: LagCurve, share: number): number | null {
  const lag = curve.cumulative.findIndex((v) => v >= share);
  return lag < 0 ? null : lag;
}
