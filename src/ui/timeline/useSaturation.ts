import { useMemo } from 'react';
import type { SaturationView } from '../../model/analyses';
import type { ErrorRecord } from '../../model/errors';
import type { Result } from '../../state/types';
import { useAppState } from '../app/context';
import { useThrottled } from '../charts/useThrottled';
import { useAnalysis } from '../lab/useAnalysis';
import { useKept } from './useKept';
import type { ShownSteps } from './window';

const COLUMNS = 256;
const BINS = 24;
/** Least milliseconds between two questions while the axis is zoomed or panned */
const INTERVAL = 150;

export interface ShownSaturation {
  readonly view: SaturationView;
  /** The steps its histograms cover */
  readonly window: ShownSteps;
  /** The run it belongs to */
  readonly about: Result;
}

interface Saturation {
  /** The last answer, of another window or an earlier run while a newer one is on its way */
  readonly shown: ShownSaturation | null;
  readonly isStale: boolean;
  readonly isRunning: boolean;
  readonly error: ErrorRecord | null;
}

/** Asked only while the track is unfolded. */
export function useSaturation(result: Result | null, steps: ShownSteps): Saturation {
  const folded = useAppState((state) => state.configuration.view.folded.includes('saturation'));
  const settled = useThrottled(steps, INTERVAL);
  // The axis may already be that of a longer sequence than the last run's.
  const T = result?.problem.T ?? 0;
  const from = Math.min(settled.from, T);
  const to = Math.min(settled.to, T);
  const batchEntry = result?.view.window.batchEntry ?? 0;
  const analysis = useAnalysis(
    result === null || folded
      ? null
      : { kind: 'saturation', from, to, columns: COLUMNS, bins: BINS, batchEntry },
  );
  const view = analysis?.value ?? null;
  const about = analysis?.about ?? null;
  const answer = useMemo(
    () => (view === null || about === null ? null : { view, window: { from, to }, about }),
    [view, about, from, to],
  );
  const shown = useKept(answer);
  return {
    shown,
    isStale: shown !== null && shown.about.summary !== result?.summary,
    isRunning: analysis?.isRunning ?? false,
    error: analysis?.error ?? null,
  };
}
