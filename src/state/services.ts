import type { Evaluation, EngineKind } from '../model/evaluation';
import type { EngineClient } from '../engine/client';
import type { TimeWindow, WindowView } from '../engine/interface';
import type { Configuration } from '../model/configuration';
import type { Problem } from '../model/problem';
import type { AnalysisStore } from './analysisStore';
import type { PinStore } from './pinStore';
import type { RunMeasurer } from './training/runMeasurer';
import type { TrainingStore } from './training/types';
import type { ResultStore } from './types';

/** What the components get by React context. Composition happens in main.tsx only. */
export interface AppServices {
  readonly results: ResultStore;
  /** What the panels ask beside the run. */
  readonly analyses: AnalysisStore;
  /** The numbers of pinned runs. */
  readonly pins: PinStore;
  readonly training: TrainingStore;
  /** What the recorded networks of a training are measured by. */
  readonly measurer: RunMeasurer;
  /** A full evaluation beside the page's own work, by the engine named. */
  readonly evaluate: (problem: Problem, engine: EngineKind) => Promise<Evaluation>;
  /** The loss over a plane in weight space, beside the page's own work. */
  readonly surface: EngineClient['surface'];
  /** A training beside the page's own. */
  readonly stretch: EngineClient['stretch'];
  /** Gives the run in flight up; the last good picture stays. */
  readonly cancelRun: () => void;
  /** Computes what was cancelled. */
  readonly runAgain: () => void;
  /** A window of the last finished run, whatever resolution the page itself asks for. */
  readonly view: (window: TimeWindow) => Promise<WindowView>;
  /** Link to a configuration, the present one by default. Throws BpttError 'too-large'. */
  shareUrl(configuration?: Configuration): string;
  /** Ask the engine host to try WebGPU again. */
  retryGpu(): void;
}
