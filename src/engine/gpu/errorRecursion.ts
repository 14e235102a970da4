import type { Problem } from '../../model/problem';
import type { Dispatch, KernelVariant } from './kernel';
import { dispatchBackward, ONE_LANE, type BackwardWork } from './kernels/backward';
import { dispatchSumLanes } from './kernels/sum_lanes';
import { groupsOf } from './packing';
import { planChunks } from './planner';
import type { PassBuffers } from './runBuffers';

/** The error recursion of all steps: one pass, or the lanes in groups and their sum. */
export function planErrorRecursion(
  { T, B, H }: Problem,
  buffers: PassBuffers,
  shared: Omit<
    BackwardWork,
    'stateGradients' | 'errorSignals' | 'links' | 'lanes' | 'variant' | 'rowExponents'
  >,
  variant: KernelVariant,
  stepCost: number,
  mostCost: number,
): Dispatch[] {
  const { plan } = buffers;
  const rowExponents = buffers.get('rowExponents');
  const descent = (work: BackwardWork): Dispatch[] =>
    planChunks(T, stepCost * work.lanes.count, mostCost)
      .toReversed()
      .map(({ first, last }) => dispatchBackward(work, first, last));
  if (plan.lanes === 1) {
    return descent({
      ...shared,
      variant,
      rowExponents,
      links: buffers.get('links'),
      stateGradients: buffers.get('stateGradients'),
      errorSignals: buffers.get('errorSignals'),
      lanes: ONE_LANE,
    });
  }
  const dispatches: Dispatch[] = [];
  for (let first = 0; first < plan.lanes; first += plan.lanesAtOnce) {
    const count = Math.min(plan.lanesAtOnce, plan.lanes - first);
    dispatches.push(
      ...descent({
        ...shared,
        variant,
        rowExponents,
        links: buffers.get('laneLinks'),
        stateGradients: buffers.get('laneStateGradients'),
        errorSignals: buffers.get('laneErrorSignals'),
        lanes: { first, count, exponentRows: (T + 1) * B },
      }),
    );
    const sum = {
      rowExponents,
      steps: T,
      batch: B,
      hiddenGroups: groupsOf(H),
      lanes: count,
      accumulate: first > 0,
    };
    dispatches.push(
      dispatchSumLanes({
        ...sum,
        what: 'stateGradient',
        laneValues: buffers.get('laneStateGradients'),
        values: buffers.get('stateGradients'),
      }),
      dispatchSumLanes({
        ...sum,
        what: 'errorSignal',
        laneValues: buffers.get('laneErrorSignals'),
        values: buffers.get('errorSignals'),
      }),
    );
  }
  return dispatches;
}
