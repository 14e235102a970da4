import type { StoreApi } from 'zustand/vanilla';
import type { Configuration } from '../../model/configuration';
import { runOf } from '../../model/pins';
import { sameValue } from '../../model/sameValue';
import type { AppState } from '../types';
import { recipeOf, TrainingRun, type StoredRun } from './trainingRun';
import type { TrainingStore, Visibility } from './types';

/** Everything of a tab's trainings that survives a reload. */
export interface StoredTrainings {
  readonly version: 1;
  /** Milliseconds since 1970 */
  readonly saved: number;
  readonly runs: readonly StoredRun[];
  readonly current: number | null;
  /** Which of the current run's networks the page showed; null for another network */
  readonly shown: number | null;
}

/** Where they are kept: one entry per tab, so that no tab touches another's. */
export interface Shelf {
  read(): Promise<unknown>;
  write(trainings: StoredTrainings): Promise<void>;
}

export interface Archive {
  /** Resolves when what was kept has been looked at. */
  readonly restored: Promise<void>;
  dispose(): void;
}

interface ArchiveParts {
  readonly store: StoreApi<AppState>;
  readonly training: TrainingStore;
  readonly shelf: Shelf;
  readonly visibility: Visibility;
}

/** Milliseconds between two copies while something runs, and after the last change. */
const BETWEEN_COPIES = 4000;
const REST = 400;
/** The part of the time that copies may take: large networks are copied more seldom. */
const SHARE_FOR_COPIES = 0.05;

/**
 * Keeps a tab's trainings through a reload. Without storage (private windows, a full disk) it does
 * nothing, silently: training works all the same.
 */
export function createArchive({ store, training, shelf, visibility }: ArchiveParts): Archive {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let copied = training.version();
  let last = -Infinity;
  /** Milliseconds that the last copy took */
  let cost = 0;
  let isDisposed = false;

  async function copy(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (copied === training.version()) return;
    copied = training.version();
    last = performance.now();
    const current = training.current();
    const shown = training.shown();
    const started = performance.now();
    try {
      await shelf.write({
        version: 1,
        saved: Date.now(),
        runs: training.runs().map((run) => run.toData()),
        current: current?.id ?? null,
        shown: shown !== null && shown.run === current ? shown.step : null,
      });
    } catch {
      // See above.
    }
    cost = performance.now() - started;
  }

  function consider(): void {
    if (copied === training.version()) return;
    const busy = training.runs().some((run) => run.isRunning);
    if (timer !== null) {
      if (busy) return;
      clearTimeout(timer);
    }
    const pause = Math.max(BETWEEN_COPIES, cost / SHARE_FOR_COPIES);
    const wait = busy ? last + pause - performance.now() : REST;
    timer = setTimeout(() => void copy(), Math.max(REST, wait));
  }

  async function restore(): Promise<void> {
    let stored: StoredTrainings | null = null;
    try {
      stored = parsed(await shelf.read());
    } catch {
      return;
    }
    if (stored === null || isDisposed || training.runs().length > 0) return;
    const runs = stored.runs.map((run) => TrainingRun.fromData(run));
    const current = runs.find(({ id }) => id === stored.current) ?? null;
    // Another link may have been opened in the same tab: its own network is then left alone.
    const isSame = current !== null && belongsTo(current, store.getState().configuration);
    // What ran goes on from its newest network, which may be later than what was shown last.
    const newest = current?.status.kind === 'paused' && current.status.why === 'restored';
    const step = newest ? (current?.step ?? null) : stored.shown;
    training.restore(runs, stored.current, isSame && stored.shown !== null ? step : null);
  }

  const restored = restore();
  const unsubscribe = training.subscribe(consider);
  const unsubscribeVisibility = visibility.subscribe(() => {
    if (visibility.isHidden()) void copy();
  });
  return {
    restored,
    dispose() {
      isDisposed = true;
      unsubscribe();
      unsubscribeVisibility();
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function belongsTo(run: TrainingRun, configuration: Configuration): boolean {
  const recipe = recipeOf(runOf(configuration));
  return run.settings.some((setting) => sameValue(recipeOf(setting.configuration), recipe));
}

/** It was written by this page, perhaps by another version of it. */
function parsed(value: unknown): StoredTrainings | null {
  if (typeof value !== 'object' || value === null) return null;
  return 'version' in value && value.version === 1 ? (value as StoredTrainings) : null;
}
