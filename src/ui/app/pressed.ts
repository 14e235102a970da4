/*
 * Whether a button or finger is down anywhere on the page: a drag that rests for a moment goes on.
 * One set of listeners for all charts.
 */
let isWatching = false;
let isDown = false;

/** From now on. */
export function watchPresses(): void {
  if (isWatching) return;
  isWatching = true;
  const set = (down: boolean) => () => {
    isDown = down;
  };
  const options = { capture: true, passive: true };
  window.addEventListener('pointerdown', set(true), options);
  window.addEventListener('pointerup', set(false), options);
  window.addEventListener('pointercancel', set(false), options);
  // What lets go over a list or a menu of the system's is never told.
  const onMove = ({ buttons }: PointerEvent) => {
    if (buttons === 0) isDown = false;
  };
  window.addEventListener('pointermove', onMove, options);
  // The page's own, not that of a field whose focus a press has taken: that one does not come here.
  window.addEventListener('blur', set(false));
}

export function isPressed(): boolean {
  return isDown;
}
