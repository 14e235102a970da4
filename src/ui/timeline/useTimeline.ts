import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { LinkMarks } from '../../analysis/reach';
import type { AxisTrackId } from '../../model/configuration';
import type { RunSummary, WindowView } from '../../engine/interface';
import type { Result } from '../../state/types';
import { useAppState, useResult, useServices } from '../app/context';
import { createReadout } from './readout';
import { useMarks } from './useMarks';
import { shownSteps, type ShownSteps } from './window';

/** The time axis as the page has it now, which may be ahead of the last numbers. */
export interface TimeAxisModel {
  readonly T: number;
  readonly cuts: readonly number[];
  readonly marks: LinkMarks;
  readonly shown: ShownSteps;
  /** The playhead */
  readonly step: number;
  /** The tracks from top to bottom */
  readonly order: readonly AxisTrackId[];
}

const lastViews = new WeakMap<RunSummary, WindowView>();

/**
 * Moving the playhead brings a new, equal view of the same run: the tracks keep the one they have,
 * so that nothing is drawn again.
 */
function withKeptView(result: Result): Result {
  const { summary, view } = result;
  const kept = lastViews.get(summary);
  if (kept !== undefined && sameWindow(kept.window, view.window)) return { ...result, view: kept };
  lastViews.set(summary, view);
  return result;
}

const readouts = new WeakMap<RunSummary, ReturnType<typeof createReadout>>();

function readoutOf(summary: RunSummary) {
  const known = readouts.get(summary) ?? createReadout(summary);
  readouts.set(summary, known);
  return known;
}

/** The last numbers as a track draws them. */
export function useShownResult() {
  const latest = useResult();
  const result = useMemo(() => (latest === null ? null : withKeptView(latest)), [latest]);
  return {
    result,
    /** First step without values, or Infinity */
    end: result?.summary.overflowAt ?? Infinity,
    readoutAt: result === null ? null : readoutOf(result.summary),
  };
}

function sameWindow(a: WindowView['window'], b: WindowView['window']): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.columns === b.columns &&
    a.rows === b.rows &&
    a.batchEntry === b.batchEntry
  );
}

/** Whether the present configuration could not be computed (too large, for instance). */
function useIsRefused(): boolean {
  const { results } = useServices();
  const subscribe = useCallback((listener: () => void) => results.subscribe(listener), [results]);
  return useSyncExternalStore(subscribe, () => results.error() !== null);
}

/** Follows nothing but what it returns: a weight that is dragged leaves the axis as it is. */
export function useTimeAxis(): TimeAxisModel {
  const { results } = useServices();
  const present = useAppState(
    useShallow(({ configuration: { T, cuts, truncation, view } }) => ({
      T,
      cuts,
      truncation,
      view,
    })),
  );
  // After a refusal the last good picture stays, on the axis it was made for.
  const isRefused = useIsRefused();
  const { T, cuts, truncation, view } = (isRefused && results.get()?.configuration) || present;
  const { from, to } = shownSteps(view, T);
  const shown = useMemo(() => ({ from, to }), [from, to]);
  const marks = useMarks({ T, cuts, truncation });
  return { T, cuts, marks, shown, step: Math.min(view.step, T), order: view.order };
}
