import { useCallback, useMemo, useRef } from 'react';
import { toErrorRecord } from '../../model/errors';
import type { ConfigurationChange } from '../../state/types';
import { useAppStore } from '../app/context';

let gestures = 0;

export interface Gesture {
  /** The id of the drag in progress; starts one when there is none. */
  readonly current: () => string;
  readonly end: () => void;
}

/** One id per drag or held key: the changes that carry it become one undo entry. */
export function useGesture(): Gesture {
  const id = useRef<string | null>(null);
  return useMemo(
    () => ({
      current: () => (id.current ??= `gesture-${++gestures}`),
      end: () => {
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
