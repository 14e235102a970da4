import { useEffect, useState } from 'react';
import { useServices } from './context';

/** Milliseconds without a picture after which what is shown counts as an earlier one. */
const LONG = 500;

/**
 * Whether the shown numbers are those of earlier settings, and have been for a while: in a drag,
 * which pictures follow, they never are.
 */
export function useOvertaken(): boolean {
  const { results } = useServices();
  const [isOvertaken, setOvertaken] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let shown = results.get();
    const look = () => {
      const isWaiting = results.isPending() && results.get() !== null;
      if (isWaiting && timer !== null && results.get() === shown) return;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      shown = results.get();
      setOvertaken(false);
      if (isWaiting) timer = setTimeout(() => setOvertaken(true), LONG);
    };
    look();
    const stop = results.subscribe(look);
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [results]);
  return isOvertaken;
}
