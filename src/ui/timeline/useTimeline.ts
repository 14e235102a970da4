import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { LinkMarks } from '../../analysis/reach';
import type { Configuration } from '../../model/configuration';
import type { RunSummary, WindowView } from '../../engine/interface';
import type { Result } from '../../state/types';
import { useAppState, useResult, useServices } from '../app/context';
import { createReadout } from './readout';
import { useMarks } from './useMarks';
import { shownSteps, type ShownSteps } from './window';

/** What the page shows now (from the store, at once) and the last numbers (from the engine, soon). */
export interface TimelineModel {
  readonly configuration: Configuration;
  readonly marks: LinkMarks;
  readonly T: number;
  readonly step: number;
  readonly shown: ShownSteps;
  readonly result: Result | null;
  /** First step without values, or Infinity */
  readonly end: number;
  /** Whether a loss lies before it: otherwise nothing comes back at all */
  readonly hasLossBefore: boolean;
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

export function useTimeline(): TimelineModel {
  const present = useAppState((state) => state.configuration);
  const latest = useResult();
  // After a refusal the last good picture stays, on the axis it was made for.
  const isRefused = useIsRefused();
  const configuration = isRefused && latest !== null ? latest.configuration : present;
  const { result, end } = useShownResult();
  const { T, view } = configuration;
  const { from, to } = shownSteps(view, T);
  const shown = useMemo(() => ({ from, to }), [from, to]);
  const marks = useMarks(configuration);
  const losses = result?.problem.lossWeights.subarray(0, end - 1);
  return {
    configuration,
    marks,
    T,
    step: Math.min(view.step, T),
    shown,
    result,
    end,
    hasLossBefore: losses === undefined || losses.some((weight) => weight !== 0),
  };
}
