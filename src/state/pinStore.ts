import type { StoreApi } from 'zustand/vanilla';
import { gradientFlow, measuredOnUnitError, type GradientFlow } from '../analysis/gradientFlow';
import type { AnalysisOptions, EngineClient } from '../engine/client';
import type { HeatMap, RunSummary } from '../engine/interface';
import type { RunConfiguration } from '../model/configuration';
import { BpttError, toErrorRecord, type ErrorRecord } from '../model/errors';
import { runOf } from '../model/pins';
import type { Problem } from '../model/problem';
import { sameValue } from '../model/sameValue';
import type { AppState, Result, ResultStore } from './types';

/** The numbers of a pinned run: what is drawn or compared, and no tensors. */
export interface PinnedRun {
  readonly summary: RunSummary;
  /** The verdict; null while its factor is still being measured on a unit error */
  readonly flow: GradientFlow | null;
  /** y_t of the shown batch entry over steps 1…T; null where it is not known or not one number */
  readonly outputs: HeatMap | null;
}

/** What is known of one pinned run. Immutable: a change is a new object. */
export interface PinState {
  readonly run: PinnedRun | null;
  readonly isRunning: boolean;
  /** Why there are no numbers; asked again by retry() and on another engine */
  readonly error: ErrorRecord | null;
}

/**
 * The numbers of pinned runs, by the run's object in the store. A run that is pinned while it is
 * shown keeps its numbers; others are computed one after the other, beside the page's own work, once
 * edits rest.
 */
export interface PinStore {
  get(configuration: RunConfiguration): PinState;
  /** Rises with every change of any state. */
  version(): number;
  subscribe(listener: () => void): () => void;
  retry(configuration: RunConfiguration): void;
  dispose(): void;
}

export interface PinStoreParts {
  readonly store: StoreApi<AppState>;
  readonly results: ResultStore;
  readonly client: Pick<EngineClient, 'series' | 'analyze'>;
  readonly buildProblem: (configuration: RunConfiguration) => Problem;
}

/** Milliseconds without an edit before a run is computed. */
export const PIN_REST = 250;
/** Columns of y_t, as many as the page's own heat maps have at most. */
const COLUMNS = 1024;
/** Runs no longer pinned whose numbers are kept, so that an undo has them at once. */
const MOST_FORMER = 4;

const NOTHING: PinState = { run: null, isRunning: false, error: null };

interface Entry {
  state: PinState;
  /** The verdict before anything is measured on a unit error */
  flow: GradientFlow | null;
  /** The batch entry that `outputs` and the unit error belong to */
  batchEntry: number;
  /** Whether `outputs` is all there is to know */
  hasOutputs: boolean;
}

export function createPinStore({ store, results, client, buildProblem }: PinStoreParts): PinStore {
  const entries = new Map<RunConfiguration, Entry>();
  const listeners = new Set<() => void>();
  let version = 0;
  let isDisposed = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let work: { readonly configuration: RunConfiguration; readonly stop: AbortController } | null =
    null;

  const pinned = () => store.getState().configuration.pins.map((pin) => pin.configuration);
  const entryShown = ({ B }: RunConfiguration) =>
    Math.min(store.getState().configuration.view.batchEntry, B - 1);

  function set(entry: Entry, change: Partial<PinState>): void {
    entry.state = { ...entry.state, ...change };
    version++;
    for (const listener of [...listeners]) listener();
  }

  function entryOf(configuration: RunConfiguration): Entry {
    const known = entries.get(configuration);
    if (known !== undefined) return known;
    const entry: Entry = { state: NOTHING, flow: null, batchEntry: 0, hasOutputs: false };
    entries.set(configuration, entry);
    return entry;
  }

  function forgetFormer(wanted: readonly RunConfiguration[]): void {
    const former = [...entries.keys()].filter((configuration) => !wanted.includes(configuration));
    for (const configuration of former.slice(0, -MOST_FORMER)) entries.delete(configuration);
  }

  /** Takes the numbers of the result that is shown, if it is this very run's. */
  function adopt(configuration: RunConfiguration, entry: Entry): void {
    const result = results.get();
    if (entry.state.run !== null || result === null || !isOf(result, configuration)) return;
    entry.batchEntry = result.step.batchEntry;
    entry.hasOutputs = result.problem.O > 1 || showsAll(result);
    const outputs = result.problem.O === 1 && showsAll(result) ? result.view.outputs : null;
    const { summary, problem } = result;
    entry.flow = gradientFlow(summary, problem);
    set(entry, { run: { summary, flow: knownAtOnce(entry.flow), outputs }, error: null });
  }

  function lacksNothing(configuration: RunConfiguration, entry: Entry): boolean {
    const { run, error } = entry.state;
    if (error !== null) return true;
    if (run === null || run.flow === null || !entry.hasOutputs) return false;
    const dependsOnEntry = run.outputs !== null || run.flow.measuredOn === 'unitError';
    return !dependsOnEntry || entry.batchEntry === entryShown(configuration);
  }

  function consider(): void {
    const wanted = pinned();
    if (work !== null && !wanted.includes(work.configuration)) work.stop.abort();
    for (const configuration of wanted) adopt(configuration, entryOf(configuration));
    forgetFormer(wanted);
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (isDisposed || work !== null || results.isPending()) return;
    const next = wanted.find(
      (configuration) => !lacksNothing(configuration, entryOf(configuration)),
    );
    if (next !== undefined) timer = setTimeout(() => void compute(next), PIN_REST);
  }

  async function compute(configuration: RunConfiguration): Promise<void> {
    const stop = new AbortController();
    const entry = entryOf(configuration);
    timer = null;
    work = { configuration, stop };
    set(entry, { isRunning: true });
    try {
      await fill(configuration, entry, { signal: stop.signal, key: 'pin' });
      set(entry, { isRunning: false });
    } catch (error) {
      // Ended by an edit, or no longer pinned: asked again once edits rest.
      const wasEnded = error instanceof BpttError && error.code === 'aborted';
      set(entry, { isRunning: false, error: wasEnded ? null : toErrorRecord(error) });
    }
    work = null;
    consider();
  }

  async function fill(
    configuration: RunConfiguration,
    entry: Entry,
    options: AnalysisOptions,
  ): Promise<void> {
    const problem = buildProblem(configuration);
    const batchEntry = entryShown(configuration);
    const before = entry.state.run;
    const isSameEntry = before !== null && entry.batchEntry === batchEntry;
    if (!isSameEntry || !entry.hasOutputs) {
      const request = { columns: COLUMNS, batchEntry };
      const { summary, outputs } = await client.series(problem, request, options);
      entry.batchEntry = batchEntry;
      entry.hasOutputs = true;
      entry.flow ??= gradientFlow(summary, problem);
      const flow = (isSameEntry ? before.flow : null) ?? knownAtOnce(entry.flow);
      set(entry, { run: { summary, flow, outputs } });
    }
    const { run } = entry.state;
    if (run === null || run.flow !== null || entry.flow === null) return;
    const flow = await measured(entry.flow, problem, batchEntry, options);
    set(entry, { run: { ...run, flow } });
  }

  /** The verdict of a run whose loss sits at many steps; without a factor where none can be had. */
  async function measured(
    flow: GradientFlow,
    problem: Problem,
    batchEntry: number,
    options: AnalysisOptions,
  ): Promise<GradientFlow> {
    try {
      const request = { kind: 'unitError', from: flow.to, batchEntry } as const;
      const { log2Norm } = await client.analyze(problem, request, options);
      return measuredOnUnitError(flow, log2Norm);
    } catch (error) {
      if (error instanceof BpttError && error.code !== 'aborted') return flow;
      throw error;
    }
  }

  const unsubscribeStore = store.subscribe((state, before) => {
    if (state.engine !== before.engine) {
      for (const entry of entries.values()) if (entry.state.error) set(entry, { error: null });
    }
    const isSame =
      state.configuration.pins === before.configuration.pins &&
      state.configuration.view.batchEntry === before.configuration.view.batchEntry;
    if (!isSame || state.engine !== before.engine) consider();
  });
  const unsubscribeResults = results.subscribe(consider);
  consider();

  return {
    get: (configuration) => entries.get(configuration)?.state ?? NOTHING,
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retry(configuration) {
      set(entryOf(configuration), { error: null });
      consider();
    },
    dispose() {
      isDisposed = true;
      unsubscribeStore();
      unsubscribeResults();
      if (timer !== null) clearTimeout(timer);
      work?.stop.abort();
    },
  };
}

/** Null where the factor has to be measured on a unit error first. */
function knownAtOnce(flow: GradientFlow): GradientFlow | null {
  return flow.measuredOn === 'unitError' && flow.to >= 1 ? null : flow;
}

function isOf({ configuration }: Result, run: RunConfiguration): boolean {
  return sameValue(runOf(configuration), run);
}

function showsAll({ view, problem }: Result): boolean {
  return view.window.from === 1 && view.window.to === problem.T;
}
