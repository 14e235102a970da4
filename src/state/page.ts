/** The little of a browser window that persistence needs; a plain object in tests. */
export interface Page {
  readonly location: Pick<Location, 'href' | 'hash' | 'search' | 'pathname'>;
  readonly history: { replaceState(data: null, unused: string, url: string): void };
  readonly navigator: { readonly languages: readonly string[] };
  /** Reading the property may throw where storage is forbidden. */
  readonly localStorage: Pick<Storage, 'getItem' | 'setItem'>;
  addEventListener(type: 'hashchange' | 'pagehide', listener: () => void): void;
  removeEventListener(type: 'hashchange' | 'pagehide', listener: () => void): void;
  setTimeout(callback: () => void, milliseconds: number): number;
  clearTimeout(id: number): void;
}

/** Remembered settings; without storage everything works and nothing is remembered. */
export interface Memory {
  read(key: string): string | null;
  write(key: string, value: string): void;
}

const NO_MEMORY: Memory = { read: () => null, write: () => undefined };

/** `isAllowed`: an embedded page leaves nothing on the reader's machine. */
export function memoryOf(page: Page, isAllowed: boolean): Memory {
  if (!isAllowed) return NO_MEMORY;
  // Blocked cookies, private windows and a full quota throw from the property or from either
  // method. A remembered theme is a convenience: going without it is the whole remedy.
  const guarded = <V>(action: () => V, otherwise: V): V => {
    try {
      return action();
    } catch {
      return otherwise;
    }
  };
  return {
    read: (key) => guarded(() => page.localStorage.getItem(key), null),
    write: (key, value) => guarded(() => page.localStorage.setItem(key, value), undefined),
  };
}
