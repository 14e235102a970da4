import { useEffect } from 'react';
import { useAppStore } from './context';
import type { OpenDialog } from './dialogs';

/** Where keys mean typing; there undo is the field's own. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('textarea, select, input:not([type=range], [type=button], [type=file])')
  );
}

/**
 * The keys that work everywhere: undo, redo, P to pin and ? for the list of all keys. Those without
 * Ctrl or ⌘ can be switched off: dictation software types them (WCAG 2.1.4).
 */
export function useShortcuts(openDialog: (dialog: OpenDialog) => void, pin: () => void): void {
  const store = useAppStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      if (isTyping(event.target)) return;
      // Behind a dialog nothing changes.
      if (document.querySelector('[role=dialog][data-open]') !== null) return;
      const command = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (command && key === 'z' && event.shiftKey) store.getState().redo();
      else if (command && key === 'z') store.getState().undo();
      else if (event.ctrlKey && key === 'y') store.getState().redo();
      else if (command || !store.getState().singleKeys) return;
      else if (event.key === '?' || event.key === '？') openDialog({ kind: 'help' });
      else if (key === 'p' && !event.repeat) pin();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [store, openDialog, pin]);
}
