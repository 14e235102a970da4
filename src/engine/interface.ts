import type { EngineKind, PassTensors } from '../model/evaluation';
import type { Parameters, Problem, Shape } from '../model/problem';
import type { Plane } from '../model/surface';
import type {
  BatchSource,
  TrainingPlan,
  TrainingRecords,
  TrainingState,
  TrainingStop,
} from '../model/training';

/**
 * One narrow interface, three implementations: webgpu, cpu, reference. Nothing here knows a DOM or a
 * GPUBuffer; every member is plain data that survives postMessage.
 */
export interface AdapterDescription {
  /** For people: "NVIDIA GeForce …", "SwiftShader", "CPU" */
  readonly name: string;
  /** true for a software WebGPU adapter and for the CPU engines */
  readonly software: boolean;
}

export interface Engine {
  readonly kind: EngineKind;
  readonly adapter: AdapterDescription;
  /**
   * Runs forward and backward over the whole problem.
   * Rejects with BpttError: 'too-large' (with the size that fits), 'device-lost', 'out-of-memory',
   * 'gpu-error', 'aborted'. The caller owns the Run and disposes it.
   * @param picture what will be shown first: an engine for which reading back is slow brings it
   *   along as `Run.picture`.
   */
  run(problem: Problem, signal?: AbortSignal, picture?: PictureRequest): Promise<Run>;
  /** Frees everything; pending runs reject. */
  dispose(): void;
}

export interface PictureRequest {
  readonly window: TimeWindow;
  readonly step: number;
  readonly batchEntry: number;
}

export interface DrawnPicture {
  readonly view: WindowView;
  readonly step: StepDetail;
}

/** A finished pass whose tensors still live with the engine. */
export interface Run {
  readonly summary: RunSummary;
  /** The picture asked for with the run; null where `view` and `inspect` are as fast. */
  readonly picture: DrawnPicture | null;
  /** The tracks reduced to display resolution; cost is independent of what is shown elsewhere. */
  view(window: TimeWindow): Promise<WindowView>;
  /** Every number of one step of one batch entry. */
  inspect(step: number, batchEntry: number): Promise<StepDetail>;
  /** Everything, read back in full: for the console API and for tests. */
  tensors(): Promise<PassTensors>;
  /**
   * How far each loss reaches back: [T·T], row s, column k (both from 0 for step 1):
   * log2 ‖∂(w_s ℓ_s)/∂h_k‖_F over the batch, along the problem's links. −Infinity for k > s, across a
   * cut or a reset, beyond a window, and for exact zeros only; NaN for k ≤ s where s lies after the stop. Rejects with 'too-large' above
   * LAG_MAP_MOST_STEPS, and with 'aborted'. Cost T²·B·H²/2.
   */
  lagMap(options?: LagMapOptions): Promise<Float64Array>;
  dispose(): void;
}

export interface LagMapOptions {
  readonly signal?: AbortSignal;
  /** Called now and then with the part that is done, 0…1. */
  readonly onProgress?: (done: number) => void;
}

/** Beyond this many steps the T·T numbers of a lag map would take more than 128 MiB. */
export const LAG_MAP_MOST_STEPS = 4096;

/** Per-step scalars; all log2 of Frobenius norms over the batch, −Infinity only for exact zeros. */
export interface StepSeries {
  /** w_t ℓ_t [T] */
  readonly stepLosses: Float64Array;
  /** log2‖h_t‖ [T] */
  readonly log2State: Float64Array;
  /** log2‖e_t‖, e_t = ∂L/∂h_t [T] */
  readonly log2StateGradient: Float64Array;
  /** log2‖δ_t‖ [T] */
  readonly log2ErrorSignal: Float64Array;
  /** log2‖Σ_n δ_t h_{t−1}ᵀ‖_F, the step's contribution to ∂L/∂W_h [T] */
  readonly log2Contribution: Float64Array;
}

export interface RunSummary {
  readonly engine: EngineKind;
  readonly adapter: AdapterDescription;
  readonly shape: Shape;
  /** Σ_t w_t ℓ_t up to the stop */
  readonly totalLoss: number;
  readonly overflowAt: number | null;
  readonly series: StepSeries;
  /** log2 Frobenius norms of the parameter gradients */
  readonly log2Gradient: {
    readonly inputWeights: number;
    readonly recurrentWeights: number;
    readonly hiddenBias: number;
    readonly outputWeights: number;
    readonly outputBias: number;
    readonly initialState: number;
  };
  /** Wall time of the pass including readback, milliseconds. */
  readonly elapsed: number;
}

/** Steps from…to (1-based, inclusive) of one batch entry at a display resolution. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
  /** Most columns of a heat map; fewer come back when the window has fewer steps. */
  readonly columns: number;
  /** Most rows of a heat map; units are binned beyond that. */
  readonly rows: number;
  readonly batchEntry: number;
}

/**
 * rows × columns, row-major: least and greatest value of each cell's bin (never skipped samples).
 * Column c covers steps from + ⌊c·n/columns⌋ … from + ⌊(c+1)·n/columns⌋ − 1 with n = to − from + 1;
 * row r covers units ⌊r·width/rows⌋ … ⌊(r+1)·width/rows⌋ − 1.
 */
export interface HeatMap {
  readonly rows: number;
  readonly columns: number;
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
}

export interface WindowView {
  readonly window: TimeWindow;
  readonly inputs: HeatMap;
  readonly states: HeatMap;
  /** log2|δ| per cell; −Infinity where exactly zero */
  readonly log2ErrorSignals: HeatMap;
  readonly outputs: HeatMap;
  /** Class targets as one-hot rows. */
  readonly targets: HeatMap;
}

/** mantissas × 2^exponent for one vector. */
export interface ScaledVector {
  readonly mantissas: Float32Array;
  readonly exponent: number;
}

/** One step t of one batch entry n, for the inspector. */
export interface StepDetail {
  readonly step: number;
  readonly batchEntry: number;
  readonly inputs: Float32Array;
  /** h_{t−1} as it enters step t: zeros after a reset */
  readonly previousState: Float32Array;
  readonly preActivations: Float32Array;
  readonly state: Float32Array;
  readonly slopes: ScaledVector;
  readonly logits: Float32Array;
  readonly outputs: Float32Array;
  /** ŷ_t [O]; one-hot for a class target */
  readonly target: Float32Array;
  /** w_t ℓ_t over the batch */
  readonly stepLoss: number;
  /** W_yᵀ ∂L/∂z_t */
  readonly injected: ScaledVector;
  /**
   * What comes back from step t+1: W_hᵀ δ_{t+1} times the link's factor; zero at t = T and across a
   * cut or a reset. With a sliding window, the sum over the windows that pass here.
   */
  readonly carried: ScaledVector;
  /** e_t */
  readonly stateGradient: ScaledVector;
  /** δ_t */
  readonly errorSignal: ScaledVector;
}

/** Trains; beside Engine, since the float64 reference trains and is no Engine. */
export interface Trainer {
  readonly kind: EngineKind;
  /**
   * Weights and moments of one training, kept with the engine. Nothing is computed yet. Rejects as
   * `Engine.run` does. The caller owns the Training and disposes it.
   */
  train(problem: Problem, plan: TrainingPlan, options?: TrainingOptions): Promise<Training>;
}

export interface TrainingOptions {
  /** Goes on from here; the problem's own weights, and no moments, without it. */
  readonly from?: TrainingState;
  /** Fresh data for every update in the place of the problem's. */
  readonly batches?: BatchSource;
  readonly signal?: AbortSignal;
}

/**
 * A training under way: alternate `advance` and anything else. Its results do not depend on how the
 * updates are divided among calls, on pauses, or on what else the engine computes.
 */
export interface Training {
  readonly engine: EngineKind;
  /** Updates done, those of the training it goes on from included. */
  readonly step: number;
  /** Why it ended; null as long as it can go on. */
  readonly stop: TrainingStop | null;
  /**
   * Makes `updates` more of them, fewer when a rule stops it; gives that stop, or null. When the
   * signal fires it pauses: it rejects with 'aborted' once the work in flight is done and told, and
   * can go on or be read. Rejects as a run does, too.
   */
  advance(updates: number, options?: AdvanceOptions): Promise<TrainingStop | null>;
  /** The weights, moments and progress after the updates done so far; also during `advance`. */
  state(): Promise<TrainingState>;
  /** Frees everything; an `advance` under way rejects with 'aborted'. */
  dispose(): void;
}

export interface AdvanceOptions {
  readonly signal?: AbortSignal;
  /** The records of every update, in order and once, as they become known. */
  readonly onRecords?: (records: TrainingRecords) => void;
  /** The weights after each multiple of `every` updates, in order. */
  readonly snapshots?: {
    readonly every: number;
    readonly onSnapshot: (snapshot: TrainingSnapshot) => void;
  };
}

export interface TrainingSnapshot {
  /** Updates done */
  readonly step: number;
  readonly parameters: Parameters;
}

/** Evaluates the loss at many weights of one problem; implemented beside Engine. */
export interface Surveyor {
  /**
   * The loss over the plane θ + a d₁ + b d₂ through the problem's own weights θ. Nothing is computed
   * yet. Rejects as `Engine.run` does. The caller owns the LossSurface and disposes it.
   */
  survey(problem: Problem, plane: Plane, signal?: AbortSignal): Promise<LossSurface>;
}

export interface LossSurface {
  /**
   * L = Σ_t w_t ℓ_t at each point. +Infinity where a state or a logit of any step and batch entry
   * leaves float32, as in a run (reference/forward.ts): there the loss is not small for lack of
   * steps, and a cliff's top is no gap. Never NaN. Only the forward pass is run, so cuts, link
   * factors and windows do not matter; resets do. Rejects as a run does, 'aborted' included.
   * @param points a, b, a, b … [n,2]
   * @returns [n]
   */
  losses(points: Float64Array, options?: LossesOptions): Promise<Float64Array>;
  dispose(): void;
}

export interface LossesOptions {
  readonly signal?: AbortSignal;
  /** Called now and then with the part that is done, 0…1. */
  readonly onProgress?: (done: number) => void;
}
