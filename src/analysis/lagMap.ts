/**
 * Quantities read off a lag map: row s, column k (from 0 for step 1) of [T·T] holds
 * log2 ‖∂(w_s ℓ_s)/∂h_k‖_F (see Run.lagMap).
 */

/** log2 Σ 2^v of what was added, far outside float range; −Infinity for nothing. */
class Log2Sum {
  #top = -Infinity;
  #sum = 0;

  add(log2: number): void {
    if (log2 === -Infinity) return;
    if (log2 > this.#top) {
      this.#sum *= 2 ** (this.#top - log2);
      this.#top = log2;
    }
    this.#sum += 2 ** (log2 - this.#top);
  }

  get log2(): number {
    return this.#top === -Infinity ? -Infinity : this.#top + Math.log2(this.#sum);
  }
}

export interface LagCurve {
  /**
   * log2 of the root mean square over s of ‖∂ℓ_s/∂h_{s−lag}‖; [T]. Over the losses that have a
   * gradient at all; −Infinity without any, NaN where every row lies after a stop.
   */
  readonly log2Mean: Float64Array;
  /** Part of the sum over all s and lags of ‖∂ℓ_s/∂h_{s−lag}‖ that lies at this lag or less; [T], 0…1 */
  readonly cumulative: Float64Array;
}

/**
 * How much gradient reaches back how far: by lag = s − k, 0…T − 1. Rows of NaN (after a stop) and
 * rows that begin with an exact zero (no loss there) are passed over. `cumulative` is NaN when no
 * loss has a gradient.
 */
export function lagCurve(log2Norms: Float64Array, T: number): LagCurve {
  const log2Mean = new Float64Array(T);
  const log2Totals = new Float64Array(T);
  const everything = new Log2Sum();
  for (let lag = 0; lag < T; lag++) {
    const total = new Log2Sum();
    const squares = new Log2Sum();
    let rows = 0;
    let hasRow = false;
    for (let s = lag; s < T; s++) {
      const own = log2Norms[s * T + s]!;
      if (Number.isNaN(own)) continue;
      hasRow = true;
      if (own === -Infinity) continue;
      const v = log2Norms[s * T + s - lag]!;
      rows++;
      total.add(v);
      squares.add(2 * v);
    }
    const nothing = hasRow ? -Infinity : NaN;
    log2Mean[lag] = rows === 0 ? nothing : 0.5 * (squares.log2 - Math.log2(rows));
    log2Totals[lag] = total.log2;
    everything.add(total.log2);
  }
  const cumulative = new Float64Array(T).fill(NaN);
  const all = everything.log2;
  if (all === -Infinity) return { log2Mean, cumulative };
  let sum = 0;
  for (let lag = 0; lag < T; lag++) {
    sum += 2 ** (log2Totals[lag]! - all);
    cumulative[lag] = Math.min(1, sum);
  }
  // Rounding must not keep the last share from being everything.
  cumulative[T - 1] = 1;
  return { log2Mean, cumulative };
}

/** The least lag within which `share` (0…1) of the summed gradient norms lies; null without any. */
export function lagHolding(curve: LagCurve, share: number): number | null {
  const lag = curve.cumulative.findIndex((v) => v >= share);
  return lag < 0 ? null : lag;
}
