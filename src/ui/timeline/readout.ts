import type { RunSummary } from '../../engine/interface';
import type { TrackId } from '../../model/configuration';
import { formatLog2, formatNumber, formatShare } from '../charts/format';
import { log2Sum } from '../charts/series';

/** What each track says about one step while the pointer is on it. */
export type Readout = Record<Exclude<TrackId, 'graph'>, string>;

/** A reader of the summary's series; the total is summed once. */
export function createReadout(summary: RunSummary): (step: number) => Readout | null {
  const { series, overflowAt } = summary;
  const total = log2Sum(series.log2Contribution);
  const end = overflowAt ?? Infinity;
  return (step) => {
    const i = step - 1;
    if (i >= series.stepLosses.length || step >= end) return null;
    return {
      inputs: '',
      states: `‖h‖ ${formatLog2(series.log2State[i]!)}`,
      loss: `ℓ ${formatNumber(series.stepLosses[i]!)}`,
      errors: `‖δ‖ ${formatLog2(series.log2ErrorSignal[i]!)}`,
      gradient: formatLog2(series.log2StateGradient[i]!),
      contribution: formatShare(shareOf(series.log2Contribution[i]!, total)),
    };
  };
}

/** 2^(log2 − log2Total), 0 where there is nothing to share. */
export function shareOf(log2: number, log2Total: number): number {
  return log2 === -Infinity || log2Total === -Infinity ? 0 : 2 ** (log2 - log2Total);
}
