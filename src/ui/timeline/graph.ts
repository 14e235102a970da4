import type { HeatMap } from '../../engine/interface';
import { positionOn, stateScale } from '../charts/heatMap';
import { leftOf, stepWidth, type TimeScale } from '../charts/timeScale';

/** The steps of the unrolled graph: on the time axis itself if they fit, else a close-up. */
export interface GraphLayout {
  readonly aligned: boolean;
  readonly from: number;
  readonly to: number;
  /** Pixels before the first step's cell: room for the arrow into the first node */
  readonly offset: number;
  /** Pixels from node to node */
  readonly pitch: number;
  readonly radius: number;
  /** Where the drawn steps lie on the shared axis, for the lens; null when aligned */
  readonly lens: { readonly left: number; readonly right: number } | null;
}

/** A node and its arrows need this many pixels. */
const LEAST_PITCH = 50;
/** On the time axis itself they may stand closer. */
const LEAST_ALIGNED_PITCH = 40;
/** Room before the first node of a close-up, in pitches */
const LEAD = 0.4;

export function graphLayout(
  scale: TimeScale,
  step: number,
  T: number,
  height: number,
): GraphLayout {
  const most = Math.max(1, Math.floor(scale.width / LEAST_PITCH));
  const shown = scale.to - scale.from + 1;
  const room = Math.max(9, Math.min(16, height * 0.19));
  if (shown * LEAST_ALIGNED_PITCH <= scale.width) {
    const pitch = stepWidth(scale);
    return {
      aligned: true,
      from: scale.from,
      to: scale.to,
      offset: 0,
      pitch,
      radius: Math.min(room, pitch * 0.3),
      lens: null,
    };
  }
  // An odd number, so that the playhead's step is in the middle.
  const wanted = Math.min(15, most % 2 === 1 ? most : most - 1);
  const count = Math.max(1, Math.min(T, wanted));
  const from = Math.min(Math.max(1, step - Math.floor(count / 2)), T - count + 1);
  const pitch = scale.width / (count + LEAD);
  return {
    aligned: false,
    from,
    to: from + count - 1,
    offset: LEAD * pitch,
    pitch,
    radius: Math.min(room, pitch * 0.3),
    lens: {
      left: Math.min(scale.width, Math.max(0, leftOf(scale, from))),
      right: Math.min(scale.width, Math.max(0, leftOf(scale, from + count))),
    },
  };
}

/** The mean counts as large at this part of the largest |h|, so that small means stay pale. */
const LARGE_MEAN = 0.25;

/**
 * Mean of h_t over its units for the steps from…to, −1…1 by the largest mean or a quarter of the
 * largest |h| in the data; by the logarithm where the states' own colours are. NaN outside the data,
 * and where a column stands for several steps, whose mean it is not; `own` is the state of the one
 * step that is known all the same.
 */
export function nodeValues(
  states: HeatMap,
  data: { readonly from: number; readonly to: number },
  from: number,
  to: number,
  own: { readonly step: number; readonly state: Float32Array } | null = null,
): number[] {
  const { rows, columns, minimum, maximum } = states;
  const means = new Float64Array(columns);
  let largest = 0;
  for (let i = 0; i < minimum.length; i++) {
    means[i % columns]! += (minimum[i]! + maximum[i]!) / (2 * rows);
    if (Number.isFinite(minimum[i]!)) largest = Math.max(largest, -minimum[i]!, maximum[i]!);
  }
  const scale = stateScale(states);
  let full = LARGE_MEAN * largest;
  for (const mean of means) if (Number.isFinite(mean)) full = Math.max(full, Math.abs(mean));
  const isByStep = columns === data.to - data.from + 1;
  const meanAt = (t: number): number => {
    if (isByStep && t >= data.from && t <= data.to) return means[t - data.from]!;
    if (own?.step !== t) return NaN;
    return own.state.reduce((sum, h) => sum + h / own.state.length, 0);
  };
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const mean = meanAt(from + i);
    if (scale.linearTo !== undefined) return 2 * positionOn(scale, mean) - 1;
    return full === 0 ? mean : Math.max(-1, Math.min(1, mean / full));
  });
}

/** Thickest and thinnest backward edge in pixels */
const THICKEST = 8;
const THINNEST = 0.75;
/** Between the weakest and the strongest gradient of a run edges differ by so many pixels… */
const WHOLE_SPAN = 5.5;
/** …but neighbours by no fewer than so many for each factor of 2: the decay shows step by step. */
const LEAST_SLOPE = 0.6;

/** What the edges of one picture are measured by: all log2‖δ_t‖ of the run, and those in sight. */
export interface EdgeScale {
  readonly low: number;
  readonly high: number;
  /** Mean of the finite ones in sight */
  readonly mean: number;
}

/**
 * Thickness of a backward edge in pixels. A picture is as thick as its gradients are large within
 * the run, and inside it a larger gradient is always visibly thicker, also where the run spans
 * so many decades that a dozen steps are nothing of it.
 */
export function edgeThickness(log2: number, { low, high, mean }: EdgeScale): number {
  if (!Number.isFinite(log2)) return 0;
  const perOctave = WHOLE_SPAN / (high - low);
  const middle = 1.5 + (mean - low) * perOctave;
  const own = middle + (log2 - mean) * Math.max(perOctave, LEAST_SLOPE);
  return Math.min(THICKEST, Math.max(THINNEST, own));
}

export function edgeScale(log2: Float64Array, { from, to }: GraphLayout): EdgeScale {
  const inSight = log2.subarray(from - 1, to).filter(Number.isFinite);
  const range = magnitudeRange(log2);
  const mean = inSight.reduce((sum, v) => sum + v / inSight.length, 0);
  return { ...range, mean: inSight.length === 0 ? range.low : mean };
}

/** Range of the finite entries, at least two decades, so that noise is not drawn as a difference. */
function magnitudeRange(series: Float64Array): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const v of series) {
    if (!Number.isFinite(v)) continue;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  if (high === -Infinity) return { low: -7, high: 0 };
  return { low: Math.min(low, high - 6.6), high };
}
