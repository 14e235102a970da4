import type { Dispatch, KernelDefinition, KernelVariant } from '../kernel';
import type { LagMapLayout } from '../planner';
import { packUniform } from '../structs';

/** ‖∂ℓ_s/∂h_k‖² of a band of loss steps s: one error vector per s, several in one workgroup. */
export const lagMap: KernelDefinition = {
  name: 'lag_map',
  bindings: [
    { name: 'sizes', kind: 'uniform', struct: 'LagMapSizes' },
    { name: 'transposed_blocks', kind: 'read' },
    { name: 'injected', kind: 'read' },
    { name: 'slopes', kind: 'read' },
    { name: 'links', kind: 'read' },
    { name: 'row_exponents', kind: 'read' },
    { name: 'carried_signals', kind: 'write' },
    { name: 'carried_exponents', kind: 'write' },
    { name: 'norms', kind: 'write' },
  ],
  overrides: ['row_threads', 'splits'],
  defines: ['COLUMNS', 'ROW_BLOCKS'],
};

export interface LagMapWork {
  readonly transposedBlocks: GPUBuffer;
  readonly injected: GPUBuffer;
  readonly slopes: GPUBuffer;
  readonly links: GPUBuffer;
  readonly rowExponents: GPUBuffer;
  /** [blocks,B,4·groups,columns] f32; need not be cleared */
  readonly carriedSignals: GPUBuffer;
  /** [blocks,B,columns] i32; need not be cleared */
  readonly carriedExponents: GPUBuffer;
  /** [(s, k),B] RowNorm of the band's part of the triangle; cleared */
  readonly norms: GPUBuffer;
  readonly batch: number;
  readonly hiddenGroups: number;
  readonly layout: LagMapLayout;
  /** The band of loss steps, 1-based, inclusive */
  readonly firstLoss: number;
  readonly lastLoss: number;
}

/** What is compiled for a layout. */
export function lagMapVariant(layout: LagMapLayout): KernelVariant {
  const { COLUMNS, ROW_BLOCKS, rowThreads, splits } = layout;
  return {
    kernel: lagMap,
    constants: { row_threads: rowThreads, splits },
    defines: { COLUMNS, ROW_BLOCKS },
  };
}

/** Loss steps of one workgroup. */
export function lagMapColumns({ COLUMNS, splits }: LagMapLayout): number {
  return COLUMNS * splits;
}

/**
 * Steps k = lastStep down to firstStep of the whole band; the dispatches of a band go down from
 * k = lastLoss to k = 1 without a gap.
 */
export function dispatchLagMap(work: LagMapWork, firstStep: number, lastStep: number): Dispatch {
  const { layout, firstLoss, lastLoss, batch, hiddenGroups } = work;
  const columns = lagMapColumns(layout);
  const blocks = Math.ceil((lastLoss - firstLoss + 1) / columns);
  let steps = 0;
  for (let block = 0; block < blocks; block++) {
    const blockLast = Math.min(firstLoss + (block + 1) * columns - 1, lastLoss);
    steps += Math.max(0, Math.min(lastStep, blockLast) - firstStep + 1);
  }
  return {
    ...lagMapVariant(layout),
    buffers: {
      transposed_blocks: work.transposedBlocks,
      injected: work.injected,
      slopes: work.slopes,
      links: work.links,
      row_exponents: work.rowExponents,
      carried_signals: work.carriedSignals,
      carried_exponents: work.carriedExponents,
      norms: work.norms,
    },
    uniforms: {
      sizes: packUniform('LagMapSizes', {
        first_loss: firstLoss,
        last_loss: lastLoss,
        first_step: firstStep,
        last_step: lastStep,
        hidden_groups: hiddenGroups,
        batch,
      }),
    },
    workgroups: [blocks, batch, 1],
    cost: steps * lagMapStepCost(layout, hiddenGroups) * batch,
  };
}

/** One step of one block of one batch entry, in multiply-adds' time. */
export function lagMapStepCost(layout: LagMapLayout, hiddenGroups: number): number {
  return lagMapColumns(layout) * (8 * hiddenGroups ** 2 + 16 * hiddenGroups) + 500;
}
