import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Analysis, Answer, Question } from '../../state/analysisStore';
import { useServices } from '../app/context';
import { pagePace } from '../app/pace';

/**
 * Keeps the question answered while the component is shown. Null asks nothing, for sizes at which a
 * question is asked on request only.
 */
export function useAnalysis<Q extends Question>(question: Q): Analysis<Answer<Q>>;
export function useAnalysis<Q extends Question>(question: Q | null): Analysis<Answer<Q>> | null;
export function useAnalysis<Q extends Question>(question: Q | null): Analysis<Answer<Q>> | null {
  const { analyses } = useServices();
  const key = JSON.stringify(question);
  // Equal questions are one question, whichever object asks.
  const asked = useMemo(() => JSON.parse(key) as Q | null, [key]);
  const subscribe = useCallback(
    (listener: () => void) =>
      asked === null
        ? () => undefined
        : // What changes several times between two frames is drawn once.
          analyses.watch(asked, () => pagePace.follow(listener, listener)),
    [analyses, asked],
  );
  return useSyncExternalStore(subscribe, () => (asked === null ? null : analyses.get(asked)));
}
