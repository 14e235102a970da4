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
  for (const end of ['pointerup', 'pointercancel', 'blur'] as const) {
    window.addEventListener(end, set(false), { capture: true, passive: true });
  }
}

export function isPressed(): boolean {
  return isDown;
}
