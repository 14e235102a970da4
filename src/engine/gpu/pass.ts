import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS } from '../../model/kinds';
import type { Problem } from '../../model/problem';
import { planGradients } from './gradientPlan';
import type { Dispatch, KernelVariant } from './kernel';
import { dispatchAffine } from './kernels/affine';
import { streamingBackward } from './kernels/backward';
import { registerBackward } from './kernels/backward_registers';
import { dispatchContributions } from './kernels/contributions';
import { dispatchForward, streamingForward } from './kernels/forward';
import { registerForward } from './kernels/forward_registers';
import { dispatchLoss } from './kernels/loss';
import { dispatchOverflow } from './kernels/overflow';
import { dispatchPreviousStateNorms } from './kernels/previous_state_norms';
import { dispatchProductExponents } from './kernels/product_exponents';
import { dispatchRowNorms } from './kernels/row_norms';
import { dispatchSlopes } from './kernels/slopes';
import { dispatchStepNorms } from './kernels/step_norms';
import { planErrorRecursion } from './errorRecursion';
import { groupsOf } from './packing';
import { planChunks, recurrenceThreads, registerLayout } from './planner';
import type { ParameterBufferName, PassBuffers, RowBufferName } from './runBuffers';
import { EXPONENT_KIND, packUniform } from './structs';

/** A step of a time loop costs at least this many multiply-adds' time: its barrier and latency. */
const LEAST_STEP_COST = 2000;

/** The kinds of time loop a pass uses. */
export interface TimeLoops {
  readonly forward: KernelVariant;
  readonly backward: KernelVariant;
}

/** The time loops that run any H and are compiled once. */
export function streamingLoops(problem: Problem): TimeLoops {
  const threads = recurrenceThreads(groupsOf(problem.H));
  return {
    forward: streamingForward(ACTIVATIONS.indexOf(problem.activation), threads),
    backward: streamingBackward(threads),
  };
}

/** The time loops unrolled for this size, or null where streaming is the better choice. */
export function registerLoops(problem: Problem, software: boolean): TimeLoops | null {
  const layout = registerLayout(problem, software);
  if (layout === null) return null;
  return {
    forward: registerForward(ACTIVATIONS.indexOf(problem.activation), layout),
    backward: registerBackward(layout),
  };
}

/** The problem's sizes as every kernel gets them. */
export function packParams({ T, B, I, H, O, targets }: Problem): Uint32Array {
  return packUniform('Params', {
    steps: T,
    batch: B,
    input_width: I,
    hidden_width: H,
    output_width: O,
    input_groups: groupsOf(I),
    hidden_groups: groupsOf(H),
    output_groups: groupsOf(O),
    class_targets: targets.kind === 'class' ? 1 : 0,
  });
}

/**
 * The whole pass as dispatches in order, none (save one step) above `mostCost`.
 * @param purpose a training needs the gradients and the losses, not what is only shown
 */
export function planPass(
  problem: Problem,
  buffers: PassBuffers,
  loops: TimeLoops,
  mostCost: number,
  purpose: 'display' | 'training' = 'display',
): Dispatch[] {
  const { T, B, I, H, O } = problem;
  const rows = T * B;
  const [inputGroups, hiddenGroups, outputGroups] = [groupsOf(I), groupsOf(H), groupsOf(O)];
  const get = (name: RowBufferName) => buffers.get(name);
  const view = (name: ParameterBufferName) => buffers.view(name);
  const params = packParams(problem);
  const activation = ACTIVATIONS.indexOf(problem.activation);
  const stepCost = Math.max(LEAST_STEP_COST, B * 18 * hiddenGroups ** 2);
  const chunks = planChunks(T, stepCost, mostCost);

  const inputProjection = dispatchAffine(
    {
      blocks: view('inputBlocks'),
      bias: view('hiddenBias'),
      input: get('inputs'),
      output: get('preActivations'),
      rows,
      inGroups: inputGroups,
      outGroups: hiddenGroups,
      inRowOffset: 0,
    },
    mostCost,
  );

  const forwardWork = {
    params,
    recurrentBlocks: view('recurrentBlocks'),
    preActivations: get('preActivations'),
    hiddenStates: get('hiddenStates'),
    retained: get('retained'),
    batch: B,
    hiddenGroups,
    variant: loops.forward,
  };
  const recurrence = chunks.map(({ first, last }) => dispatchForward(forwardWork, first, last));

  const logits = dispatchAffine(
    {
      blocks: view('outputBlocks'),
      bias: view('outputBias'),
      input: get('hiddenStates'),
      output: get('logits'),
      rows,
      inGroups: hiddenGroups,
      outGroups: outputGroups,
      inRowOffset: B,
    },
    mostCost,
  );

  const shared = {
    params,
    rows,
    batch: B,
    hiddenGroups,
    rowExponents: get('rowExponents'),
    firstOverflow: get('firstOverflow'),
  };
  const local = [
    dispatchOverflow(params, get('hiddenStates'), get('logits'), get('firstOverflow'), rows),
    dispatchSlopes({
      ...shared,
      preActivations: get('preActivations'),
      slopes: get('slopes'),
      activation,
    }),
    dispatchLoss({
      ...shared,
      logits: get('logits'),
      targets: get('targets'),
      lossWeights: get('lossWeights'),
      outputs: get('outputs'),
      logitGradients: get('logitGradients'),
      rowLosses: get('rowLosses'),
      outputActivation: OUTPUT_ACTIVATIONS.indexOf(problem.outputActivation),
      loss: LOSSES.indexOf(problem.loss),
      outputGroups,
    }),
  ];

  const injection = dispatchAffine(
    {
      blocks: view('transposedOutputBlocks'),
      bias: get('zeroBias'),
      input: get('logitGradients'),
      output: get('injected'),
      rows,
      inGroups: outputGroups,
      outGroups: hiddenGroups,
      inRowOffset: 0,
    },
    mostCost,
  );

  const errorRecursion = planErrorRecursion(
    problem,
    buffers,
    {
      params,
      batch: B,
      hiddenGroups,
      firstOverflow: get('firstOverflow'),
      transposedBlocks: view('transposedBlocks'),
      injected: get('injected'),
      slopes: get('slopes'),
    },
    loops.backward,
    stepCost,
    mostCost,
  );

  return [
    ...inputProjection,
    ...recurrence,
    ...logits,
    ...local,
    ...injection,
    ...errorRecursion,
    ...planNorms(problem, buffers, params, purpose),
    ...planGradients(problem, buffers, mostCost),
  ];
}

/** Row norms of every matrix, their sums per step, and the contributions to ∂L/∂W_h. */
function planNorms(
  problem: Problem,
  buffers: PassBuffers,
  params: Uint32Array,
  purpose: 'display' | 'training',
): Dispatch[] {
  const { T, B, I, H, O } = problem;
  const rows = T * B;
  const get = (name: RowBufferName) => buffers.get(name);
  const ifShown = (make: () => Dispatch[]) => (purpose === 'display' ? make() : []);
  const rowNormsOf = (
    values: RowBufferName,
    norms: RowBufferName,
    width: number,
    exponentKind: number,
    /** The matrix has B rows before step 1. */
    withInitial: boolean,
  ) =>
    dispatchRowNorms({
      values: get(values),
      norms: get(norms),
      rowExponents: get('rowExponents'),
      firstOverflow: get('firstOverflow'),
      rows: withInitial ? rows + B : rows,
      groups: groupsOf(width),
      exponentKind,
      stopOffset: withInitial ? B : 0,
      batch: B,
    });
  const stepNormsOf = (norms: RowBufferName, steps: RowBufferName, rowOffset: number) =>
    dispatchStepNorms(get(norms), get(steps), T, B, rowOffset);
  return [
    rowNormsOf('inputs', 'inputNorms', I, EXPONENT_KIND.none, false),
    rowNormsOf('hiddenStates', 'hiddenStateNorms', H, EXPONENT_KIND.none, true),
    rowNormsOf('logitGradients', 'logitGradientNorms', O, EXPONENT_KIND.logitGradient, false),
    ...ifShown(() => [
      rowNormsOf('stateGradients', 'stateGradientNorms', H, EXPONENT_KIND.stateGradient, true),
    ]),
    rowNormsOf('errorSignals', 'errorSignalNorms', H, EXPONENT_KIND.errorSignal, false),
    ...(buffers.plan.resets
      ? [
          dispatchPreviousStateNorms({
            hiddenStateNorms: get('hiddenStateNorms'),
            retained: get('retained'),
            previousStateNorms: get('previousStateNorms'),
            rows,
            batch: B,
          }),
        ]
      : []),
    stepNormsOf('rowLosses', 'stepLosses', 0),
    ...ifShown(() => [
      dispatchContributions({
        params,
        errorSignals: get('errorSignals'),
        hiddenStates: get('hiddenStates'),
        rowExponents: get('rowExponents'),
        errorSignalNorms: get('errorSignalNorms'),
        previousStateNorms: buffers.previousStateNorms,
        shares: get('shares'),
        rows,
        batch: B,
        hiddenGroups: groupsOf(H),
      }),
      stepNormsOf('hiddenStateNorms', 'stepStateNorms', B),
      stepNormsOf('stateGradientNorms', 'stepStateGradientNorms', B),
      stepNormsOf('errorSignalNorms', 'stepErrorSignalNorms', 0),
      stepNormsOf('shares', 'stepContributions', 0),
    ]),
    dispatchProductExponents({
      params,
      errorSignalNorms: get('errorSignalNorms'),
      logitGradientNorms: get('logitGradientNorms'),
      inputNorms: get('inputNorms'),
      hiddenStateNorms: get('hiddenStateNorms'),
      previousStateNorms: buffers.previousStateNorms,
      productExponents: get('productExponents'),
      rows,
    }),
  ];
}
