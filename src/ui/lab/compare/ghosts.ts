import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Pin, RunConfiguration } from '../../../model/configuration';
import type { PinnedRun, PinState } from '../../../state/pinStore';
import { useAppState, useServices } from '../../app/context';
import { GHOST_STYLES } from '../../charts/ghosts';
import type { LegendKey } from '../../charts/Swatch';

/** How the page is looked at, not what is compared: neither in the link nor undone. */
const hidden = createStore<{ readonly runs: ReadonlySet<RunConfiguration> }>(() => ({
  runs: new Set(),
}));

function useHidden(): ReadonlySet<RunConfiguration> {
  return useStore(hidden, (state) => state.runs);
}

/** `pins`: those there are; what was hidden and is no longer pinned is forgotten. */
export function showGhost(run: RunConfiguration, isShown: boolean, pins: readonly Pin[]): void {
  const kept = pins.flatMap(({ configuration }) =>
    configuration !== run && hidden.getState().runs.has(configuration) ? [configuration] : [],
  );
  hidden.setState({ runs: new Set(isShown ? kept : [...kept, run]) });
}

export interface PinView {
  /** Its place among the pins, which decides how it is drawn */
  readonly slot: number;
  readonly pin: Pin;
  readonly state: PinState;
  readonly isHidden: boolean;
}

/** Every pin with what is known of it, in order. */
export function usePins(): readonly PinView[] {
  const { pins: store } = useServices();
  const pins = useAppState((state) => state.configuration.pins);
  const runs = useHidden();
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store]);
  const version = useSyncExternalStore(subscribe, () => store.version());
  return useMemo(() => {
    void version; // what the store gives changes with it
    return pins.map((pin, slot) => ({
      ...{ slot, pin, isHidden: runs.has(pin.configuration) },
      state: store.get(pin.configuration),
    }));
  }, [pins, runs, store, version]);
}

/** A pinned run that is drawn. */
export interface Ghost {
  readonly slot: number;
  readonly name: string;
  readonly T: number;
  readonly run: PinnedRun;
}

/** The pins that are drawn: with numbers, and not hidden. */
export function useGhosts(): readonly Ghost[] {
  const pins = usePins();
  return useMemo(
    () =>
      pins.flatMap(({ slot, pin, state, isHidden }) =>
        state.run === null || isHidden
          ? []
          : [{ slot, name: pin.name, T: pin.configuration.T, run: state.run }],
      ),
    [pins],
  );
}

/** First step of a pinned run without values, or Infinity */
export function endOf({ run }: Ghost): number {
  return run.summary.overflowAt ?? Infinity;
}

/** Which ghost is which, for a legend. `T`: length of the present axis, which a longer one leaves. */
export function ghostKeys(ghosts: readonly Ghost[], T: number): LegendKey[] {
  return ghosts.map(({ slot, name, T: own }) => ({
    ...{ kind: 'line', ...GHOST_STYLES[slot % GHOST_STYLES.length]! },
    text: own > T ? `${name} →` : name,
    isPlain: true,
  }));
}
