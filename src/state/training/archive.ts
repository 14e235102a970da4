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
  /** Whether the page showed the current run's newest network */
  readonly followed: boolean;
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

/**
 * Keeps a tab's trainings through a reload. Without storage (private windows, a full disk) it does
 * nothing, silently: training works all the same.
 */
export function createArchive({ store, training, shelf, visibility }: ArchiveParts): Archive {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let copied = training.version();
  let last = -Infinity;
  let isDisposed = false;

  async function copy(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (copied === training.version()) return;
    copied = training.version();
    last = performance.now();
    const current = training.current();
    try {
      await shelf.write({
        version: 1,
        saved: Date.now(),
        runs: training.runs().map((run) => run.toData()),
        current: current?.id ?? null,
        followed: current !== null && training.shown()?.run === current,
      });
    } catch {
      // See above.
    }
  }

  function consider(): void {
    if (copied === training.version()) return;
    const busy = training.runs().some((run) => run.isRunning);
    if (timer !== null) {
      if (busy) return;
      clearTimeout(timer);
    }
    const wait = busy ? last + BETWEEN_COPIES - performance.now() : REST;
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
    training.restore(runs, stored.current, stored.followed && isSame);
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
