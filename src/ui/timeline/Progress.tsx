import { useCallback, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useServices, useText } from '../app/context';
import styles from './Progress.module.css';

/** Quicker ones pass unseen. A running animation, even an invisible one, costs every frame. */
const DELAY = 200;

/** A moving line while a newer picture is being computed. */
export function Progress({ first }: { readonly first: boolean }): ReactNode {
  const { results } = useServices();
  const subscribe = useCallback((listener: () => void) => results.subscribe(listener), [results]);
  const pending = useSyncExternalStore(subscribe, () => results.isPending());
  const text = useText();
  const busy = pending || first;
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setTimeout(() => setLate(true), DELAY);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [busy]);
  if (!busy || !late) return null;
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label={text(first ? 'timeline.loading' : 'timeline.recomputing')}
    />
  );
}
