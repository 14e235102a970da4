import { useAppState } from '../app/context';
import type { ResolvedTheme } from './colors';
import { useMediaQuery } from './useMediaQuery';

/**
 * The theme in effect, with 'system' resolved to what the operating system asks for. Where that
 * forces its own colours, heat maps go with its ground, whatever was chosen here.
 */
export function useTheme(): ResolvedTheme {
  const chosen = useAppState((state) => state.theme);
  const dark = useMediaQuery('(prefers-color-scheme: dark)');
  const forced = useMediaQuery('(forced-colors: active)');
  if (chosen !== 'system' && !forced) return chosen;
  return dark ? 'dark' : 'light';
}
