/** The gradients that depend on how far errors go back; ∂L/∂W_y and ∂L/∂c do not. */
export const TRUNCATED_ARRAYS = ['dWh', 'dWx', 'db', 'dh0'] as const;
export type TruncatedArray = (typeof TRUNCATED_ARRAYS)[number];

/** A gradient g of θ beside the full one. */
export interface GradientComparison<V = number> {
  /** NaN where one of the two is exactly 0 */
  readonly cosine: V;
  /** ‖g − full‖_F/‖full‖_F */
  readonly relativeError: V;
  /**
   * ⟨g, θ⟩/⟨full, θ⟩: how the loss changes as θ is scaled, relative to the full gradient's answer;
   * negative = the wrong sign, NaN where θ is 0 or the full gradient is orthogonal to it
   */
  readonly alongSelf: V;
}

/** Truncated gradients beside the full ones, one entry per k. */
export type TruncationErrors = Readonly<Record<TruncatedArray, GradientComparison<Float64Array>>>;

export interface TruncationSweep {
  /** The k, ascending, log-spaced from 1 to T */
  readonly steps: Int32Array;
  readonly chunked: TruncationErrors;
  readonly sliding: TruncationErrors;
  /** log2 ‖G_d‖_F for lags d = 0…T−1, the losses s at step s − d; Σ_d G_d = ∂L/∂W_h */
  readonly byLag: Float64Array;
  /** ‖G_0 + … + G_d − ∂L/∂W_h‖_F/‖∂L/∂W_h‖_F per lag d */
  readonly cumulativeError: Float64Array;
}

export interface TruncationSamples {
  /** The n, ascending, log-spaced from 1 to `samples` */
  readonly counts: Int32Array;
  /** Of the mean of the first n draws, against the full gradient */
  readonly relativeError: Float64Array;
  readonly cosine: Float64Array;
  /** Mean of ⟨g, full⟩/‖full‖² over the first n draws: it comes to 1 */
  readonly mean: Float64Array;
  /** Their standard deviation, with n − 1; NaN for n = 1 */
  readonly sd: Float64Array;
}
