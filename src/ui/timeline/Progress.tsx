import { useCallback, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { ResultStore } from '../../state/types';
import { useServices, useText } from '../app/context';
import buttons from '../theme/buttons.module.css';
import styles from './Progress.module.css';

/** Quicker ones pass unseen. A running animation, even an invisible one, costs every frame. */
const DELAY = 200;
/** What takes longer can be given up. */
const LONG = 1000;

/** A moving line while a newer picture is being computed; after a second, a way out. */
export function Progress(): ReactNode {
  const services = useServices();
  const { results } = services;
  const subscribe = useCallback((listener: () => void) => results.subscribe(listener), [results]);
  const first = useSyncExternalStore(subscribe, () => results.get() === null);
  const isStopped = useSyncExternalStore(
    subscribe,
    () => results.error()?.code === 'aborted' && !results.isPending(),
  );
  const text = useText();
  const waited = useWaited(results);
  const label = text(first ? 'timeline.loading' : 'timeline.recomputing');
  return (
    <>
      {waited >= DELAY && <div className={styles.progress} role="progressbar" aria-label={label} />}
      {waited >= LONG && !first && (
        <Note words={label} action={text('app.cancel')} onAction={services.cancelRun} />
      )}
      {isStopped && (
        <Note
          words={text('timeline.stopped')}
          action={text('timeline.again')}
          onAction={services.runAgain}
        />
      )}
    </>
  );
}

/**
 * Milliseconds that a picture has been waited for, as far as the limits above ask. Runs that end
 * before the first limit, as those of a drag do, render nothing.
 */
function useWaited(results: ResultStore): number {
  const [waited, setWaited] = useState(0);
  useEffect(() => {
    let timers: ReturnType<typeof setTimeout>[] = [];
    let isBusy = false;
    const look = () => {
      const wasBusy = isBusy;
      isBusy = results.isPending() || (results.get() === null && results.error() === null);
      if (isBusy === wasBusy) return;
      timers.forEach(clearTimeout);
      timers = isBusy
        ? [DELAY, LONG].map((limit) => setTimeout(() => setWaited(limit), limit))
        : [];
      setWaited(0);
    };
    look();
    const stop = results.subscribe(look);
    return () => {
      stop();
      timers.forEach(clearTimeout);
    };
  }, [results]);
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
