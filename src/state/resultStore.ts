import type { ErrorRecord } from '../model/errors';
import type { Result, ResultStore } from './types';

/** Calls back once, when the next frame is drawn. */
export type FrameScheduler = (callback: () => void) => void;

/** The session's side of the ResultStore. Listeners are called at most once per frame. */
export interface ResultPublisher extends ResultStore {
  /** A newer configuration is being computed. */
  begin(): void;
  /** Shown with the next frame. */
  publish(result: Omit<Result, 'id'>): void;
  /** The last good result stays. */
  fail(error: ErrorRecord): void;
  /** Nothing newer is waiting: with the next frame isPending() is false again. */
  settle(): void;
  /** Resolves when what was published last is drawn, or has had time enough for it. */
  whenDrawn(): Promise<void>;
}

/** Milliseconds that a result may take to be drawn before nobody waits for it any longer. */
const LONGEST_DRAWING = 1000;

export function createResultStore(nextFrame: FrameScheduler): ResultPublisher {
  const listeners = new Set<() => void>();
  let shown: { result: Result | null; error: ErrorRecord | null } = { result: null, error: null };
  /** What the next frame shows; only the newest of a frame is ever seen. */
  let next = shown;
  let lastId = 0;
  let pending = false;
  let isSettled = true;
  let isFrameAsked = false;
  /** The result that was drawn last; 0 while nothing draws */
  let drawnId = 0;
  let waiting: (() => void)[] = [];

  const askFrame = () => {
    if (isFrameAsked) return;
    isFrameAsked = true;
    nextFrame(() => {
      isFrameAsked = false;
      shown = next;
      if (isSettled) pending = false;
      for (const listener of [...listeners]) listener();
    });
  };

  return {
    get: () => shown.result,
    isPending: () => pending,
    error: () => shown.error,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tellDrawn() {
      drawnId = shown.result?.id ?? 0;
      const resolved = waiting;
      waiting = [];
      for (const resolve of resolved) resolve();
    },
    async whenDrawn() {
      if (drawnId === 0 || drawnId === lastId) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LONGEST_DRAWING);
        waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
    begin() {
      pending = true;
      isSettled = false;
      askFrame();
    },
    publish(result) {
      next = { result: { ...result, id: ++lastId }, error: null };
      askFrame();
    },
    fail(error) {
      next = { result: next.result, error };
      askFrame();
    },
    settle() {
      if (isSettled) return;
      isSettled = true;
      askFrame();
    },
  };
}
