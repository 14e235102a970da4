import { useEffect, useRef, useState } from 'react';

/**
 * `value`, changing at most once per `interval` milliseconds; the last one always arrives. For
 * charts that cost more than a frame while something is dragged.
 */
export function useThrottled<T>(value: T, interval: number): T {
  const [shown, setShown] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + interval - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setShown(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, interval]);
  return shown;
}
