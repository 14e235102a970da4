import { useEffect, useState } from 'react';
import type { Spectrum } from '../../analysis/spectrum';
import type { WeightArray } from './weightArrays';
import { requestSpectrum } from './spectrumClient';

export interface ShownSpectrum {
  /** Of an earlier matrix while `pending`; null before the first. */
  readonly spectrum: Spectrum | null;
  readonly pending: boolean;
}

interface Computed {
  readonly array: WeightArray;
  readonly spectrum: Spectrum;
}

export function useSpectrum(array: WeightArray | null): ShownSpectrum {
  const [computed, setComputed] = useState<Computed | null>(null);
  useEffect(() => {
    if (array === null) return;
    let wanted = true;
    void requestSpectrum(array.values, array.rows).then((spectrum) => {
      if (wanted && spectrum !== null) setComputed({ array, spectrum });
    });
    return () => {
      wanted = false;
    };
  }, [array]);
  return { spectrum: computed?.spectrum ?? null, pending: computed?.array !== array };
}
