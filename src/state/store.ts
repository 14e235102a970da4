import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Configuration } from '../model/configuration';
import {
  applyChange,
  clampView,
  differOnlyInView,
  fitConfiguration,
  type TaskKnowledge,
} from '../model/configurationRules';
import type { ErrorRecord } from '../model/errors';
import { sameValue } from '../model/sameValue';
import { EMPTY_HISTORY, recorded, redone, undone, type History } from './history';
import type { AppState, Language, Theme, Travel } from './types';

export interface InitialAppState {
  readonly configuration: Configuration;
  readonly language: Language;
  readonly theme: Theme;
  readonly notice?: ErrorRecord | null;
  readonly singleKeys?: boolean;
}

/** The page's state; knows neither React nor the browser. */
export function createAppStore(
  initial: InitialAppState,
  knowledge: TaskKnowledge,
): StoreApi<AppState> {
  let history: History = EMPTY_HISTORY;

  return createStore<AppState>()((set, get) => {
    const show = (configuration: Configuration, next: History) => {
      history = next;
      set({
        configuration,
        canUndo: history.past.length > 0,
        canRedo: history.future.length > 0,
      });
    };

    /** A step through the history; the view is no part of it and stays, inside the new T and B. */
    const travel = (kind: Travel['kind']) => {
      const { configuration: present } = get();
      const target = (kind === 'undo' ? undone : redone)(history, present);
      if (target === null) return;
      const { T, B } = target.configuration;
      const clamped = clampView(present.view, T, B);
      const view = sameValue(clamped, present.view) ? present.view : clamped;
      const configuration = { ...target.configuration, view };
      show(configuration, target.history);
      set({ lastTravel: { kind, from: present, to: configuration } });
    };

    const showLink = (configuration: Configuration) => {
      const before = get().configuration;
      const next = applyChange(before, configuration, knowledge);
      show(next, differOnlyInView(before, next) ? history : recorded(history, before));
    };

    return {
      configuration: initial.configuration,
      language: initial.language,
      theme: initial.theme,
      singleKeys: initial.singleKeys ?? true,
      engine: { state: 'starting' },
      notice: initial.notice ?? null,
      canUndo: false,
      canRedo: false,
      pendingLink: null,

      change(change, gesture) {
        const before = get().configuration;
        const next = applyChange(before, change, knowledge);
        if (next === before) return;
        if (differOnlyInView(before, next)) set({ configuration: next });
        else show(next, recorded(history, before, gesture));
      },
      undo: () => travel('undo'),
      redo: () => travel('redo'),
      lastTravel: null,

      openLink(link) {
        const configuration = fitConfiguration(link, knowledge);
        const { canUndo, configuration: present } = get();
        if (canUndo && !sameValue(configuration, present)) set({ pendingLink: { configuration } });
        else {
          set({ pendingLink: null });
          showLink(configuration);
        }
      },
      acceptLink() {
        const { pendingLink } = get();
        if (pendingLink === null) return;
        set({ pendingLink: null });
        showLink(pendingLink.configuration);
      },
      keepMine: () => set({ pendingLink: null }),

      setLanguage: (language) => set({ language }),
      setTheme: (theme) => set({ theme }),
      setSingleKeys: (singleKeys) => set({ singleKeys }),
      setEngine: (engine) => set({ engine }),
      setNotice: (notice) => set({ notice }),
      corruption: null,
      setCorruption: (corruption) => set({ corruption }),
    };
  });
}
