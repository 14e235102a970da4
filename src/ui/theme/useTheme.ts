import { useSyncExternalStore } from 'react';
import { useAppState } from '../app/context';
import type { ResolvedTheme } from './colors';

const DARK = '(prefers-color-scheme: dark)';
const FORCED = '(forced-colors: active)';

function subscribe(listener: () => void): () => void {
  const queries = [DARK, FORCED].map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}

const matches = (query: string) => () => window.matchMedia(query).matches;
const isDark = matches(DARK);
const isForced = matches(FORCED);

/**
 * The theme in effect, with 'system' resolved to what the operating system asks for. Where that
 * forces its own colours, heat maps go with its ground, whatever was chosen here.
 */
export function useTheme(): ResolvedTheme {
  const chosen = useAppState((state) => state.theme);
  const dark = useSyncExternalStore(subscribe, isDark);
  const forced = useSyncExternalStore(subscribe, isForced);
  if (chosen !== 'system' && !forced) return chosen;
  return dark ? 'dark' : 'light';
}
