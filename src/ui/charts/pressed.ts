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
  window.addEventListener('pointerdown', set(true), { capture: true, passive: true });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    window.addEventListener(end, set(false), { capture: true, passive: true });
  }
  // The page's own, not that of a field whose focus a press has taken: that one does not come here.
  window.addEventListener('blur', set(false));
}

export function isPressed(): boolean {
  return isDown;
}
