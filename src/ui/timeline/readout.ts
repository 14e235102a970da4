import type { RunSummary } from '../../engine/interface';
import type { TrackId } from '../../model/configuration';
import type { Result } from '../../state/types';
import type { Translate } from '../app/context';
import { formatLog2, formatNumber, formatShare, formatWithin } from '../charts/format';
import { log2ShareOf, log2Sum } from '../charts/series';

/** As many characters as the column of key numbers is wide: `--figure` in Timeline.module.css */
const COLUMN = 12;

/** A magnitude as a key number: whole exponents, with as many digits as there is room for. */
export function keyNumber(log2: number): string {
  return formatWithin(COLUMN, (digits) => formatLog2(log2, digits));
}

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
      states: `‖h‖ ${keyNumber(series.log2State[i]!)}`,
      loss: `ℓ ${formatNumber(series.stepLosses[i]!)}`,
      errors: `‖δ‖ ${keyNumber(series.log2ErrorSignal[i]!)}`,
      gradient: keyNumber(series.log2StateGradient[i]!),
      contribution: formatShare(log2ShareOf(series.log2Contribution[i]!, total)),
    };
  };
}

/** Key numbers are over all sequences, the inspector's of one: said where that differs. */
export function batchOf(result: Result | null, text: Translate): string | undefined {
  const B = result?.summary.shape.B ?? 1;
  return B > 1 ? text('track.batchNorm', { count: B }) : undefined;
}
