import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { translate, type MessageKey } from '../../i18n';
import type { AppServices } from '../../state/services';
import type { AppState, Result, ResultStore } from '../../state/types';
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
  const stages = createResultStages(results, (callback) => requestAnimationFrame(callback));
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
