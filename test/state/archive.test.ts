import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_CONFIGURATION, type Configuration } from '../../src/model/configuration';
import { createAppStore } from '../../src/state/store';
import { taskKnowledge } from '../../src/state/taskKnowledge';
import { createArchive, type Shelf, type StoredTrainings } from '../../src/state/training/archive';
import { createTrainingStore } from '../../src/state/training/trainingStore';
import { buildProblem } from '../../src/tasks/buildProblem';
import { createFakeEngine } from './fakeEngine';

const D: Configuration = {
  ...DEFAULT_CONFIGURATION,
  ...{ T: 8, B: 2, H: 4 },
  training: { ...DEFAULT_CONFIGURATION.training, steps: 30 },
};

/** A tab's storage, copied as IndexedDB copies. */
function memoryShelf(kept: unknown = null): Shelf & { kept: unknown } {
  return {
    kept,
    read() {
      return Promise.resolve(this.kept);
    },
    write(trainings) {
      this.kept = structuredClone(trainings);
      return Promise.resolve();
    },
  };
}

async function open(shelf: Shelf, configuration = D) {
  const store = createAppStore({ configuration, language: 'en', theme: 'system' }, taskKnowledge);
  const visibility = { isHidden: () => false, subscribe: () => () => undefined };
  const client = createFakeEngine();
  const training = createTrainingStore({
    ...{ store, client, buildProblem, visibility },
    isPending: () => false,
  });
  const archive = createArchive({ store, training, shelf, visibility });
  await archive.restored;
  const settled = () =>
    vi.waitFor(() => expect(training.current()!.isRunning).toBe(false), { timeout: 10_000 });
  return { store, training, archive, settled };
}

describe('trainings survive a reload', () => {
  it('with records, networks and moments, and the newest network is shown', async () => {
    const shelf = memoryShelf();
    const before = await open(shelf);
    before.training.start();
    await before.settled();
    await vi.waitFor(() =>
      expect((shelf.kept as StoredTrainings | null)?.runs[0]?.checkpoint.step).toBe(30),
    );
    const { configuration } = before.store.getState();
    const after = await open(shelf, configuration);
    const run = after.training.current()!;
    expect(after.training.shown()).toEqual({ run, step: 30 });
    expect(run.steps()).toEqual(before.training.current()!.steps());
    for (const page of [before, after]) {
      page.training.start();
      await page.settled();
    }
    const losses = (page: typeof after) =>
      page.training.current()!.records.points('loss', 0, 100, 1);
    expect(losses(after)).toHaveLength(60);
    expect(losses(after)).toEqual(losses(before));
  });

  it('an earlier network that was looked at is shown again', async () => {
    const shelf = memoryShelf();
    const before = await open(shelf);
    before.training.start();
    await before.settled();
    before.training.show(before.training.current()!, 12);
    await vi.waitFor(() => expect((shelf.kept as StoredTrainings | null)?.shown).toBe(12));
    const after = await open(shelf, before.store.getState().configuration);
    expect(after.training.shown()).toEqual({ run: after.training.current(), step: 12 });
  });

  it('cut off while it ran, a run comes back paused, where its last copy was', async () => {
    const shelf = memoryShelf();
    const before = await open(shelf, { ...D, training: { ...D.training, steps: 1_000_000 } });
    before.training.start();
    await vi.waitFor(() => expect(shelf.kept).not.toBeNull(), { timeout: 8000 });
    before.training.pause();
    const copied = (shelf.kept as StoredTrainings).runs[0]!.checkpoint.step;
    const after = await open(shelf, before.store.getState().configuration);
    const run = after.training.current()!;
    expect(run.step).toBe(copied);
    expect(run.status).toEqual({ kind: 'paused', why: 'restored' });
    expect(run.records.count).toBe(copied);
    // Another network may be in the address, a few updates older or newer: it follows the run.
    expect(after.training.shown()).toEqual({ run, step: copied });
  });

  it('another link opened in the tab keeps its own network', async () => {
    const shelf = memoryShelf();
    const before = await open(shelf);
    before.training.start();
    await before.settled();
    await vi.waitFor(() => expect(shelf.kept).not.toBeNull());
    const after = await open(shelf, { ...D, H: 7 });
    expect(after.training.runs()).toHaveLength(1);
    expect(after.training.shown()).toBeNull();
    expect(after.store.getState().configuration.arrays).toEqual({});
  });

  it.each([
    ['nothing', null],
    ['another version', { version: 99 }],
    ['no object', 'x'],
  ])('%s is no trouble', async (_, kept) => {
    const { training } = await open(memoryShelf(kept));
    expect(training.runs()).toEqual([]);
  });

  it('storage that fails is no trouble', async () => {
    const shelf: Shelf = {
      read: () => Promise.reject(new Error('no')),
      write: () => Promise.reject(new Error('no')),
    };
    const { training, settled } = await open(shelf);
    training.start();
    await settled();
    expect(training.current()!.step).toBe(30);
  });
});
