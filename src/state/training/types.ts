import type { StoreApi } from 'zustand/vanilla';
import type { EngineClient } from '../../engine/client';
import type { RunConfiguration } from '../../model/configuration';
import type { Problem } from '../../model/problem';
import type { AppState } from '../types';
import type { TrainingRun } from './trainingRun';

/** The network on the page, where it is one that was trained here. */
export interface ShownNetwork {
  readonly run: TrainingRun;
  readonly step: number;
}

/**
 * The page's trainings. Runs are mutable and live here, outside React and zustand; whoever draws them
 * subscribes and looks at `version`. The followed run's weights go into the configuration, a few
 * times a second, as one undo entry: so timeline, editors, panels and link all have them.
 */
export interface TrainingStore {
  /** Oldest first */
  runs(): readonly TrainingRun[];
  /** The run that the buttons are about */
  current(): TrainingRun | null;
  /** What the page shows; null for a network that was made or changed by hand. */
  shown(): ShownNetwork | null;
  version(): number;
  subscribe(listener: () => void): () => void;
  /**
   * Goes on with the run whose newest network is shown, with the settings as they are now; from any
   * other network it begins a run of its own: a branch where the network came from a run.
   */
  start(updates?: number): void;
  /** Also trains every pinned run, side by side with the present one. */
  startAll(): void;
  pause(): void;
  /** Shows the recorded network nearest to a step; a run under way is paused. */
  show(run: TrainingRun, step: number): void;
  /** Back to the weights it began with, settings as they are now. */
  rewind(): void;
  remove(run: TrainingRun): void;
  /** Whether it goes on in a hidden tab */
  readonly goesOnHidden: boolean;
  setGoesOnHidden(goesOn: boolean): void;
  /** Takes runs that survived a reload, and shows the current one's network of a step; null: none. */
  restore(runs: readonly TrainingRun[], current: number | null, step: number | null): void;
  dispose(): void;
}

export interface TrainingStoreParts {
  readonly store: StoreApi<AppState>;
  readonly client: Pick<EngineClient, 'stretch'>;
  readonly buildProblem: (configuration: RunConfiguration) => Problem;
  readonly visibility: Visibility;
  /** Whether the page is still drawing an earlier network: the next one then waits. */
  readonly isPending: () => boolean;
}

/** Whether the tab is seen. */
export interface Visibility {
  isHidden(): boolean;
  subscribe(listener: () => void): () => void;
}
