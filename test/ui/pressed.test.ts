import { afterEach, expect, it, vi } from 'vitest';

/** A window that tells its listeners what happens in it. */
function fakeWindow() {
  const listeners: { type: string; isCapturing: boolean; listener: (event: object) => void }[] = [];
  return {
    addEventListener: (
      type: string,
      listener: (event: object) => void,
      options?: { capture?: boolean },
    ) => listeners.push({ type, listener, isCapturing: options?.capture ?? false }),
    /** In an element: `bubbles` as the DOM has it */
    inElement(type: string, bubbles: boolean, event = {}) {
      for (const { listener, ...own } of listeners) {
        if (own.type === type && (bubbles || own.isCapturing)) listener(event);
      }
    },
    itself(type: string) {
      for (const { listener, ...own } of listeners) if (own.type === type) listener({});
    },
  };
}

afterEach(() => vi.unstubAllGlobals());

it('a press lasts until it is let go, also when it takes the focus from a field', async () => {
  const window = fakeWindow();
  vi.stubGlobal('window', window);
  const { isPressed, watchPresses } = await import('../../src/ui/app/pressed');
  watchPresses();
  window.inElement('pointerdown', true);
  window.inElement('blur', false);
  expect(isPressed()).toBe(true);
  window.inElement('pointerup', true);
  expect(isPressed()).toBe(false);
  window.inElement('pointerdown', true);
  window.itself('blur'); // The page has lost the focus: no pointerup comes.
  expect(isPressed()).toBe(false);

  // A list of the system's takes the pointerup; the next move says that nothing is down.
  window.inElement('pointerdown', true);
  window.inElement('pointermove', true, { buttons: 1 });
  expect(isPressed()).toBe(true);
  window.inElement('pointermove', true, { buttons: 0 });
  expect(isPressed()).toBe(false);
});
