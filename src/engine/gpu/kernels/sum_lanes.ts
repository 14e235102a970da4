import { rowWorkgroups } from '../dispatchSizes';
import type { Dispatch, KernelDefinition } from '../kernel';
import { EXPONENT_KIND, packUniform } from '../structs';

/** Σ over lanes of e_t, or of δ_t, each row at the exponent of its largest term. */
export const sumLanes: KernelDefinition = {
  name: 'sum_lanes',
  bindings: [
    { name: 'sizes', kind: 'uniform', struct: 'LaneSizes' },
    { name: 'lane_values', kind: 'read' },
    { name: 'values', kind: 'write' },
    { name: 'row_exponents', kind: 'write' },
  ],
  overrides: [],
};

export interface SumLanesWork {
  readonly what: 'stateGradient' | 'errorSignal';
  /** [lanes] times `values` */
  readonly laneValues: GPUBuffer;
  /** [T+1,B] rows of e_t or [T,B] rows of δ_t */
  readonly values: GPUBuffer;
  /** The sum's rows, then those of each lane */
  readonly rowExponents: GPUBuffer;
  readonly steps: number;
  readonly batch: number;
  readonly hiddenGroups: number;
  readonly lanes: number;
  /** Whether earlier lanes are in `values` already */
  readonly accumulate: boolean;
}

export function dispatchSumLanes(work: SumLanesWork): Dispatch {
  const { what, batch, hiddenGroups, lanes } = work;
  const slots = (work.steps + 1) * batch;
  // Error signals have no rows before step 1.
  const offset = what === 'errorSignal' ? batch : 0;
  return {
    kernel: sumLanes,
    constants: {},
    buffers: {
      lane_values: work.laneValues,
      values: work.values,
      row_exponents: work.rowExponents,
    },
    uniforms: {
      sizes: packUniform('LaneSizes', {
        rows: slots - offset,
        groups: hiddenGroups,
        lanes,
        exponent_kind: EXPONENT_KIND[what],
        exponent_offset: offset,
        exponent_rows: slots,
        accumulate: work.accumulate ? 1 : 0,
      }),
    },
    workgroups: rowWorkgroups(slots - offset),
    cost: slots * hiddenGroups * (lanes + 1) * 16,
  };
}
