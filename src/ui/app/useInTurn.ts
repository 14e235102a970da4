import { useEffect, useRef, useState } from 'react';
import { pagePace } from './pace';

/**
 * `value`, following in a turn of its own (see pace.ts): for what can come a frame later than the rest
 * of its chart where a machine is slow. Made anew with every render, it would never rest.
 */
export function useInTurn<V>(value: V): V {
  const [shown, setShown] = useState(value);
  const owner = useRef({});
  useEffect(() => {
    if (value !== shown) pagePace.follow(owner.current, () => setShown(value));
  }, [value, shown]);
  return shown;
}
