import { useState } from 'react';
import type { Analysis, Answer, Question } from '../../state/analysisStore';
import { useAnalysis } from './useAnalysis';

export interface KeptAnalysis<Q extends Question> {
  readonly asked: Q;
  readonly analysis: Analysis<Answer<Q>>;
  /** The question that `analysis.value` answers: `asked`, or the one before it */
  readonly answered: Q;
}

/**
 * Like useAnalysis, but a changed question keeps the answer to the one before until its own arrives:
 * a number that is dragged must not empty the picture.
 */
export function useKeptAnalysis<Q extends Question>(question: Q): KeptAnalysis<Q>;
export function useKeptAnalysis<Q extends Question>(question: Q | null): KeptAnalysis<Q> | null;
export function useKeptAnalysis<Q extends Question>(question: Q | null): KeptAnalysis<Q> | null {
  const analysis = useAnalysis(question);
  const [kept, setKept] = useState<KeptAnalysis<Q> | null>(null);
  if (analysis === null || question === null) return null;
  // Null may be the answer.
  if (analysis.value !== null || analysis.isCurrent) {
    const latest = { asked: question, analysis, answered: question };
    if (kept?.analysis !== analysis) setKept(latest);
    return latest;
  }
  if (kept === null) return { asked: question, analysis, answered: question };
  const { value, about } = kept.analysis;
  return {
    asked: question,
    analysis: { ...analysis, value, about, isCurrent: false },
    answered: kept.answered,
  };
}
