import type { PassTensors } from '../../model/evaluation';
import type { Problem } from '../../model/problem';
import {
  log2NormOfRows,
  log2NormOfTensor,
  type ScaledRows,
  type ScaledTensor,
} from '../../model/scaled';
import type {
  AdapterDescription,
  DrawnPicture,
  LagMapOptions,
  Run,
  RunSummary,
  StepDetail,
  TimeWindow,
  WindowView,
} from '../interface';
import { asGpuError, type Executor, type Span } from './executor';
import { PRODUCT } from './kernels/product_exponents';
import { computeLagMap } from './lagMap';
import { groupsOf, unpadRows } from './packing';
import {
  exponentsFrom,
  log2NormsFrom,
  scaledRowsFrom,
  scaledTensorFrom,
  valuesFrom,
} from './readback';
import type { RunBuffers } from './runBuffers';
import { StepReading } from './stepReading';
import { ROW_EXPONENTS_BYTES } from './structs';
import { WindowReduction } from './windowView';

const SUMMARY_BUFFERS = [
  'firstOverflow',
  'stepLosses',
  'stepStateNorms',
  'stepStateGradientNorms',
  'stepErrorSignalNorms',
  'stepContributions',
  'productExponents',
  'recurrentWeightGradient',
  'inputWeightGradient',
  'hiddenBiasGradient',
  'outputWeightGradient',
  'outputBiasGradient',
] as const;

interface ParameterGradients {
  readonly recurrentWeightGradient: ScaledTensor;
  readonly inputWeightGradient: ScaledTensor;
  readonly hiddenBiasGradient: ScaledTensor;
  readonly outputWeightGradient: ScaledTensor;
  readonly outputBiasGradient: ScaledTensor;
}

/** A window and a step, reduced and read back in the same submit as the pass itself. */
export interface DrawnWork {
  readonly reduction: WindowReduction;
  readonly viewBytes: readonly ArrayBuffer[];
  readonly reading: StepReading;
  readonly stepBytes: readonly ArrayBuffer[];
}

/** A finished pass: its tensors stay on the GPU until dispose. */
export class GpuRun implements Run {
  readonly summary: RunSummary;
  readonly picture: DrawnPicture | null;
  readonly #problem: Problem;
  readonly #buffers: RunBuffers;
  readonly #executor: Executor;
  readonly #release: () => void;
  readonly #gradients: ParameterGradients;
  /** Fires when the run is disposed: its buffers are another run's then. */
  readonly #lifetime = new AbortController();

  /** What to read back after the pass, in the order `constructor` expects it. */
  static summarySpans(problem: Problem, buffers: RunBuffers): Span[] {
    const { B, H } = problem;
    return [
      ...SUMMARY_BUFFERS.map((name) => buffers.whole(name)),
      // ∂L/∂h_0 and its exponents
      { buffer: buffers.get('stateGradients'), offset: 0, size: B * groupsOf(H) * 16 },
      { buffer: buffers.get('rowExponents'), offset: 0, size: B * ROW_EXPONENTS_BYTES },
    ];
  }

  constructor(options: {
    readonly problem: Problem;
    readonly buffers: RunBuffers;
    readonly executor: Executor;
    readonly adapter: AdapterDescription;
    /** The bytes of `summarySpans` */
    readonly bytes: readonly ArrayBuffer[];
    /** A first picture read back with the summary: the work and its bytes. */
    readonly drawn: DrawnWork | null;
    readonly started: number;
    readonly release: () => void;
  }) {
    const { problem, bytes } = options;
    const { T, B, I, H, O } = problem;
    this.#problem = problem;
    this.#buffers = options.buffers;
    this.#executor = options.executor;
    this.#release = options.release;
    const of = (name: (typeof SUMMARY_BUFFERS)[number]) => bytes[SUMMARY_BUFFERS.indexOf(name)]!;

    const stop = new Int32Array(of('firstOverflow'))[0]!;
    const overflowAt = stop <= T ? stop : null;
    const exponents = new Int32Array(of('productExponents'));
    const gradient = (
      name: (typeof SUMMARY_BUFFERS)[number],
      product: keyof typeof PRODUCT,
      rows: number,
      columns: number,
    ) => scaledTensorFrom(of(name), exponents[PRODUCT[product]]!, rows, columns);
    this.#gradients = {
      recurrentWeightGradient: gradient('recurrentWeightGradient', 'recurrentWeights', H, H),
      inputWeightGradient: gradient('inputWeightGradient', 'inputWeights', H, I),
      hiddenBiasGradient: gradient('hiddenBiasGradient', 'hiddenBias', H, 1),
      outputWeightGradient: gradient('outputWeightGradient', 'outputWeights', O, H),
      outputBiasGradient: gradient('outputBiasGradient', 'outputBias', O, 1),
    };
    const initialStateGradient = scaledRowsFrom(
      bytes[SUMMARY_BUFFERS.length]!,
      exponentsFrom(bytes[SUMMARY_BUFFERS.length + 1]!, 'state_gradient'),
      H,
    );
    const stepLosses = masked(valuesFrom(of('stepLosses')), overflowAt);
    this.summary = {
      engine: 'webgpu',
      adapter: options.adapter,
      shape: { T, B, I, H, O },
      totalLoss: stepLosses.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0),
      overflowAt,
      series: {
        stepLosses,
        log2State: masked(log2NormsFrom(of('stepStateNorms')), overflowAt),
        log2StateGradient: masked(log2NormsFrom(of('stepStateGradientNorms')), overflowAt),
        log2ErrorSignal: masked(log2NormsFrom(of('stepErrorSignalNorms')), overflowAt),
        log2Contribution: masked(log2NormsFrom(of('stepContributions')), overflowAt),
      },
      log2Gradient: {
        inputWeights: log2NormOfTensor(this.#gradients.inputWeightGradient),
        recurrentWeights: log2NormOfTensor(this.#gradients.recurrentWeightGradient),
        hiddenBias: log2NormOfTensor(this.#gradients.hiddenBiasGradient),
        outputWeights: log2NormOfTensor(this.#gradients.outputWeightGradient),
        outputBias: log2NormOfTensor(this.#gradients.outputBiasGradient),
        initialState: log2NormOfRows(initialStateGradient, 0, B),
      },
      elapsed: performance.now() - options.started,
    };
    const { drawn } = options;
    this.picture =
      drawn === null
        ? null
        : {
            view: drawn.reduction.finish(drawn.viewBytes, overflowAt),
            step: drawn.reading.finish(drawn.stepBytes, stepLosses, overflowAt),
          };
  }

  async view(window: TimeWindow): Promise<WindowView> {
    const reduction = new WindowReduction(
      this.#executor.device,
      this.#problem,
      this.#buffers,
      window,
    );
    try {
      const bytes = await this.#executor.run(reduction.dispatches, reduction.spans);
      return reduction.finish(bytes, this.summary.overflowAt);
    } finally {
      reduction.destroy();
    }
  }

  async inspect(step: number, batchEntry: number): Promise<StepDetail> {
    const reading = new StepReading(this.#problem, this.#buffers, step, batchEntry);
    const bytes = await this.#executor.read(reading.spans);
    return reading.finish(bytes, this.summary.series.stepLosses, this.summary.overflowAt);
  }

  async tensors(): Promise<PassTensors> {
    const { T, B, H, O } = this.#problem;
    const names = [
      'hiddenStates',
      'outputs',
      'stateGradients',
      'errorSignals',
      'rowExponents',
    ] as const;
    const spans = names.map((name) => this.#buffers.whole(name));
    // Behind the run's own exponents there may be those of lanes.
    const own = { ...spans[4]!, size: (T + 1) * B * ROW_EXPONENTS_BYTES };
    const bytes = await this.#executor.read([...spans.slice(0, 4), own]);
    const of = (name: (typeof names)[number]) => bytes[names.indexOf(name)]!;
    const signalExponents = exponentsFrom(of('rowExponents'), 'error_signal').slice(B);
    const gradients = scaledRowsFrom(
      of('stateGradients'),
      exponentsFrom(of('rowExponents'), 'state_gradient'),
      H,
    );
    const rowsOfSteps = (rows: ScaledRows, first: number, end: number): ScaledRows => ({
      mantissas: rows.mantissas.subarray(first * H, end * H),
      exponents: rows.exponents.subarray(first, end),
      width: H,
    });
    return {
      shape: this.summary.shape,
      overflowAt: this.summary.overflowAt,
      stepLosses: this.summary.series.stepLosses,
      hiddenStates: unpadRows(new Float32Array(of('hiddenStates')), (T + 1) * B, H).subarray(B * H),
      outputs: unpadRows(new Float32Array(of('outputs')), T * B, O),
      stateGradients: rowsOfSteps(gradients, B, (T + 1) * B),
      errorSignals: scaledRowsFrom(of('errorSignals'), signalExponents, H),
      initialStateGradient: rowsOfSteps(gradients, 0, B),
      ...this.#gradients,
    };
  }

  async lagMap({ signal, onProgress }: LagMapOptions = {}): Promise<Float64Array> {
    const lifetime = this.#lifetime.signal;
    try {
      return await computeLagMap({
        problem: this.#problem,
        buffers: this.#buffers,
        executor: this.#executor,
        software: this.summary.adapter.software,
        overflowAt: this.summary.overflowAt,
        signal: signal ? AbortSignal.any([signal, lifetime]) : lifetime,
        ...(onProgress && { onProgress }),
      });
    } catch (error) {
      throw asGpuError(error);
    }
  }

  dispose(): void {
    if (this.#lifetime.signal.aborted) return;
    this.#lifetime.abort();
    this.#release();
  }
}

/** Entries from the overflow on are not results. */
function masked(values: Float64Array, overflowAt: number | null): Float64Array {
  if (overflowAt !== null) values.fill(NaN, overflowAt - 1);
  return values;
}
