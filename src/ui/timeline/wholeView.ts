import type { HeatMap, TimeWindow, WindowView } from '../../engine/interface';
import { BpttError } from '../../model/errors';
import type { AppServices } from '../../state/services';
import type { Result } from '../../state/types';

/** Numbers of all tracks together that a file may hold: beyond, a spreadsheet gives up, too. */
const MOST_NUMBERS = 8e6;
/** Steps asked for at once */
const CHUNK = 4096;

const MAPS = ['inputs', 'states', 'log2ErrorSignals', 'outputs', 'targets'] as const;

function widthsOf({ summary }: Result): Record<(typeof MAPS)[number], number> {
  const { I, H, O } = summary.shape;
  return { inputs: I, states: H, log2ErrorSignals: H, outputs: O, targets: O };
}

/** Whether a view has a column for every step and a row for every unit. */
function isWhole(result: Result): boolean {
  const { view } = result;
  const n = view.window.to - view.window.from + 1;
  const widths = widthsOf(result);
  return MAPS.every((map) => view[map].columns === n && view[map].rows === widths[map]);
}

/**
 * The shown steps with every value, asked from the engine where the page has a coarser picture; that
 * picture itself where it would be too much. Throws BpttError 'export-failed' when the run was
 * replaced by another one meanwhile.
 */
export async function wholeView(
  result: Result,
  { view, results }: Pick<AppServices, 'view' | 'results'>,
): Promise<WindowView> {
  const shown = result.view;
  const { from, to, batchEntry } = shown.window;
  const widths = widthsOf(result);
  const total = MAPS.reduce((sum, map) => sum + widths[map], 0) * (to - from + 1);
  if (isWhole(result) || total > MOST_NUMBERS) return shown;
  const parts: WindowView[] = [];
  for (let first = from; first <= to; first += CHUNK) {
    const last = Math.min(to, first + CHUNK - 1);
    const columns = last - first + 1;
    const rows = Math.max(...Object.values(widths));
    parts.push(await view({ from: first, to: last, columns, rows, batchEntry }));
  }
  if (results.isPending() || results.get()?.summary !== result.summary) {
    throw new BpttError(
      'export-failed',
      '',
      'The network was changed while its numbers were being read. Save them again.',
    );
  }
  const window: TimeWindow = { ...shown.window, columns: to - from + 1 };
  const joined = (map: (typeof MAPS)[number]) => joinedMap(parts.map((part) => part[map]));
  return {
    window,
    inputs: joined('inputs'),
    states: joined('states'),
    log2ErrorSignals: joined('log2ErrorSignals'),
    outputs: joined('outputs'),
    targets: joined('targets'),
  };
}

/** Maps of the same rows beside one another. */
export function joinedMap(maps: readonly HeatMap[]): HeatMap {
  const rows = maps[0]?.rows ?? 0;
  const columns = maps.reduce((sum, map) => sum + map.columns, 0);
  const minimum = new Float32Array(rows * columns);
  const maximum = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    let at = r * columns;
    for (const map of maps) {
      const [start, end] = [r * map.columns, (r + 1) * map.columns];
      minimum.set(map.minimum.subarray(start, end), at);
      maximum.set(map.maximum.subarray(start, end), at);
      at += map.columns;
    }
  }
  return { rows, columns, minimum, maximum };
}
