import type {
  AnalysisRequest,
  AnalysisValue,
  CrossCheck,
  CrossCheckOptions,
} from '../model/analyses';
import { toErrorRecord, type ErrorRecord } from '../model/errors';
import type { Problem } from '../model/problem';
import type { ResultStore } from './types';

export interface AnalysisCallOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/** The part of the engine's client that answers. */
export interface AnalysisPort {
  analyze<R extends AnalysisRequest>(
    problem: Problem,
    request: R,
    options: AnalysisCallOptions,
  ): Promise<AnalysisValue<R>>;
  crossCheck(
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
  /** The last answer; of an earlier problem while `isCurrent` is false. */
  readonly value: V | null;
  readonly isCurrent: boolean;
  readonly isRunning: boolean;
  /** 0…1 once it has taken longer than PROGRESS_AFTER milliseconds */
  readonly progress: number | null;
  /** Why the present problem has no answer; 'aborted' after cancel() */
  readonly error: ErrorRecord | null;
}

export interface AnalysisStore {
  get<Q extends Question>(question: Q): Analysis<Answer<Q>>;
  /** Keeps the question answered for the result that is shown, until the returned function is called. */
  watch(question: Question, listener: () => void): () => void;
  /** Gives up what is running; asked again with the next edit or by retry(). */
  cancel(question: Question): void;
  retry(question: Question): void;
  dispose(): void;
}

export const REST = 250;
export const PROGRESS_AFTER = 200;

const NOTHING: Analysis<never> = {
  value: null,
  isCurrent: false,
  isRunning: false,
  progress: null,
  error: null,
};

interface Entry {
  readonly question: Question;
  readonly listeners: Set<() => void>;
  state: Analysis<unknown>;
  /** The problem that was last asked about */
  asked: Problem | null;
  stop: AbortController | null;
  timer: ReturnType<typeof setTimeout> | null;
}

/** Answers the questions that visible panels ask about the newest result, and no others. */
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

  function consider(entry: Entry, delay: number): void {
    const problem = results.get()?.problem ?? null;
    if (problem === null || problem === entry.asked) return;
    halt(entry);
    entry.asked = problem;
    set(entry, { isCurrent: false, isRunning: false, progress: null, error: null });
    entry.timer = setTimeout(() => void ask(entry, problem), delay);
  }

  async function ask(entry: Entry, problem: Problem): Promise<void> {
    const stop = new AbortController();
    const startedAt = performance.now();
    entry.timer = null;
    entry.stop = stop;
    set(entry, { isRunning: true });
    const call: AnalysisCallOptions = {
      signal: stop.signal,
      onProgress: (progress) => {
        const isLong = performance.now() - startedAt > PROGRESS_AFTER;
        if (isLong && entry.stop === stop) set(entry, { progress });
      },
    };
    let end: Partial<Analysis<unknown>>;
    try {
      const value = await answer(port, problem, entry.question, call);
      end = { value, isCurrent: true, error: null };
    } catch (error) {
      end = { error: toErrorRecord(error) };
    }
    if (entry.stop !== stop) return; // superseded
    entry.stop = null;
    set(entry, { ...end, isRunning: false, progress: null });
  }

  const unsubscribe = results.subscribe(() => {
    for (const entry of entries.values()) consider(entry, REST);
  });

  return {
    get: <Q extends Question>(question: Q) =>
      (entries.get(keyOf(question))?.state ?? NOTHING) as Analysis<Answer<Q>>,
    watch(question, listener) {
      const key = keyOf(question);
      const entry: Entry = entries.get(key) ?? {
        question,
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

function answer(
  port: AnalysisPort,
  problem: Problem,
  question: Question,
  call: AnalysisCallOptions,
): Promise<unknown> {
  if (question.kind !== 'check') return port.analyze(problem, question, call);
  const { kind: _, ...options } = question;
  return port.crossCheck(problem, options, call);
}
