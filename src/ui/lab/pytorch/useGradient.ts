import { useEffect, useState } from 'react';
import type { RunSummary } from '../../../engine/interface';
import type { Result } from '../../../state/types';
import { useServices } from '../../app/context';

interface Gradient {
  /** ∂L/∂W_h [H·H] of an earlier result while `pending`; null when not wanted or not yet there */
  readonly value: Float64Array | null;
  readonly pending: boolean;
  readonly failed: boolean;
}

interface Answer {
  readonly of: RunSummary;
  /** null where the evaluation failed */
  readonly value: Float64Array | null;
}

/** Milliseconds without an edit before the gradient is fetched in full. */
const REST = 300;

/** ∂L/∂W_h of the shown result in full, by the engine that made it. */
export function useGradient(result: Result, wanted: boolean): Gradient {
  const { evaluate } = useServices();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { problem, summary } = result;
  useEffect(() => {
    if (!wanted) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      evaluate(problem, summary.engine).then(
        ({ dWh }) => isWanted && setAnswer({ of: summary, value: dWh }),
        () => isWanted && setAnswer({ of: summary, value: null }),
      );
    }, REST);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [evaluate, problem, summary, wanted]);
  if (!wanted) return { value: null, pending: false, failed: false };
  const isCurrent = answer?.of === summary;
  return {
    // Numbers of another network must never stand beside this one's weights.
    value: isCurrent ? answer.value : null,
    pending: !isCurrent,
    failed: isCurrent && answer.value === null,
  };
}
