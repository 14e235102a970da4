import { linksOf } from '../../model/links';
import type { Result } from '../../state/types';
import type { Translate } from '../app/context';
import { formatCount, formatLog2, formatShare } from '../charts/format';
import { log2Columns, type DataColumn, type DataTable } from '../charts/export/dataTable';
import { log2ShareOf, log2Sum } from '../charts/series';
import type { ShownSteps } from './window';

type Run = Pick<Result, 'summary' | 'problem'>;

export const LOG2_NOTE =
  'log2_…: base-2 logarithm, -Infinity for an exact zero. The column without log2_ is empty where float64 cannot hold the number.';

/** The shown steps that have values: those from an overflow on have none. */
export function stepsOf({ summary }: Run, { from, to }: ShownSteps): ShownSteps {
  const last = Math.min(to, summary.shape.T, (summary.overflowAt ?? Infinity) - 1);
  return { from, to: Math.max(from - 1, last) };
}

export function stepColumn({ from, to }: ShownSteps, text: Translate): DataColumn {
  const values = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return { id: 'step', head: text('table.step'), values, format: formatCount };
}

export function part(series: Float64Array, { from, to }: ShownSteps): Float64Array {
  return series.subarray(from - 1, to);
}

export function normColumns(
  id: string,
  head: string,
  series: Float64Array,
  steps: ShownSteps,
): DataColumn[] {
  return log2Columns(id, part(series, steps), { head, format: formatLog2 });
}

export function shareColumn({ summary }: Run, steps: ShownSteps, text: Translate): DataColumn {
  const { log2Contribution } = summary.series;
  const total = log2Sum(log2Contribution);
  return {
    id: 'log2_share',
    head: text('table.contribution'),
    values: part(log2Contribution, steps).map((log2) => log2ShareOf(log2, total)),
    format: formatShare,
    merge: (values) => log2Sum(Float64Array.from(values)),
  };
}

export function stopColumn(
  { problem }: Run,
  { from, to }: ShownSteps,
  text: Translate,
): DataColumn {
  const links = linksOf(problem);
  return {
    id: 'link',
    head: text('table.cut'),
    values: Array.from(links.subarray(from - 1, to)),
    // Of several: whether there is a cut among them
    merge: (values) => Math.min(...values),
    format: (link) => (link === 0 ? text('table.yes') : ''),
  };
}

/** All tracks' numbers over the shown steps. */
export function allTracksData(run: Run, shown: ShownSteps, text: Translate): DataTable {
  const steps = stepsOf(run, shown);
  const { series } = run.summary;
  return {
    rows: steps.to - steps.from + 1,
    columns: [
      stepColumn(steps, text),
      ...normColumns('norm_h', text('table.state'), series.log2State, steps),
      { id: 'loss', head: text('table.loss'), values: part(series.stepLosses, steps) },
      ...normColumns('norm_delta', text('table.error'), series.log2ErrorSignal, steps),
      ...normColumns('norm_dh', text('table.gradient'), series.log2StateGradient, steps),
      ...log2Columns('norm_contribution', part(series.log2Contribution, steps)),
      shareColumn(run, steps, text),
      stopColumn(run, steps, text),
    ],
    notes: [
      'Frobenius norms over the whole batch: h_t, delta_t = dL/da_t, dh_t = dL/dh_t; contribution: sum over the batch of delta_t h_(t-1)^T, the part of step t in dL/dW_h.',
      'loss: w_t l_t. share: the contribution over the sum of all steps’ contributions.',
      'link: what the error is multiplied by on its way from step t to t-1; 0 = cut or reset.',
      LOG2_NOTE,
    ],
  };
}
