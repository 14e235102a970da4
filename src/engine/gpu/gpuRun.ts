import { targetsHeatMap } from '../../analysis/displayReduction';
import type { PassTensors } from '../../model/evaluation';
import type { Problem } from '../../model/problem';
import {
  log2NormOfRows,
  log2NormOfTensor,
  timesPowerOfTwo,
  ZERO_EXPONENT,
  type ScaledRows,
  type ScaledTensor,
} from '../../model/scaled';
import type {
  AdapterDescription,
  HeatMap,
  Run,
  RunSummary,
  ScaledVector,
  StepDetail,
  TimeWindow,
  WindowView,
} from '../interface';
import type { Executor, Span } from './executor';
import { dispatchHeatMap, LOG2_OF_ZERO } from './kernels/heat_map';
import { PRODUCT } from './kernels/product_exponents';
import { groupsOf, unpadRows } from './packing';
import type { BufferName } from './planner';
import {
  exponentsFrom,
  log2NormsFrom,
  scaledRowsFrom,
  scaledTensorFrom,
  valuesFrom,
} from './readback';
import type { RunBuffers } from './runBuffers';
import { ROW_EXPONENTS_BYTES } from './structs';

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

/** A finished pass: its tensors stay on the GPU until dispose. */
export class GpuRun implements Run {
  readonly summary: RunSummary;
  readonly #problem: Problem;
  readonly #buffers: RunBuffers;
  readonly #executor: Executor;
  readonly #release: () => void;
  readonly #gradients: ParameterGradients;
  #disposed = false;

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
  }

  async view(window: TimeWindow): Promise<WindowView> {
    const { I, H, O } = this.#problem;
    const [inputs, states, log2ErrorSignals, outputs] = await this.#heatMaps(window, [
      { values: 'inputs', width: I, rowOffset: 0, logarithmic: false },
      { values: 'hiddenStates', width: H, rowOffset: this.#problem.B, logarithmic: false },
      { values: 'errorSignals', width: H, rowOffset: 0, logarithmic: true },
      { values: 'outputs', width: O, rowOffset: 0, logarithmic: false },
    ]);
    return {
      window,
      inputs: inputs!,
      states: states!,
      log2ErrorSignals: log2ErrorSignals!,
      outputs: outputs!,
      targets: targetsHeatMap(this.#problem, window),
    };
  }

  async #heatMaps(
    window: TimeWindow,
    tracks: readonly {
      readonly values: BufferName;
      readonly width: number;
      readonly rowOffset: number;
      readonly logarithmic: boolean;
    }[],
  ): Promise<HeatMap[]> {
    const steps = window.to - window.from + 1;
    const columns = Math.min(window.columns, steps);
    const { device } = this.#executor;
    const made = tracks.map((track) => {
      const rows = Math.min(window.rows, track.width);
      const cells = device.createBuffer({
        label: `heat map of ${track.values}`,
        size: Math.max(16, rows * columns * 8),
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
      });
      return { ...track, rows, cells };
    });
    try {
      const dispatches = made.map(({ values, width, rowOffset, logarithmic, rows, cells }) =>
        dispatchHeatMap(this.#buffers.get(values), this.#buffers.get('rowExponents'), cells, {
          first_step: window.from,
          steps,
          columns,
          rows,
          width,
          groups: groupsOf(width),
          batch: this.#problem.B,
          entry: window.batchEntry,
          row_offset: rowOffset,
          logarithmic: logarithmic ? 1 : 0,
        }),
      );
      const bytes = await this.#executor.run(
        dispatches,
        made.map(({ cells, rows }) => ({ buffer: cells, offset: 0, size: rows * columns * 8 })),
      );
      return made.map(({ rows, values }, index) =>
        this.#toHeatMap(
          new Float32Array(bytes[index]!),
          rows,
          columns,
          window,
          values !== 'inputs',
        ),
      );
    } finally {
      for (const { cells } of made) cells.destroy();
    }
  }

  #toHeatMap(
    cells: Float32Array,
    rows: number,
    columns: number,
    window: TimeWindow,
    stops: boolean,
  ): HeatMap {
    const minimum = new Float32Array(rows * columns);
    const maximum = new Float32Array(rows * columns);
    const { overflowAt } = this.summary;
    const steps = window.to - window.from + 1;
    for (let c = 0; c < columns; c++) {
      const lastStep = window.from + Math.floor(((c + 1) * steps) / columns) - 1;
      const stopped = stops && overflowAt !== null && lastStep >= overflowAt;
      for (let r = 0; r < rows; r++) {
        const at = r * columns + c;
        minimum[at] = stopped ? NaN : orMinusInfinity(cells[2 * at]!);
        maximum[at] = stopped ? NaN : orMinusInfinity(cells[2 * at + 1]!);
      }
    }
    return { rows, columns, minimum, maximum };
  }

  async inspect(step: number, batchEntry: number): Promise<StepDetail> {
    const { T, B, I, H, O, targets, cuts, parameters } = this.#problem;
    const row = (step - 1) * B + batchEntry;
    const next = step < T ? row + B : row;
    const rowOf = (name: BufferName, at: number, width: number): Span => ({
      buffer: this.#buffers.get(name),
      offset: at * groupsOf(width) * 16,
      size: groupsOf(width) * 16,
    });
    const exponentsOf = (at: number): Span => ({
      buffer: this.#buffers.get('rowExponents'),
      offset: at * ROW_EXPONENTS_BYTES,
      size: ROW_EXPONENTS_BYTES,
    });
    const bytes = await this.#executor.read([
      rowOf('inputs', row, I),
      rowOf('hiddenStates', row, H),
      rowOf('preActivations', row, H),
      rowOf('hiddenStates', row + B, H),
      rowOf('slopes', row, H),
      rowOf('logits', row, O),
      rowOf('outputs', row, O),
      rowOf('injected', row, H),
      rowOf('stateGradients', row + B, H),
      rowOf('errorSignals', row, H),
      rowOf('errorSignals', next, H),
      exponentsOf(row + B),
      exponentsOf(next + B),
    ]);
    const vector = (index: number, width: number) =>
      new Float32Array(bytes[index]!).slice(0, width);
    const own = new Int32Array(bytes[11]!);
    const after = new Int32Array(bytes[12]!);
    const live = this.summary.overflowAt === null || step < this.summary.overflowAt;
    const scaled = (index: number, exponent: number): ScaledVector =>
      exponent <= ZERO_EXPONENT
        ? { mantissas: new Float32Array(H), exponent: ZERO_EXPONENT }
        : { mantissas: vector(index, H), exponent };
    const stop = this.summary.overflowAt ?? T + 1;
    const passesBack = step + 1 < stop && !cuts.includes(step + 1);
    const target = new Float32Array(O);
    if (targets.kind === 'class') target[targets.indices[row]!] = 1;
    else target.set(targets.values.subarray(row * O, (row + 1) * O));
    return {
      step,
      batchEntry,
      inputs: vector(0, I),
      previousState: vector(1, H),
      preActivations: live ? vector(2, H) : new Float32Array(H).fill(NaN),
      state: live ? vector(3, H) : new Float32Array(H).fill(NaN),
      slopes: live ? scaled(4, own[1]!) : { mantissas: new Float32Array(H).fill(NaN), exponent: 0 },
      logits: live ? vector(5, O) : new Float32Array(O).fill(NaN),
      outputs: live ? vector(6, O) : new Float32Array(O).fill(NaN),
      target,
      stepLoss: this.summary.series.stepLosses[step - 1]!,
      injected: scaled(7, live ? own[0]! : ZERO_EXPONENT),
      carried: carriedBack(
        parameters.recurrentWeights,
        passesBack
          ? scaled(10, after[3]!)
          : { mantissas: new Float32Array(H), exponent: ZERO_EXPONENT },
      ),
      stateGradient: scaled(8, live ? own[2]! : ZERO_EXPONENT),
      errorSignal: scaled(9, live ? own[3]! : ZERO_EXPONENT),
    };
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
    const bytes = await this.#executor.read(names.map((name) => this.#buffers.whole(name)));
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

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#release();
  }
}

function orMinusInfinity(value: number): number {
  return value <= LOG2_OF_ZERO ? -Infinity : value;
}

/** Entries from the overflow on are not results. */
function masked(values: Float64Array, overflowAt: number | null): Float64Array {
  if (overflowAt !== null) values.fill(NaN, overflowAt - 1);
  return values;
}

/** W_hᵀ δ_{t+1} */
function carriedBack(
  recurrentWeights: Float32Array | Float64Array,
  { mantissas, exponent }: ScaledVector,
): ScaledVector {
  const H = mantissas.length;
  const out = new Float32Array(H);
  if (exponent === ZERO_EXPONENT) return { mantissas: out, exponent };
  // Mantissas may be far from 1; bring the largest there so that float32 holds the products.
  const top = Math.max(...Array.from(mantissas, Math.abs));
  const shift = top === 0 ? 0 : Math.floor(Math.log2(top));
  for (let j = 0; j < H; j++) {
    let sum = 0;
    for (let i = 0; i < H; i++) {
      sum += recurrentWeights[i * H + j]! * timesPowerOfTwo(mantissas[i]!, -shift);
    }
    out[j] = sum;
  }
  return { mantissas: out, exponent: top === 0 ? ZERO_EXPONENT : exponent + shift };
}
