import { rowWorkgroups } from '../dispatchSizes';
import type { Dispatch, KernelDefinition } from '../kernel';

/** Each row's share of ‖Σ_n δ_t h_{t−1}ᵀ‖², by the Gram trick. */
export const contributions: KernelDefinition = {
  name: 'contributions',
  bindings: [
    { name: 'params', kind: 'uniform', struct: 'Params' },
    { name: 'error_signals', kind: 'read' },
    { name: 'hidden_states', kind: 'read' },
    { name: 'row_exponents', kind: 'read' },
    { name: 'error_signal_norms', kind: 'read' },
    { name: 'previous_state_norms', kind: 'read' },
    { name: 'shares', kind: 'write' },
  ],
  overrides: [],
};

export interface ContributionsWork {
  readonly params: Uint32Array;
  readonly errorSignals: GPUBuffer;
  readonly hiddenStates: GPUBuffer;
  readonly rowExponents: GPUBuffer;
  readonly errorSignalNorms: GPUBuffer;
  readonly previousStateNorms: GPUBuffer;
  readonly shares: GPUBuffer;
  readonly rows: number;
  readonly batch: number;
  readonly hiddenGroups: number;
}

export function dispatchContributions(work: ContributionsWork): Dispatch {
  return {
    kernel: contributions,
    constants: {},
    buffers: {
      error_signals: work.errorSignals,
      hidden_states: work.hiddenStates,
      row_exponents: work.rowExponents,
      error_signal_norms: work.errorSignalNorms,
      previous_state_norms: work.previousStateNorms,
      shares: work.shares,
    },
    uniforms: { params: work.params },
    workgroups: rowWorkgroups(work.rows),
    cost: work.rows * work.batch * work.hiddenGroups * 24,
  };
}
