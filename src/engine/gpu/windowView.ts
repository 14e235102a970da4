import { targetsHeatMap } from '../../analysis/displayReduction';
import type { Problem } from '../../model/problem';
import type { HeatMap, TimeWindow, WindowView } from '../interface';
import type { Span } from './executor';
import type { Dispatch } from './kernel';
import { dispatchHeatMap, LOG2_OF_ZERO } from './kernels/heat_map';
import { groupsOf } from './packing';
import type { BufferName } from './planner';
import type { RunBuffers } from './runBuffers';

interface Track {
  readonly values: BufferName;
  readonly width: number;
  /** Rows before step 1 */
  readonly rowOffset: number;
  readonly logarithmic: boolean;
  /** Nothing from the overflow on is a result; inputs are. */
  readonly stops: boolean;
}

/**
 * The tracks of one window as GPU work: dispatch, read the spans, finish, destroy. Owns the small
 * buffers that hold the reduced cells.
 */
export class WindowReduction {
  readonly dispatches: readonly Dispatch[];
  readonly spans: readonly Span[];
  readonly #tracks: readonly (Track & { readonly rows: number; readonly cells: GPUBuffer })[];
  readonly #columns: number;

  constructor(
    device: GPUDevice,
    readonly problem: Problem,
    buffers: RunBuffers,
    readonly window: TimeWindow,
  ) {
    const { B, I, H, O } = problem;
    const steps = window.to - window.from + 1;
    const columns = Math.min(window.columns, steps);
    const plain = { rowOffset: 0, logarithmic: false, stops: true };
    const tracks: Track[] = [
      { ...plain, values: 'inputs', width: I, stops: false },
      { ...plain, values: 'hiddenStates', width: H, rowOffset: B },
      { ...plain, values: 'errorSignals', width: H, logarithmic: true },
      { ...plain, values: 'outputs', width: O },
    ];
    this.#columns = columns;
    this.#tracks = tracks.map((track) => {
      const rows = Math.min(window.rows, track.width);
      const cells = device.createBuffer({
        label: `heat map of ${track.values}`,
        size: Math.max(16, rows * columns * 8),
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
      });
      return { ...track, rows, cells };
    });
    this.dispatches = this.#tracks.map(({ values, width, rowOffset, logarithmic, rows, cells }) =>
      dispatchHeatMap(buffers.get(values), buffers.get('rowExponents'), cells, {
        first_step: window.from,
        steps,
        columns,
        rows,
        width,
        groups: groupsOf(width),
        batch: B,
        entry: window.batchEntry,
        row_offset: rowOffset,
        logarithmic: logarithmic ? 1 : 0,
      }),
    );
    this.spans = this.#tracks.map(({ cells, rows }) => ({
      buffer: cells,
      offset: 0,
      size: rows * columns * 8,
    }));
  }

  /** @param bytes of the spans, in order */
  finish(bytes: readonly ArrayBuffer[], overflowAt: number | null): WindowView {
    const [inputs, states, log2ErrorSignals, outputs] = this.#tracks.map((track, index) =>
      this.#toHeatMap(new Float32Array(bytes[index]!), track.rows, track.stops ? overflowAt : null),
    );
    return {
      window: this.window,
      inputs: inputs!,
      states: states!,
      log2ErrorSignals: log2ErrorSignals!,
      outputs: outputs!,
      targets: targetsHeatMap(this.problem, this.window),
    };
  }

  #toHeatMap(cells: Float32Array, rows: number, overflowAt: number | null): HeatMap {
    const columns = this.#columns;
    const minimum = new Float32Array(rows * columns);
    const maximum = new Float32Array(rows * columns);
    const { from, to } = this.window;
    for (let c = 0; c < columns; c++) {
      const lastStep = from + Math.floor(((c + 1) * (to - from + 1)) / columns) - 1;
      const stopped = overflowAt !== null && lastStep >= overflowAt;
      for (let r = 0; r < rows; r++) {
        const at = r * columns + c;
        minimum[at] = stopped ? NaN : orMinusInfinity(cells[2 * at]!);
        maximum[at] = stopped ? NaN : orMinusInfinity(cells[2 * at + 1]!);
      }
    }
    return { rows, columns, minimum, maximum };
  }

  destroy(): void {
    for (const { cells } of this.#tracks) cells.destroy();
  }
}

function orMinusInfinity(value: number): number {
  return value <= LOG2_OF_ZERO ? -Infinity : value;
}
