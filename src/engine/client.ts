import type { Evaluation, EngineKind } from '../model/evaluation';
import type { ErrorRecord } from '../model/errors';
import type { Problem } from '../model/problem';
import type {
  AdapterDescription,
  RunSummary,
  StepDetail,
  TimeWindow,
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

export type EngineChoice = 'automatic' | 'webgpu' | 'cpu';

export interface EngineReady {
  readonly kind: Exclude<EngineKind, 'reference'>;
  readonly adapter: AdapterDescription;
  /** Why WebGPU is not in use although it was wanted; null otherwise. */
  readonly fallback: ErrorRecord | null;
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
  /** A full evaluation beside the page's own work; never superseded. */
  evaluate(problem: Problem, engine: EngineKind): Promise<Evaluation>;
  retryGpu(): void;
  dispose(): void;
}
