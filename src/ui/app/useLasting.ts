import { useEffect, useState } from 'react';

/**
 * Whether `state` has held for `milliseconds`: what comes within a moment does not flicker. Not a
 * CSS transition with a delay, which would start and stop an animation with every edit of a drag.
 */
export function useLasting(state: boolean, milliseconds: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!state) return undefined;
    const timer = setTimeout(() => setLasts(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [state, milliseconds]);
  return state && lasts;
}
