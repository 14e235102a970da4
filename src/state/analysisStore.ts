import type { RunSummary } from '../engine/interface';
import type {
  AnalysisRequest,
  AnalysisValue,
  CrossCheck,
  CrossCheckOptions,
} from '../model/analyses';
import { BpttError, toErrorRecord, type ErrorRecord } from '../model/errors';
import type { Problem } from '../model/problem';
import type { Result, ResultStore } from './types';

export interface AnalysisCallOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
  /** The next run of the page ends it; false for what is cheap enough to follow a drag. */
  readonly endsWithRun: boolean;
  /** Unique to the question */
  readonly key: string;
}

/** The part of the engine's client that answers. */
export interface AnalysisPort {
  analyze<R extends AnalysisRequest>(
    problem: Problem,
    request: R,
    call: AnalysisCallOptions,
  ): Promise<AnalysisValue<R>>;
  check(
    problem: Problem,
    options: CrossCheckOptions,
    call: AnalysisCallOptions,
  ): Promise<CrossCheck>;
}

export type CheckQuestion = { readonly kind: 'check' } & CrossCheckOptions;
export type Question = AnalysisRequest | CheckQuestion;
export type Answer<Q extends Question> = Q extends AnalysisRequest ? AnalysisValue<Q> : CrossCheck;

/** What is known of one question. Immutable: a change is a new object. */
export interface Analysis<V> {
  /** The last answer; about an earlier result while `isCurrent` is false. */
  readonly value: V | null;
  /** The result the answer is about */
  readonly about: Result | null;
  readonly isCurrent: boolean;
  readonly isRunning: boolean;
  /** 0…1 once the worker has reported any */
  readonly progress: number | null;
  /** Why the present result has no answer; 'aborted' after cancel() only */
  readonly error: ErrorRecord | null;
}

/**
 * The analyses that visible panels ask about the newest result, and no others. Asked once edits
 * rest, ended by the next edit, so that they never stand in the way of a drag.
 */
export interface AnalysisStore {
  get<Q extends Question>(question: Q): Analysis<Answer<Q>>;
  /** Keeps the question answered for the result that is shown, until the returned function is called. */
  watch(question: Question, listener: () => void): () => void;
  /** Gives up what is running; asked again with the next edit or by retry(). */
  cancel(question: Question): void;
  retry(question: Question): void;
  dispose(): void;
}

/** Milliseconds without an edit before a question is asked. */
export const REST = 250;
/** The check takes a core for a while: it waits until people look instead of dragging. */
export const CHECK_REST = 600;

const NOTHING: Analysis<never> = {
  value: null,
  about: null,
  isCurrent: false,
  isRunning: false,
  progress: null,
  error: null,
};

interface Entry {
  readonly question: Question;
  readonly key: string;
  readonly listeners: Set<() => void>;
  state: Analysis<unknown>;
  /** The run that was last asked about */
  asked: RunSummary | null;
  stop: AbortController | null;
  timer: ReturnType<typeof setTimeout> | null;
}

export function createAnalysisStore(results: ResultStore, port: AnalysisPort): AnalysisStore {
  const entries = new Map<string, Entry>();

  const set = (entry: Entry, change: Partial<Analysis<unknown>>) => {
    entry.state = { ...entry.state, ...change };
    for (const listener of [...entry.listeners]) listener();
  };

  function halt(entry: Entry): void {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    entry.stop?.abort();
    entry.stop = null;
  }

  /** Asks about the newest result unless that has been done. */
  function consider(entry: Entry, rest: number): void {
    const result = results.get();
    if (result === null || result.summary === entry.asked) return;
    const isLive = followsDrags(entry.question);
    // A live question is answered before it is asked again: a drag must not starve it.
    if (isLive && entry.stop !== null) return;
    if (!isLive && results.isPending()) return;
    halt(entry);
    entry.asked = result.summary;
    const { isCurrent, isRunning, error } = entry.state;
    if (isCurrent || isRunning || error !== null) {
      set(entry, { isCurrent: false, isRunning: false, progress: null, error: null });
    }
    const delay = isLive ? 0 : rest;
    entry.timer = setTimeout(() => void ask(entry, result), delay);
  }

  async function ask(entry: Entry, result: Result): Promise<void> {
    const stop = new AbortController();
    entry.timer = null;
    entry.stop = stop;
    set(entry, { isRunning: true });
    const call: AnalysisCallOptions = {
      key: entry.key,
      endsWithRun: !followsDrags(entry.question),
      signal: stop.signal,
      onProgress: (progress) => {
        if (entry.stop === stop) set(entry, { progress });
      },
    };
    let end: Partial<Analysis<unknown>>;
    try {
      const value = await answer(port, result.problem, entry.question, call);
      end = { value, about: result, error: null };
    } catch (error) {
      // Ended by a run: asked again when that one is shown, or has failed.
      const wasEnded = error instanceof BpttError && error.code === 'aborted';
      if (wasEnded && entry.stop === stop) entry.asked = null;
      end = { error: wasEnded ? null : toErrorRecord(error) };
    }
    if (entry.stop !== stop) return; // superseded
    entry.stop = null;
    const isCurrent = end.value !== undefined && results.get()?.summary === result.summary;
    set(entry, { ...end, isCurrent, isRunning: false, progress: null });
    consider(entry, restOf(entry.question));
  }

  const unsubscribe = results.subscribe(() => {
    for (const entry of entries.values()) consider(entry, restOf(entry.question));
  });

  return {
    get: <Q extends Question>(question: Q) =>
      (entries.get(keyOf(question))?.state ?? NOTHING) as Analysis<Answer<Q>>,
    watch(question, listener) {
      const key = keyOf(question);
      const entry: Entry = entries.get(key) ?? {
        question,
        key,
        listeners: new Set(),
        state: NOTHING,
        asked: null,
        stop: null,
        timer: null,
      };
      entries.set(key, entry);
      entry.listeners.add(listener);
      consider(entry, 0);
      return () => {
        entry.listeners.delete(listener);
        if (entry.listeners.size > 0) return;
        halt(entry);
        entries.delete(key);
      };
    },
    cancel(question) {
      const entry = entries.get(keyOf(question));
      if (entry === undefined || !entry.state.isRunning) return;
      halt(entry);
      const error = { code: 'aborted', path: '', message: 'Cancelled.', details: {} } as const;
      set(entry, { isRunning: false, progress: null, error });
    },
    retry(question) {
      const entry = entries.get(keyOf(question));
      if (entry === undefined) return;
      entry.asked = null;
      consider(entry, 0);
    },
    dispose() {
      unsubscribe();
      for (const entry of entries.values()) halt(entry);
      entries.clear();
    },
  };
}

function keyOf(question: Question): string {
  return JSON.stringify(question);
}

/** What costs little more than one batch entry's pass on the CPU is asked with every picture. */
function followsDrags({ kind }: Question): boolean {
  return kind === 'unitError';
}

function restOf({ kind }: Question): number {
  return kind === 'check' ? CHECK_REST : REST;
}

function answer(
  port: AnalysisPort,
  problem: Problem,
  question: Question,
  call: AnalysisCallOptions,
): Promise<unknown> {
  return question.kind === 'check'
    ? port.check(problem, question, call)
    : port.analyze(problem, question, call);
}
