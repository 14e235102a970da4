import { useEffect, useSyncExternalStore } from 'react';
import type { Spectrum } from '../../analysis/spectrum';
import { pagePace } from '../app/pace';
import type { WeightArray } from './weightArrays';
import { spectrumLane } from './spectrumClient';

export interface ShownSpectrum {
  /** Of an earlier matrix while `pending`; null before the first. */
  readonly spectrum: Spectrum | null;
  readonly pending: boolean;
}

interface Computed {
  readonly array: WeightArray;
  readonly spectrum: Spectrum;
}

/** Above this, a decomposition takes long enough to wait until the drag rests. */
const IMMEDIATE_SIZE = 64;
const REST_MILLISECONDS = 200;

/** The last one of W_h: all who show it draw it in one turn. */
let latest: Computed | null = null;
const listeners = new Set<() => void>();

function show(computed: Computed): void {
  if (latest?.array === computed.array) return;
  latest = computed;
  pagePace.follow(listeners, () => listeners.forEach((listener) => listener()));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The spectrum of W_h. */
export function useSpectrum(array: WeightArray | null): ShownSpectrum {
  const computed = useSyncExternalStore(subscribe, () => latest);
  useEffect(() => {
    if (array === null) return;
    const request = async () => {
      const spectrum = await spectrumLane.request(array.values, array.rows);
      // Also when a newer matrix is there by now: in a drag there always is one.
      if (spectrum !== null) show({ array, spectrum });
    };
    const delay = array.rows > IMMEDIATE_SIZE ? REST_MILLISECONDS : 0;
    const timer = window.setTimeout(() => void request(), delay);
    return () => window.clearTimeout(timer);
  }, [array]);
  return { spectrum: computed?.spectrum ?? null, pending: computed?.array !== array };
}
