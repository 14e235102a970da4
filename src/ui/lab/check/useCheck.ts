import { create } from 'zustand';
import type { RunSummary } from '../../../engine/interface';
import type { CrossCheck, Corruption } from '../../../model/analyses';
import type { Result } from '../../../state/types';
import { isCheckable, isQuietCheck } from '../../../model/checkWork';
import type { Analysis, CheckQuestion } from '../../../state/analysisStore';
import { useAppState, useResult } from '../../app/context';
import { useAnalysis } from '../useAnalysis';
import { checkedSize } from './position';

/** The runs whose checks people asked for, by themselves too large to be asked quietly. */
interface Requests {
  readonly check: RunSummary | null;
  readonly differences: RunSummary | null;
}
// Shared by the badge and the panel; what is asked for survives a change of panels, but no edit.
const useRequests = create<Requests>(() => ({ check: null, differences: null }));

/**
 * Why there is no check: nothing was computed yet, it is run on request only, the reference would
 * take too long, or the value that should be corrupted does not exist.
 */
export type NoCheck = 'noResult' | 'onRequest' | 'tooLarge' | 'noSuchValue';

export interface Check {
  /** Null while something speaks against asking */
  readonly question: CheckQuestion | null;
  readonly analysis: Analysis<CrossCheck> | null;
  readonly missing: NoCheck | null;
  /** Asks for the shown result, once. */
  readonly request: () => void;
}

/** The check of the shown result, the same question wherever it is used. */
export function useCheck(): Check {
  return useAsked('check');
}

/** The same with central differences, on request at any size. */
export function useDifferences(): Check {
  return useAsked('differences');
}

function useAsked(what: keyof Requests): Check {
  const result = useResult();
  const summary = result?.summary ?? null;
  const corruption = useAppState((state) => state.corruption);
  const requested = useRequests((requests) => requests[what]);
  const missing = whyNot(what, result, corruption, requested);
  const question = missing === null ? questionOf(what, corruption) : null;
  const analysis = useAnalysis(question);
  const request = () => useRequests.setState({ [what]: summary });
  return { question, analysis, missing, request };
}

function questionOf(what: keyof Requests, corruption: Corruption | null): CheckQuestion {
  const corrupt = corruption !== null && { corrupt: corruption };
  return { kind: 'check', ...(what === 'differences' && { differences: true }), ...corrupt };
}

function whyNot(
  what: keyof Requests,
  result: Result | null,
  corruption: Corruption | null,
  requested: RunSummary | null,
): NoCheck | null {
  if (result === null) return 'noResult';
  const { problem, summary } = result;
  const { shape, overflowAt } = summary;
  if (!isCheckable(problem, what === 'differences')) return 'tooLarge';
  if (corruption !== null) {
    if (corruption.index >= checkedSize(corruption.array, shape, overflowAt)) return 'noSuchValue';
  }
  const isQuiet = what === 'check' && isQuietCheck(problem);
  return isQuiet || requested === summary ? null : 'onRequest';
}
