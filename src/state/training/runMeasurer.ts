import { toErrorRecord, type ErrorRecord } from '../../model/errors';
import type { RunConfiguration } from '../../model/configuration';
import type { Problem } from '../../model/problem';
import { measureNetwork, type MeasuringClient } from './measure';
import type { Snapshot, TrainingRun } from './trainingRun';
import type { TrainingStore } from './types';

/** Measures the networks of the current run one after the other, while somebody looks. */
export interface RunMeasurer {
  /** Until the returned function is called, snapshots that come are measured. */
  want(): () => void;
  /** Why a run's networks cannot be measured, too large ones for instance; null where they can. */
  failure(run: TrainingRun): ErrorRecord | null;
  version(): number;
  subscribe(listener: () => void): () => void;
  dispose(): void;
}

interface MeasurerParts {
  readonly training: TrainingStore;
  readonly client: MeasuringClient;
  readonly buildProblem: (configuration: RunConfiguration) => Problem;
}

/** A measurement is followed by a rest so many times as long, since the page has other work … */
const REST = { running: 1.5, idle: 0.2 };
/** … and told together with others. */
const BETWEEN_CALLS = 200;
/** After the loss of a device, milliseconds until the next attempt. */
const AFTER_LOSS = 2000;

export function createRunMeasurer({ training, client, buildProblem }: MeasurerParts): RunMeasurer {
  const listeners = new Set<() => void>();
  const failures = new WeakMap<TrainingRun, ErrorRecord>();
  let wanted = 0;
  let version = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let tellTimer: ReturnType<typeof setTimeout> | null = null;
  let stop: AbortController | null = null;

  function tellSoon(): void {
    tellTimer ??= setTimeout(() => {
      tellTimer = null;
      version++;
      for (const listener of [...listeners]) listener();
    }, BETWEEN_CALLS);
  }

  function consider(): void {
    if (wanted === 0 || stop !== null || timer !== null) return;
    const run = training.current();
    const next = run === null || failures.has(run) ? null : nextToMeasure(run);
    if (next !== null) void measure(run!, next);
  }

  function later(milliseconds: number): void {
    timer = setTimeout(() => {
      timer = null;
      consider();
    }, milliseconds);
  }

  async function measure(run: TrainingRun, snapshot: Snapshot): Promise<void> {
    stop = new AbortController();
    const started = performance.now();
    let isLost = false;
    try {
      const problem = problemOf(run, snapshot, buildProblem);
      snapshot.measurement = await measureNetwork(client, problem, stop.signal);
      tellSoon();
    } catch (error) {
      const record = toErrorRecord(error);
      isLost = record.code === 'device-lost';
      if (!isLost && record.code !== 'aborted') {
        failures.set(run, record);
        tellSoon();
      }
    } finally {
      stop = null;
      const rest = REST[run.isRunning ? 'running' : 'idle'] * (performance.now() - started);
      later(isLost ? AFTER_LOSS : rest);
    }
  }

  const unsubscribe = training.subscribe(consider);
  return {
    want() {
      wanted++;
      consider();
      return () => {
        wanted--;
        if (wanted === 0) stop?.abort();
      };
    },
    failure: (run) => failures.get(run) ?? null,
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      wanted = 0;
      stop?.abort();
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
      if (tellTimer !== null) clearTimeout(tellTimer);
    },
  };
}

/**
 * Coarse to fine, so that the picture spans the whole run at once, and what thinning keeps comes
 * before what it will drop.
 */
export function nextToMeasure(run: TrainingRun): Snapshot | null {
  let best: Snapshot | null = null;
  let bestRank = -1;
  for (const snapshot of run.snapshots) {
    if (snapshot.measurement !== null) continue;
    const rank = rankOf(snapshot.step - run.start.step);
    if (rank > bestRank) [best, bestRank] = [snapshot, rank];
  }
  return best;
}

/** How often 2 divides it: what lies on every stride first. */
function rankOf(step: number): number {
  return step === 0 ? Infinity : Math.log2(step & -step);
}

/** The problem of the settings that were in force at that step, with that step's weights. */
function problemOf(
  run: TrainingRun,
  { step, parameters }: Snapshot,
  buildProblem: MeasurerParts['buildProblem'],
): Problem {
  const setting = run.settings.findLast((other) => other.step <= step) ?? run.start;
  return {
    ...buildProblem({ ...setting.configuration, arrays: {}, edits: [] }),
    parameters,
  };
}
