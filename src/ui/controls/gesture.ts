import { useCallback, useMemo, useRef } from 'react';
import { toErrorRecord } from '../../model/errors';
import type { ConfigurationChange } from '../../state/types';
import { useAppStore } from '../app/context';
import { pagePace } from '../app/pace';

let gestures = 0;

export interface Gesture {
  /** The id of the drag in progress; starts one when there is none. */
  readonly current: () => string;
  /**
   * Makes a change of a drag as soon as the page has time; a newer one takes the place of one still
   * waiting.
   */
  readonly soon: (change: () => void) => void;
  /** A change still waiting is made before. */
  readonly end: () => void;
}

/** One id per drag or held key: the changes that carry it become one undo entry. */
export function useGesture(): Gesture {
  const id = useRef<string | null>(null);
  return useMemo(
    () => ({
      current: () => (id.current ??= `gesture-${++gestures}`),
      soon: (change) => pagePace.soon(id, change),
      end: () => {
        pagePace.finish(id);
        id.current = null;
      },
    }),
    [],
  );
}

export type Change = (change: ConfigurationChange, gesture?: string) => void;

/** The store's `change`; a refused edit is shown in the banner instead of thrown. */
export function useChange(): Change {
  const store = useAppStore();
  return useCallback(
    (change, gesture) => {
      try {
        store.getState().change(change, gesture);
      } catch (error) {
        store.getState().setNotice(toErrorRecord(error));
      }
    },
    [store],
  );
}
