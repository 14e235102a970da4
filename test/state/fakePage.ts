import type { Page } from '../../src/state/persistence';

export interface FakePage extends Page {
  readonly storage: Map<string, string>;
  /** Every address written, oldest first. */
  readonly written: string[];
  /** What history.replaceState and storage throw; null when they work. */
  failure: Error | null;
  /** As when a person pastes a link into the address bar of this tab. */
  go(fragment: string): void;
  hide(): void;
  /** Lets the timers of the next `milliseconds` fire. */
  wait(milliseconds: number): void;
}

export function createFakePage(address: string, languages: string[] = ['en-GB']): FakePage {
  let url = new URL(address);
  let now = 0;
  let lastTimer = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();
  const listeners = { hashchange: new Set<() => void>(), pagehide: new Set<() => void>() };
  const storage = new Map<string, string>();
  const written: string[] = [];
  const mayFail = () => {
    if (page.failure !== null) throw page.failure;
  };

  const page: FakePage = {
    storage,
    written,
    failure: null,
    location: {
      get href() {
        return url.href;
      },
      get hash() {
        return url.hash;
      },
      get search() {
        return url.search;
      },
      get pathname() {
        return url.pathname;
      },
    },
    history: {
      replaceState(_, __, next) {
        mayFail();
        url = new URL(next, url);
        written.push(next);
      },
    },
    navigator: { languages },
    get localStorage() {
      mayFail();
      return {
        getItem: (key: string) => storage.get(key) ?? null,
        setItem: (key: string, value: string) => void storage.set(key, value),
      };
    },
    addEventListener: (type, listener) => void listeners[type].add(listener),
    removeEventListener: (type, listener) => void listeners[type].delete(listener),
    setTimeout(callback, milliseconds) {
      timers.set(++lastTimer, { at: now + milliseconds, callback });
      return lastTimer;
    },
    clearTimeout: (id) => void timers.delete(id),
    go(fragment) {
      url = new URL(`#${fragment}`, url);
      for (const listener of listeners.hashchange) listener();
    },
    hide() {
      for (const listener of listeners.pagehide) listener();
    },
    wait(milliseconds) {
      now += milliseconds;
      for (const [id, { at, callback }] of [...timers]) {
        if (at > now) continue;
        timers.delete(id);
        callback();
      }
    },
  };
  return page;
}
