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

/** The little of an element that decides. */
export interface Focused {
  readonly isContentEditable: boolean;
  readonly matches: (selector: string) => boolean;
}

/** Kinds of input that no text is typed in */
const NO_TEXT = ['button', 'checkbox', 'color', 'file', 'radio', 'range', 'reset', 'submit']
  .map((type) => `[type=${type}]`)
  .join();

/**
 * Marks a text field whose last change was no typing but an arrow key: it has nothing of its own to
 * undo.
 */
export const STEPPED = 'data-stepped';

/** What may be taken from the element in focus: no key where text is typed, no letter from a list. */
export function keysLeft(focused: Focused, singleKeys: boolean): 'none' | 'chords' | 'all' {
  if (focused.isContentEditable || focused.matches('textarea')) return 'none';
  if (focused.matches(`input:not(${NO_TEXT})`)) {
    return focused.matches(`[${STEPPED}]`) ? 'chords' : 'none';
  }
  return singleKeys && !focused.matches('select') ? 'all' : 'chords';
}

/** The keys that work everywhere. */
export function useShortcuts(openDialog: (dialog: OpenDialog) => void, pin: () => void): void {
  const store = useAppStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const { singleKeys } = store.getState();
      const keys = event.target instanceof HTMLElement ? keysLeft(event.target, singleKeys) : 'all';
      if (keys === 'none') return;
      // Behind a dialog nothing changes.
      if (document.querySelector('[role=dialog][data-open]') !== null) return;
      const run = shortcutOf(event, keys === 'all' && singleKeys);
      if (run === null) return;
      run({ store, openDialog, pin });
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [store, openDialog, pin]);
}
