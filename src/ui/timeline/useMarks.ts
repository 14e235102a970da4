import { useMemo } from 'react';
import { linkMarks, type LinkMarks } from '../../analysis/reach';
import type { Configuration } from '../../model/configuration';

/** Where gradients and states stop, for the configuration that is shown. */
export function useMarks({
  T,
  truncation,
  cuts,
}: Pick<Configuration, 'T' | 'truncation' | 'cuts'>): LinkMarks {
  return useMemo(() => linkMarks({ T, truncation, cuts }), [T, truncation, cuts]);
}

/** What keeps the error from passing from step t to t − 1, if anything does outright. */
export type Stop = 'cut' | 'scheme' | 'reset';

export function stopsWithin(marks: LinkMarks, from: number, to: number): ReadonlyMap<number, Stop> {
  const stops = new Map<number, Stop>();
  const put = (steps: readonly number[], stop: Stop) => {
    for (const step of steps) if (step >= from && step <= to) stops.set(step, stop);
  };
  put(marks.schemeCuts, 'scheme');
  put(marks.cuts, 'cut');
  put(marks.resets, 'reset');
  return stops;
}
