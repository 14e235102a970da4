import { flushSync } from 'react-dom';
import type { ResultStore } from '../../state/types';
import type { Pace } from './pace';

/** The parts of the page in the order in which they draw a result; tracks have the first numbers. */
export const STAGE = {
  timeline: 0,
  overlay: 19,
  header: 20,
  controls: 21,
  panel: 22,
  summary: 23,
} as const;

/**
 * Least milliseconds between two draws beside the tracks: numbers that change faster are not read,
 * and the summary is for those who ask for it. While frames are late, so many times that.
 */
const LATE_FACTOR = 4;
const GAPS: ReadonlyMap<number, number> = new Map([
  [STAGE.header, 100],
  [STAGE.controls, 100],
  [STAGE.panel, 200],
  [STAGE.summary, 500],
]);

/** What a result is waited for; the rest of the page comes later. */
function isTrack(stage: number): boolean {
  return stage < STAGE.header;
}

export interface ResultStages {
  /** `listener` is called after every change of the results, in its stage's turn. */
  subscribe(stage: number, listener: () => void): () => void;
}

interface Stage {
  readonly number: number;
  readonly listeners: Set<() => void>;
  drawnAt: number;
}

/**
 * A result is drawn stage by stage, each a piece of the page's work: all of the page in one frame
 * would be a long one on a slow machine. Stages take turns, so that none starves when results come
 * quickly.
 */
export function createResultStages(
  results: Pick<ResultStore, 'subscribe' | 'get' | 'tellDrawn'>,
  pace: Pick<Pace, 'join' | 'isLate'>,
  now: () => number = () => performance.now(),
  draw: (listeners: () => void) => void = flushSync,
): ResultStages {
  const stages = new Map<number, Stage>();
  let due: Stage[] = [];

  const isReady = ({ number, drawnAt }: Stage) => {
    const gap = (GAPS.get(number) ?? 0) * (pace.isLate() ? LATE_FACTOR : 1);
    return now() - drawnAt >= gap;
  };

  const ask = pace.join({
    next: () => due.find(isReady) ?? (due.length > 0 ? 'later' : null),
    work() {
      const stage = due.find(isReady);
      if (stage === undefined) return;
      due = due.filter((other) => other !== stage);
      stage.drawnAt = now();
      draw(() => {
        for (const listener of [...stage.listeners]) listener();
      });
      if (!due.some(({ number }) => isTrack(number))) results.tellDrawn();
    },
  });

  let latest = results.get();
  results.subscribe(() => {
    // What is pending is told in the same way, and is none of theirs.
    if (results.get() === latest) return;
    latest = results.get();
    // Those that have not had the last result yet come first.
    const others = [...stages.values()].filter((stage) => !due.includes(stage));
    due = [...due, ...others.sort((a, b) => a.number - b.number)];
    ask();
  });

  return {
    subscribe(number, listener) {
      const stage = stages.get(number) ?? { number, listeners: new Set(), drawnAt: -Infinity };
      stages.set(number, stage);
      stage.listeners.add(listener);
      return () => stage.listeners.delete(listener);
    },
  };
}
