import type { AnalysisStore } from './analysisStore';
import type { ResultStore } from './types';

/** What the components get by React context. Composition happens in main.tsx only. */
export interface AppServices {
  readonly results: ResultStore;
  /** What the panels ask beside the run. */
  readonly analyses: AnalysisStore;
  /** Link to the present configuration. */
  shareUrl(): string;
  /** Ask the engine host to try WebGPU again. */
  retryGpu(): void;
}
