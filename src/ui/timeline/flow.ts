import type { RunSummary } from '../../engine/interface';
import { FLOAT_FORMATS } from '../../analysis/floatFormats';
import { gradientFlow, measuredOnUnitError, type GradientFlow } from '../../analysis/gradientFlow';
import type { Result } from '../../state/types';
import { formatCount, formatNumber } from '../charts/format';
import { LOG10_OF_2 } from '../charts/series';

const flows = new WeakMap<RunSummary | Float64Array, GradientFlow>();

function remembered(key: RunSummary | Float64Array, compute: () => GradientFlow): GradientFlow {
  let flow = flows.get(key);
  if (flow === undefined) {
    flow = compute();
    flows.set(key, flow);
  }
  return flow;
}

/**
 * The verdict on a run, computed once however many components ask. `unitError`: the answer for this
 * very run, see `gradientFlow`; without it there is no factor where the loss sits at many steps.
 */
export function flowOf(
  { summary, problem }: Result,
  unitError: Float64Array | null = null,
): GradientFlow {
  const flow = remembered(summary, () => gradientFlow(summary, problem));
  if (unitError === null || flow.measuredOn === 'gradient') return flow;
  return remembered(unitError, () => measuredOnUnitError(flow, unitError));
}

export type Regime = GradientFlow['kind'] | 'unmeasured' | 'none';

/**
 * A stretch too short for a factor is not called stable, and a gradient that is zero everywhere not
 * one that becomes zero on its way.
 */
export function regimeOf({
  kind,
  factor,
  zeroAt,
}: Pick<GradientFlow, 'kind' | 'factor' | 'zeroAt'>): Regime {
  if (kind === 'zero' && zeroAt === null) return 'none';
  return kind === 'stable' && factor === null ? 'unmeasured' : kind;
}

/** A half-life or doubling time in steps, without its unit. */
export function formatSteps(steps: number): string {
  return steps < 100 ? formatNumber(steps, 2) : formatCount(steps);
}

/** Magnitudes that number formats cannot hold, in log10. bfloat16 has float32's range. */
export const FORMAT_BANDS = [
  band('below', 'float16', -Infinity, FLOAT_FORMATS.float16.leastNormal),
  band('below', 'float32 / bfloat16', -Infinity, FLOAT_FORMATS.float32.leastNormal),
  band('above', 'float16', FLOAT_FORMATS.float16.greatest, Infinity),
  band('above', 'float32', FLOAT_FORMATS.float32.greatest, Infinity),
] as const;

function band(kind: 'below' | 'above', format: string, low: number, high: number) {
  return { kind, format, low: low * LOG10_OF_2, high: high * LOG10_OF_2 };
}
