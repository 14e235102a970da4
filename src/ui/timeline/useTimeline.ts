import { useMemo } from 'react';
import type { Configuration } from '../../model/configuration';
import type { Result } from '../../state/types';
import { useAppState, useResult } from '../app/context';
import { shownSteps, type ShownSteps } from './window';

/** What the page shows now (from the store, at once) and the last numbers (from the engine, soon). */
export interface TimelineModel {
  readonly configuration: Configuration;
  readonly T: number;
  readonly step: number;
  readonly shown: ShownSteps;
  readonly result: Result | null;
  /** First step without values, or Infinity */
  readonly end: number;
}

export function useTimeline(): TimelineModel {
  const configuration = useAppState((state) => state.configuration);
  const result = useResult();
  const { T, view } = configuration;
  const { from, to } = shownSteps(view, T);
  const shown = useMemo(() => ({ from, to }), [from, to]);
  return {
    configuration,
    T,
    step: Math.min(view.step, T),
    shown,
    result,
    end: result?.summary.overflowAt ?? Infinity,
  };
}
