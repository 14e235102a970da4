import type { RunSummary } from '../../engine/interface';
import type { TrackId } from '../../model/configuration';
import { formatLog2, formatNumber, formatShare } from '../charts/format';
import { log2ShareOf, log2Sum } from '../charts/series';

/** What each track says about one step while the pointer is on it. */
export type Readout = Record<Exclude<TrackId, 'graph' | 'saturation'>, string>;

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
      contribution: formatShare(log2ShareOf(series.log2Contribution[i]!, total)),
    };
  };
}
