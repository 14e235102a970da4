import { BpttError, toErrorRecord } from '../../model/errors';
import { WEIGHT_KEYS, type Configuration } from '../../model/configuration';
import { arraysOf } from '../../model/parameterArrays';
import { runOf } from '../../model/pins';
import { sameValue } from '../../model/sameValue';
import { NO_PROGRESS_YET } from '../../model/training';
import { speedometer } from './speedometer';
import { requestOf } from './stretchRequest';
import { TrainingRun, type Pause } from './trainingRun';
import type { ShownNetwork, TrainingStore, TrainingStoreParts } from './types';

/** Runs that are kept beside those under way. */
const MOST_RUNS = 8;
/** Losses of the device in a row, without an update between them, before it is given up. */
const MOST_LOSSES = 3;
/** Milliseconds between two pictures of a run under way, and between two calls of the listeners. */
const BETWEEN_PICTURES = 200;
const BETWEEN_CALLS = 100;
/** The part of the time that putting weights into the configuration may take. */
const SHARE_FOR_PICTURES = 0.1;

export function createTrainingStore(parts: TrainingStoreParts): TrainingStore {
  const { store, client, buildProblem, visibility, isPending } = parts;
  const listeners = new Set<() => void>();
  /** Runs whose stretch has not ended yet, and how to end it */
  const underWay = new Map<TrainingRun, AbortController>();
  /** Which network the arrays of a configuration are, by their object */
  const networks = new WeakMap<object, { readonly run: number; readonly step: number }>();
  let runs: readonly TrainingRun[] = [];
  let current: TrainingRun | null = null;
  /** Where the weights on the page come from, also after an edit; a branch begins there. */
  let origin: ShownNetwork | null = null;
  let lastId = 0;
  let version = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isCommitting = false;
  let nextPicture = 0;
  let goesOnHidden = false;
  let isDisposed = false;

  const present = () => store.getState().configuration;

  function tell(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    version++;
    for (const listener of [...listeners]) listener();
  }
  function tellSoon(): void {
    timer ??= setTimeout(tell, BETWEEN_CALLS);
  }

  function shown(): ShownNetwork | null {
    const { arrays, edits } = present();
    const network = edits.length > 0 ? undefined : networks.get(arrays);
    const run = runs.find(({ id }) => id === network?.run);
    return run === undefined ? null : { run, step: network!.step };
  }

  /** Puts weights into the configuration: what is done with one run at one go is one undo entry. */
  function commit(run: TrainingRun, step: number, change: Partial<Configuration> = {}): void {
    isCommitting = true;
    try {
      const arrays = arraysOf(run.parametersAt(step));
      store.getState().change({ ...change, arrays, edits: [] }, `training ${run.id}`);
      networks.set(present().arrays, { run: run.id, step });
      origin = { run, step };
    } finally {
      isCommitting = false;
    }
  }

  /** The newest weights of the run that is followed, no more often than they can be seen. */
  function follow(run: TrainingRun): void {
    const now = performance.now();
    if (run !== current || !run.isRunning || now < nextPicture || isPending()) return;
    commit(run, run.step);
    const after = performance.now();
    nextPicture = now + Math.max(BETWEEN_PICTURES, (after - now) / SHARE_FOR_PICTURES);
  }

  function begin(configuration: Configuration, parent: ShownNetwork | null): TrainingRun {
    const { parameters } = buildProblem(configuration);
    const step = parent?.step ?? 0;
    const run = new TrainingRun(
      ++lastId,
      parent && { run: parent.run.id, step },
      { step, configuration: runOf(configuration), training: configuration.training },
      { step: 0, parameters, moments: {}, progress: NO_PROGRESS_YET },
    );
    const idle = runs.filter((other) => other !== current && !other.isRunning);
    const surplus = idle.slice(0, Math.max(0, runs.length + 1 - MOST_RUNS));
    runs = [...runs.filter((other) => !surplus.includes(other)), run];
    return run;
  }

  /** Trains until it is paused, stopped or done; changed settings take effect on the way. */
  async function train(run: TrainingRun): Promise<void> {
    run.status = { kind: 'running' };
    tell();
    if (underWay.has(run)) return; // a pause that had not come to an end yet is taken back
    let losses = 0;
    while (run.isRunning && !isDisposed) {
      const pause = new AbortController();
      underWay.set(run, pause);
      const before = run.step;
      const speed = speedometer();
      try {
        const { state, stop } = await client.stretch(requestOf(run, buildProblem), {
          pause: pause.signal,
          onPart(part) {
            run.add(part);
            run.updatesPerSecond = speed(run.records.count);
            follow(run);
            tellSoon();
          },
        });
        run.end(state);
        losses = 0;
        if (stop !== null) run.status = { kind: 'stopped', stop };
        else if (run.isRunning && run.step >= run.until) run.status = { kind: 'finished' };
      } catch (error) {
        run.backToCheckpoint();
        losses = run.step > before ? 1 : losses + 1;
        const isLost = error instanceof BpttError && error.code === 'device-lost';
        if (!isLost || losses > MOST_LOSSES) {
          run.status = { kind: 'failed', error: toErrorRecord(error) };
        }
      }
      // Only the run on the page listens to it.
      if (run.isRunning && run === current) run.change(present());
    }
    underWay.delete(run);
    run.updatesPerSecond = null;
    if (run === current && shown()?.run === run) commit(run, run.lastGoodStep());
    tell();
  }

  function halt(run: TrainingRun, why: Pause): void {
    if (!run.isRunning) return;
    run.status = { kind: 'paused', why };
    underWay.get(run)?.abort();
    tell();
  }

  function start(updates?: number): void {
    if (current?.isRunning) return;
    const network = shown();
    const goesOn = network !== null && network.step === network.run.step;
    const configuration = present();
    const run = goesOn ? network.run : begin(configuration, origin);
    current = run;
    if (goesOn) run.change(configuration);
    else commit(run, run.step);
    run.aim(updates ?? null);
    void train(run);
  }

  /** Trainings of all pins, from their own first weights, with the settings of now. */
  function startPins(): void {
    const { training, pins } = present();
    for (const { name, configuration } of pins) {
      const run = begin({ ...present(), ...configuration, training }, null);
      run.name = name;
      run.aim(null);
      void train(run);
    }
  }

  /** What cannot even begin (a size that fits no memory) says so as a refused edit does. */
  function attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      store.getState().setNotice(toErrorRecord(error));
    }
  }

  const unsubscribeStore = store.subscribe((state, before) => {
    const { configuration } = state;
    if (isCommitting || configuration === before.configuration) return;
    const network = shown();
    if (network !== null) {
      origin = network;
      // An undo may have brought back what another run had come to.
      if (current?.isRunning !== true) current = network.run;
    } else if (!hasAllArrays(configuration)) origin = null;
    if (current?.isRunning) {
      if (network?.run !== current) halt(current, 'edited');
      // A new stretch begins with what is new.
      else if (!current.hasSettings(configuration)) underWay.get(current)?.abort();
    }
    tellSoon();
  });

  const unsubscribeVisibility = visibility.subscribe(() => {
    for (const run of runs) {
      const { status } = run;
      if (visibility.isHidden()) {
        if (!goesOnHidden) halt(run, 'hidden');
      } else if (status.kind === 'paused' && status.why === 'hidden') void train(run);
    }
  });

  return {
    runs: () => runs,
    current: () => current,
    shown,
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: (updates) => attempt(() => start(updates)),
    startAll() {
      attempt(() => start());
      attempt(startPins);
    },
    pause() {
      for (const run of runs) halt(run, 'user');
    },
    show(run, wanted) {
      halt(run, 'user');
      if (current !== run && current !== null) halt(current, 'user');
      const { configuration, training } = run.present;
      const { task, H } = present();
      const fits = run === current && H === configuration.H && sameValue(task, configuration.task);
      current = run;
      commit(run, run.nearestStep(wanted), fits ? {} : { ...configuration, training });
      tell();
    },
    rewind() {
      if (current !== null) this.show(current, current.start.step);
    },
    remove(run) {
      halt(run, 'user');
      runs = runs.filter((other) => other !== run);
      if (current === run) current = shown()?.run ?? runs.at(-1) ?? null;
      if (origin?.run === run) origin = null;
      tell();
    },
    get goesOnHidden() {
      return goesOnHidden;
    },
    setGoesOnHidden(goesOn) {
      goesOnHidden = goesOn;
      tell();
    },
    restore(restored, id, step) {
      if (runs.length > 0) return; // the page was quicker
      runs = restored;
      lastId = Math.max(0, ...restored.map((run) => run.id));
      current = restored.find((run) => run.id === id) ?? null;
      if (current !== null && step !== null) commit(current, current.nearestStep(step));
      tell();
    },
    dispose() {
      isDisposed = true;
      unsubscribeStore();
      unsubscribeVisibility();
      for (const pause of underWay.values()) pause.abort();
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function hasAllArrays({ arrays }: Configuration): boolean {
  return WEIGHT_KEYS.every((key) => arrays[key] !== undefined);
}
