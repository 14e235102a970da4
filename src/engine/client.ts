import type {
  AnalysisRequest,
  AnalysisValue,
  CrossCheck,
  CrossCheckOptions,
} from '../model/analyses';
import type { Evaluation, EngineKind } from '../model/evaluation';
import type { ErrorRecord } from '../model/errors';
import type { Problem } from '../model/problem';
import type { Plane, PlaneWindow, SurfaceGrid } from '../model/surface';
import type { RunConfiguration } from '../model/configuration';
import type { TrainingPlan, TrainingRecords, TrainingState, TrainingStop } from '../model/training';
import type { TrainingRequest } from '../model/trainingRequest';
import type { TrainingResult } from '../model/trainingResult';
import type {
  AdapterDescription,
  HeatMap,
  RunSummary,
  StepDetail,
  TimeWindow,
  TrainingSnapshot,
  WindowView,
} from './interface';

/** Which step of which batch entry the inspector shows. */
export interface StepRequest {
  readonly step: number;
  readonly batchEntry: number;
}

export interface Picture {
  readonly summary: RunSummary;
  readonly view: WindowView;
  readonly step: StepDetail;
}

/** What is wanted of y_t, beside a run's series. */
export interface SeriesRequest {
  /** Most columns over all steps */
  readonly columns: number;
  /** 0…B−1 */
  readonly batchEntry: number;
}

/** A run without its tensors. */
export interface RunSeries {
  readonly summary: RunSummary;
  /** y_t of the batch entry over steps 1…T; null where there is more than one output */
  readonly outputs: HeatMap | null;
}

export type EngineChoice = 'automatic' | 'webgpu' | 'cpu';

export interface EngineReady {
  readonly kind: Exclude<EngineKind, 'reference'>;
  readonly adapter: AdapterDescription;
  /** Why WebGPU is not in use although it was wanted; null otherwise. */
  readonly fallback: ErrorRecord | null;
}

export interface AnalysisOptions {
  /** Called with the part that is done, 0…1, once a request takes more than 200 ms. */
  readonly onProgress?: (done: number) => void;
  /**
   * The page's own requests have one: the next request with the same key and the next `run` end a
   * pending one, which rejects with 'aborted'. So they are asked once a run has finished, and asked
   * again after the next. Without a key nothing overtakes a request.
   */
  readonly key?: string;
  /** Ends the request, in the worker too; it rejects with 'aborted'. */
  readonly signal?: AbortSignal;
}

/** A part of a training: from a state to an update, with one plan and one problem. */
export interface StretchRequest {
  readonly problem: Problem;
  readonly plan: TrainingPlan;
  /** Where it goes on; null for the problem's own weights and no moments. */
  readonly from: TrainingState | null;
  /** Ends there: updates done, those of `from` included */
  readonly until: number;
  /** About so many snapshots are kept (src/model/trainingHistory.ts): sets how often they are taken. */
  readonly most: number;
  /** The configuration whose data are drawn anew for every update; null for the problem's own. */
  readonly fresh: RunConfiguration | null;
}

/** What happened lately; nothing in it is told twice. */
export interface StretchPart {
  readonly engine: EngineKind;
  /** In order, without gaps */
  readonly records: readonly TrainingRecords[];
  readonly snapshots: readonly TrainingSnapshot[];
  /** The newest weights and moments: from here it can go on if the engine is lost. */
  readonly checkpoint: TrainingState | null;
}

export interface StretchEnd {
  readonly state: TrainingState;
  /** Null where it was paused or has come to `until`. */
  readonly stop: TrainingStop | null;
}

export interface StretchOptions {
  readonly onPart: (part: StretchPart) => void;
  /** Ends it between two updates; it then resolves with what it has come to. */
  readonly pause?: AbortSignal;
  /** Ends it at once; it rejects with 'aborted'. */
  readonly signal?: AbortSignal;
}

/** The loss over a part of the plane through the problem's own weights. */
export interface SurfaceRequest {
  readonly problem: Problem;
  readonly plane: Plane;
  readonly window: PlaneWindow;
  /** Points along each side of the last grid; grids of GRID_SIZES up to there come before it. */
  readonly finest: number;
}

export interface SurfaceOptions extends AnalysisOptions {
  /** Every grid but the last, as it is done */
  readonly onPart?: (grid: SurfaceGrid) => void;
}

/**
 * The page's side of the engine worker. Requests of one kind supersede one another: a run that is
 * overtaken rejects with BpttError 'aborted' and is never shown.
 */
export interface EngineClient {
  /** Resolves once the first engine can serve; later changes come through onEngineChange. */
  readonly ready: Promise<EngineReady>;
  /** Resolves once it is known which engine stays: WebGPU warmed up, or why it is the CPU. */
  readonly settled: Promise<EngineReady>;
  /** Called on every change of engine (WebGPU became ready, device lost, retry). */
  onEngineChange(listener: (engine: EngineReady) => void): () => void;
  /** Last call wins; the finished run stays with the worker for `look`. */
  run(problem: Problem, window: TimeWindow, step: StepRequest): Promise<Picture>;
  /** Gives the pending run up: it rejects with 'aborted' at once, and the worker stops it. */
  cancelRun(): void;
  /** Another window or step of the last finished run, without computing it again. Last call wins. */
  look(window: TimeWindow, step: StepRequest): Promise<Pick<Picture, 'view' | 'step'>>;
  /** A window of the last finished run for a file, beside what the page looks at; never superseded. */
  view(window: TimeWindow): Promise<WindowView>;
  /** A full evaluation beside the page's own work; never superseded. */
  evaluate(problem: Problem, engine: EngineKind): Promise<Evaluation>;
  /**
   * A whole run on the engine in use, beside the page's own work: its series and no tensors. Rejects
   * with what a run rejects with.
   */
  series(problem: Problem, request: SeriesRequest, options?: AnalysisOptions): Promise<RunSeries>;
  /**
   * One analysis of src/model/analyses.ts, beside the page's own work: 'lag' and 'contributions' on
   * the engine in use, the others in float64 on the CPU. Rejects with 'invalid-request', 'too-large',
   * 'aborted', or what a run rejects with.
   */
  analyze<R extends AnalysisRequest>(
    problem: Problem,
    request: R,
    options?: AnalysisOptions,
  ): Promise<AnalysisValue<R>>;
  /**
   * The numbers of the last finished run against the float64 reference, `problem` being that run's.
   * The next `run` ends it, and so does the next check with the same key. Rejects with 'too-large'
   * before anything is read back, 'invalid-request' without a finished run, 'aborted'.
   */
  check(problem: Problem, options?: CrossCheckOptions, call?: AnalysisOptions): Promise<CrossCheck>;
  /**
   * A whole training beside the page's own work; never superseded, ended by its signal. Rejects with
   * 'aborted', 'too-large', or what a run rejects with.
   */
  train(
    problem: Problem,
    request: TrainingRequest,
    engine: EngineKind,
    options?: Pick<AnalysisOptions, 'onProgress' | 'signal'>,
  ): Promise<TrainingResult>;
  /**
   * A stretch of training beside the page's own work, on the engine in use or, where its GPU is only
   * emulated, on the CPU engine; several may run at once.
   * Rejects with 'aborted', 'device-lost', 'too-large', or what a run rejects with; the last `checkpoint`
   * told is then where another stretch can go on, on whatever engine is in use by then.
   */
  stretch(request: StretchRequest, options: StretchOptions): Promise<StretchEnd>;
  /**
   * The loss over a window of a plane, coarse first, beside the page's own work: on the GPU in use, on
   * the CPU where there is none or a software adapter, which is slower at this.
   * Rejects with 'aborted', 'too-large', or what a run rejects with.
   */
  surface(request: SurfaceRequest, options?: SurfaceOptions): Promise<SurfaceGrid>;
  retryGpu(): void;
  dispose(): void;
}
