import type { FrameScheduler } from './resultStore';

interface FrameWindow {
  requestAnimationFrame(callback: () => void): number;
  setTimeout(callback: () => void, milliseconds: number): number;
}

/** A hidden tab draws no frames, but the console API must still get its results there. */
const LONGEST_WAIT = 200;

/** A display's frame at 60 Hz, in milliseconds. */
const FRAME = 16;

/**
 * Calls at most once per frame: at once (as a microtask) when the last call is a frame or more ago,
 * so that the page is redrawn before the next frame instead of in it; else with the next animation
 * frame, or a short while later where none comes.
 */
export function animationFrames(window: FrameWindow): FrameScheduler {
  let lastCall = -Infinity;
  return (callback) => {
    let isDone = false;
    const once = () => {
      if (isDone) return;
      isDone = true;
      lastCall = performance.now();
      callback();
    };
    if (performance.now() - lastCall >= FRAME) {
      queueMicrotask(once);
      return;
    }
    window.requestAnimationFrame(once);
    window.setTimeout(once, LONGEST_WAIT);
  };
}
