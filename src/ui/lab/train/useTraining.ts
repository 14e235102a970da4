import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { TrainingStore } from '../../../state/training/types';
import { useServices } from '../../app/context';

/** Buttons and numbers follow a run so often; charts cost more. */
export const CHART_INTERVAL = 300;

/** A draw is followed by a rest so many times as long: charts must not starve the page. */
const REST = 4;

/** The trainings; the component renders again after a change, at most once per `interval`. */
export function useTraining(interval = 0): TrainingStore {
  const { training } = useServices();
  return useThrottledStore(training, interval);
}

interface Versioned {
  version(): number;
  subscribe(listener: () => void): () => void;
}

export function useThrottledStore<S extends Versioned>(store: S, interval: number): S {
  const seen = useRef(store.version());
  const subscribe = useCallback(
    (listener: () => void) => {
      let timer: ReturnType<typeof setTimeout> | null = null;
      let last = -Infinity;
      let cost = 0;
      const draw = () => {
        timer = null;
        last = performance.now();
        seen.current = store.version();
        listener();
        // React has drawn by the next task, at the latest.
        setTimeout(() => (cost = Math.min(1000, performance.now() - last)));
      };
      const unsubscribe = store.subscribe(() => {
        // What follows at once is cheap, and answers keys.
        const pace = interval === 0 ? 0 : Math.max(interval, REST * cost);
        const wait = last + pace - performance.now();
        if (timer === null && wait <= 0) draw();
        else timer ??= setTimeout(draw, Math.max(0, wait));
      });
      seen.current = store.version();
      return () => {
        unsubscribe();
        if (timer !== null) clearTimeout(timer);
      };
    },
    [store, interval],
  );
  useSyncExternalStore(subscribe, () => (interval === 0 ? store.version() : seen.current));
  return store;
}
