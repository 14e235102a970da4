import { useEffect } from 'react';
import type { StoreApi } from 'zustand';
import type { AppState } from '../../state/types';
import { useAppStore } from './context';
import type { OpenDialog } from './dialogs';

export interface ShortcutContext {
  readonly store: StoreApi<AppState>;
  readonly openDialog: (dialog: OpenDialog) => void;
  /** Pins the present run. */
  readonly pin: () => void;
}

/** A key of one character that works everywhere, without Ctrl or ⌘. */
interface SingleKey {
  /** As KeyboardEvent.key gives them, whatever the case; full-width ones count as well. */
  readonly keys: readonly string[];
  readonly run: (context: ShortcutContext) => void;
}

/**
 * All of them: whoever adds one here also lists it in HelpDialog. They can be switched off, and
 * never fire while somebody types or composes. Keys of a focused widget are its own business.
 */
export const SINGLE_KEYS: readonly SingleKey[] = [
  { keys: ['p', 'ｐ'], run: ({ pin }) => pin() },
  { keys: ['?', '？'], run: ({ openDialog }) => openDialog({ kind: 'help' }) },
];

/** The little of a KeyboardEvent that decides. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
  /** 229 while an input method has the key, also where isComposing comes too late */
  readonly keyCode: number;
}

const COMPOSING = 229;

/** What a key press does anywhere on the page; null for what is not ours. */
export function shortcutOf(
  press: Press,
  singleKeys: boolean,
): ((context: ShortcutContext) => void) | null {
  if (press.isComposing || press.keyCode === COMPOSING || press.altKey) return null;
  const key = press.key.toLowerCase();
  if (press.ctrlKey || press.metaKey) {
    if (key === 'z' && press.shiftKey) return ({ store }) => store.getState().redo();
    if (key === 'z') return ({ store }) => store.getState().undo();
    if (key === 'y' && press.ctrlKey) return ({ store }) => store.getState().redo();
    return null;
  }
  if (!singleKeys) return null;
  return SINGLE_KEYS.find(({ keys }) => keys.includes(key))?.run ?? null;
}

/** Where keys mean typing; there undo is the field's own. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('textarea, select, input:not([type=range], [type=button], [type=file])')
  );
}

/** The keys that work everywhere. */
export function useShortcuts(openDialog: (dialog: OpenDialog) => void, pin: () => void): void {
  const store = useAppStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      // Behind a dialog nothing changes.
      if (document.querySelector('[role=dialog][data-open]') !== null) return;
      const run = shortcutOf(event, store.getState().singleKeys);
      if (run === null) return;
      run({ store, openDialog, pin });
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [store, openDialog, pin]);
}
