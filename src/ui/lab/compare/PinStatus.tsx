import { useEffect, useState, type ReactNode } from 'react';
import { useSaid } from './pinning';
import styles from './compare.module.css';

/** Milliseconds a message stays in sight */
const SHOWN = 5000;

/**
 * What pinning did: its curve lies under the present one at first, and P can be pressed anywhere. A
 * polite message to screen readers, in sight for a moment to everyone else.
 */
export function PinStatus(): ReactNode {
  const { message, id } = useSaid();
  const [seen, setSeen] = useState(id);
  useEffect(() => {
    const timer = setTimeout(() => setSeen(id), SHOWN);
    return () => clearTimeout(timer);
  }, [id]);
  const isShown = id !== seen;
  return (
    <div role="status" className={styles.status} data-shown={isShown}>
      {isShown && <span key={id}>{message}</span>}
    </div>
  );
}
