import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_CONFIGURATION, type Configuration } from '../../src/model/configuration';
import { BpttError } from '../../src/model/errors';
import { startingOptimizer } from '../../src/model/trainingSettings';
import { createAppStore } from '../../src/state/store';
import { taskKnowledge } from '../../src/state/taskKnowledge';
import { TrainingRun } from '../../src/state/training/trainingRun';
import { createTrainingStore } from '../../src/state/training/trainingStore';
import { buildProblem } from '../../src/tasks/buildProblem';
import { createFakeEngine } from './fakeEngine';

const D: Configuration = {
  ...DEFAULT_CONFIGURATION,
  ...{ T: 8, B: 2, H: 4 },
  training: { ...DEFAULT_CONFIGURATION.training, steps: 40 },
};

function open(configuration = D) {
  const store = createAppStore({ configuration, language: 'en', theme: 'system' }, taskKnowledge);
  const engine = createFakeEngine();
  const listeners = new Set<() => void>();
  let hidden = false;
  let isPending = false;
  const setPending = (next: boolean) => (isPending = next);
  const visibility = {
    isHidden: () => hidden,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const training = createTrainingStore({
    ...{ store, client: engine, buildProblem, visibility },
    isPending: () => isPending,
  });
  stores.push(training);
  const change = (next: Partial<Configuration>) => store.getState().change(next);
  const changeTraining = (next: Partial<Configuration['training']>) =>
    change({ training: { ...store.getState().configuration.training, ...next } });
  const hide = (next: boolean) => {
    hidden = next;
    for (const listener of listeners) listener();
  };
  const settled = () =>
    vi.waitFor(() => expect(training.runs().some((run) => run.isRunning)).toBe(false), {
      timeout: 10_000,
    });
  const reaches = (step: number) =>
    vi.waitFor(() => expect(training.current()!.step).toBeGreaterThanOrEqual(step), {
      timeout: 10_000,
      interval: 1,
    });
  const losses = (run = training.current()!) =>
    run.records.points('loss', 0, 1e6, 1).map(({ low }) => low);
  const present = () => store.getState().configuration;
  return {
    setPending,
    store,
    engine,
    training,
    change,
    changeTraining,
    hide,
    settled,
    reaches,
    losses,
    present,
  };
}
const stores: { dispose(): void }[] = [];
afterEach(() => {
  for (const store of stores.splice(0)) store.dispose();
});

const LONG = { ...D, training: { ...D.training, steps: 1_000_000 } };

describe('training on the page', () => {
  it('trains so many updates, shows the network that comes of it, and is one step of undo', async () => {
    const { store, training, settled, losses, present } = open();
    training.start();
    await settled();
    const run = training.current()!;
    expect(run.status.kind).toBe('finished');
    expect(run.step).toBe(40);
    expect(losses()).toHaveLength(40);
    expect(losses().at(-1)!).toBeLessThan(losses()[0]!);
    expect(training.shown()).toEqual({ run, step: 40 });
    expect(present().arrays.Wh).toEqual([...run.checkpoint.parameters.recurrentWeights]);
    store.getState().undo();
    expect(present()).toEqual({ ...D, view: present().view });
    expect(training.shown()).toBeNull();
    store.getState().redo();
    expect(training.shown()).toEqual({ run, step: 40 });
  });

  it('goes on from where it is, as if it had never ended', async () => {
    const { training, settled, losses } = open();
    const whole = open({ ...D, training: { ...D.training, steps: 80 } });
    training.start();
    await settled();
    training.start();
    await settled();
    whole.training.start();
    await whole.settled();
    expect(training.runs()).toHaveLength(1);
    expect(losses()).toEqual(whole.losses());
  });

  it('scrubbing shows an earlier network; training on from there is a branch', async () => {
    const { training, settled, losses, present } = open();
    training.start();
    await settled();
    const first = training.current()!;
    const step = first.steps()[10]!;
    training.show(first, step);
    expect(training.shown()).toEqual({ run: first, step });
    expect(present().arrays.Wh).toEqual([...first.parametersAt(step).recurrentWeights]);
    training.start();
    await settled();
    const branch = training.current()!;
    expect(branch.parent).toEqual({ run: first.id, step });
    expect(branch.step).toBe(step + 40);
    expect(losses(branch)[0]).toBe(losses(first)[step]);
    expect(training.runs()).toEqual([first, branch]);
  });

  it('an undo that brings back another run’s network makes that run the current one', async () => {
    const { store, training, change, settled } = open();
    training.start();
    await settled();
    const first = training.current()!;
    change({ edits: [{ array: 'Wh', index: 0, value: 0.5 }] });
    training.start();
    await settled();
    const branch = training.current()!;
    expect(branch).not.toBe(first);
    store.getState().undo();
    store.getState().undo();
    expect(training.shown()).toEqual({ run: first, step: 40 });
    expect(training.current()).toBe(first);
    store.getState().redo();
    store.getState().redo();
    expect(training.current()).toBe(branch);
  });

  it('where the state overflows, the network before is shown, and the run keeps its own', async () => {
    const optimizer = { ...startingOptimizer('sgd'), lr: 30 };
    const { training, settled } = open({
      ...D,
      ...{ activation: 'identity', T: 20, training: { ...D.training, optimizer } },
    });
    training.start();
    await settled();
    const run = training.current()!;
    expect(run.status).toMatchObject({ kind: 'stopped', stop: { what: 'state' } });
    expect(training.shown()).toEqual({ run, step: run.step - 1 });
  });

  it('an edit of a recorded network branches, too; rewound, it begins the same', async () => {
    const { training, settled, change, losses } = open();
    training.start();
    await settled();
    const first = training.current()!;
    change({ edits: [{ array: 'Wh', index: 0, value: 0.5 }] });
    expect(training.shown()).toBeNull();
    training.start();
    await settled();
    const branch = training.current()!;
    expect(branch.parent).toEqual({ run: first.id, step: 40 });
    expect(branch.parametersAt(40).recurrentWeights[0]).toBe(0.5);
    training.show(first, 40);
    training.rewind();
    expect(training.shown()).toEqual({ run: first, step: 0 });
    training.start();
    await settled();
    expect(losses(training.current()!)).toEqual(losses(first));
  });

  it('settings changed on the way take effect in the same run, and are noted', async () => {
    const { training, reaches, changeTraining, change, settled } = open(LONG);
    training.start();
    await reaches(20);
    changeTraining({ clipNorm: 0.001 });
    await vi.waitFor(() => expect(training.current()!.settings).toHaveLength(2));
    const changed = training.current()!.present.step;
    await reaches(changed + 20);
    change({ T: 12 });
    await vi.waitFor(() => expect(training.current()!.settings).toHaveLength(3));
    training.pause();
    await settled();
    const run = training.current()!;
    expect(training.runs()).toHaveLength(1);
    const after = run.records.at('log2Clipped', changed)![1];
    expect(after).toBeLessThan(Math.log2(0.001) + 1e-3);
    expect(run.present.configuration.T).toBe(12);
    expect(run.status).toEqual({ kind: 'paused', why: 'user' });
  });

  it('another optimizer begins anew, on the same weights', async () => {
    const { training, settled, changeTraining, losses } = open();
    training.start();
    await settled();
    const { parameters } = training.current()!.checkpoint;
    changeTraining({ optimizer: startingOptimizer('sgd') });
    training.start();
    await settled();
    expect(training.runs()).toHaveLength(1);
    const fresh = open({ ...D, training: { ...D.training, optimizer: startingOptimizer('sgd') } });
    const arrays = { Wh: [...parameters.recurrentWeights], Wx: [...parameters.inputWeights] };
    const rest = { b: [...parameters.hiddenBias], Wy: [...parameters.outputWeights] };
    fresh.change({ arrays: { ...arrays, ...rest, c: [...parameters.outputBias] } });
    fresh.training.start();
    await fresh.settled();
    expect(losses().slice(40)).toEqual(fresh.losses());
  });

  it('the next network waits while the page is drawing one', async () => {
    const { training, present, setPending, reaches, settled } = open(LONG);
    setPending(true);
    training.start();
    await reaches(2000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(training.shown()!.step).toBe(0);
    const { arrays } = present();
    setPending(false);
    await vi.waitFor(() => expect(present().arrays).not.toBe(arrays));
    training.pause();
    await settled();
  });

  it('a weight changed by hand, or an undo, pauses it', async () => {
    const { store, training, reaches, change, settled } = open(LONG);
    training.start();
    await reaches(5);
    change({ edits: [{ array: 'b', index: 1, value: 3 }] });
    await settled();
    expect(training.current()!.status).toEqual({ kind: 'paused', why: 'edited' });
    expect(store.getState().configuration.edits).toHaveLength(1);
    store.getState().undo();
    training.start();
    await reaches(10);
    store.getState().undo();
    await settled();
    expect(training.current()!.status).toEqual({ kind: 'paused', why: 'edited' });
  });

  it('waits while the tab is hidden, unless it may go on', async () => {
    const { training, reaches, hide, settled } = open(LONG);
    training.start();
    await reaches(5);
    hide(true);
    await settled();
    const { step } = training.current()!;
    hide(false);
    await reaches(step + 5);
    training.setGoesOnHidden(true);
    hide(true);
    await reaches(training.current()!.step + 5);
    training.pause();
    await settled();
    hide(false);
    expect(training.current()!.status).toEqual({ kind: 'paused', why: 'user' });
  });

  it('a lost device is no loss: it goes on from the last checkpoint, with the same numbers', async () => {
    const { engine, training, settled, losses } = open();
    const whole = open();
    whole.training.start();
    const stretch: typeof engine.stretch = engine.stretch.bind(engine);
    let lost = 0;
    engine.stretch = (request, options) =>
      new Promise((resolve, reject) => {
        const stop = new AbortController();
        void stretch(request, {
          ...options,
          signal: stop.signal,
          onPart(part) {
            if (stop.signal.aborted) return;
            options.onPart(part);
            const step = training.current()!.records.count;
            if (lost < 2 && step > 10 * (lost + 1)) {
              lost++;
              stop.abort();
              reject(new BpttError('device-lost', '', 'gone'));
            }
          },
        }).then(resolve, () => undefined);
      });
    training.start();
    await settled();
    await whole.settled();
    expect(lost).toBeGreaterThan(0);
    expect(training.current()!.status.kind).toBe('finished');
    expect(losses()).toEqual(whole.losses());
  });

  it('what cannot go on says why and keeps the last good step', async () => {
    const optimizer = { ...startingOptimizer('sgd'), lr: 1e5 };
    const { training, settled } = open({
      ...D,
      ...{ activation: 'identity', T: 60, gain: 3, training: { ...D.training, optimizer } },
    });
    training.start();
    await settled();
    const run = training.current()!;
    expect(run.status).toMatchObject({ kind: 'stopped', stop: { reason: 'non-finite' } });
    expect([...run.checkpoint.parameters.recurrentWeights].every(Number.isFinite)).toBe(true);
    expect(run.checkpoint.step).toBe(run.status.kind === 'stopped' ? run.status.stop.step : -1);
  });

  it('an engine that refuses fails the run, which can be tried again', async () => {
    const { engine, training, settled } = open();
    engine.breakWith(new BpttError('too-large', 'T', 'no'));
    training.start();
    await settled();
    expect(training.current()!.status).toMatchObject({
      kind: 'failed',
      error: { code: 'too-large' },
    });
    engine.breakWith(null);
    training.start();
    await settled();
    expect(training.runs()).toHaveLength(1);
    expect(training.current()!.step).toBe(40);
  });

  it('what cannot even begin is refused as an edit is', () => {
    const { store, training } = open();
    const refusing = createTrainingStore({
      ...{ store, client: createFakeEngine(), isPending: () => false },
      buildProblem: () => {
        throw new BpttError('too-large', 'T', 'no');
      },
      visibility: { isHidden: () => false, subscribe: () => () => undefined },
    });
    stores.push(refusing);
    refusing.start();
    expect(store.getState().notice).toMatchObject({ code: 'too-large', path: 'T' });
    expect(refusing.runs()).toEqual([]);
    expect(training.runs()).toEqual([]);
  });

  it('a step that is not kept gives the nearest one that is', async () => {
    const { training, settled } = open({ ...D, training: { ...D.training, steps: 400 } });
    training.start();
    await settled();
    const run = training.current()!;
    expect(run.steps()).not.toContain(301);
    training.show(run, 301);
    const { step } = training.shown()!;
    expect(run.steps()).toContain(step);
    expect(Math.abs(step - 301)).toBeLessThanOrEqual(2);
    expect(() => run.parametersAt(301)).toThrow(RangeError);
  });

  it('settings that were trained with for no update leave no trace', () => {
    const { training, changeTraining, present } = open();
    training.start();
    training.pause();
    const run = training.current()!;
    changeTraining({ clipNorm: 2 });
    run.change(present());
    expect(run.settings).toHaveLength(1);
    expect(run.present.training.clipNorm).toBe(2);
  });

  it('pinned runs are trained side by side with the present one', async () => {
    const pins = [{ name: 'other', configuration: { ...D, seed: 9 } }].map((pin) => {
      const { view: _view, pins: _pins, training: _training, ...configuration } = pin.configuration;
      return { name: pin.name, configuration };
    });
    const { training, settled, losses, present } = open({ ...D, pins });
    training.startAll();
    await settled();
    const [own, pinned] = training.runs();
    expect(training.current()).toBe(own);
    expect(present().seed).toBe(D.seed);
    const alone = open({ ...D, seed: 9 });
    alone.training.start();
    await alone.settled();
    expect(losses(pinned)).toEqual(alone.losses());
    expect(losses(own)).not.toEqual(losses(pinned));
    training.show(pinned!, 40);
    expect(present().seed).toBe(9);
    training.remove(pinned!);
    expect(training.runs()).toEqual([own]);
  });

  it('survives as plain data', async () => {
    const { training, settled, losses } = open();
    training.start();
    await settled();
    const stored = structuredClone(training.current()!.toData());
    const again = open();
    const run = TrainingRun.fromData(stored);
    again.training.restore([run], run.id, 40);
    expect(again.training.shown()).toEqual({ run, step: 40 });
    expect(again.losses()).toEqual(losses());
    again.training.start();
    training.start();
    await settled();
    await again.settled();
    expect(again.losses()).toEqual(losses());
  });
});
