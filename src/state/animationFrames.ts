import type { FrameScheduler } from './resultStore';

interface FrameWindow {
  requestAnimationFrame(callback: () => void): number;
  setTimeout(callback: () => void, milliseconds: number): number;
}

/** A hidden tab draws no frames, but the console API must still get its results there. */
const LONGEST_WAIT = 200;

/** The next animation frame, or a short while later where none comes. */
export function animationFrames(window: FrameWindow): FrameScheduler {
  return (callback) => {
    let isDone = false;
    const once = () => {
      if (isDone) return;
      isDone = true;
      callback();
    };
    window.requestAnimationFrame(once);
    window.setTimeout(once, LONGEST_WAIT);
  };
}
