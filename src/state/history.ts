import type { Configuration } from '../model/configuration';

/** Undo levels kept (docs/design: 200). */
const MOST_ENTRIES = 200;

/** Past and future configurations around the present one; immutable. */
export interface History {
  readonly past: readonly Configuration[];
  readonly future: readonly Configuration[];
  /** The gesture that made the newest entry, while it may still be going on. */
  readonly gesture: string | null;
}

export const EMPTY_HISTORY: History = { past: [], future: [], gesture: null };

/** After a change away from `before`. Changes of one gesture share the entry made by its first. */
export function recorded(history: History, before: Configuration, gesture?: string): History {
  if (gesture !== undefined && gesture === history.gesture) return { ...history, future: [] };
  return {
    past: [...history.past, before].slice(-MOST_ENTRIES),
    future: [],
    gesture: gesture ?? null,
  };
}

/** The configuration to go back to and the history there, or null at the beginning. */
export function undone(history: History, present: Configuration) {
  const before = history.past.at(-1);
  if (before === undefined) return null;
  return {
    configuration: before,
    history: {
      past: history.past.slice(0, -1),
      future: [present, ...history.future],
      gesture: null,
    } satisfies History,
  };
}

/** The configuration to go forward to and the history there, or null at the end. */
export function redone(history: History, present: Configuration) {
  const [after, ...future] = history.future;
  if (after === undefined) return null;
  return {
    configuration: after,
    history: { past: [...history.past, present], future, gesture: null } satisfies History,
  };
}
