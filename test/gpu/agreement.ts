import { reduceLog2ToHeatMap, reduceToHeatMap } from '../../src/analysis/displayReduction';
import type { Engine, HeatMap, Run, TimeWindow } from '../../src/engine/interface';
import { toEvaluation, type PassTensors } from '../../src/model/evaluation';
import type { Problem } from '../../src/model/problem';
import { timesPowerOfTwo, ZERO_EXPONENT } from '../../src/model/scaled';
import { referencePass } from '../../src/reference/pass';
import { expectClose } from '../support/compare';
import { relativeErrors } from '../support/passes';
import { expectLogs } from './kernelHarness';

/** log2 ‖Σ_n δ_t h_{t−1}ᵀ‖_F of every step before the stop, by the definition. */
function contributionsOf(problem: Problem, exact: PassTensors, lastStep: number): number[] {
  const { B, H, initialState, resets = [] } = problem;
  const { mantissas, exponents } = exact.errorSignals;
  return Array.from({ length: lastStep }, (_, t) => {
    const own = Array.from({ length: B }, (_, n) => t * B + n);
    const top = Math.max(...own.map((row) => exponents[row]!));
    if (top === ZERO_EXPONENT || resets.includes(t + 1)) return -Infinity;
    let squares = 0;
    for (let i = 0; i < H; i++) {
      for (let j = 0; j < H; j++) {
        let sum = 0;
        for (const row of own) {
          const before =
            t === 0 ? initialState[row * H + j]! : exact.hiddenStates[(row - B) * H + j]!;
          sum += timesPowerOfTwo(mantissas[row * H + i]!, exponents[row]! - top) * before;
        }
        squares += sum * sum;
      }
    }
    return squares === 0 ? -Infinity : top + 0.5 * Math.log2(squares);
  });
}

function expectHeatMap(actual: HeatMap, expected: HeatMap, tolerance: number, label: string) {
  for (const side of ['minimum', 'maximum'] as const) {
    expectLogs([...actual[side]], [...expected[side]], tolerance, `${label} ${side}`);
  }
}

async function compare(problem: Problem, run: Run, tolerance: number): Promise<void> {
  const exact = referencePass(problem);
  const { T, B, H, O } = problem;
  const { summary } = run;
  const actual = await run.tensors();
  if (actual.overflowAt !== exact.overflowAt || summary.overflowAt !== exact.overflowAt) {
    throw new Error(`overflow at ${actual.overflowAt}, expected ${exact.overflowAt}`);
  }
  const evaluation = toEvaluation('reference', exact);
  const lastStep = exact.overflowAt === null ? T : exact.overflowAt - 1;
  if (exact.overflowAt === null) {
    for (const [name, error] of relativeErrors(actual, exact)) {
      if (!(error <= tolerance)) throw new Error(`${name}: relative error ${error}`);
    }
  }
  expectClose([summary.totalLoss], [evaluation.loss], 1e-4, 'total loss');
  const { log2Norm } = evaluation;
  const { series, log2Gradient } = summary;
  const steps = (values: Float64Array) => [...values.subarray(0, lastStep)];
  const log2Losses = (values: Float64Array) => steps(values).map((value) => Math.log2(value));
  for (const [label, own, expected] of [
    ['step losses', log2Losses(series.stepLosses), log2Losses(exact.stepLosses)],
    ['state norms', steps(series.log2State), steps(log2Norm.h)],
    ['state gradient norms', steps(series.log2StateGradient), steps(log2Norm.dh)],
    ['error signal norms', steps(series.log2ErrorSignal), steps(log2Norm.delta)],
    ['contributions', steps(series.log2Contribution), contributionsOf(problem, exact, lastStep)],
    ['dWx', [log2Gradient.inputWeights], [log2Norm.dWx]],
    ['dWh', [log2Gradient.recurrentWeights], [log2Norm.dWh]],
    ['db', [log2Gradient.hiddenBias], [log2Norm.db]],
    ['dWy', [log2Gradient.outputWeights], [log2Norm.dWy]],
    ['dc', [log2Gradient.outputBias], [log2Norm.dc]],
    ['dh0', [log2Gradient.initialState], [log2Norm.dh0]],
  ] as const) {
    expectLogs(own, expected, 2e-3, label);
  }

  const window: TimeWindow = {
    from: Math.min(2, lastStep),
    to: lastStep,
    ...{ columns: 5, rows: 3, batchEntry: B - 1 },
  };
  const view = await run.view(window);
  const plain = (values: ArrayLike<number>, width: number) =>
    reduceToHeatMap({ values, width, batch: B }, window);
  expectHeatMap(view.inputs, plain(problem.inputs, problem.I), 1e-5, 'input cells');
  if (exact.overflowAt === null) {
    expectHeatMap(view.states, plain(exact.hiddenStates, H), 1e-4, 'state cells');
    expectHeatMap(view.outputs, plain(exact.outputs, O), 1e-4, 'output cells');
    const signals = reduceLog2ToHeatMap(exact.errorSignals, B, window);
    expectHeatMap(view.log2ErrorSignals, signals, 0.02, 'error signal cells');
  }
}

/** log2 ‖∂(w_s ℓ_s)/∂h_k‖_F by the definition: a pass for each s that has only the loss of s. */
function lagMapOf(problem: Problem): number[] {
  const { T } = problem;
  return Array.from({ length: T }, (_, s) => {
    const lossWeights = problem.lossWeights.map((weight, t) => (t === s ? weight : 0));
    const { log2Norm } = toEvaluation('reference', referencePass({ ...problem, lossWeights }));
    return [...log2Norm.dh];
  }).flat();
}

/**
 * Runs the problem and throws unless everything an engine reports — tensors, series, norms and the
 * reduced view — agrees with the float64 reference.
 * The tolerance is that of every tensor's row, relative to the row's own size.
 */
export async function expectAgreement(
  engine: Engine,
  problem: Problem,
  { tolerance = 1e-3, withLagMap = false } = {},
): Promise<void> {
  const run = await engine.run(problem);
  try {
    await compare(problem, run, tolerance);
    if (withLagMap) expectLogs([...(await run.lagMap())], lagMapOf(problem), 2e-3, 'lag map');
  } finally {
    run.dispose();
  }
}
