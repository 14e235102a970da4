import type { HeatMap } from '../../engine/interface';
import { columnOfStep } from '../charts/heatMap';
import { leftOf, stepWidth, type TimeScale } from '../charts/timeScale';

/** The steps of the unrolled graph: on the time axis itself if they fit, else a close-up. */
export interface GraphLayout {
  readonly aligned: boolean;
  readonly from: number;
  readonly to: number;
  /** Pixels from node to node */
  readonly pitch: number;
  readonly radius: number;
  /** Where the drawn steps lie on the shared axis, for the lens; null when aligned */
  readonly lens: { readonly left: number; readonly right: number } | null;
}

/** A node and its arrows need this many pixels. */
const LEAST_PITCH = 44;

export function graphLayout(
  scale: TimeScale,
  step: number,
  T: number,
  height: number,
): GraphLayout {
  const most = Math.max(1, Math.floor(scale.width / LEAST_PITCH));
  const shown = scale.to - scale.from + 1;
  const room = Math.max(9, Math.min(18, height * 0.2));
  if (shown <= most) {
    const pitch = stepWidth(scale);
    return {
      aligned: true,
      from: scale.from,
      to: scale.to,
      pitch,
      radius: Math.min(room, pitch * 0.36),
      lens: null,
    };
  }
  // An odd number, so that the playhead's step is in the middle.
  const wanted = Math.min(15, most % 2 === 1 ? most : most - 1);
  const count = Math.max(1, Math.min(T, wanted));
  const from = Math.min(Math.max(1, step - Math.floor(count / 2)), T - count + 1);
  const pitch = scale.width / count;
  return {
    aligned: false,
    from,
    to: from + count - 1,
    pitch,
    radius: Math.min(room, pitch * 0.36),
    lens: {
      left: Math.min(scale.width, Math.max(0, leftOf(scale, from))),
      right: Math.min(scale.width, Math.max(0, leftOf(scale, from + count))),
    },
  };
}

/**
 * Mean of h_t over its units for the steps from…to, divided by the largest of them: −1…1. NaN
 * outside the data. Where a column of the data has several steps, they share its value.
 */
export function nodeValues(
  states: HeatMap,
  data: { readonly from: number; readonly to: number },
  from: number,
  to: number,
): number[] {
  const values: number[] = [];
  for (let t = from; t <= to; t++) {
    if (t < data.from || t > data.to) {
      values.push(NaN);
      continue;
    }
    const column = columnOfStep(t, data.from, data.to, states.columns);
    let sum = 0;
    for (let i = column; i < states.minimum.length; i += states.columns) {
      sum += (states.minimum[i]! + states.maximum[i]!) / 2;
    }
    values.push(sum / states.rows);
  }
  const most = values.reduce((m, v) => (Number.isFinite(v) ? Math.max(m, Math.abs(v)) : m), 0);
  return most === 0 ? values : values.map((value) => value / most);
}

/** Thickness of the backward edges in pixels: the largest gradient of the run gets the most. */
export function edgeThickness(
  log2: number,
  range: { readonly low: number; readonly high: number },
): number {
  if (!Number.isFinite(log2)) return 0;
  const position = (log2 - range.low) / (range.high - range.low);
  return 1 + 6 * Math.min(1, Math.max(0, position));
}

/** Range of the finite entries, at least two decades, so that noise is not drawn as a difference. */
export function magnitudeRange(series: Float64Array): { low: number; high: number } {
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
