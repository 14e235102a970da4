import type { Ghost } from '../../src/ui/lab/compare/ghosts';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { TimeWindow } from '../../src/engine/interface';
import { translate } from '../../src/i18n';
import type { ConfigurationChange } from '../../src/model/configurationSchema';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import { applyChange } from '../../src/model/configurationRules';
import { taskKnowledge } from '../../src/state/taskKnowledge';
import type { Result } from '../../src/state/types';
import { buildProblem } from '../../src/tasks/buildProblem';
import type { Translate } from '../../src/ui/app/context';
import type { DataTable } from '../../src/ui/charts/export/dataTable';
import { shownTable } from '../../src/ui/charts/export/dataTable';
import { lineData } from '../../src/ui/charts/lineData';
import { lagFile, lagTable } from '../../src/ui/lab/lag/lagData';
import { planeData } from '../../src/ui/lab/spectrum/planeData';
import { saturationData } from '../../src/ui/timeline/saturationData';
import { allTracksData } from '../../src/ui/timeline/trackData';
import {
  contributionData,
  gradientData,
  graphData,
  heatTrackFile,
  heatTrackTable,
  lossData,
} from '../../src/ui/timeline/trackFiles';
import { joinedMap, wholeView } from '../../src/ui/timeline/wholeView';
import { arrayData } from '../../src/ui/weights/arrayData';

const text: Translate = (key, params) => translate('en', key, params);

async function run(change: ConfigurationChange, columns = 1024, rows = 128) {
  const configuration = applyChange(DEFAULT_CONFIGURATION, change, taskKnowledge);
  const problem = buildProblem(configuration);
  const engine = createCpuEngine();
  const finished = await engine.run(problem);
  const window: TimeWindow = { from: 1, to: problem.T, columns, rows, batchEntry: 0 };
  const result: Result = {
    ...{ id: 1, configuration, problem, summary: finished.summary },
    view: await finished.view(window),
    step: await finished.inspect(1, 0),
  };
  const tensors = await finished.tensors();
  return { result, tensors, view: (asked: TimeWindow) => finished.view(asked) };
}

const column = (table: DataTable, id: string) => {
  const found = table.columns.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No column ${id}`);
  return Array.from(found.values);
};

let plain: Awaited<ReturnType<typeof run>>;
const all = { from: 1, to: 96 };
beforeAll(async () => {
  plain = await run({ cuts: [40] });
});

describe('tables of the tracks', () => {
  it('have the very numbers of the run', () => {
    const { series } = plain.result.summary;
    const table = allTracksData(plain.result, all, text);
    expect(table.rows).toBe(96);
    expect(column(table, 'step')[95]).toBe(96);
    expect(column(table, 'log2_norm_dh')).toEqual(Array.from(series.log2StateGradient));
    expect(column(table, 'log2_norm_delta')).toEqual(Array.from(series.log2ErrorSignal));
    expect(column(table, 'log2_norm_contribution')).toEqual(Array.from(series.log2Contribution));
    expect(column(table, 'loss')).toEqual(Array.from(series.stepLosses));
    expect(column(table, 'link').indexOf(0)).toBe(39);
    // Exact zeros left of the cut
    expect(column(table, 'norm_dh')[38]).toBe(0);
    expect(column(table, 'norm_dh')[95]).toBeCloseTo(2 ** series.log2StateGradient[95]!, 12);
  });

  it('have shares that add up to one, also where rows are merged', () => {
    const table = contributionData(plain.result, all, text);
    const shares = column(table, 'log2_share') as number[];
    expect(shares.reduce((sum, log2) => sum + 2 ** log2, 0)).toBeCloseTo(1, 9);
    const merged = shownTable(table, 1);
    expect(merged.rows[0]).toMatchObject({ head: '1–96' });
    expect(merged.rows[0]!.cells.at(-1)).toBe('100 %');
  });

  it('cover the shown steps only', () => {
    const table = gradientData(plain.result, null, [], { from: 30, to: 50 }, text);
    expect(table.rows).toBe(21);
    expect(column(table, 'step')).toEqual(Array.from({ length: 21 }, (_, i) => 30 + i));
    expect(column(table, 'log2_norm_dh')[20]).toBe(
      plain.result.summary.series.log2StateGradient[49],
    );
    expect(column(graphData(plain.result, { from: 56, to: 66 }, text), 'step')[0]).toBe(56);
  });

  it('have the bound, and the error sent back by itself where there is one', () => {
    const log2Norm = new Float64Array(96).fill(-3);
    const table = gradientData(plain.result, { from: 50, log2Norm }, [], all, text);
    expect(column(table, 'log2_unit_error')[10]).toBe(-3);
    expect(column(table, 'unit_error')[10]).toBe(0.125);
    const ids = gradientData(plain.result, null, [], all, text).columns.map(({ id }) => id);
    expect(ids).toContain('log2_bound');
    expect(ids).not.toContain('unit_error');
  });

  it('have the pinned runs that are drawn, each at its own steps', () => {
    const shorter = Float64Array.from({ length: 40 }, (_, t) => -t);
    const ghost = {
      ...{ slot: 1, name: 'short', T: 40 },
      run: { summary: { series: { log2StateGradient: shorter } } } as Ghost['run'],
    };
    const table = gradientData(plain.result, null, [ghost], all, text);
    expect(column(table, 'log2_pin_2').slice(38, 42)).toEqual([-38, -39, NaN, NaN]);
    expect(column(table, 'pin_2')[41]).toBeNull();
    expect(table.notes.join()).toContain('"short"');
  });

  it('stop before an overflow', async () => {
    const { result } = await run({ T: 200, activation: 'identity', gain: 3 });
    const at = result.summary.overflowAt!;
    expect(at).toBeGreaterThan(10);
    expect(allTracksData(result, { from: 1, to: 200 }, text).rows).toBe(at - 1);
    expect(heatTrackFile('states', result, result.view).rows).toBe(at - 1);
    // Inputs are there all the same.
    expect(heatTrackFile('inputs', result, result.view).rows).toBe(200);
    expect(gradientData(result, null, [], { from: at + 1, to: 200 }, text).rows).toBe(0);
  });

  it('say what follows what where loss weights are zero', () => {
    const table = lossData(plain.result, plain.result.view, all, text);
    expect((column(table, 'loss_weight') as number[]).filter((w) => w !== 0)).toHaveLength(1);
    expect(column(table, 'y_1')).toHaveLength(96);
    expect(column(table, 'y_1')[95]).toBe(plain.tensors.outputs[95 * 4]);
  });
});

describe('heat maps as numbers', () => {
  it('have a row per step and a column per unit', () => {
    const table = heatTrackFile('states', plain.result, plain.result.view);
    expect(table.columns.map(({ id }) => id).slice(0, 5)).toEqual([
      ...['step', 'log2_norm_h', 'norm_h', 'h_1', 'h_2'],
    ]);
    // [T,B,H] of batch entry 0
    expect(column(table, 'h_24')[60]).toBe(plain.tensors.hiddenStates[60 * 4 * 24 + 23]);
    const errors = heatTrackFile('errors', plain.result, plain.result.view);
    expect(column(errors, 'log2_abs_delta_3')[10]).toBe(-Infinity);
    expect(column(errors, 'log2_abs_delta_3')[95]).toBeLessThan(0);
  });

  it('list least and greatest and every unit on the page', () => {
    const { heads, rows } = shownTable(heatTrackTable('states', plain.result, text));
    expect(heads).toHaveLength(3 + 24);
    expect(rows).toHaveLength(96);
    const table = heatTrackTable('errors', plain.result, text);
    const least = column(table, 'least') as number[];
    const greatest = column(table, 'greatest') as number[];
    least.forEach((value, i) => expect(value).toBeLessThanOrEqual(greatest[i]!));
  });

  it('get every value from the engine where the page has a coarser picture', async () => {
    const coarse = await run({ T: 9000, H: 5, B: 1 }, 100, 3);
    const services = {
      view: coarse.view,
      results: { isPending: () => false, get: () => coarse.result } as never,
    };
    const whole = await wholeView(coarse.result, services);
    const table = heatTrackFile('states', coarse.result, whole);
    expect(table.rows).toBe(9000);
    expect(column(table, 'h_4')[8999]).toBe(coarse.tensors.hiddenStates[8999 * 5 + 3]);
    expect(column(table, 'h_1')[4096]).toBe(coarse.tensors.hiddenStates[4096 * 5]);
    expect(lossData(coarse.result, whole, { from: 1, to: 9000 }, text).rows).toBe(9000);
  });

  it('say so where that would be too much', async () => {
    const coarse = await run({ T: 500, H: 5, B: 1 }, 100, 3);
    const table = heatTrackFile('states', coarse.result, coarse.result.view);
    expect(table.rows).toBe(100);
    expect(table.columns.map(({ id }) => id)).toEqual([
      ...['step', 'last_step', 'h_1_min', 'h_1_max', 'h_2-3_min', 'h_2-3_max'],
      ...['h_4-5_min', 'h_4-5_max'],
    ]);
    expect(column(table, 'last_step')[0]).toBe(5);
    expect(table.notes.at(-1)).toMatch(/Zoom in/);
    expect(shownTable(heatTrackTable('states', coarse.result, text)).rows[0]!.head).toBe('1–5');
  });

  it('refuse a run that was replaced meanwhile', async () => {
    const coarse = await run({ T: 500, H: 5, B: 1 }, 100, 3);
    const services = {
      view: coarse.view,
      results: { isPending: () => true, get: () => coarse.result } as never,
    };
    await expect(wholeView(coarse.result, services)).rejects.toMatchObject({
      code: 'export-failed',
    });
  });

  it('are joined side by side', () => {
    const map = (values: number[], columns: number) => ({
      ...{ rows: 2, columns },
      minimum: Float32Array.from(values),
      maximum: Float32Array.from(values, (v) => -v),
    });
    const joined = joinedMap([map([1, 2, 3, 4], 2), map([5, 6], 1)]);
    expect(joined).toMatchObject({ rows: 2, columns: 3 });
    expect(Array.from(joined.minimum)).toEqual([1, 2, 5, 3, 4, 6]);
    expect(Array.from(joined.maximum)).toEqual([-1, -2, -5, -3, -4, -6]);
  });
});

describe('the laboratory’s charts as numbers', () => {
  const map = {
    log2Norm: Float64Array.from([-1, -Infinity, -Infinity, -2, -3, -Infinity, -4, -5, -6]),
    ...{ T: 3, lossWeights: [1, 1, 1], cuts: [], overflowAt: null },
  };

  it('lag map: the triangle in a file, lags side by side on the page', () => {
    const file = lagFile(map, text);
    expect(file.columns.map(({ id }) => id)).toEqual(['s', 'k_1', 'k_2', 'k_3']);
    expect(column(file, 'k_2')).toEqual([NaN, -3, -5]);
    const table = lagTable(map, text);
    expect(column(table, 'log2_lag_1')).toEqual([NaN, -2, -5]);
    expect(shownTable(table).heads).toHaveLength(4);
  });

  it('complex plane: every eigenvalue', () => {
    const table = planeData(
      [
        [0, 2],
        [-1, 0],
      ],
      text,
    );
    expect(column(table, 'modulus')).toEqual([2, 1]);
    expect(column(table, 'angle')).toEqual([Math.PI / 2, Math.PI]);
  });

  it('weights: a line per row', () => {
    const values = Float32Array.from([1, 2, 3, 4, 5, 6]);
    const table = arrayData({ key: 'Wx', rows: 2, columns: 3, values }, text);
    expect(column(table, 'Wx_3')).toEqual([3, 6]);
  });

  it('lines: logarithms beside plain numbers', () => {
    const parts = {
      ...{ xs: [1, 2], xId: 'lag', xName: 'lag', yName: '‖*δ*‖', yAxis: 'log10' as const },
      series: [{ id: 'mean', name: 'Mean', colour: '', values: [-2, -Infinity] }],
      ...{ format: String, formatX: String },
    };
    const table = lineData(parts);
    expect(column(table, 'log10_mean')).toEqual([-2, -Infinity]);
    expect(column(table, 'mean')).toEqual([expect.closeTo(0.01, 12), 0]);
    expect(shownTable(table).heads).toEqual(['lag', 'Mean']);
    expect(column(lineData({ ...parts, yAxis: 'linear' }), 'mean')).toEqual([-2, -Infinity]);
  });

  it('saturation: shares, and the histogram where it counts single steps', () => {
    const histogram = (columns: number) => ({
      ...{ bins: 2, columns, least: -6, greatest: 6 },
      shares: Float32Array.from({ length: 2 * columns }, (_, i) => i / 10),
    });
    const shown = (columns: number) => ({
      view: {
        preActivations: histogram(columns),
        slopes: histogram(columns),
        saturated: Float64Array.of(0.1, 0.2, 0.3),
        dead: Float64Array.of(0, 0, 0.5),
      },
      window: { from: 1, to: 3 },
      about: plain.result,
    });
    const steps = { from: 2, to: 3 };
    const table = saturationData(shown(3), 'preActivations', steps, text);
    expect(column(table, 'saturated')).toEqual([0.2, 0.3]);
    expect(column(table, 'share_2')).toEqual([expect.closeTo(0.4, 6), 0.5]);
    expect(shownTable(table).heads.slice(3)).toEqual(['−6 … 0', '0 … 6']);
    const coarse = saturationData(shown(2), 'slopes', steps, text);
    expect(coarse.columns).toHaveLength(3);
    expect(coarse.notes.at(-1)).toMatch(/left out/);
  });
});
