import { useEffect, useState } from 'react';
import { toErrorRecord, type ErrorRecord } from '../../../model/errors';
import type { Problem } from '../../../model/problem';
import type { SurfaceGrid } from '../../../model/surface';
import { useServices } from '../../app/context';
import type { SurfaceAxes } from './surfaceAxes';

/** Milliseconds without an edit before the surface is asked for. */
const REST = 150;

/** A grid with what it is of; the last one stays until there is another. */
export interface DrawnSurface {
  readonly grid: SurfaceGrid;
  readonly axes: SurfaceAxes;
  readonly problem: Problem;
}

export interface Surface {
  readonly drawn: DrawnSurface | null;
  /** Whether what is drawn is of the axes and the problem asked for */
  readonly isCurrent: boolean;
  /** Null where nothing is being computed */
  readonly progress: number | null;
  readonly error: ErrorRecord | null;
  readonly cancel: () => void;
  readonly again: () => void;
}

interface Work {
  readonly of: object | null;
  readonly progress: number | null;
  readonly error: ErrorRecord | null;
}
const IDLE: Work = { of: null, progress: null, error: null };

/** The loss over the axes' window, coarse first; anew once edits rest. Null asks nothing. */
export function useSurface(problem: Problem, axes: SurfaceAxes | null, finest: number): Surface {
  const { surface } = useServices();
  const [drawn, setDrawn] = useState<DrawnSurface | null>(null);
  const [work, setWork] = useState<Work>(IDLE);
  const [attempt, setAttempt] = useState(0);
  const [cancel, setCancel] = useState<() => void>(() => () => undefined);
  useEffect(() => {
    if (axes === null) return;
    const controller = new AbortController();
    const { signal } = controller;
    const tell = (grid: SurfaceGrid) => !signal.aborted && setDrawn({ grid, axes, problem });
    const timer = setTimeout(() => {
      setWork({ of: axes, progress: 0, error: null });
      setCancel(() => () => controller.abort());
      surface(
        {
          problem: { ...problem, parameters: axes.origin },
          ...{ plane: axes.plane, window: axes.window, finest },
        },
        {
          signal,
          onPart: tell,
          onProgress: (progress) => !signal.aborted && setWork({ of: axes, progress, error: null }),
        },
      ).then(
        (grid) => {
          tell(grid);
          setWork((now) => (now.of === axes ? IDLE : now));
        },
        (error: unknown) =>
          setWork((now) =>
            now.of === axes ? { of: axes, progress: null, error: toErrorRecord(error) } : now,
          ),
      );
    }, REST);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [surface, problem, axes, finest, attempt]);
  const isOwn = work.of === axes;
  return {
    drawn,
    isCurrent: drawn?.axes === axes && drawn?.problem === problem,
    progress: isOwn ? work.progress : null,
    error: isOwn ? work.error : null,
    cancel,
    again: () => setAttempt((n) => n + 1),
  };
}
