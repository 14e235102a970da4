import { useAppState } from '../app/context';
import type { ResolvedTheme } from './colors';
import { useMediaQuery } from './useMediaQuery';

/** The theme in effect, with 'system' resolved to what the operating system asks for. */
export function useTheme(): ResolvedTheme {
  const chosen = useAppState((state) => state.theme);
  const dark = useMediaQuery('(prefers-color-scheme: dark)');
  if (chosen !== 'system') return chosen;
  return dark ? 'dark' : 'light';
}
