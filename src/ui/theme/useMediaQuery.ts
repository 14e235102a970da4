import { useSyncExternalStore } from 'react';

interface WatchedQuery {
  readonly subscribe: (listener: () => void) => () => void;
  readonly matches: () => boolean;
}

/** One query object for all components: asking the browser for a new one in every render shows. */
const queries = new Map<string, WatchedQuery>();

function watched(text: string): WatchedQuery {
  const known = queries.get(text);
  if (known !== undefined) return known;
  const query = window.matchMedia(text);
  const fresh: WatchedQuery = {
    subscribe: (listener) => {
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    matches: () => query.matches,
  };
  queries.set(text, fresh);
  return fresh;
}

/** Whether a media query holds now. */
export function useMediaQuery(text: string): boolean {
  const { subscribe, matches } = watched(text);
  return useSyncExternalStore(subscribe, matches);
}
