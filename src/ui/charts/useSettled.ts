import { useEffect, useState } from 'react';
import { useServices } from '../app/context';
import { isPressed, watchPresses } from '../app/pressed';

/** Milliseconds without a change before a chart is drawn by the library again. */
const REST = 250;
/** And how long its sketch stays until the library's own updates are on the screen. */
const OVERLAP = 120;

export interface Settled<V> {
  /** The last value that stayed for a while */
  readonly settled: V;
  /** False once `settled` is the present value and drawn */
  readonly isLive: boolean;
}

/** `value` once it and the page's results rest. The first one counts as settled at once. */
export function useSettled<V>(value: V): Settled<V> {
  const { results } = useServices();
  const [settled, setSettled] = useState(value);
  const [drawn, setDrawn] = useState(value);
  useEffect(watchPresses, []);
  useEffect(() => {
    if (drawn === value) return;
    let isOver = false;
    let timer = setTimeout(settle, REST);
    function settle() {
      // A drag may pause, and on a slow machine the next picture may take longer than the rest.
      if (results.isPending() || isPressed()) {
        timer = setTimeout(settle, REST);
        return;
      }
      inTurn(() => {
        if (!isOver) setSettled(value);
      });
    }
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [value, drawn, results]);
  // Counted from when React has the new picture, however long its turn took to come.
  useEffect(() => {
    if (settled !== value || drawn === value) return;
    const timer = setTimeout(() => setDrawn(value), OVERLAP);
    return () => clearTimeout(timer);
  }, [settled, value, drawn]);
  return { settled, isLive: drawn !== value };
}

const waiting: (() => void)[] = [];

/** One chart a frame: several that settle together would make one long frame. */
function inTurn(draw: () => void): void {
  waiting.push(draw);
  if (waiting.length > 1) return;
  requestAnimationFrame(function next() {
    waiting.shift()?.();
    if (waiting.length > 0) requestAnimationFrame(next);
  });
}
