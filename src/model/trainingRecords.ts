import { byParameter, PARAMETER_NAMES, type ByParameter } from './optimizer';
import type { TrainingPlan, TrainingRecords } from './training';

/** One update's numbers, before they become columns. */
export interface TrainingRecord {
  readonly loss: number;
  readonly log2Gradients: ByParameter<number>;
  readonly log2Weights: ByParameter<number>;
  readonly log2Updates: ByParameter<number>;
}

/** log2 √(Σ 2^(2 l)): the norm of several arrays together. */
export function log2NormTogether(log2Norms: ByParameter<number>): number {
  const all = PARAMETER_NAMES.map((name) => log2Norms[name]);
  const top = Math.max(...all);
  if (!Number.isFinite(top)) return top;
  return top + 0.5 * Math.log2(all.reduce((sum, l) => sum + 2 ** (2 * (l - top)), 0));
}

/** c/‖g‖ as mantissa · 2^exponent, so that a gradient far outside any float is clipped rightly. */
export function clipFactor(
  { clipNorm }: Pick<TrainingPlan, 'clipNorm'>,
  log2GradientNorm: number,
): { readonly mantissa: number; readonly exponent: number } {
  if (clipNorm === null || !(log2GradientNorm > Math.log2(clipNorm))) {
    return { mantissa: 1, exponent: 0 };
  }
  const log2Factor = Math.log2(clipNorm) - log2GradientNorm;
  const exponent = Math.floor(log2Factor);
  return { mantissa: 2 ** (log2Factor - exponent), exponent };
}

export function recordColumns(
  plan: TrainingPlan,
  from: number,
  records: readonly TrainingRecord[],
): TrainingRecords {
  const columns = (key: 'log2Gradients' | 'log2Weights' | 'log2Updates') =>
    byParameter((name) => Float64Array.from(records, (record) => record[key][name]));
  const log2GradientNorms = Float64Array.from(records, ({ log2Gradients }) =>
    log2NormTogether(log2Gradients),
  );
  return {
    from,
    losses: Float64Array.from(records, ({ loss }) => loss),
    log2GradientNorms,
    clipFactors: log2GradientNorms.map((log2Norm) => {
      const { mantissa, exponent } = clipFactor(plan, log2Norm);
      return mantissa * 2 ** exponent;
    }),
    log2Gradients: columns('log2Gradients'),
    log2Weights: columns('log2Weights'),
    log2Updates: columns('log2Updates'),
  };
}
