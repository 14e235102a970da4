import type { BufferView, Dispatch, KernelDefinition } from '../kernel';
import { packUniform } from '../structs';

/** Parts of Σ over rows of (left row)(right row)ᵀ, relative to 2^product_exponent. */
export const weightGradient: KernelDefinition = {
  name: 'weight_gradient',
  bindings: [
    { name: 'sizes', kind: 'uniform', struct: 'GradientSizes' },
    { name: 'left', kind: 'read' },
    { name: 'right', kind: 'read' },
    { name: 'row_exponents', kind: 'read' },
    { name: 'right_norms', kind: 'read' },
    { name: 'product_exponents', kind: 'read' },
    { name: 'first_overflow', kind: 'read' },
    { name: 'parts', kind: 'write' },
  ],
  overrides: [],
};

export interface GradientWork {
  readonly left: GPUBuffer;
  readonly right: GPUBuffer;
  readonly rowExponents: GPUBuffer;
  readonly rightNorms: GPUBuffer;
  readonly productExponents: GPUBuffer;
  readonly firstOverflow: GPUBuffer;
  readonly parts: BufferView;
  readonly rows: number;
  readonly leftGroups: number;
  readonly rightGroups: number;
  readonly rightRowOffset: number;
  readonly rowsPerPart: number;
  readonly partCount: number;
  /** Index into product_exponents */
  readonly product: number;
  readonly exponentKind: number;
  readonly batch: number;
  /** The right row is the constant 1. */
  readonly ones: boolean;
}

/** All parts, cut so that one dispatch costs at most about `mostCost`. */
export function dispatchWeightGradient(work: GradientWork, mostCost: number): Dispatch[] {
  const costPerPart = work.rowsPerPart * 24 * work.leftGroups * work.rightGroups;
  const step = Math.max(1, Math.min(65_535, Math.floor(mostCost / costPerPart)));
  const dispatches: Dispatch[] = [];
  for (let firstPart = 0; firstPart < work.partCount; firstPart += step) {
    const count = Math.min(step, work.partCount - firstPart);
    dispatches.push({
      kernel: weightGradient,
      constants: {},
      buffers: {
        left: work.left,
        right: work.right,
        row_exponents: work.rowExponents,
        right_norms: work.rightNorms,
        product_exponents: work.productExponents,
        first_overflow: work.firstOverflow,
        parts: work.parts,
      },
      uniforms: {
        sizes: packUniform('GradientSizes', {
          rows: work.rows,
          left_groups: work.leftGroups,
          right_groups: work.rightGroups,
          right_row_offset: work.rightRowOffset,
          rows_per_part: work.rowsPerPart,
          first_part: firstPart,
          product: work.product,
          exponent_kind: work.exponentKind,
          exponent_offset: work.batch,
          ones: work.ones ? 1 : 0,
          batch: work.batch,
        }),
      },
      workgroups: [Math.ceil(work.rightGroups / 16), Math.ceil(work.leftGroups / 16), count],
      cost: count * costPerPart,
    });
  }
  return dispatches;
}
