import type { GradientFlow } from '../../../analysis/gradientFlow';
import type { RunSummary } from '../../../engine/interface';
import { formatLog2, formatNumber, formatRatio } from '../../charts/format';

/** What a run came to, as far as runs are compared. */
export interface Outcome {
  /** NaN where losses are missing after an overflow */
  readonly totalLoss: number;
  /** log2 ‖∂L/∂h_1‖; NaN where the very first state overflowed */
  readonly log2FirstGradient: number;
  /** log2 ‖∂L/∂W_h‖ */
  readonly log2WeightGradient: number;
  readonly overflowAt: number | null;
  /** Null while it is being measured */
  readonly flow: Pick<GradientFlow, 'kind' | 'factor' | 'zeroAt'> | null;
}

export function outcomeOf(summary: RunSummary, flow: GradientFlow | null): Outcome {
  return {
    totalLoss: flow?.missesLosses ? NaN : summary.totalLoss,
    log2FirstGradient: summary.series.log2StateGradient[0] ?? NaN,
    log2WeightGradient: summary.log2Gradient.recurrentWeights,
    overflowAt: summary.overflowAt,
    flow,
  };
}

/** A number with its logarithm, for what is far outside any float. */
export interface Measured {
  readonly text: string;
  /** NaN where there is none */
  readonly log2: number;
}

export const MEASURES = ['totalLoss', 'factor', 'firstGradient', 'weightGradient'] as const;
export type Measure = (typeof MEASURES)[number];

export function measuredOf(measure: Measure, outcome: Outcome): Measured {
  switch (measure) {
    case 'totalLoss':
      return { text: formatNumber(outcome.totalLoss), log2: Math.log2(outcome.totalLoss) };
    case 'factor': {
      const factor = outcome.flow?.factor ?? null;
      if (factor === null) return { text: '–', log2: NaN };
      return { text: `×${formatNumber(factor)}`, log2: Math.log2(factor) };
    }
    case 'firstGradient':
      return { text: formatLog2(outcome.log2FirstGradient), log2: outcome.log2FirstGradient };
    case 'weightGradient':
      return { text: formatLog2(outcome.log2WeightGradient), log2: outcome.log2WeightGradient };
  }
}

/** Within a factor of 2, a change is said in percent. */
const NEAR = 1;
/** Less is what the same numbers on another engine may differ by. */
const EQUAL = 1e-5;

/**
 * The present number relative to the pinned one, both as log2: "−12.3 %", or "×0.031" where they are
 * further apart than a factor of 2, "=" for two that are equal; null where there is nothing to say.
 */
export function relativeText(now: number, pinned: number): string | null {
  if (Number.isNaN(now) || Number.isNaN(pinned)) return null;
  if (now === pinned) return '=';
  if (pinned === -Infinity) return null;
  if (now === -Infinity) return '×0';
  const log2 = now - pinned;
  if (Math.abs(log2) >= NEAR) return formatRatio(log2);
  const part = Math.expm1(log2 * Math.LN2);
  if (Math.abs(part) < EQUAL) return '=';
  const percent = formatNumber(Math.abs(100 * part), 2);
  return `${part < 0 ? '−' : '+'}${percent} %`;
}
