import { decimate } from '../../analysis/decimate';
import type { HeatMap } from '../../engine/interface';
import { logRanges, relativeHeight, stretches, type RangePoint, type StepBar } from './series';
import type { TimeScale } from './timeScale';

/** A pinned run's curve in a chart of the present one. */
export interface GhostCurve {
  /** Which of GHOST_STYLES it is drawn in: its place among the pins */
  readonly slot: number;
  readonly points: readonly RangePoint[];
}

/** Told apart by dash and colour, everywhere in the same way; one for each pin there can be. */
export const GHOST_STYLES = [
  { colour: 'var(--ghost-1)', dash: '8 3' },
  { colour: 'var(--ghost-2)', dash: '2 2.5' },
  { colour: 'var(--ghost-3)', dash: '7 2 1.5 2 1.5 2' },
  { colour: 'var(--ghost-4)', dash: '15 4' },
] as const;

/** log10 of a norm of which log2 is given, over the steps of the axis that the run has. */
export function ghostNorms(
  log2: Float64Array,
  scale: TimeScale,
  most: number,
  end: number,
): RangePoint[] {
  return logRanges(stretches(log2, scale, most, end));
}

/** Bars of a series that is not negative, in its own unit: what is lower counts as 0. */
export function plainBars(
  series: Float64Array,
  scale: TimeScale,
  most: number,
  end: number,
): { readonly bars: readonly StepBar[]; readonly largest: number } {
  const bars = stretches(series, scale, most, end).map(({ step, lastStep, max }) => ({
    from: step,
    to: lastStep,
    height: Math.max(0, max ?? 0),
  }));
  return { bars, largest: bars.reduce((largest, { height }) => Math.max(largest, height), 0) };
}

/** The same bars with `largest` as 1. */
export function scaledBars(bars: readonly StepBar[], largest: number): StepBar[] {
  return bars.map((bar) => ({ ...bar, height: largest > 0 ? bar.height / largest : 0 }));
}

/** However large ghosts are, the tallest present bar keeps this part of the height. */
const LEAST_PRESENT = 1 / 8;

/** What is drawn as tall as the plot; a ghost that is taller runs out of it. */
export function barScale(present: number, ghosts: readonly number[]): number {
  const largest = Math.max(present, ...ghosts);
  return present > 0 ? Math.min(largest, present / LEAST_PRESENT) : largest;
}

/** Bars of a log2 series relative to its own largest over the shown steps. */
export function relativeBars(
  log2: Float64Array,
  scale: TimeScale,
  most: number,
  end: number,
): StepBar[] {
  const parts = stretches(log2, scale, most, end);
  const largest = parts.reduce((m, { max }) => Math.max(m, max ?? -Infinity), -Infinity);
  return parts.map(({ step, lastStep, max }) => ({
    from: step,
    to: lastStep,
    height: relativeHeight(max ?? -Infinity, largest),
  }));
}

/**
 * Outlines of bars, for steps drawn after each point: up at the left edge of a run of bars, down at
 * its right one, and nothing along the bottom, where bars lower than `least` would be.
 */
export function ghostOutline(bars: readonly StepBar[], least: number): RangePoint[] {
  const points: RangePoint[] = [];
  const put = (step: number, value: number | null) =>
    points.push({ step, low: value, high: value });
  let isUp = false;
  for (const { from, to, height } of bars) {
    const stands = height > least;
    if (stands && !isUp) put(from - 0.5, 0);
    if (stands) put(from - 0.5, height);
    else if (isUp) {
      put(from - 0.5, 0);
      put(to + 0.5, null);
    }
    isUp = stands;
  }
  const last = bars[bars.length - 1];
  if (last !== undefined && isUp) put(last.to + 0.5, 0);
  return points;
}

/** One row of a map over steps 1…T as points of the axis; one point may stand for many steps. */
export function ghostOutputs(
  map: HeatMap,
  T: number,
  scale: TimeScale,
  most: number,
  end: number,
): RangePoint[] {
  const { columns, minimum, maximum } = map;
  const columnOf = (step: number) => Math.min(columns, Math.ceil((step * columns) / T));
  const lastShown = Math.min(scale.to, T, end - 1);
  if (lastShown < scale.from) return [];
  const [from, to] = [columnOf(scale.from), columnOf(lastShown)];
  const least = decimate(Float64Array.from(minimum), from, to, most);
  const greatest = decimate(Float64Array.from(maximum), from, to, most);
  return least.map(({ step, lastStep, min }, i) => {
    const first = Math.floor(((step - 1) * T) / columns) + 1;
    const last = Math.floor((lastStep * T) / columns);
    return { step: (first + last) / 2, low: min, high: greatest[i]?.max ?? null };
  });
}
