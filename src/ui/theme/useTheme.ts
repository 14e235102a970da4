import { useSyncExternalStore } from 'react';
import { useAppState } from '../app/context';
import type { ResolvedTheme } from './colors';

const DARK_QUERY = '(prefers-color-scheme: dark)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(DARK_QUERY);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

function systemIsDark(): boolean {
  return window.matchMedia(DARK_QUERY).matches;
}

/** The theme in effect, with 'system' resolved to what the operating system asks for. */
export function useTheme(): ResolvedTheme {
  const chosen = useAppState((state) => state.theme);
  const dark = useSyncExternalStore(subscribe, systemIsDark);
  if (chosen !== 'system') return chosen;
  return dark ? 'dark' : 'light';
}
