import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { TrainingStore } from '../../../state/training/types';
import labStyles from '../lab.module.css';
import { CHART_INTERVAL, useTraining } from './useTraining';

const UNSEEN_INTERVAL = 2000;

/**
 * A part of the panel that follows the trainings: quickly while it can be seen, now and then where it
 * is scrolled away.
 */
export function Live(props: {
  readonly children: (training: TrainingStore) => ReactNode;
}): ReactNode {
  const ref = useRef<HTMLDivElement>(null);
  const isSeen = useIsSeen(ref);
  const training = useTraining(isSeen ? CHART_INTERVAL : UNSEEN_INTERVAL);
  return (
    <div ref={ref} className={labStyles.answer}>
      {props.children(training)}
    </div>
  );
}

function useIsSeen(ref: RefObject<Element | null>): boolean {
  const [isSeen, setSeen] = useState(true);
  useEffect(() => {
    if (ref.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setSeen(entries[entries.length - 1]!.isIntersecting),
      { rootMargin: '100px' },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return isSeen;
}
