import { useMemo } from 'react';
import type { StoreApi } from 'zustand';
import { AXIS_TRACKS, LIMITS, type AxisTrackId, type TrackId } from '../../model/configuration';
import type { AppState } from '../../state/types';
import { useAppState, useAppStore, useText } from '../app/context';
import type { MenuAction } from '../charts/export/ChartMenu';
import { movedTo } from './trackOrder';

/** What people do to the rows themselves; all of it is view, none of it an undo entry. */
export interface TrackLayout {
  toggleFold(track: TrackId): void;
  /** To a place from the top, 0…; clamped. */
  move(track: AxisTrackId, place: number): void;
  /** By places: −1 is up. */
  moveBy(track: AxisTrackId, places: number): void;
  /** Of the plot, CSS pixels; clamped. Null: shares the room there is. */
  resize(track: TrackId, height: number | null): void;
}

export function isAxisTrack(track: TrackId): track is AxisTrackId {
  return AXIS_TRACKS.some((known) => known === track);
}

function createTrackLayout(store: StoreApi<AppState>): TrackLayout {
  const { least, most } = LIMITS.trackHeight;
  const view = () => store.getState().configuration.view;
  const move = (track: AxisTrackId, place: number): void => {
    store.getState().change({ view: { order: movedTo(view().order, track, place) } });
  };
  return {
    toggleFold(track) {
      const { folded } = view();
      const next = folded.includes(track)
        ? folded.filter((other) => other !== track)
        : [...folded, track];
      store.getState().change({ view: { folded: next } });
    },
    move,
    moveBy: (track, places) => move(track, view().order.indexOf(track) + places),
    resize(track, height) {
      const { [track]: _own, ...others } = view().heights;
      const bounded = Math.round(Math.min(most, Math.max(least, height ?? 0)));
      const heights = height === null ? others : { ...others, [track]: bounded };
      store.getState().change({ view: { heights } });
    },
  };
}

export function useTrackLayout(): TrackLayout {
  const store = useAppStore();
  return useMemo(() => createTrackLayout(store), [store]);
}

/** The same as entries of a track's menu: the way by touch, where a drag scrolls the page. */
export function useLayoutActions(track: TrackId): readonly MenuAction[] {
  const text = useText();
  const layout = useTrackLayout();
  const order = useAppState((state) => state.configuration.view.order);
  const isSized = useAppState((state) => state.configuration.view.heights[track] !== undefined);
  return useMemo(() => {
    const automatic = {
      name: text('timeline.automaticHeight'),
      run: () => layout.resize(track, null),
      disabled: !isSized,
    };
    if (!isAxisTrack(track)) return [automatic];
    const place = order.indexOf(track);
    const move = (places: number) => () => layout.moveBy(track, places);
    return [
      { name: text('timeline.moveUp'), run: move(-1), disabled: place === 0 },
      { name: text('timeline.moveDown'), run: move(1), disabled: place === order.length - 1 },
      automatic,
    ];
  }, [track, text, layout, order, isSized]);
}
