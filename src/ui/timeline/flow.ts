import type { RunSummary } from '../../engine/interface';
import { FLOAT_FORMATS } from '../../analysis/floatFormats';
import { gradientFlow, type GradientFlow } from '../../analysis/gradientFlow';
import type { Result } from '../../state/types';
import { LOG10_OF_2 } from '../charts/series';

const flows = new WeakMap<RunSummary, GradientFlow>();

/** The verdict on a run, computed once however many components ask. */
export function flowOf({ summary, problem }: Result): GradientFlow {
  let flow = flows.get(summary);
  if (flow === undefined) {
    flow = gradientFlow(summary, problem);
    flows.set(summary, flow);
  }
  return flow;
}

export type Regime = GradientFlow['kind'] | 'unmeasured';

/** A stretch too short for a factor is not called stable. */
export function regimeOf({ kind, factor }: GradientFlow): Regime {
  return kind === 'stable' && factor === null ? 'unmeasured' : kind;
}

/** Magnitudes that number formats cannot hold, in log10. bfloat16 has float32's range. */
export const FORMAT_BANDS = [
  band('below', 'float16', -Infinity, FLOAT_FORMATS.float16.leastNormal),
  band('below', 'float32, bfloat16', -Infinity, FLOAT_FORMATS.float32.leastNormal),
  band('above', 'float16', FLOAT_FORMATS.float16.greatest, Infinity),
  band('above', 'float32', FLOAT_FORMATS.float32.greatest, Infinity),
] as const;

function band(kind: 'below' | 'above', format: string, low: number, high: number) {
  return { kind, format, low: low * LOG10_OF_2, high: high * LOG10_OF_2 };
}
