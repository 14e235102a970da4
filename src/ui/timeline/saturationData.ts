import type { Translate } from '../app/context';
import type { DataColumn, DataTable } from '../charts/export/dataTable';
import { formatShare } from '../charts/format';
import { formatLimit } from './saturationView';
import { part, stepColumn } from './trackData';
import type { ShownSaturation } from './useSaturation';
import type { ShownSteps } from './window';

/** Shares of saturated and dead units, and of the units in each bin where it counts single steps. */
export function saturationData(
  { view, window }: ShownSaturation,
  counted: 'preActivations' | 'slopes',
  shown: ShownSteps,
  text: Translate,
): DataTable {
  const from = Math.max(shown.from, window.from);
  const to = Math.min(shown.to, window.to, view.saturated.length);
  const steps = { from, to: Math.max(from - 1, to) };
  const count = steps.to - steps.from + 1;
  const { bins, columns, shares, least, greatest } = view[counted];
  const isByStep = columns === window.to - window.from + 1;
  const limit = (b: number) => least + ((greatest - least) * b) / bins;
  const histogram: DataColumn[] = Array.from({ length: isByStep ? bins : 0 }, (_, b) => ({
    id: `share_${b + 1}`,
    head: `${formatLimit(limit(b))} … ${formatLimit(limit(b + 1))}`,
    values: shares.subarray(b * columns, (b + 1) * columns).subarray(from - window.from),
    format: shareText,
  }));
  const name = counted === 'slopes' ? 'f′(a_t)' : 'a_t';
  return {
    rows: count,
    columns: [
      stepColumn(steps, text),
      {
        id: 'saturated',
        head: text('track.saturated'),
        values: part(view.saturated, steps),
        format: shareText,
      },
      {
        id: 'dead',
        head: text('track.dead'),
        values: part(view.dead, steps),
        format: shareText,
      },
      ...histogram,
    ],
    notes: [
      'saturated: share of units with 0 < |f′| < 1 % of its greatest value; dead: with f′ = 0 exactly.',
      isByStep
        ? `share_i: share of units whose ${name} is in bin i of ${bins} equal ones from ${least} to ${greatest}.`
        : `The histogram of ${name} is left out: it counts several steps at once. Zoom in to ${columns} steps.`,
    ],
  };
}

function shareText(share: number): string {
  return formatShare(Math.log2(share));
}
