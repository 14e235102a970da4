import { PARAMETER_NAMES, type ByParameter, type ParameterName } from '../../model/optimizer';
import type { Parameters, Shape } from '../../model/problem';
import { groupsOf, packBlocks, padRows } from './packing';
import { STORAGE_STRUCTS } from './structs';

/**
 * Where the trained arrays, their transposes, their moments and their gradients lie in the buffers of a
 * training; the host's side of shaders/common/parameters.wgsl. Counts are vec4f of 16 bytes.
 */

/** LANES_PER_WORKGROUP of common/parameters.wgsl. */
const LANES_PER_WORKGROUP = 64;
/** Threads that share the blocks of one array: enough for a GPU, few enough to add up. */
const MOST_LANES = 1024;

export interface ParameterArray {
  readonly rows: number;
  readonly columns: number;
  readonly rowGroups: number;
  readonly columnGroups: number;
  /** A bias is stored as one padded row; as a matrix it has one column. */
  readonly isBias: boolean;
  readonly firstWorkgroup: number;
  readonly firstLane: number;
  readonly lanes: number;
  /** First vec4f among the gradients, and how many */
  readonly gradient: Extent;
  /** First vec4f among the parameters, and how many; the same among each moment */
  readonly values: Extent;
}

export interface Extent {
  readonly first: number;
  readonly count: number;
}

export interface ParameterLayout {
  readonly arrays: ByParameter<ParameterArray>;
  /** W_hᵀ and W_yᵀ, behind the parameters */
  readonly transposed: { readonly recurrentWeights: Extent; readonly outputWeights: Extent };
  /** First vec4f of the moments, and how many each has */
  readonly moments: Extent;
  /** vec4f of all gradients */
  readonly gradients: number;
  /** Of a kernel with a thread per lane */
  readonly workgroups: number;
  readonly lanes: number;
}

/** Parts begin at multiples of 256 bytes. */
function aligned(vectors: number): number {
  return Math.ceil(vectors / 16) * 16;
}

export function parameterLayout({ I, H, O }: Shape): ParameterLayout {
  const shapes: ByParameter<readonly [rows: number, columns: number, isBias: boolean]> = {
    recurrentWeights: [H, H, false],
    inputWeights: [H, I, false],
    hiddenBias: [H, 1, true],
    outputWeights: [O, H, false],
    outputBias: [O, 1, true],
  };
  let [firstWorkgroup, firstLane, gradients, values] = [0, 0, 0, 0];
  const arrays = Object.fromEntries(
    PARAMETER_NAMES.map((name) => {
      const [rows, columns, isBias] = shapes[name];
      const [rowGroups, columnGroups] = [groupsOf(rows), groupsOf(columns)];
      const blocks = rowGroups * columnGroups;
      const own: ParameterArray = {
        ...{ rows, columns, rowGroups, columnGroups, isBias, firstWorkgroup, firstLane },
        lanes: Math.min(blocks, MOST_LANES),
        gradient: { first: gradients, count: 4 * blocks },
        values: { first: values, count: (isBias ? 1 : 4) * blocks },
      };
      firstWorkgroup += Math.ceil(own.lanes / LANES_PER_WORKGROUP);
      firstLane += own.lanes;
      gradients += aligned(own.gradient.count);
      values += aligned(own.values.count);
      return [name, own];
    }),
  ) as Record<ParameterName, ParameterArray>;
  const recurrent = arrays.recurrentWeights.values.count;
  const output = arrays.outputWeights.values.count;
  const transposed = {
    recurrentWeights: { first: values, count: recurrent },
    outputWeights: { first: values + aligned(recurrent), count: output },
  };
  return {
    arrays,
    transposed,
    moments: { first: values + aligned(recurrent) + aligned(output), count: values },
    gradients,
    workgroups: firstWorkgroup,
    lanes: firstLane,
  };
}

/** The layout as the kernels read it: ParameterArray of each, and of the end. */
export function packLayout(layout: ParameterLayout): Uint32Array<ArrayBuffer> {
  const { arrays, transposed, moments, workgroups, lanes } = layout;
  const entries = PARAMETER_NAMES.map((name): ParameterArrayStruct => {
    const own = arrays[name];
    const isTransposed = name === 'recurrentWeights' || name === 'outputWeights';
    return {
      row_groups: own.rowGroups,
      column_groups: own.columnGroups,
      columns: own.isBias ? 1 : 4,
      first_workgroup: own.firstWorkgroup,
      first_lane: own.firstLane,
      lanes: own.lanes,
      gradient: own.gradient.first,
      values: own.values.first,
      transposed: isTransposed ? transposed[name].first : 0,
    };
  });
  entries.push({
    ...{ row_groups: 0, column_groups: 0, columns: 0, lanes: 0 },
    ...{ first_workgroup: workgroups, first_lane: lanes, gradient: layout.gradients },
    values: moments.count,
    transposed: moments.first,
  });
  const members = STORAGE_STRUCTS.ParameterArray.map(([name]) => name);
  return Uint32Array.from(entries.flatMap((entry) => members.map((name) => entry[name])));
}

type ParameterArrayStruct = Record<(typeof STORAGE_STRUCTS.ParameterArray)[number][0], number>;

/** vec4f of one set of weights with so many moments. */
export function weightVectors({ moments }: ParameterLayout, momentCount: number): number {
  return moments.first + momentCount * moments.count;
}

/** One set of weights as the kernels keep it; `moments` by their slot, null for one that is not kept. */
export function packWeights(
  layout: ParameterLayout,
  parameters: Parameters,
  moments: readonly (Parameters | null)[],
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(4 * weightVectors(layout, moments.length));
  const put = (from: Parameters, base: number) => {
    for (const name of PARAMETER_NAMES) {
      const { rows, columns, isBias, values } = layout.arrays[name];
      const own = isBias ? padRows(from[name], 1, rows) : packBlocks(from[name], rows, columns);
      out.set(own, 4 * (base + values.first));
    }
  };
  put(parameters, 0);
  for (const name of ['recurrentWeights', 'outputWeights'] as const) {
    const { rows, columns } = layout.arrays[name];
    const first = 4 * layout.transposed[name].first;
    out.set(packBlocks(parameters[name], rows, columns, true), first);
  }
  moments.forEach((moment, slot) => {
    if (moment) put(moment, layout.moments.first + slot * layout.moments.count);
  });
  return out;
}

/** The parameters in a set of weights, or with `slot` one of its moments. */
export function unpackWeights(
  layout: ParameterLayout,
  weights: Float32Array,
  slot?: number,
): ByParameter<Float32Array> {
  const base = slot === undefined ? 0 : layout.moments.first + slot * layout.moments.count;
  return Object.fromEntries(
    PARAMETER_NAMES.map((name) => {
      const { rows, columns, rowGroups, isBias, values } = layout.arrays[name];
      const own = weights.subarray(4 * (base + values.first));
      if (isBias) return [name, own.slice(0, rows)];
      const out = new Float32Array(rows * columns);
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          const block = (c >> 2) * rowGroups + (r >> 2);
          out[r * columns + c] = own[block * 16 + (c & 3) * 4 + (r & 3)]!;
        }
      }
      return [name, out];
    }),
  ) as Record<ParameterName, Float32Array>;
}
