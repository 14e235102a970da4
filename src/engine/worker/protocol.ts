import type {
  EngineChoice,
  EngineReady,
  Picture,
  RunSeries,
  SeriesRequest,
  StepRequest,
  StretchEnd,
  StretchPart,
  StretchRequest,
  SurfaceRequest,
} from '../client';
import type {
  Analyses,
  AnalysisKind,
  AnalysisRequest,
  CrossCheck,
  CrossCheckOptions,
} from '../../model/analyses';
import type { ErrorRecord } from '../../model/errors';
import type { Evaluation, EngineKind, PassTensors } from '../../model/evaluation';
import type { Problem } from '../../model/problem';
import type { SurfaceGrid } from '../../model/surface';
import type { TrainingRequest } from '../../model/trainingRequest';
import type { TrainingResult } from '../../model/trainingResult';
import type { TimeWindow } from '../interface';

/** What each call takes and gives; all of it survives structured cloning. */
export interface WorkerCalls {
  run: {
    args: { readonly problem: Problem; readonly window: TimeWindow; readonly step: StepRequest };
    value: Picture;
  };
  look: {
    args: { readonly window: TimeWindow; readonly step: StepRequest };
    value: Pick<Picture, 'view' | 'step'>;
  };
  evaluate: {
    args: { readonly problem: Problem; readonly engine: EngineKind };
    value: Evaluation;
  };
  series: {
    args: { readonly problem: Problem; readonly request: SeriesRequest };
    value: RunSeries;
  };
  analyze: {
    args: { readonly problem: Problem; readonly request: AnalysisRequest };
    value: Analyses[AnalysisKind]['value'];
  };
  train: {
    args: {
      readonly problem: Problem;
      readonly request: TrainingRequest;
      readonly engine: EngineKind;
    };
    value: TrainingResult;
  };
  stretch: {
    args: StretchRequest;
    value: StretchEnd;
  };
  surface: {
    args: SurfaceRequest;
    value: SurfaceGrid;
  };
  /** The last finished run in full, for `check` on another worker */
  tensors: {
    args: null;
    value: ShownPass;
  };
  check: {
    args: { readonly shown: ShownPass; readonly options: CrossCheckOptions };
    value: CrossCheck;
  };
}

/** A finished pass and whose it is. */
export interface ShownPass {
  readonly problem: Problem;
  readonly engine: EngineKind;
  readonly tensors: PassTensors;
}

/** Analyses that are read off a pass of the engine in use; the others are float64 on the CPU. */
export const ENGINE_ANALYSES: readonly AnalysisKind[] = ['lag', 'contributions'];
export type WorkerCall = keyof WorkerCalls;

type CallRequest = {
  [C in WorkerCall]: {
    readonly type: 'call';
    readonly id: number;
    readonly call: C;
    readonly args: WorkerCalls[C]['args'];
  };
}[WorkerCall];

/** Page → worker */
export type WorkerRequest =
  | { readonly type: 'start'; readonly choice: EngineChoice }
  | CallRequest
  | { readonly type: 'cancel'; readonly id: number }
  /** Of a stretch: ends between two updates, with a value. */
  | { readonly type: 'pause'; readonly id: number }
  | { readonly type: 'retryGpu' };

/** Worker → page */
export type WorkerMessage =
  | { readonly type: 'value'; readonly id: number; readonly value: unknown }
  | { readonly type: 'progress'; readonly id: number; readonly done: number }
  | { readonly type: 'part'; readonly id: number; readonly part: StretchPart | SurfaceGrid }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorRecord }
  | { readonly type: 'engine'; readonly engine: EngineReady; readonly settled: boolean };
