import type { WindowView } from '../../engine/interface';
import type { Result } from '../../state/types';
import type { Translate } from '../app/context';
import type { DataColumn, DataTable } from '../charts/export/dataTable';
import { log2Columns } from '../charts/export/dataTable';
import { formatCount, formatLog2, formatNumber } from '../charts/format';
import type { Ghost } from '../lab/compare/ghosts';
import type { SentBackCurve } from '../lab/flow/sentBack';
import { flowOf } from './flow';
import { heatFile, heatTable, type HeatSource } from './heatData';
import {
  LOG2_NOTE,
  normColumns,
  part,
  shareColumn,
  stepColumn,
  stepsOf,
  stopColumn,
} from './trackData';
import type { ShownSteps } from './window';

export type HeatTrack = 'inputs' | 'states' | 'errors';

function entryNote(view: WindowView): string {
  return `Batch entry ${view.window.batchEntry + 1} of the batch.`;
}

/** What each heat map is of; `end`: the inputs are there after an overflow, too. */
function heatSource(track: HeatTrack, result: Result, view: WindowView): HeatSource {
  const { shape, overflowAt } = result.summary;
  const { window } = view;
  const end = overflowAt ?? Infinity;
  switch (track) {
    case 'inputs':
      return {
        ...{ map: view.inputs, window, width: shape.I, id: 'x', kind: 'signed', end: Infinity },
        unit: (i) => `*x*_{${i}}`,
        format: formatNumber,
      };
    case 'states':
      return {
        ...{ map: view.states, window, width: shape.H, id: 'h', kind: 'signed', end },
        unit: (i) => `*h*_{${i}}`,
        format: formatNumber,
      };
    case 'errors':
      return {
        ...{ map: view.log2ErrorSignals, window, width: shape.H, kind: 'log2', end },
        id: 'log2_abs_delta',
        unit: (i) => `|*δ*_{${i}}|`,
        format: formatLog2,
      };
  }
}

export function heatTrackTable(track: HeatTrack, result: Result, text: Translate): DataTable {
  return heatTable(heatSource(track, result, result.view), text);
}

const HEAT_NOTES: Record<HeatTrack, string> = {
  inputs: 'x_i: component i of the input x_t.',
  states: 'h_i: component i of the hidden state h_t. norm_h: over the whole batch.',
  errors:
    'log2_abs_delta_i: log2 |delta_i|, delta_t = dL/da_t, -Infinity for an exact zero. norm_delta: over the whole batch.',
};

export function heatTrackFile(track: HeatTrack, result: Result, view: WindowView): DataTable {
  const { series } = result.summary;
  const norms = (steps: ShownSteps): DataColumn[] => {
    if (track === 'inputs') return [];
    return track === 'states'
      ? log2Columns('norm_h', part(series.log2State, steps))
      : log2Columns('norm_delta', part(series.log2ErrorSignal, steps));
  };
  const notes = [HEAT_NOTES[track], entryNote(view)];
  return heatFile(
    heatSource(track, result, view),
    track === 'inputs' ? notes : [...notes, LOG2_NOTE],
    norms,
  );
}

/** ‖∂L/∂h_t‖, the bound beside it, and what else is drawn: an error sent back, pinned runs. */
export function gradientData(
  result: Result,
  sent: SentBackCurve | null,
  ghosts: readonly Ghost[],
  shown: ShownSteps,
  text: Translate,
): DataTable {
  const steps = stepsOf(result, shown);
  const { bound } = flowOf(result);
  const columns = [
    stepColumn(steps, text),
    ...normColumns(
      'norm_dh',
      text('table.gradient'),
      result.summary.series.log2StateGradient,
      steps,
    ),
  ];
  if (bound.holds) {
    columns.push(...normColumns('bound', text('table.bound'), bound.log2, steps));
  }
  if (sent !== null) {
    const name = text('track.unitError', { step: formatCount(sent.from) });
    columns.push(...normColumns('unit_error', name, sent.log2Norm, steps));
  }
  for (const { slot, name, run } of ghosts) {
    const pinned = run.summary.series.log2StateGradient;
    columns.push(...normColumns(`pin_${slot + 1}`, name, padded(pinned, steps.to), steps));
  }
  return {
    rows: steps.to - steps.from + 1,
    columns,
    notes: [
      'norm_dh: Frobenius norm of dL/dh_t over the whole batch.',
      ...(bound.holds ? ['bound: (gamma sigma_max(W_h))^n from the last loss on back.'] : []),
      ...(sent === null
        ? []
        : [`unit_error: norm of an error of length 1 sent back from step ${sent.from}.`]),
      ...ghosts.map(({ slot, name }) => `pin_${slot + 1}: the norm of the pinned run "${name}".`),
      LOG2_NOTE,
    ],
  };
}

/** A shorter run has no value at the steps after its own. */
function padded(series: Float64Array, length: number): Float64Array {
  if (series.length >= length) return series;
  const longer = new Float64Array(length).fill(NaN);
  longer.set(series);
  return longer;
}

export function contributionData(result: Result, shown: ShownSteps, text: Translate): DataTable {
  const steps = stepsOf(result, shown);
  const { log2Contribution } = result.summary.series;
  return {
    rows: steps.to - steps.from + 1,
    columns: [
      stepColumn(steps, text),
      ...normColumns('norm_contribution', text('table.part'), log2Contribution, steps),
      shareColumn(result, steps, text),
    ],
    notes: [
      'contribution: norm of the sum over the batch of delta_t h_(t-1)^T, the part of step t in dL/dW_h. share: that over the sum of all steps.',
      LOG2_NOTE,
    ],
  };
}

/** Norms at both ends of every drawn link, and what the error is multiplied by on it. */
export function graphData(result: Result, drawn: ShownSteps, text: Translate): DataTable {
  const steps = stepsOf(result, drawn);
  const { series } = result.summary;
  return {
    rows: steps.to - steps.from + 1,
    columns: [
      stepColumn(steps, text),
      ...normColumns('norm_h', text('table.state'), series.log2State, steps),
      ...normColumns('norm_delta', text('table.error'), series.log2ErrorSignal, steps),
      stopColumn(result, steps, text),
    ],
    notes: [
      'link: what the error is multiplied by on its way from step t to t-1; 0 = cut or reset.',
      LOG2_NOTE,
    ],
  };
}

/** More outputs than this have no column each in the table on the page. */
const MOST_OUTPUTS = 8;

/** w_t ℓ_t, and y_t beside ŷ_t of the shown batch entry. */
export function lossData(
  result: Result,
  view: WindowView,
  shown: ShownSteps,
  text: Translate,
): DataTable {
  const { window, outputs, targets } = view;
  const inside = { from: Math.max(shown.from, window.from), to: Math.min(shown.to, window.to) };
  const steps = stepsOf(result, inside);
  const count = steps.to - steps.from + 1;
  const isWhole =
    outputs.columns === window.to - window.from + 1 && outputs.rows === result.summary.shape.O;
  const at = (step: number) => step - window.from;
  const pairs = Array.from({ length: isWhole ? outputs.rows : 0 }, (_, r) => {
    const row = (map: typeof outputs) =>
      map.maximum.subarray(
        r * map.columns + at(steps.from),
        r * map.columns + at(steps.from) + count,
      );
    const isShown = outputs.rows <= MOST_OUTPUTS;
    return [
      {
        id: `y_${r + 1}`,
        values: row(outputs),
        format: formatNumber,
        ...(isShown && { head: `*y*_{${r + 1}}` }),
      },
      {
        id: `target_${r + 1}`,
        values: row(targets),
        format: formatNumber,
        ...(isShown && { head: `*ŷ*_{${r + 1}}` }),
      },
    ];
  }).flat();
  return {
    rows: count,
    columns: [
      stepColumn(steps, text),
      {
        id: 'loss',
        head: text('table.loss'),
        values: part(result.summary.series.stepLosses, steps),
        format: formatNumber,
      },
      {
        id: 'loss_weight',
        values: Array.from({ length: count }, (_, i) => {
          return result.problem.lossWeights[steps.from + i - 1] ?? null;
        }),
      },
      ...pairs,
    ],
    notes: [
      'loss: w_t l_t of the whole batch. loss_weight: w_t. y_i, target_i: prediction and target.',
      entryNote(view),
      ...(isWhole ? [] : ['y and target are left out: zoom in to fewer steps to have them.']),
    ],
  };
}
