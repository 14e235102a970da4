import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useResult } from '../../app/context';
import { flowOf } from '../../timeline/flow';
import { useKept } from '../../timeline/useKept';
import { useAnalysis } from '../useAnalysis';

/** How the page is looked at, not what is computed: neither in the link nor undone. */
interface SentBackChoice {
  /** The step a unit error is sent back from; null: the end of the stretch */
  readonly step: number | null;
  /** Whether its curve is drawn; null: where the verdict is measured on one */
  readonly isDrawn: boolean | null;
}

const choice = createStore<SentBackChoice>(() => ({ step: null, isDrawn: null }));

export function sendBackFrom(step: number): void {
  choice.setState({ step, isDrawn: true });
}

export function drawSentBack(isDrawn: boolean): void {
  choice.setState({ isDrawn });
}

export interface SentBackCurve {
  readonly from: number;
  /** [T] of the run it was sent back through; NaN after `from`, −Infinity beyond a cut */
  readonly log2Norm: Float64Array;
}

interface SentBack {
  readonly isDrawn: boolean;
  /** 1…the last step with a state */
  readonly from: number;
  readonly last: number;
  readonly question: {
    readonly kind: 'unitError';
    readonly from: number;
    readonly batchEntry: number;
  };
}

/** What is chosen, fitted to the present run; null where there is no step to send from. */
export function useSentBack(): SentBack | null {
  const result = useResult();
  const { step, isDrawn } = useStore(choice);
  if (result === null) return null;
  const { to, measuredOn } = flowOf(result);
  if (to < 1) return null;
  const from = Math.min(step ?? to, to);
  return {
    isDrawn: isDrawn ?? measuredOn === 'unitError',
    from,
    last: to,
    question: { kind: 'unitError', from, batchEntry: result.step.batchEntry },
  };
}

/** The curve to draw, if one is wanted; the last one stays until the next is computed. */
export function useSentBackCurve(): SentBackCurve | null {
  const sent = useSentBack();
  const isDrawn = sent?.isDrawn ?? false;
  const analysis = useAnalysis(isDrawn && sent !== null ? sent.question : null);
  const log2Norm = useKept(analysis?.value?.log2Norm ?? null);
  const isWanted = analysis !== null && analysis.error === null;
  return useMemo(
    () => (isWanted && log2Norm !== null ? { from: startOf(log2Norm), log2Norm } : null),
    [isWanted, log2Norm],
  );
}

/** The last step with a value: where the error was sent from. */
function startOf(log2Norm: Float64Array): number {
  let step = log2Norm.length;
  while (step > 1 && Number.isNaN(log2Norm[step - 1]!)) step--;
  return step;
}
