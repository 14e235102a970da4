import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { RunSummary } from '../../../engine/interface';
import type { Parameters } from '../../../model/problem';
import type { Result } from '../../../state/types';
import { useServices } from '../../app/context';
import { axesOf, type NoAxes, type SurfaceAxes } from './surfaceAxes';
import { useSurfaceSettings } from './surfaceSettings';
import { gradientOf } from './usePaths';

/** Milliseconds without an edit before the gradient is fetched. */
const REST = 150;

/** The weights that the current run has recorded, oldest first; empty without one. */
export function useRunPath(): readonly Parameters[] {
  const { training } = useServices();
  // The run is mutable and its version rises with every record; weights are kept more seldom.
  const kept = useSyncExternalStore(
    (listener) => training.subscribe(listener),
    () => {
      const run = training.current();
      return run === null ? '' : `${run.id} ${run.snapshots.map(({ step }) => step).join()}`;
    },
  );
  return useMemo(
    () => (kept === '' ? [] : training.current()!.snapshots.map(({ parameters }) => parameters)),
    [training, kept],
  );
}

/** ∂L/∂θ of the result: undefined while it is on its way, null where there is none. */
function useWholeGradient(result: Result, wanted: boolean): Parameters | null | undefined {
  const { evaluate } = useServices();
  const [answer, setAnswer] = useState<{
    readonly of: RunSummary;
    readonly gradient: Parameters | null;
  } | null>(null);
  const { problem, summary } = result;
  useEffect(() => {
    if (!wanted) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      const set = (gradient: Parameters | null) => isWanted && setAnswer({ of: summary, gradient });
      evaluate(problem, summary.engine).then(
        (evaluation) => set(gradientOf(evaluation)),
        () => set(null),
      );
    }, REST);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [evaluate, problem, summary, wanted]);
  return answer?.of === summary ? answer.gradient : undefined;
}

/** The plane that is asked for, or why there is none. */
export function useAxes(result: Result, path: readonly Parameters[]): SurfaceAxes | NoAxes {
  const { plane, x, y } = useSurfaceSettings();
  const needsGradient = plane === 'axes' && [x, y].some(({ choice }) => choice.kind === 'gradient');
  const gradient = useWholeGradient(result, needsGradient);
  // Only the plane through the run changes with it.
  const own = plane === 'training' ? path : NO_PATH;
  const { problem } = result;
  return useMemo(
    () => axesOf(problem, { plane, x, y }, gradient, own),
    [problem, plane, x, y, gradient, own],
  );
}

const NO_PATH: readonly Parameters[] = [];
