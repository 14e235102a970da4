import type { GradientFlow } from '../../analysis/gradientFlow';
import { useResult } from '../app/context';
import { useAnalysis } from '../lab/useAnalysis';
import { flowOf } from './flow';
import { useKept } from './useKept';

interface ShownFlow {
  /** Null before the first run, and before the first factor is measured */
  readonly flow: GradientFlow | null;
  /** False while the flow is an earlier run's */
  readonly isCurrent: boolean;
}

/**
 * The verdict with its factor measured on what it has to be: a unit error is asked for only where
 * the loss sits at many steps, and the last verdict stays until the answer is there.
 */
export function useFlow(): ShownFlow {
  const result = useResult();
  const plain = result === null ? null : flowOf(result);
  const analysis = useAnalysis(
    result !== null && plain?.measuredOn === 'unitError'
      ? { kind: 'unitError', from: plain.to, batchEntry: result.step.batchEntry }
      : null,
  );
  let flow: GradientFlow | null = null;
  if (analysis === null || analysis.error !== null) flow = plain;
  else if (analysis.about !== null && analysis.value !== null) {
    flow = flowOf(analysis.about, analysis.value.log2Norm);
  }
  const shown = useKept(flow);
  return { flow: shown, isCurrent: flow !== null && (analysis === null || analysis.isCurrent) };
}
