import type { BufferView, Dispatch, KernelDefinition, KernelVariant } from '../kernel';
import { packUniform } from '../structs';

/** e_t = W_yᵀ ∂L/∂z_t + W_hᵀ δ_{t+1}, δ_t = f′(a_t) ⊙ e_t: one workgroup per batch entry and lane. */
export const backward: KernelDefinition = {
  name: 'backward',
  bindings: [
    { name: 'params', kind: 'uniform', struct: 'Params' },
    { name: 'chunk', kind: 'uniform', struct: 'LaneChunk' },
    { name: 'transposed_blocks', kind: 'read' },
    { name: 'injected', kind: 'read' },
    { name: 'slopes', kind: 'read' },
    { name: 'links', kind: 'read' },
    { name: 'state_gradients', kind: 'write' },
    { name: 'error_signals', kind: 'write' },
    { name: 'row_exponents', kind: 'write' },
    { name: 'first_overflow', kind: 'read' },
  ],
  overrides: ['threads'],
};

export interface LaneSpan {
  /** Of the links */
  readonly first: number;
  readonly count: number;
  /** Rows of row_exponents before those of the first lane */
  readonly exponentRows: number;
}

/** The one pass of a problem without a window. */
export const ONE_LANE: LaneSpan = { first: 0, count: 1, exponentRows: 0 };

export interface BackwardWork {
  readonly params: Uint32Array;
  readonly transposedBlocks: BufferView;
  readonly injected: GPUBuffer;
  readonly slopes: GPUBuffer;
  readonly links: GPUBuffer;
  readonly stateGradients: GPUBuffer;
  readonly errorSignals: GPUBuffer;
  readonly rowExponents: GPUBuffer;
  readonly firstOverflow: GPUBuffer;
  /** Which backward passes; those of a window go into buffers of their own, to be added */
  readonly lanes: LaneSpan;
  readonly batch: number;
  readonly hiddenGroups: number;
  readonly variant: KernelVariant;
}

/** The kind that runs any H. */
export function streamingBackward(threads: number): KernelVariant {
  return { kernel: backward, constants: { threads } };
}

/** Steps lastStep down to firstStep; firstStep = 1 adds ∂L/∂h_0. */
export function dispatchBackward(
  work: BackwardWork,
  firstStep: number,
  lastStep: number,
): Dispatch {
  return {
    ...work.variant,
    buffers: {
      transposed_blocks: work.transposedBlocks,
      injected: work.injected,
      slopes: work.slopes,
      links: work.links,
      state_gradients: work.stateGradients,
      error_signals: work.errorSignals,
      row_exponents: work.rowExponents,
      first_overflow: work.firstOverflow,
    },
    uniforms: {
      params: work.params,
      chunk: packUniform('LaneChunk', {
        first_step: firstStep,
        last_step: lastStep,
        first_lane: work.lanes.first,
        exponent_rows: work.lanes.exponentRows,
      }),
    },
    workgroups: [work.batch, work.lanes.count, 1],
    cost: (lastStep - firstStep + 1) * work.batch * work.lanes.count * 20 * work.hiddenGroups ** 2,
  };
}
