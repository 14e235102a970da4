import type { BufferView, Dispatch, KernelDefinition } from '../kernel';
import { packUniform } from '../structs';

/** out[row] = M in[row] + bias for rows firstRow…endRow−1. */
export const affine: KernelDefinition = {
  name: 'affine',
  bindings: [
    { name: 'sizes', kind: 'uniform', struct: 'AffineSizes' },
    { name: 'blocks', kind: 'read' },
    { name: 'bias', kind: 'read' },
    { name: 'input', kind: 'read' },
    { name: 'output', kind: 'write' },
  ],
  overrides: [],
};

const ROWS_PER_WORKGROUP = 32;
/** Rows one dispatch may cover: 65 535 workgroups in y. */
const MOST_ROWS = 65_535 * ROWS_PER_WORKGROUP;

export interface AffineWork {
  readonly blocks: BufferView;
  readonly bias: BufferView;
  readonly input: GPUBuffer;
  readonly output: GPUBuffer;
  readonly rows: number;
  readonly inGroups: number;
  readonly outGroups: number;
  readonly inRowOffset: number;
}

/** The product over all rows, cut so that one dispatch costs at most about `mostCost`. */
export function dispatchAffine(work: AffineWork, mostCost: number): Dispatch[] {
  const costPerRow = 16 * work.inGroups * work.outGroups;
  const rowsByCost = Math.max(ROWS_PER_WORKGROUP, Math.floor(mostCost / costPerRow));
  const step = Math.min(MOST_ROWS, rowsByCost);
  const dispatches: Dispatch[] = [];
  for (let firstRow = 0; firstRow < work.rows; firstRow += step) {
    const endRow = Math.min(work.rows, firstRow + step);
    dispatches.push({
      kernel: affine,
      constants: {},
      buffers: {
        blocks: work.blocks,
        bias: work.bias,
        input: work.input,
        output: work.output,
      },
      uniforms: {
        sizes: packUniform('AffineSizes', {
          first_row: firstRow,
          end_row: endRow,
          in_groups: work.inGroups,
          out_groups: work.outGroups,
          in_row_offset: work.inRowOffset,
        }),
      },
      workgroups: [
        Math.ceil(work.outGroups / 8),
        Math.ceil((endRow - firstRow) / ROWS_PER_WORKGROUP),
        1,
      ],
      cost: (endRow - firstRow) * costPerRow,
    });
  }
  return dispatches;
}
