import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { translate, type MessageKey } from '../../i18n';
import type { AppServices } from '../../state/services';
import type { AppState, Result } from '../../state/types';

export interface AppContextValue {
  readonly store: StoreApi<AppState>;
  readonly services: AppServices;
}

export const AppContext = createContext<AppContextValue | null>(null);

function useApp(): AppContextValue {
  const value = useContext(AppContext);
  if (value === null) throw new Error('Components of the page live inside <AppContext.Provider>.');
  return value;
}

export function useAppState<T>(selector: (state: AppState) => T): T {
  return useStore(useApp().store, selector);
}

/** For event handlers: the state now, without subscribing. */
export function useAppStore(): StoreApi<AppState> {
  return useApp().store;
}

export function useServices(): AppServices {
  return useApp().services;
}

/**
 * How many frames after a result was published a part of the page draws it: all of the page in one
 * frame would be a long one on a slow machine, and the tracks are what people watch in a drag.
 */
export const ResultDelay = createContext(0);

/** The last finished run; the component renders again when a newer one is published. */
export function useResult(): Result | null {
  const { results } = useServices();
  const delay = useContext(ResultDelay);
  const subscribe = useCallback(
    (listener: () => void) => results.subscribe(() => afterFrames(delay, listener)),
    [results, delay],
  );
  return useSyncExternalStore(subscribe, () => results.get());
}

function afterFrames(count: number, action: () => void): void {
  if (count === 0) action();
  else requestAnimationFrame(() => afterFrames(count - 1, action));
}

export type Translate = (
  key: MessageKey,
  params?: Readonly<Record<string, string | number>>,
) => string;

export function useText(): Translate {
  const language = useAppState((state) => state.language);
  return useCallback((key, params) => translate(language, key, params), [language]);
}
