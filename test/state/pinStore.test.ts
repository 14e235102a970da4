import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { analyze } from '../../src/engine/analyze';
import type { AnalysisOptions, EngineClient, RunSeries } from '../../src/engine/client';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { runSeries } from '../../src/engine/ownRun';
import {
  DEFAULT_CONFIGURATION,
  type Configuration,
  type Pin,
  type RunConfiguration,
} from '../../src/model/configuration';
import { BpttError } from '../../src/model/errors';
import { runOf } from '../../src/model/pins';
import type { Problem } from '../../src/model/problem';
import { createPinStore, PIN_REST } from '../../src/state/pinStore';
import { createResultStore } from '../../src/state/resultStore';
import { createAppStore } from '../../src/state/store';
import { taskKnowledge } from '../../src/state/taskKnowledge';
import { buildProblem } from '../../src/tasks/buildProblem';
import { CPU } from './fakeEngine';

const D: Configuration = {
  ...DEFAULT_CONFIGURATION,
  ...{ T: 12, B: 3, H: 4, view: { ...DEFAULT_CONFIGURATION.view, step: 4 } },
};
const engine = createCpuEngine();

function pin(name: string, change: Partial<RunConfiguration> = {}): Pin {
  return { name, configuration: { ...runOf(D), ...change } };
}

interface Call {
  readonly kind: 'series' | 'unitError';
  readonly problem: Problem;
  readonly request: { readonly batchEntry: number };
  readonly options: AnalysisOptions;
  /** Answers with the true numbers. */
  answer(): Promise<void>;
  reject(error: Error): Promise<void>;
}

/** A page whose engine answers when the test says so; what it answers is computed. */
function open(configuration = D) {
  const store = createAppStore({ configuration, language: 'en', theme: 'system' }, taskKnowledge);
  const results = createResultStore((callback) => callback());
  const calls: Call[] = [];
  const context = {
    run: (problem: Problem) => engine.run(problem),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  const asked = <V>(call: Omit<Call, 'answer' | 'reject'>, compute: () => Promise<V>): Promise<V> =>
    new Promise((resolve, reject) => {
      calls.push({
        ...call,
        answer: async () => (resolve(await compute()), turn()),
        reject: (error) => (reject(error), turn()),
      });
      call.options.signal?.addEventListener('abort', () =>
        reject(new BpttError('aborted', '', 'Cancelled.')),
      );
    });
  const client = {
    series: (problem, request, options = {}) =>
      asked<RunSeries>({ kind: 'series', problem, request, options }, () =>
        runSeries(problem, request, context),
      ),
    analyze: (problem, request, options = {}) =>
      asked(
        {
          kind: 'unitError',
          problem,
          request: request as unknown as Call['request'],
          options,
        },
        () => analyze(problem, request, context),
      ),
  } satisfies Pick<EngineClient, 'series' | 'analyze'>;
  results.begin();
  const pins = createPinStore({ store, results, client, buildProblem });
  /** What the session does with the present configuration. */
  const show = async (from = 1) => {
    const present = store.getState().configuration;
    const problem = buildProblem(present);
    const run = await engine.run(problem);
    const { batchEntry } = present.view;
    const window = { from, to: present.T, columns: 1024, rows: 128, batchEntry };
    const view = await run.view(window);
    const step = await run.inspect(1, batchEntry);
    results.publish({ configuration: present, problem, summary: run.summary, view, step });
    results.settle();
  };
  const configurationOf = (i: number) => store.getState().configuration.pins[i]!.configuration;
  return {
    ...{ store, results, calls, pins, show, configurationOf },
    state: () => store.getState(),
    numbers: (i: number) => pins.get(configurationOf(i)),
    rest: () => vi.advanceTimersByTimeAsync(PIN_REST),
  };
}

/** Lets resolved promises run. */
const turn = async () => {
  for (let i = 0; i < 5; i++) await vi.advanceTimersByTimeAsync(0);
};

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

describe('a run that is pinned while it is shown', () => {
  it('has its numbers at once, and nothing is computed', async () => {
    const { show, state, results, numbers, calls, rest } = open();
    await show();
    state().change({ pins: [pin('a')] });
    const { summary, view } = results.get()!;
    expect(numbers(0)).toMatchObject({ error: null, isRunning: false });
    expect(numbers(0).run!.summary).toBe(summary);
    expect(numbers(0).run!.outputs).toBe(view.outputs);
    expect(numbers(0).run!.flow!.factor).toBeGreaterThan(0);
    await rest();
    expect(calls).toEqual([]);
  });

  it('keeps them through later edits, a new name, its removal and the undo of that', async () => {
    const { show, state, numbers, calls, rest } = open();
    await show();
    state().change({ pins: [pin('a')] });
    const { run } = numbers(0);
    state().change({ gain: 0.3 });
    await show();
    state().change({ pins: [pin('b')] });
    expect(numbers(0).run).toBe(run);
    state().change({ pins: [] });
    state().undo();
    expect(numbers(0).run).toBe(run);
    await rest();
    expect(calls).toEqual([]);
  });

  it('is computed once more beside the page when only a part of y_t was in sight', async () => {
    const { show, state, numbers, calls, rest } = open();
    await show(5);
    state().change({ pins: [pin('a')] });
    expect(numbers(0).run).toMatchObject({ outputs: null });
    await rest();
    expect(calls.map((call) => call.kind)).toEqual(['series']);
    await calls[0]!.answer();
    expect(numbers(0).run!.outputs!.columns).toBe(12);
  });

  it('gets its factor when it is measured on a unit error', async () => {
    const { show, state, numbers, calls, rest } = open({ ...D, lossPlacement: 'every' });
    await show();
    state().change({ pins: [pin('a', { lossPlacement: 'every' })] });
    expect(numbers(0).run).toMatchObject({ flow: null });
    await rest();
    expect(calls.map((call) => call.kind)).toEqual(['unitError']);
    await calls[0]!.answer();
    expect(numbers(0).run!.flow).toMatchObject({ measuredOn: 'unitError' });
    expect(numbers(0).run!.flow!.factor).toBeLessThan(1);
  });

  it('does without a factor where that cannot be measured', async () => {
    const { show, state, numbers, calls, rest } = open({ ...D, lossPlacement: 'every' });
    await show();
    state().change({ pins: [pin('a', { lossPlacement: 'every' })] });
    await rest();
    await calls[0]!.reject(new BpttError('too-large', 'T', 'Too long.'));
    expect(numbers(0)).toMatchObject({ error: null, run: { flow: { factor: null } } });
    await rest();
    expect(calls).toHaveLength(1);
  });
});

describe('pins that come with a link', () => {
  const LINK = { ...D, pins: [pin('long', { T: 20, gain: 0.5 }), pin('wide', { H: 9 })] };

  it('are computed after the page’s own run, one after the other, once edits rest', async () => {
    const { show, numbers, calls, rest, pins } = open(LINK);
    const heard = vi.fn();
    pins.subscribe(heard);
    await rest();
    expect(calls).toEqual([]);
    await show();
    expect(calls).toEqual([]);
    await rest();
    expect(calls).toHaveLength(1);
    expect(numbers(0)).toMatchObject({ run: null, isRunning: true });
    await calls[0]!.answer();
    expect(numbers(0).isRunning).toBe(false);
    expect(numbers(0).run!.summary.shape).toMatchObject({ T: 20, H: 4 });
    expect(calls).toHaveLength(1);
    await rest();
    await calls[1]!.answer();
    expect(numbers(1).run!.summary.shape).toMatchObject({ T: 12, H: 9 });
    const own = (await engine.run(buildProblem(LINK.pins[0]!.configuration))).summary;
    expect(numbers(0).run!.summary.series).toEqual(own.series);
    expect(heard.mock.calls.length).toBeGreaterThan(3);
    await rest();
    expect(calls).toHaveLength(2);
  });

  it('give way to an edit and are asked again once it rests', async () => {
    const { show, state, results, numbers, calls, rest } = open(LINK);
    await show();
    await rest();
    state().change({ gain: 1.3 });
    results.begin();
    await calls[0]!.reject(new BpttError('aborted', '', 'Superseded by a later request.'));
    expect(numbers(0)).toEqual({ run: null, isRunning: false, error: null });
    await rest();
    expect(calls).toHaveLength(1);
    await show();
    await rest();
    expect(calls).toHaveLength(2);
    await calls[1]!.answer();
    expect(numbers(0).run).not.toBeNull();
  });

  it('say why they have no numbers, each for itself, until asked again', async () => {
    const { show, store, numbers, calls, rest, pins, configurationOf } = open(LINK);
    await show();
    await rest();
    await calls[0]!.reject(new BpttError('too-large', 'T', 'T fits up to 10.'));
    expect(numbers(0)).toMatchObject({ run: null, error: { code: 'too-large' } });
    await rest();
    await calls[1]!.answer();
    expect(numbers(1).run).not.toBeNull();
    await rest();
    expect(calls).toHaveLength(2);
    pins.retry(configurationOf(0));
    expect(numbers(0).error).toBeNull();
    await rest();
    await calls[2]!.reject(new BpttError('device-lost', '', 'Lost.'));
    // Another engine may have room.
    store.getState().setEngine({ state: 'ready', ...CPU });
    await rest();
    await calls[3]!.answer();
    expect(numbers(0)).toMatchObject({ error: null, run: { summary: { shape: { T: 20 } } } });
  });

  it('stop when they are removed', async () => {
    const { show, state, calls, rest } = open(LINK);
    await show();
    await rest();
    state().change({ pins: LINK.pins.slice(1) });
    expect(calls[0]!.options.signal!.aborted).toBe(true);
    await turn();
    await rest();
    expect(calls[1]!.problem.H).toBe(9);
  });

  it('are computed again for another batch entry, as far as it goes, and stay drawn', async () => {
    const { show, state, numbers, calls, rest } = open(LINK);
    await show();
    for (const i of [0, 1]) {
      await rest();
      await calls[i]!.answer();
    }
    const before = numbers(0).run!;
    state().change({ view: { batchEntry: 2 } });
    expect(numbers(0).run).toBe(before);
    await rest();
    expect(calls[2]!.request.batchEntry).toBe(2);
    await calls[2]!.answer();
    expect(numbers(0).run!.outputs).not.toEqual(before.outputs);
    expect(numbers(0).run!.summary.series).toEqual(before.summary.series);
  });

  it('have numbers with exact zeros and with an overflow', async () => {
    const cut = pin('cut', { cuts: [9] });
    const hot = pin('hot', { ...{ T: 300, activation: 'identity', gain: 3 } });
    const { show, numbers, calls, rest } = open({ ...D, pins: [cut, hot] });
    await show();
    for (const i of [0, 1]) {
      await rest();
      await calls[i]!.answer();
    }
    const [zeros, overflow] = [numbers(0).run!, numbers(1).run!];
    const norms = zeros.summary.series.log2StateGradient;
    expect([...norms.slice(0, 8)]).toEqual(new Array(8).fill(-Infinity));
    expect(Number.isFinite(norms[8])).toBe(true);
    expect(overflow.summary.overflowAt).toBeGreaterThan(1);
    expect(overflow.flow!.kind).toBe('overflow');
  });

  it('are left alone when the store is disposed', async () => {
    const { show, pins, calls, rest } = open(LINK);
    await show();
    pins.dispose();
    await rest();
    expect(calls).toEqual([]);
  });
});
