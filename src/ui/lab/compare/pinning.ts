import { useCallback } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { PIN_LIMITS } from '../../../model/configuration';
import { runOf } from '../../../model/pins';
import { sameValue } from '../../../model/sameValue';
import { useAppState, useAppStore, useText } from '../../app/context';
import { useChange } from '../../controls/gesture';
import { automaticName } from './names';

/** What was said last about pins; `id` tells two equal messages apart. */
const said = createStore<{ readonly message: string; readonly id: number }>(() => ({
  message: '',
  id: 0,
}));

export function useSaid(): { readonly message: string; readonly id: number } {
  return useStore(said);
}

function say(message: string): void {
  said.setState(({ id }) => ({ message, id: id + 1 }));
}

/** Pins the run that is set now, unless it is pinned already or there is no room; says what it did. */
export function usePinPresent(): () => void {
  const store = useAppStore();
  const change = useChange();
  const text = useText();
  return useCallback(() => {
    const { configuration } = store.getState();
    const { pins } = configuration;
    const run = runOf(configuration);
    const known = pins.find((pin) => sameValue(pin.configuration, run));
    if (known !== undefined) say(text('compare.already', { name: known.name }));
    else if (pins.length >= PIN_LIMITS.pins) say(text('compare.full', { most: PIN_LIMITS.pins }));
    else {
      const name = automaticName(run, pins, text);
      change({ pins: [...pins, { name, configuration: run }] });
      say(text('compare.pinned', { name }));
    }
  }, [store, change, text]);
}

/** Whether there is no room for another pin. */
export function useIsFull(): boolean {
  return useAppState((state) => state.configuration.pins.length >= PIN_LIMITS.pins);
}

/** Removes a pin and says so. */
export function useRemovePin(): (slot: number) => void {
  const store = useAppStore();
  const change = useChange();
  const text = useText();
  return useCallback(
    (slot) => {
      const { pins } = store.getState().configuration;
      const name = pins[slot]?.name;
      if (name === undefined) return;
      change({ pins: pins.filter((_, i) => i !== slot) });
      say(text('compare.removed', { name }));
    },
    [store, change, text],
  );
}
