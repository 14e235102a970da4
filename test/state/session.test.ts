import { describe, expect, it } from 'vitest';
import type { EngineReady } from '../../src/engine/client';
import { DEFAULT_CONFIGURATION, type Configuration } from '../../src/model/configuration';
import { BpttError } from '../../src/model/errors';
import { runOf } from '../../src/model/pins';
import { createResultStore } from '../../src/state/resultStore';
import { createSession } from '../../src/state/session';
import { createAppStore } from '../../src/state/store';
import { taskKnowledge } from '../../src/state/taskKnowledge';
import { buildProblem } from '../../src/tasks/buildProblem';
import { CPU, createFakeEngine, WEBGPU, type FakeEngine } from './fakeEngine';

const D: Configuration = {
  ...DEFAULT_CONFIGURATION,
  T: 20,
  H: 5,
  view: { ...DEFAULT_CONFIGURATION.view, step: 4 },
};

function open(client: FakeEngine = createFakeEngine(), configuration = D) {
  const store = createAppStore({ configuration, language: 'en', theme: 'system' }, taskKnowledge);
  const results = createResultStore((callback) => setTimeout(callback, 1));
  const session = createSession({ store, client, buildProblem, results });
  return { store, client, results, session, state: () => store.getState() };
}

/** What a page opened with this configuration shows. */
async function fresh(configuration: Configuration) {
  const { session, results } = open(createFakeEngine(), configuration);
  await session.settled();
  return results.get()!;
}

/** A seeded stream of numbers from 0 to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
}

function pause(milliseconds: number) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

describe('the session', () => {
  it('a cancelled run leaves the last picture until something is edited or asked again', async () => {
    let delay = 0;
    const client = createFakeEngine(() => delay);
    const { session, results, state } = open(client);
    await session.settled();
    const shown = results.get();
    delay = 60_000;
    state().change({ gain: 0.5 });
    await pause(5);
    session.cancel();
    await session.settled();
    expect(results.get()).toBe(shown);
    expect(results.error()).toMatchObject({ code: 'aborted' });
    expect(state().notice).toBeNull();

    // Looking around computes nothing; asking again does.
    const runs = client.calls.filter((call) => call === 'run').length;
    state().change({ view: { step: 2 } });
    await pause(5);
    expect(client.calls.filter((call) => call === 'run')).toHaveLength(runs);
    delay = 0;
    session.again();
    await session.settled();
    expect(results.error()).toBeNull();
    expect(results.get()!.configuration.gain).toBe(0.5);
  });

  it('a drag computes nothing new before the last picture is drawn, and ends with the newest', async () => {
    const { session, results, state, client } = open(createFakeEngine(() => 2));
    await session.settled();
    results.tellDrawn(); // something draws
    const runs = () => client.calls.filter((call) => call === 'run').length;
    const before = runs();
    state().change({ gain: 0.5 }, 'drag');
    await pause(1);
    state().change({ gain: 0.6 }, 'drag');
    await pause(40);
    expect(runs()).toBe(before + 1);
    results.tellDrawn();
    await session.settled();
    expect(runs()).toBe(before + 2);
    expect(results.get()!.configuration.gain).toBe(0.6);
  });

  it('cancel without a run in flight does nothing', async () => {
    const { session, results, client } = open();
    await session.settled();
    session.cancel();
    await session.settled();
    expect(client.calls).not.toContain('cancelRun');
    expect(results.error()).toBeNull();
  });

  it('shows the first configuration and says which engine made it', async () => {
    const { session, results, state } = open();
    expect(results.isPending()).toBe(true);
    await session.settled();
    expect(results.get()).toMatchObject({ configuration: D, problem: { T: 20, H: 5 } });
    expect(state().engine).toEqual({ state: 'ready', ...CPU });
  });

  it.each([1, 2, 3, 4])('after 200 quick edits shows what a fresh run shows (%i)', async (seed) => {
    const next = numbers(seed);
    const { session, results, state, client } = open(createFakeEngine(() => next() * 8));
    for (let i = 0; i < 200; i++) {
      const kind = next();
      if (kind < 0.4) state().change({ gain: next() * 2 }, 'drag');
      else if (kind < 0.5) state().change({ H: 2 + Math.floor(next() * 9) });
      else if (kind < 0.7) state().change({ T: 5 + Math.floor(next() * 30) });
      else if (kind < 0.9) state().change({ view: { step: 1 + Math.floor(next() * 5) } });
      else if (next() < 0.5) state().undo();
      else state().redo();
      if (next() < 0.3) await pause(next() * 3);
    }
    await session.settled();
    const shown = results.get()!;
    const expected = await fresh(state().configuration);
    expect(shown.configuration).toEqual(state().configuration);
    expect(shown.summary).toEqual(expected.summary);
    expect(shown.view).toEqual(expected.view);
    expect(shown.step).toEqual(expected.step);
    expect(client.calls.length).toBeLessThan(200);
  });

  it('gives a long run up for a newer edit, but not for a look at the same numbers', async () => {
    let delay = 20_000;
    const { session, results, state, client } = open(createFakeEngine(() => delay));
    state().change({ view: { step: 7 } });
    await pause(1200);
    expect(client.calls).toEqual(['run']);
    state().change({ gain: 0.5 });
    delay = 1;
    await session.settled();
    expect(client.calls.slice(0, 3)).toEqual(['run', 'cancelRun', 'run']);
    expect(results.get()!.configuration.gain).toBe(0.5);
  });

  it('settles when an edit is taken back before its run began', async () => {
    const { session, results, state } = open();
    await session.settled();
    state().change({ T: 30 });
    state().undo();
    await session.settled();
    expect(results.get()!.configuration).toEqual(D);
    expect(results.isPending()).toBe(false);
  });

  it('shows results while edits go on', async () => {
    const { results, state, session } = open(createFakeEngine(() => 4));
    let shown = 0;
    results.subscribe(() => (shown = results.get()?.id ?? 0));
    for (let i = 0; i < 30; i++) {
      state().change({ gain: 1 + i / 100 }, 'drag');
      await pause(2);
    }
    expect(shown).toBeGreaterThan(3);
    await session.settled();
  });

  it('looks again without computing when only the view changes', async () => {
    const { session, results, state, client } = open();
    await session.settled();
    state().change({ view: { from: 5, to: 9, step: 7, batchEntry: 2 } });
    await pause(20);
    expect(client.calls).toEqual(['run', 'look']);
    expect(results.get()!.view.window).toMatchObject({ from: 5, to: 9, batchEntry: 2 });
    session.setResolution({ columns: 10, rows: 4 });
    await pause(20);
    expect(results.get()!.view.window).toMatchObject({ columns: 10, rows: 4, from: 5 });
    expect(client.calls).toEqual(['run', 'look', 'look']);
  });

  it('neither runs nor looks when runs are pinned, renamed or removed, or that is undone', async () => {
    const { session, results, state, client } = open();
    await session.settled();
    const { summary } = results.get()!;
    const pin = (name: string) => ({ name, configuration: { ...runOf(D), gain: 0.5 } });
    for (const pins of [[pin('a')], [pin('b')], [pin('b'), pin('c')], []]) {
      state().change({ pins });
      expect(results.isPending()).toBe(false);
      await pause(5);
    }
    state().undo();
    state().undo();
    await pause(5);
    expect(client.calls).toEqual(['run']);
    expect(results.get()!.summary).toBe(summary);
    // A pin and another value in one edit: that is a run.
    state().change({ gain: 0.7, pins: [] });
    await session.settled();
    expect(client.calls).toEqual(['run', 'run']);
  });

  it('does not try again what failed because something was pinned', async () => {
    const { session, state, client } = open();
    await session.settled();
    client.breakWith(new BpttError('too-large', 'T', 'T fits up to 10.'));
    state().change({ T: 30 });
    await session.settled();
    const runs = client.calls.length;
    state().change({ pins: [{ name: 'a', configuration: runOf(D) }] });
    await pause(5);
    expect(client.calls.length).toBe(runs);
  });

  it('runs again when the engine no longer has the run', async () => {
    const { session, results, state, client } = open();
    await session.settled();
    client.loseRun();
    state().change({ view: { step: 3 } });
    await pause(20);
    expect(client.calls).toEqual(['run', 'look', 'run']);
    expect(results.get()!.step).toMatchObject({ step: 3 });
    expect(results.error()).toBeNull();
  });

  it('explains a failed run, keeps the last good one, and recovers', async () => {
    const { session, results, state, client } = open();
    await session.settled();
    client.breakWith(new BpttError('too-large', 'T', 'T fits up to 10.'));
    state().change({ T: 30 });
    await session.settled();
    expect(results.error()).toMatchObject({ code: 'too-large', path: 'T' });
    expect(state().notice).toMatchObject({ code: 'too-large' });
    expect(results.get()!.configuration.T).toBe(20);
    const runs = client.calls.length;
    state().change({ view: { step: 2 } });
    await pause(10);
    expect(client.calls.length).toBe(runs);
    client.breakWith(null);
    state().undo();
    await session.settled();
    expect(results.error()).toBeNull();
    expect(state().notice).toBeNull();
    expect(results.get()!.configuration.T).toBe(20);
  });

  it('computes again on another engine, and only then', async () => {
    const { session, results, state, client } = open();
    await session.settled();
    client.use(CPU);
    client.use(WEBGPU);
    await session.settled();
    expect(results.get()!.summary.engine).toBe('webgpu');
    expect(state().engine).toEqual({ state: 'ready', ...WEBGPU });
    expect(client.calls).toEqual(['run', 'run']);
  });

  it('tries again after a failure when another engine comes', async () => {
    const { session, results, client } = open();
    await session.settled();
    client.breakWith(new BpttError('device-lost', '', 'Lost.'));
    client.use(WEBGPU);
    await session.settled();
    expect(results.error()).toMatchObject({ code: 'device-lost' });
    client.breakWith(null);
    client.use(CPU);
    await session.settled();
    expect(results.error()).toBeNull();
  });

  it('reports that no engine could start', async () => {
    const refused = Promise.reject<EngineReady>(new BpttError('worker-failed', '', 'No worker.'));
    const { session, results, state } = open(createFakeEngine(() => 0, refused));
    await session.settled();
    expect(results.error()).toMatchObject({ code: 'worker-failed' });
    expect(state().notice).toMatchObject({ code: 'worker-failed' });
  });

  it('stops when disposed', async () => {
    const { session, results, state, client } = open();
    await session.settled();
    session.dispose();
    state().change({ T: 30 });
    await pause(10);
    expect(client.calls).toEqual(['run']);
    expect(results.get()!.configuration.T).toBe(20);
  });
});
