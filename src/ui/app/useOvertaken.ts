import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useResult, useServices } from './context';

/** Milliseconds without a picture after which what is shown counts as an earlier one. */
const LONG = 500;

/**
 * Whether the shown numbers are those of earlier settings, and have been for a while: in a drag,
 * which pictures follow, they never are.
 */
export function useOvertaken(): boolean {
  const { results } = useServices();
  const subscribe = useCallback((listener: () => void) => results.subscribe(listener), [results]);
  const isPending = useSyncExternalStore(subscribe, () => results.isPending());
  const shown = useResult()?.id ?? null;
  const [overtaken, setOvertaken] = useState<number | null>(null);
  useEffect(() => {
    if (!isPending || shown === null) return undefined;
    const timer = setTimeout(() => setOvertaken(shown), LONG);
    return () => {
      clearTimeout(timer);
      setOvertaken(null);
    };
  }, [isPending, shown]);
  return isPending && overtaken !== null && overtaken === shown;
}
