import { useCallback, useSyncExternalStore, type ReactNode } from 'react';
import { useServices, useText } from '../app/context';
import styles from './Progress.module.css';

/** A moving line while a newer picture is being computed; CSS lets the quick ones pass unseen. */
export function Progress({ first }: { readonly first: boolean }): ReactNode {
  const { results } = useServices();
  const subscribe = useCallback((listener: () => void) => results.subscribe(listener), [results]);
  const pending = useSyncExternalStore(subscribe, () => results.isPending());
  const text = useText();
  if (!pending && !first) return null;
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label={text(first ? 'timeline.loading' : 'timeline.recomputing')}
    />
  );
}
