import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import { BpttError } from '../../src/model/errors';
import { runOf } from '../../src/model/pins';
import { createAppStore } from '../../src/state/store';
import { taskKnowledge } from '../../src/state/taskKnowledge';

const D = { ...DEFAULT_CONFIGURATION, view: { ...DEFAULT_CONFIGURATION.view, step: 10 } };

function open() {
  const store = createAppStore(
    { configuration: D, language: 'en', theme: 'system' },
    taskKnowledge,
  );
  return { store, state: () => store.getState(), T: () => store.getState().configuration.T };
}

describe('the store', () => {
  it('starts with what it is given', () => {
    expect(open().state()).toMatchObject({
      configuration: D,
      language: 'en',
      engine: { state: 'starting' },
      notice: null,
      canUndo: false,
      canRedo: false,
      pendingLink: null,
    });
  });

  it('applies a whole change as one entry and goes back and forth', () => {
    const { state, T } = open();
    state().change({ T: 50, B: 2, cuts: [10] });
    state().change({ T: 40 });
    expect(state()).toMatchObject({ canUndo: true, canRedo: false });
    state().undo();
    expect(T()).toBe(50);
    expect(state().configuration.cuts).toEqual([10]);
    state().undo();
    expect(state().configuration).toEqual(D);
    expect(state()).toMatchObject({ canUndo: false, canRedo: true });
    state().undo();
    state().redo();
    state().redo();
    state().redo();
    expect(T()).toBe(40);
    expect(state()).toMatchObject({ canUndo: true, canRedo: false });
  });

  it('says what an undo or redo went from and to', () => {
    const { state } = open();
    expect(state().lastTravel).toBeNull();
    state().undo();
    expect(state().lastTravel).toBeNull();
    state().change({ T: 50 });
    expect(state().lastTravel).toBeNull();
    state().undo();
    expect(state().lastTravel).toMatchObject({ kind: 'undo', from: { T: 50 }, to: { T: D.T } });
    const undo = state().lastTravel;
    state().redo();
    expect(state().lastTravel).toMatchObject({ kind: 'redo', from: { T: D.T }, to: { T: 50 } });
    expect(state().lastTravel).not.toBe(undo);
  });

  it('has single-letter keys unless told otherwise', () => {
    const { state } = open();
    expect(state().singleKeys).toBe(true);
    state().setSingleKeys(false);
    expect(state().singleKeys).toBe(false);
    expect(state().canUndo).toBe(false);
  });

  it('forgets what could be redone after an edit', () => {
    const { state, T } = open();
    state().change({ T: 50 });
    state().undo();
    state().change({ T: 60 });
    expect(state().canRedo).toBe(false);
    state().redo();
    expect(T()).toBe(60);
  });

  it('makes one entry of a drag, and another of the next drag', () => {
    const { state, T } = open();
    for (const gain of [1, 1.1, 1.2]) state().change({ gain }, 'drag 1');
    for (const gain of [1.3, 1.4]) state().change({ gain }, 'drag 2');
    state().change({ T: 50 });
    state().change({ T: 60 });
    state().undo();
    expect(T()).toBe(50);
    state().undo();
    expect(state().configuration.gain).toBe(1.4);
    state().undo();
    expect(state().configuration.gain).toBe(1.2);
    state().undo();
    expect(state().configuration).toEqual(D);
    expect(state().canUndo).toBe(false);
  });

  it('starts a new entry for the same drag after an undo', () => {
    const { state } = open();
    state().change({ gain: 1 }, 'drag');
    state().undo();
    state().change({ gain: 2 }, 'drag');
    state().undo();
    expect(state().configuration.gain).toBe(D.gain);
  });

  it('keeps 200 entries', () => {
    const { state, T } = open();
    for (let i = 1; i <= 250; i++) state().change({ T: 96 + i });
    for (let i = 0; i < 300; i++) state().undo();
    expect(T()).toBe(96 + 50);
    expect(state().canUndo).toBe(false);
  });

  it('makes no entry of the view and does not undo it', () => {
    const { state } = open();
    state().change({ view: { step: 5 } });
    expect(state().canUndo).toBe(false);
    state().change({ T: 200 });
    state().change({ view: { step: 150, from: 120, to: 180 } });
    state().undo();
    expect(state().configuration).toMatchObject({ T: 96, view: { step: 96, from: 36, to: 96 } });
    state().redo();
    expect(state().configuration.T).toBe(200);
  });

  it('tells nobody when nothing changes', () => {
    const { store, state } = open();
    const listener = vi.fn();
    store.subscribe(listener);
    state().change({ T: 96 });
    state().undo();
    expect(listener).not.toHaveBeenCalled();
    expect(state().canUndo).toBe(false);
  });

  it('refuses a bad change as a whole and stays as it was', () => {
    const { state } = open();
    const before = state();
    expect(() => state().change({ H: 10, T: 0 })).toThrow(BpttError);
    expect(state()).toBe(before);
  });
});

describe('pins in the store', () => {
  const pin = (name: string) => ({ name, configuration: runOf(D) });

  it('are undoable one by one: added, renamed, removed', () => {
    const { state } = open();
    const names = () => state().configuration.pins.map(({ name }) => name);
    state().change({ pins: [pin('a')] });
    state().change({ pins: [pin('b')] });
    state().change({ gain: 2 });
    state().change({ pins: [] });
    expect(names()).toEqual([]);
    state().undo();
    expect(names()).toEqual(['b']);
    state().undo();
    expect(state().configuration).toMatchObject({ gain: D.gain, pins: [pin('b')] });
    state().undo();
    expect(names()).toEqual(['a']);
    state().undo();
    expect(state().configuration).toEqual(D);
    expect(state().canUndo).toBe(false);
    state().redo();
    expect(names()).toEqual(['a']);
  });

  it('arrive with a link', () => {
    const { state } = open();
    state().openLink({ ...D, pins: [pin('a')] });
    expect(state().configuration.pins).toEqual([pin('a')]);
    state().undo();
    expect(state().configuration.pins).toEqual([]);
  });
});

describe('links that arrive', () => {
  const link = { ...D, T: 33, view: { ...D.view, step: 3 } };

  it('are one undoable change when nothing can be lost', () => {
    const { state, T } = open();
    state().openLink(link);
    expect(state().configuration).toEqual(link);
    expect(state().pendingLink).toBeNull();
    state().undo();
    expect(T()).toBe(96);
  });

  it('ask when there are edits', () => {
    const { state, T } = open();
    state().change({ T: 50 });
    state().openLink(link);
    expect(T()).toBe(50);
    expect(state().pendingLink).toEqual({ configuration: link });
    state().keepMine();
    expect(state().pendingLink).toBeNull();
    expect(T()).toBe(50);
    state().openLink(link);
    state().acceptLink();
    expect(state()).toMatchObject({ configuration: link, pendingLink: null });
    state().undo();
    expect(T()).toBe(50);
  });

  it('do not ask when they show what is there', () => {
    const { state } = open();
    state().change({ T: 50 });
    state().openLink(state().configuration);
    expect(state().pendingLink).toBeNull();
  });

  it('are refused when they do not fit their task', () => {
    const { state } = open();
    expect(() => state().openLink({ ...D, loss: 'crossEntropy' })).toThrow(BpttError);
    expect(state().configuration).toBe(D);
  });
});
