import { useEffect, useState } from 'react';
import type { Spectrum } from '../../analysis/spectrum';
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

export function useSpectrum(array: WeightArray | null): ShownSpectrum {
  const [computed, setComputed] = useState<Computed | null>(null);
  useEffect(() => {
    if (array === null) return;
    const request = async () => {
      const spectrum = await spectrumLane.request(array.values, array.rows);
      // Also when a newer matrix is there by now: in a drag there always is one.
      if (spectrum !== null) setComputed({ array, spectrum });
    };
    const delay = array.rows > IMMEDIATE_SIZE ? REST_MILLISECONDS : 0;
    const timer = window.setTimeout(() => void request(), delay);
    return () => window.clearTimeout(timer);
  }, [array]);
  return { spectrum: computed?.spectrum ?? null, pending: computed?.array !== array };
}
