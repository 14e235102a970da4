import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { translate, type MessageKey } from '../../i18n';
import type { AppServices } from '../../state/services';
import type { AppState, Result, ResultStore } from '../../state/types';
import { pagePace } from './pace';
import { isPressed, watchPresses } from './pressed';
import { createResultStages, STAGE, type ResultStages } from './resultStages';

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

/** Those who follow a store's configuration in a drag, each told when it is its turn */
const followersOf = new WeakMap<StoreApi<AppState>, Set<() => void>>();

function followersFor(store: StoreApi<AppState>): Set<() => void> {
  const known = followersOf.get(store);
  if (known !== undefined) return known;
  const followers = new Set<() => void>();
  followersOf.set(store, followers);
  watchPresses();
  store.subscribe(() => {
    for (const follow of followers) {
      if (isPressed()) pagePace.follow(follow, follow);
      else follow();
    }
  });
  return followers;
}

/**
 * As useAppState, for what costs much to draw: in a drag it follows in a turn of its own, so that
 * what is dragged need not wait for it.
 */
export function useFollowedState<T>(selector: (state: AppState) => T): T {
  const store = useAppStore();
  const subscribe = useCallback(
    (listener: () => void) => {
      const followers = followersFor(store);
      followers.add(listener);
      return () => followers.delete(listener);
    },
    [store],
  );
  return useSyncExternalStore(subscribe, () => selector(store.getState()));
}

/** For event handlers: the state now, without subscribing. */
export function useAppStore(): StoreApi<AppState> {
  return useApp().store;
}

export function useServices(): AppServices {
  return useApp().services;
}

/** When a part of the page draws a result; see resultStages.ts. */
export const ResultStage = createContext<number>(STAGE.timeline);

const stagesOf = new WeakMap<ResultStore, ResultStages>();

function stagesFor(results: ResultStore): ResultStages {
  const known = stagesOf.get(results);
  if (known !== undefined) return known;
  const stages = createResultStages(results, pagePace);
  stagesOf.set(results, stages);
  return stages;
}

/** The last finished run; the component renders again when a newer one is published. */
export function useResult(): Result | null {
  const { results } = useServices();
  const stage = useContext(ResultStage);
  const subscribe = useCallback(
    (listener: () => void) => stagesFor(results).subscribe(stage, listener),
    [results, stage],
  );
  return useSyncExternalStore(subscribe, () => results.get());
}

export type Translate = (
  key: MessageKey,
  params?: Readonly<Record<string, string | number>>,
) => string;

export function useText(): Translate {
  const language = useAppState((state) => state.language);
  return useCallback((key, params) => translate(language, key, params), [language]);
}
