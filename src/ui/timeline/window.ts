import type { View } from '../../model/configuration';

/** The shown steps, 1-based inclusive, as in `View` but with `to` resolved. */
export interface ShownSteps {
  readonly from: number;
  readonly to: number;
}

/** Zooming in stops at a dozen steps. */
export const LEAST_SHOWN = 12;

export function shownSteps(view: Pick<View, 'from' | 'to'>, T: number): ShownSteps {
  const to = view.to === 0 ? T : Math.min(view.to, T);
  return { from: Math.max(1, Math.min(view.from, to)), to };
}

/** What the store keeps: "to the end" stays so when T changes. */
export function viewOf(shown: ShownSteps, T: number): { from: number; to: number } {
  return { from: shown.from, to: shown.to >= T ? 0 : shown.to };
}

function placed(from: number, count: number, T: number): ShownSteps {
  const first = Math.min(Math.max(1, Math.round(from)), T - count + 1);
  return { from: first, to: first + count - 1 };
}

function clampCount(count: number, T: number): number {
  return Math.min(T, Math.max(Math.min(LEAST_SHOWN, T), Math.round(count)));
}

/**
 * `factor` > 1 zooms in; the step at `anchor` (0…1 of the width) stays where it is, as far as the
 * ends of time allow.
 */
export function zoomed(shown: ShownSteps, factor: number, anchor: number, T: number): ShownSteps {
  const now = shown.to - shown.from + 1;
  let count = clampCount(now / factor, T);
  // A small factor must still move a small window.
  if (count === now && factor > 1) count = clampCount(now - 1, T);
  if (count === now && factor < 1) count = clampCount(now + 1, T);
  return placed(shown.from + anchor * (now - count), count, T);
}

export function panned(shown: ShownSteps, steps: number, T: number): ShownSteps {
  return placed(shown.from + steps, shown.to - shown.from + 1, T);
}

/** The same zoom, moved just enough to show `step`. */
export function revealing(shown: ShownSteps, step: number, T: number): ShownSteps {
  if (step < shown.from) return panned(shown, step - shown.from, T);
  if (step > shown.to) return panned(shown, step - shown.to, T);
  return shown;
}

/** 0 = all T, 1 = a dozen steps; even in the logarithm. */
export function zoomLevel(shown: ShownSteps, T: number): number {
  const range = Math.log(T / Math.min(LEAST_SHOWN, T));
  return range === 0 ? 0 : Math.log(T / (shown.to - shown.from + 1)) / range;
}

/** The window of a zoom level, centred on `step`. */
export function atZoomLevel(level: number, step: number, T: number): ShownSteps {
  const range = Math.log(T / Math.min(LEAST_SHOWN, T));
  const count = clampCount(T * Math.exp(-level * range), T);
  return placed(step - (count - 1) / 2, count, T);
}
