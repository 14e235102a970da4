import { useMemo } from 'react';
import type { StoreApi } from 'zustand';
import type { AppState } from '../../state/types';
import { useAppStore } from '../app/context';
import { moved, toggled } from './hit';
import {
  atZoomLevel,
  panned,
  revealing,
  shownSteps,
  viewOf,
  zoomed,
  type ShownSteps,
} from './window';

export interface TimelineActions {
  /** Moves the playhead, clamped to the steps there are, and keeps it in sight. */
  select(step: number): void;
  move(steps: number): void;
  toggleCut(step: number): void;
  /** Puts `base` with the cut at `from` carried to `to`; part of one drag. */
  moveCut(base: readonly number[], from: number, to: number, gesture: string): void;
  zoom(factor: number, anchor: number): void;
  zoomTo(level: number): void;
  zoomAll(): void;
  pan(steps: number): void;
}

function createActions(store: StoreApi<AppState>): TimelineActions {
  const now = () => store.getState().configuration;
  const show = (next: (shown: ShownSteps, T: number) => ShownSteps): void => {
    const { view, T } = now();
    const shown = shownSteps(view, T);
    const { from, to } = next(shown, T);
    if (from === shown.from && to === shown.to) return;
    store.getState().change({ view: viewOf({ from, to }, T) });
  };
  const select = (step: number): void => {
    const { view, T } = now();
    const target = Math.min(T, Math.max(1, step));
    if (target === view.step) return;
    const shown = revealing(shownSteps(view, T), target, T);
    store.getState().change({ view: { step: target, ...viewOf(shown, T) } });
  };
  return {
    select,
    move: (steps) => select(Math.min(now().T, now().view.step) + steps),
    toggleCut: (step) => {
      store.getState().change({ cuts: toggled(now().cuts, step) });
    },
    moveCut: (base, from, to, gesture) => {
      store.getState().change({ cuts: moved(base, from, to) }, gesture);
    },
    zoom: (factor, anchor) => show((shown, T) => zoomed(shown, factor, anchor, T)),
    zoomTo: (level) => show((_, T) => atZoomLevel(level, now().view.step, T)),
    zoomAll: () => show((_, T) => ({ from: 1, to: T })),
    pan: (steps) => show((shown, T) => panned(shown, steps, T)),
  };
}

export function useTimelineActions(): TimelineActions {
  const store = useAppStore();
  return useMemo(() => createActions(store), [store]);
}
