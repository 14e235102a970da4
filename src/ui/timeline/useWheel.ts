import { useEffect, type RefObject } from 'react';
import { stepWidth, type TimeScale } from '../charts/timeScale';
import type { TimelineActions } from './actions';

/**
 * Wheel with Ctrl, ⌘ or Alt (and a trackpad's pinch, which arrives so) zooms about the pointer;
 * sideways or with Shift it pans. A plain wheel stays the page's.
 */
export function useWheel(
  ref: RefObject<HTMLElement | null>,
  scale: TimeScale,
  actions: TimelineActions,
): void {
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    let rest = 0;
    const onWheel = (event: WheelEvent): void => {
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const [dx, dy] = [event.deltaX * lines, event.deltaY * lines];
      if (event.ctrlKey || event.metaKey || event.altKey) {
        event.preventDefault();
        const x = event.clientX - element.getBoundingClientRect().left;
        const delta = Math.max(-120, Math.min(120, dy !== 0 ? dy : dx));
        actions.zoom(Math.exp(-delta * 0.004), x / scale.width);
        return;
      }
      const sideways = event.shiftKey ? dx + dy : Math.abs(dx) > Math.abs(dy) ? dx : 0;
      if (sideways === 0) return;
      event.preventDefault();
      rest += sideways / stepWidth(scale);
      const steps = Math.trunc(rest);
      rest -= steps;
      if (steps !== 0) actions.pan(steps);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref, scale, actions]);
}
