import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunSummary } from '../../src/engine/interface';
import { BpttError } from '../../src/model/errors';
import type { Problem } from '../../src/model/problem';
import {
  CHECK_REST,
  createAnalysisStore,
  REST,
  type AnalysisCallOptions,
  type AnalysisPort,
} from '../../src/state/analysisStore';
import { createResultStore } from '../../src/state/resultStore';
import type { Result } from '../../src/state/types';

const LAG = { kind: 'lag' } as const;
const UNIT = { kind: 'unitError', from: 5, batchEntry: 0 } as const;
const CHECK = { kind: 'check' } as const;

interface Call {
  readonly problem: Problem;
  readonly kind: string;
  readonly options: AnalysisCallOptions;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A page whose frames are drawn at once and whose worker answers when the test says so. */
function open() {
  const results = createResultStore((callback) => callback());
  const calls: Call[] = [];
  const call = (problem: Problem, kind: string, options: AnalysisCallOptions) =>
    new Promise<never>((resolve, reject) => {
      const settle = resolve as (value: unknown) => void;
      calls.push({ problem, kind, options, resolve: settle, reject });
      options.signal.addEventListener('abort', () => reject(new BpttError('aborted', '', 'x')));
    });
  const port: AnalysisPort = {
    analyze: (problem, request, options) => call(problem, request.kind, options),
    check: (problem, _, options) => call(problem, 'check', options),
  };
  let runs = 0;
  /** A run from its beginning to the frame that shows it. */
  const show = (problem = {} as Problem) => {
    results.begin();
    finish(problem);
  };
  const finish = (problem = {} as Problem) => {
    const summary = { elapsed: ++runs } as RunSummary;
    results.publish({ problem, summary } as Omit<Result, 'id'>);
    results.settle();
  };
  return { results, calls, show, finish, store: createAnalysisStore(results, port) };
}

/** Lets resolved promises run. */
const turn = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the analysis store', () => {
  it('asks once what is watched, however many watch it, and tells them all', async () => {
    const { show, calls, store } = open();
    show();
    const [a, b] = [vi.fn(), vi.fn()];
    store.watch(LAG, a);
    store.watch({ kind: 'lag' }, b);
    await vi.advanceTimersByTimeAsync(REST);
    expect(calls).toHaveLength(1);
    calls[0]!.resolve('map');
    await turn();
    expect(store.get(LAG)).toMatchObject({ value: 'map', isCurrent: true, isRunning: false });
    expect(a).toHaveBeenCalled();
    expect(b).toHaveBeenCalled();
  });

  it('waits until edits rest, and keeps the old answer until there is a new one', async () => {
    const { show, calls, store } = open();
    show();
    store.watch(LAG, () => undefined);
    await turn();
    calls[0]!.resolve('old');
    await turn();
    for (let i = 0; i < 5; i++) {
      show();
      await vi.advanceTimersByTimeAsync(REST / 2);
    }
    expect(calls).toHaveLength(1);
    expect(store.get(LAG)).toMatchObject({ value: 'old', isCurrent: false });
    await vi.advanceTimersByTimeAsync(REST);
    expect(calls).toHaveLength(2);
    calls[1]!.resolve('new');
    await turn();
    expect(store.get(LAG)).toMatchObject({ value: 'new', isCurrent: true });
  });

  it('does not ask again when only the view has changed', async () => {
    const { results, show, calls, store } = open();
    show();
    store.watch(LAG, () => undefined);
    await turn();
    calls[0]!.resolve('map');
    await turn();
    results.publish({ ...results.get()!, view: {} } as unknown as Omit<Result, 'id'>);
    await vi.advanceTimersByTimeAsync(10 * REST);
    expect(calls).toHaveLength(1);
    expect(store.get(LAG).isCurrent).toBe(true);
  });

  it('asks again about the same problem on another engine', async () => {
    const { show, calls, store } = open();
    const problem = {} as Problem;
    show(problem);
    store.watch(CHECK, () => undefined);
    await turn();
    calls[0]!.resolve('gpu');
    await turn();
    show(problem);
    await vi.advanceTimersByTimeAsync(CHECK_REST);
    expect(calls).toHaveLength(2);
  });

  it('never takes an answer that comes after a newer result was shown', async () => {
    const { show, calls, store } = open();
    show();
    store.watch(LAG, () => undefined);
    await turn();
    show();
    expect(calls[0]!.options.signal.aborted).toBe(true);
    calls[0]!.resolve('late');
    await vi.advanceTimersByTimeAsync(REST);
    expect(store.get(LAG)).toMatchObject({ value: null, isRunning: true });
  });

  it('asks anew when a run that ended the question failed', async () => {
    const { results, show, calls, store } = open();
    show();
    store.watch(LAG, () => undefined);
    await turn();
    results.begin();
    calls[0]!.reject(new BpttError('aborted', '', 'Superseded.'));
    await turn();
    expect(store.get(LAG).error).toBeNull();
    results.fail({ code: 'too-large', path: 'T', message: '', details: {} });
    results.settle();
    await vi.advanceTimersByTimeAsync(REST);
    expect(calls).toHaveLength(2);
    calls[1]!.resolve('map');
    await turn();
    expect(store.get(LAG)).toMatchObject({ value: 'map', isCurrent: true });
  });

  it('follows a drag with what is cheap, one question at a time', async () => {
    const { results, finish, calls, store } = open();
    results.begin();
    finish();
    store.watch(UNIT, () => undefined);
    await turn();
    results.begin(); // the drag goes on: always pending
    for (let i = 0; i < 4; i++) {
      results.publish({ problem: {}, summary: {} } as unknown as Omit<Result, 'id'>);
      await turn();
    }
    expect(calls).toHaveLength(1);
    expect(calls[0]!.options.endsWithRun).toBe(false);
    calls[0]!.resolve('first');
    await turn();
    expect(store.get(UNIT)).toMatchObject({ value: 'first', isCurrent: false });
    expect(calls).toHaveLength(2);
    expect(calls[1]!.problem).toBe(results.get()!.problem);
  });

  it('cancel stops the worker and stays cancelled until retry or the next result', async () => {
    const { show, calls, store } = open();
    show();
    store.watch(LAG, () => undefined);
    await turn();
    store.cancel(LAG);
    expect(calls[0]!.options.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(10 * REST);
    expect(calls).toHaveLength(1);
    expect(store.get(LAG)).toMatchObject({ isRunning: false, error: { code: 'aborted' } });
    store.retry(LAG);
    await turn();
    expect(calls).toHaveLength(2);
    expect(store.get(LAG)).toMatchObject({ isRunning: true, error: null });
  });

  it('reports a failure, and progress while there is none', async () => {
    const { show, calls, store } = open();
    show();
    store.watch(LAG, () => undefined);
    await turn();
    calls[0]!.options.onProgress(0.25);
    expect(store.get(LAG).progress).toBe(0.25);
    calls[0]!.reject(new BpttError('too-large', 'T', 'Too large.'));
    await turn();
    expect(store.get(LAG)).toMatchObject({ progress: null, error: { code: 'too-large' } });
  });

  it('stops what nobody watches any more', async () => {
    const { show, calls, store } = open();
    show();
    const stop = store.watch(LAG, () => undefined);
    await turn();
    stop();
    expect(calls[0]!.options.signal.aborted).toBe(true);
    show();
    await vi.advanceTimersByTimeAsync(10 * REST);
    expect(calls).toHaveLength(1);
    expect(store.get(LAG).value).toBeNull();
  });
});
