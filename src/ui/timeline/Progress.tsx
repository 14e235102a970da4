import { useCallback, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useServices, useText } from '../app/context';
import buttons from '../theme/buttons.module.css';
import styles from './Progress.module.css';

/** Quicker ones pass unseen. A running animation, even an invisible one, costs every frame. */
const DELAY = 200;
/** What takes longer can be given up. */
const LONG = 1000;

/** A moving line while a newer picture is being computed; after a second, a way out. */
export function Progress({ first }: { readonly first: boolean }): ReactNode {
  const services = useServices();
  const { results } = services;
  const subscribe = useCallback((listener: () => void) => results.subscribe(listener), [results]);
  const pending = useSyncExternalStore(subscribe, () => results.isPending());
  const isStopped = useSyncExternalStore(subscribe, () => results.error()?.code === 'aborted');
  const text = useText();
  const busy = pending || first;
  const waited = useWaited(busy);
  const label = text(first ? 'timeline.loading' : 'timeline.recomputing');
  return (
    <>
      {waited >= DELAY && <div className={styles.progress} role="progressbar" aria-label={label} />}
      {waited >= LONG && !first && (
        <Note words={label} action={text('app.cancel')} onAction={services.cancelRun} />
      )}
      {isStopped && !busy && (
        <Note
          words={text('timeline.stopped')}
          action={text('timeline.again')}
          onAction={services.runAgain}
        />
      )}
    </>
  );
}

/** Milliseconds that `busy` has lasted, as far as the limits above ask. */
function useWaited(busy: boolean): number {
  const [waited, setWaited] = useState(0);
  useEffect(() => {
    if (!busy) return undefined;
    const timers = [DELAY, LONG].map((limit) => setTimeout(() => setWaited(limit), limit));
    return () => {
      timers.forEach(clearTimeout);
      setWaited(0);
    };
  }, [busy]);
  return waited;
}

/** Over the tracks: nothing moves when it comes and goes. */
function Note(props: {
  readonly words: string;
  readonly action: string;
  readonly onAction: () => void;
}): ReactNode {
  return (
    <div className={styles.note} role="status">
      <span>{props.words}</span>
      <button type="button" className={buttons.small} onClick={props.onAction}>
        {props.action}
      </button>
    </div>
  );
}
