import { MAXIMUM_SLOPE, type Activation } from '../model/kinds';
import type { Histogram, SaturationView } from '../model/analyses';
import type { Trajectory } from './trajectory';

/**
 * A unit counts as saturated at a step where 0 < |f′(a_t)| < SATURATED_SHARE·γ, γ the greatest slope
 * of f: its error signal is cut at least a hundredfold (for tanh |a| > 2.99, |h| > 0.995). Where
 * f′(a_t) is exactly 0 it is dead, and passes nothing. That saturation is what stops gradients:
 * X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks"
 * (2010); the threshold is this page's.
 */
export const SATURATED_SHARE = 0.01;

/** a_t is binned on −PRE_ACTIVATION_RANGE…PRE_ACTIVATION_RANGE; what lies beyond counts in the end bins. */
export const PRE_ACTIVATION_RANGE = 6;
/** f′ may be negative: gelu and silu go down to about −0.13, sin to −1. */
const LEAST_SLOPE: Partial<Record<Activation, number>> = { gelu: -0.2, silu: -0.2, sin: -1 };

/**
 * Histograms of a_t and f′(a_t) over steps from…to (1-based), at most `columns` of them, cut like
 * the columns of a HeatMap, and the share of saturated and dead units at every step.
 */
export function saturation(
  trajectory: Trajectory,
  activation: Activation,
  window: { readonly from: number; readonly to: number; readonly columns: number },
  bins: number,
): SaturationView {
  const { H, steps, preActivations, slopes } = trajectory;
  const saturated = new Float64Array(steps);
  const dead = new Float64Array(steps);
  const limit = SATURATED_SHARE * MAXIMUM_SLOPE[activation];
  for (let t = 0; t < steps; t++) {
    for (let i = t * H; i < (t + 1) * H; i++) {
      if (slopes[i] === 0) dead[t]! += 1 / H;
      else if (Math.abs(slopes[i]!) < limit) saturated[t]! += 1 / H;
    }
  }
  const range = PRE_ACTIVATION_RANGE;
  const least = LEAST_SLOPE[activation] ?? 0;
  return {
    preActivations: histogram(preActivations, trajectory, window, bins, -range, range),
    slopes: histogram(slopes, trajectory, window, bins, least, MAXIMUM_SLOPE[activation]),
    saturated,
    dead,
  };
}

function histogram(
  values: Float64Array,
  { H, steps }: Trajectory,
  { from, to, columns: most }: { from: number; to: number; columns: number },
  bins: number,
  least: number,
  greatest: number,
): Histogram {
  const n = to - from + 1;
  const columns = Math.min(most, n);
  const shares = new Float32Array(bins * columns);
  for (let c = 0; c < columns; c++) {
    const first = from + Math.floor((c * n) / columns);
    const last = Math.min(steps, from + Math.floor(((c + 1) * n) / columns) - 1);
    const count = (last - first + 1) * H;
    for (let i = (first - 1) * H; i < last * H; i++) {
      const place = Math.floor((bins * (values[i]! - least)) / (greatest - least));
      const bin = Math.min(bins - 1, Math.max(0, place));
      shares[bin * columns + c]! += 1 / count;
    }
    if (count <= 0) for (let b = 0; b < bins; b++) shares[b * columns + c] = NaN;
  }
  return { bins, columns, least, greatest, shares };
}
