import {
  reduceLog2ToHeatMap,
  reduceToHeatMap,
  targetsHeatMap,
} from '../../analysis/displayReduction';
import { BpttError } from '../../model/errors';
import type { PassTensors } from '../../model/evaluation';
import { log2NormOfRows, log2NormOfTensor } from '../../model/scaled';
import type {
  AdapterDescription,
  LagMapOptions,
  Run,
  RunSummary,
  StepDetail,
  TimeWindow,
  WindowView,
} from '../interface';
import { Pacer } from '../shared/pacer';
import { inspectStep } from './inspect';
import { lagMap } from './lagMap';
import type { CpuPass } from './pass';

export function summarise(
  { problem, result, series, lastStep }: CpuPass,
  adapter: AdapterDescription,
  elapsed: number,
): RunSummary {
  let totalLoss = 0;
  for (let t = 0; t < lastStep; t++) totalLoss += series.stepLosses[t]!;
  return {
    engine: 'cpu',
    adapter,
    shape: result.shape,
    totalLoss,
    overflowAt: result.overflowAt,
    series,
    log2Gradient: {
      inputWeights: log2NormOfTensor(result.inputWeightGradient),
      recurrentWeights: log2NormOfTensor(result.recurrentWeightGradient),
      hiddenBias: log2NormOfTensor(result.hiddenBiasGradient),
      outputWeights: log2NormOfTensor(result.outputWeightGradient),
      outputBias: log2NormOfTensor(result.outputBiasGradient),
      initialState: log2NormOfRows(result.initialStateGradient, 0, problem.B),
    },
    elapsed,
  };
}

/** Columns and rows are cut to the window by the reduction; the window itself must lie inside T. */
function requireWindow({ from, to, columns, rows, batchEntry }: TimeWindow, pass: CpuPass): void {
  const { T, B } = pass.problem;
  const whole = [from, to, columns, rows, batchEntry].every(Number.isInteger);
  const inside = from >= 1 && from <= to && to <= T && batchEntry >= 0 && batchEntry < B;
  if (whole && inside && columns >= 1 && rows >= 1) return;
  throw new BpttError(
    'invalid-request',
    'window',
    `The window must have whole numbers with 1 ≤ from ≤ to ≤ ${T}, batchEntry 0…${B - 1}, and at least one column and row.`,
    { from, to, T, batchEntry, B },
  );
}

function viewOf(pass: CpuPass, window: TimeWindow): WindowView {
  requireWindow(window, pass);
  const { problem, tensors, lastStep } = pass;
  const { B: batch, I, H, O } = problem;
  return {
    window,
    inputs: reduceToHeatMap({ values: tensors.inputs, width: I, batch }, window),
    states: reduceToHeatMap(
      { values: tensors.states, width: H, batch, stepOffset: 1, lastStep },
      window,
    ),
    log2ErrorSignals: reduceLog2ToHeatMap(tensors.errorSignals, batch, window, lastStep),
    outputs: reduceToHeatMap({ values: tensors.outputs, width: O, batch, lastStep }, window),
    targets: targetsHeatMap(problem, window),
  };
}

/** The tensors live until `dispose`; what `tensors()` gives is shared with the run: read only. */
export class CpuRun implements Run {
  /** Reading costs nothing here. */
  readonly picture = null;
  private pass: CpuPass | null;

  constructor(
    pass: CpuPass,
    readonly summary: RunSummary,
    private readonly onDispose: () => void,
  ) {
    this.pass = pass;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- failures must reject, not throw
  async view(window: TimeWindow): Promise<WindowView> {
    return viewOf(this.alive(), window);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- failures must reject, not throw
  async inspect(step: number, batchEntry: number): Promise<StepDetail> {
    return inspectStep(this.alive(), step, batchEntry);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- failures must reject, not throw
  async tensors(): Promise<PassTensors> {
    return this.alive().result;
  }

  async lagMap({ signal, onProgress }: LagMapOptions = {}): Promise<Float64Array> {
    return lagMap(this.alive(), new Pacer(signal), onProgress ?? (() => undefined));
  }

  dispose(): void {
    this.pass = null;
    this.onDispose();
  }

  private alive(): CpuPass {
    if (this.pass !== null) return this.pass;
    throw new BpttError('aborted', '', 'This run has been disposed.');
  }
}
