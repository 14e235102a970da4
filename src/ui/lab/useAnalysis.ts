import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Analysis, Answer, Question } from '../../state/analysisStore';
import { useServices } from '../app/context';

/** Keeps the question answered while the component is shown; null where nothing answers. */
export function useAnalysis<Q extends Question>(question: Q): Analysis<Answer<Q>> | null {
  const { analyses } = useServices();
  const key = JSON.stringify(question);
  // Equal questions are one question, whichever object asks.
  const asked = useMemo(() => JSON.parse(key) as Q, [key]);
  const subscribe = useCallback(
    (listener: () => void) => analyses?.watch(asked, listener) ?? (() => undefined),
    [analyses, asked],
  );
  return useSyncExternalStore(subscribe, () => analyses?.get(asked) ?? null);
}
