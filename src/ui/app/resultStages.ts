import { flushSync } from 'react-dom';
import type { ResultStore } from '../../state/types';

/** Milliseconds of drawing after which the rest of a result waits for the next frame. */
const BUDGET = 4;

/** The parts of the page in the order in which they draw a result; tracks have the first numbers. */
export const STAGE = { timeline: 0, header: 20, controls: 21, panel: 22, summary: 23 } as const;

/** Least milliseconds between two draws beside the tracks: numbers that change faster are not read. */
const GAP = 100;

export interface ResultStages {
  /** `listener` is called after every change of the results, in its stage's turn. */
  subscribe(stage: number, listener: () => void): () => void;
}

/**
 * A result is drawn stage by stage, as many in a frame as fit: all of the page in one frame would be
 * a long one on a slow machine. Stages take turns, so that none starves when results come quickly.
 */
export function createResultStages(
  results: Pick<ResultStore, 'subscribe' | 'get'>,
  nextFrame: (callback: () => void) => void,
  now: () => number = () => performance.now(),
  draw: (listeners: () => void) => void = flushSync,
): ResultStages {
  const stages = new Map<number, Set<() => void>>();
  let due: number[] = [];
  const drawnAt = new Map<number, number>();
  let isAsked = false;

  function work(): void {
    isAsked = false;
    const start = now();
    while (due.length > 0) {
      const next = due.findIndex(
        (stage) => stage < STAGE.header || now() - (drawnAt.get(stage) ?? -Infinity) >= GAP,
      );
      if (next === -1) return later();
      const [stage = 0] = due.splice(next, 1);
      drawnAt.set(stage, now());
      draw(() => {
        for (const listener of [...(stages.get(stage) ?? [])]) listener();
      });
      if (due.length > 0 && now() - start > BUDGET) return later();
    }
  }

  function later(): void {
    isAsked = true;
    nextFrame(work);
  }

  let latest = results.get();
  results.subscribe(() => {
    // What is pending is told in the same way, and is none of theirs.
    if (results.get() === latest) return;
    latest = results.get();
    // Those that have not had the last result yet come first.
    const others = [...stages.keys()].filter((stage) => !due.includes(stage));
    due = [...due, ...others.sort((a, b) => a - b)];
    if (!isAsked) work();
  });

  return {
    subscribe(stage, listener) {
      const listeners = stages.get(stage) ?? new Set();
      stages.set(stage, listeners);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
