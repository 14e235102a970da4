import { useEffect, type RefObject } from 'react';
import { stepWidth, type TimeScale } from '../charts/timeScale';
import type { TimelineActions } from './actions';

/**
 * Wheel with Ctrl, ⌘ or Alt (and a trackpad's pinch, which arrives so) zooms about the pointer;
 * sideways or with Shift it pans. A plain wheel stays the page's; `onIdle` is told of one that
 * scrolls nothing there.
 */
export function useWheel(
  ref: RefObject<HTMLElement | null>,
  scale: TimeScale,
  actions: TimelineActions,
  onIdle: () => void,
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
      if (sideways === 0) {
        if (dy !== 0 && !scrolls(element, dy)) onIdle();
        return;
      }
      event.preventDefault();
      rest += sideways / stepWidth(scale);
      const steps = Math.trunc(rest);
      rest -= steps;
      if (steps !== 0) actions.pan(steps);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref, scale, actions, onIdle]);
}

/** Whether a wheel over the element moves anything around it. */
function scrolls(element: Element, dy: number): boolean {
  for (let box: Element | null = element; box !== null; box = box.parentElement) {
    const room = box.scrollHeight - box.clientHeight;
    if (room < 1) continue;
    const isPage = box === document.scrollingElement;
    if (!isPage && !/auto|scroll/.test(getComputedStyle(box).overflowY)) continue;
    if (dy > 0 ? box.scrollTop < room - 1 : box.scrollTop > 0) return true;
  }
  return false;
}
