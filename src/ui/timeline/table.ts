import { linksOf } from '../../model/links';
import type { Result } from '../../state/types';
import { log2ShareOf, log2Sum } from '../charts/series';
import type { ShownSteps } from './window';

export interface TableRow {
  readonly from: number;
  readonly to: number;
  readonly log2State: number;
  readonly loss: number;
  readonly log2Error: number;
  readonly log2Gradient: number;
  /** log2 of the row's part of the sum of all steps' norms */
  readonly log2Share: number;
  readonly cut: boolean;
}

/** At most `most` rows over the shown steps; a row of several steps holds their largest values. */
export function tableRows(
  result: Pick<Result, 'summary' | 'problem'>,
  shown: ShownSteps,
  most: number,
): TableRow[] {
  const { series, overflowAt } = result.summary;
  const total = log2Sum(series.log2Contribution);
  const last = Math.min(shown.to, series.stepLosses.length, (overflowAt ?? Infinity) - 1);
  const n = last - shown.from + 1;
  const count = Math.min(most, Math.max(0, n));
  const links = linksOf(result.problem);
  return Array.from({ length: count }, (_, r) => {
    const from = shown.from + Math.floor((r * n) / count);
    const to = shown.from + Math.floor(((r + 1) * n) / count) - 1;
    const largest = (values: Float64Array): number => largestOf(values, from, to);
    let cut = false;
    for (let t = from; t <= to; t++) cut ||= links[t - 1] === 0;
    return {
      from,
      to,
      log2State: largest(series.log2State),
      loss: largest(series.stepLosses),
      log2Error: largest(series.log2ErrorSignal),
      log2Gradient: largest(series.log2StateGradient),
      log2Share: log2ShareOf(log2Sum(series.log2Contribution.subarray(from - 1, to)), total),
      cut,
    };
  });
}

/** The largest value of steps from…to; NaN where a step has none. */
export function largestOf(values: Float64Array, from: number, to: number): number {
  if (to > values.length) return NaN;
  return values.subarray(from - 1, to).reduce((a, b) => Math.max(a, b), -Infinity);
}
