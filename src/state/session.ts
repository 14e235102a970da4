import type { StoreApi } from 'zustand/vanilla';
import type { EngineClient, EngineReady, StepRequest } from '../engine/client';
import type { TimeWindow } from '../engine/interface';
import type { Configuration } from '../model/configuration';
import { BpttError, toErrorRecord, type ErrorRecord } from '../model/errors';
import { sameRun } from '../model/pins';
import type { Problem } from '../model/problem';
import type { ResultPublisher } from './resultStore';
import type { AppState, Result } from './types';

export interface SessionParts {
  readonly store: StoreApi<AppState>;
  readonly client: EngineClient;
  readonly buildProblem: (configuration: Configuration) => Problem;
  readonly results: ResultPublisher;
}

export interface Session {
  /** Most columns and rows of the heat maps asked for; a change looks again. */
  setResolution(resolution: Resolution): void;
  /** Resolves when the configuration then present is shown, or its run has failed. */
  settled(): Promise<void>;
  /**
   * Gives the run in flight up: the last good result stays, with error 'aborted', until something
   * is edited or `again` is called. Nothing happens where no run is in flight.
   */
  cancel(): void;
  /** Computes a configuration whose run was cancelled or has failed once more. */
  again(): void;
  dispose(): void;
}

interface Resolution {
  readonly columns: number;
  readonly rows: number;
}

const DEFAULT_RESOLUTION: Resolution = { columns: 1024, rows: 128 };
/** Runs overtaken inside the engine (its change of device) are tried again this often. */
const MOST_RETRIES = 3;
/**
 * A run that a newer edit has overtaken may still finish and be shown, so that a drag is followed
 * by pictures; one that takes longer than this (milliseconds) is given up for the newer.
 */
const LONGEST_OVERTAKEN_RUN = 1000;

/**
 * Keeps the results in step with the store: one request at a time, each for the newest
 * configuration, until what is shown is what the store has. Edits during a run are not queued: the
 * next run takes whatever is newest when it starts.
 */
export function createSession({ store, client, buildProblem, results }: SessionParts): Session {
  let resolution = DEFAULT_RESOLUTION;
  /** The last run, and whether its engine still has it. */
  let finished: Omit<Result, 'id'> | null = null;
  /** The configuration that cannot be computed; tried again only when something else changes. */
  let failed: Configuration | null = null;
  let shownResolution = resolution;
  let engineChanges = 0;
  let finishedEngineChanges = 0;
  let retries = 0;
  let isBusy = false;
  let isDisposed = false;
  /** Whether the run in flight was given up by the user. */
  let isCancelled = false;
  let ownNotice: ErrorRecord | null = null;
  /** The timer of the run in flight; null while none is. */
  let impatience: ReturnType<typeof setTimeout> | null = null;
  /** Starts that timer when there is something newer to run; set while a run is in flight. */
  let giveUpIfOvertaken: (() => void) | null = null;

  const present = () => store.getState().configuration;

  function nextTask(): 'run' | 'look' | null {
    const configuration = present();
    if (failed !== null && sameRun(failed, configuration)) return null;
    if (finished === null || finishedEngineChanges !== engineChanges) return 'run';
    if (!sameRun(finished.configuration, configuration)) return 'run';
    const isSeen =
      finished.configuration.view === configuration.view && shownResolution === resolution;
    return isSeen ? null : 'look';
  }

  async function work(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    try {
      await client.ready;
      for (let task = nextTask(); task !== null && !isDisposed; task = nextTask()) {
        await (task === 'run' ? run() : look());
        // In a drag there is always something newer. What could not be drawn is not computed: that
        // would only take the machine's time from the drawing.
        if (nextTask() === 'run') await results.whenDrawn();
      }
    } catch (error) {
      fail(present(), error); // no engine at all
    } finally {
      isBusy = false;
      results.settle();
    }
  }

  async function run(): Promise<void> {
    const configuration = present();
    const atResolution = resolution;
    const atEngineChanges = engineChanges;
    isCancelled = false;
    try {
      const problem = buildProblem(configuration);
      const { window, step } = requestOf(configuration, atResolution);
      const running = client.run(problem, window, step);
      const startedAt = performance.now();
      giveUpIfOvertaken = () => {
        const isOvertaken = engineChanges !== atEngineChanges || !sameRun(configuration, present());
        if (!isOvertaken || impatience !== null) return;
        const left = LONGEST_OVERTAKEN_RUN - (performance.now() - startedAt);
        impatience = setTimeout(() => client.cancelRun(), Math.max(0, left));
      };
      const picture = await running.finally(patient);
      if (isDisposed) return;
      finished = { configuration, problem, ...picture };
      finishedEngineChanges = atEngineChanges;
      shownResolution = atResolution;
      failed = null;
      retries = 0;
      results.publish(finished);
      withdrawNotice();
    } catch (error) {
      if (isDisposed) return;
      const cancelled = isCancelled && error instanceof BpttError && error.code === 'aborted';
      if (cancelled && present() === configuration) {
        stop(configuration, toErrorRecord(error));
        return;
      }
      const isOvertaken =
        (error instanceof BpttError && error.code === 'aborted' && retries++ < MOST_RETRIES) ||
        present() !== configuration ||
        engineChanges !== atEngineChanges;
      if (isOvertaken) return; // the loop runs the newer one
      fail(configuration, error);
    }
  }

  function patient(): void {
    if (impatience !== null) clearTimeout(impatience);
    impatience = null;
    giveUpIfOvertaken = null;
  }

  async function look(): Promise<void> {
    const configuration = present();
    const atResolution = resolution;
    const last = finished!;
    const { window, step } = requestOf(configuration, atResolution);
    try {
      const picture = await client.look(window, step);
      if (isDisposed) return;
      finished = { ...last, ...picture, configuration };
      shownResolution = atResolution;
      results.publish(finished);
    } catch {
      // The engine no longer has the run (a lost device, a restart): whatever the reason, running
      // again either repairs it or reports it.
      finished = null;
      results.begin();
    }
  }

  function stop(configuration: Configuration, error: ErrorRecord): void {
    failed = configuration;
    finished = null;
    retries = 0;
    results.fail(error);
  }

  function fail(configuration: Configuration, error: unknown): void {
    ownNotice = toErrorRecord(error);
    stop(configuration, ownNotice);
    store.getState().setNotice(ownNotice);
  }

  function withdrawNotice(): void {
    if (ownNotice !== null && store.getState().notice === ownNotice) {
      store.getState().setNotice(null);
    }
    ownNotice = null;
  }

  function wake(): void {
    const task = nextTask();
    if (task === null) return;
    if (task === 'run') {
      results.begin();
      giveUpIfOvertaken?.();
    }
    void work();
  }

  function useEngine(engine: EngineReady): void {
    store.getState().setEngine({ state: 'ready', ...engine });
    const used = finished?.summary;
    if (used?.engine === engine.kind && used.adapter.name === engine.adapter.name) return;
    engineChanges++;
    failed = null;
    wake();
  }

  const stopListening = client.onEngineChange(useEngine);
  client.ready.then(
    (engine) => {
      // A later engine may have been announced before this resolved.
      if (store.getState().engine.state === 'starting') {
        store.getState().setEngine({ state: 'ready', ...engine });
      }
    },
    () => undefined, // reported by work()
  );
  const unsubscribe = store.subscribe((state, before) => {
    if (state.configuration !== before.configuration) wake();
  });
  wake();

  return {
    setResolution(next) {
      if (next.columns === resolution.columns && next.rows === resolution.rows) return;
      resolution = next;
      wake();
    },
    settled() {
      if (!results.isPending()) return Promise.resolve();
      return new Promise((resolve) => {
        const stop = results.subscribe(() => {
          if (results.isPending()) return;
          stop();
          resolve();
        });
      });
    },
    cancel() {
      if (giveUpIfOvertaken === null) return; // no run in flight
      isCancelled = true;
      client.cancelRun();
    },
    again() {
      failed = null;
      wake();
    },
    dispose() {
      isDisposed = true;
      unsubscribe();
      stopListening();
    },
  };
}

function requestOf(
  { T, view }: Configuration,
  { columns, rows }: Resolution,
): { window: TimeWindow; step: StepRequest } {
  const { from, to, batchEntry, step } = view;
  return {
    window: { from, to: to === 0 ? T : to, columns, rows, batchEntry },
    step: { step, batchEntry },
  };
}
