import { rowWorkgroups } from '../dispatchSizes';
import type { Dispatch, KernelDefinition } from '../kernel';
import { packUniform } from '../structs';

/** Exponent of the largest entry and sum of squares of every row of a matrix. */
export const rowNorms: KernelDefinition = {
  name: 'row_norms',
  bindings: [
    { name: 'sizes', kind: 'uniform', struct: 'RowNormSizes' },
    { name: 'values', kind: 'read' },
    { name: 'row_exponents', kind: 'read' },
    { name: 'first_overflow', kind: 'read' },
    { name: 'norms', kind: 'write' },
  ],
  overrides: [],
};

export interface RowNormsWork {
  readonly values: GPUBuffer;
  readonly rowExponents: GPUBuffer;
  readonly firstOverflow: GPUBuffer;
  readonly norms: GPUBuffer;
  readonly rows: number;
  readonly groups: number;
  readonly exponentKind: number;
  /** Rows before step 1 in `values`: B for [T+1,B] matrices, 0 for [T,B] ones. */
  readonly stopOffset: number;
  readonly batch: number;
}

export function dispatchRowNorms(work: RowNormsWork): Dispatch {
  return {
    kernel: rowNorms,
    constants: {},
    buffers: {
      values: work.values,
      row_exponents: work.rowExponents,
      first_overflow: work.firstOverflow,
      norms: work.norms,
    },
    uniforms: {
      sizes: packUniform('RowNormSizes', {
        rows: work.rows,
        groups: work.groups,
        exponent_kind: work.exponentKind,
        exponent_offset: work.batch - work.stopOffset,
        stop_offset: work.stopOffset,
        batch: work.batch,
      }),
    },
    workgroups: rowWorkgroups(work.rows),
    cost: work.rows * work.groups * 16,
  };
}
