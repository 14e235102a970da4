import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../../src/model/configuration';
import { createAppStore } from '../../../src/state/store';
import { taskKnowledge } from '../../../src/state/taskKnowledge';
import {
  keysLeft,
  shortcutOf,
  SINGLE_KEYS,
  type Focused,
  type Press,
} from '../../../src/ui/app/useShortcuts';

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ...{ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...{ isComposing: false, keyCode: 0 },
  ...more,
});

function done(key: Press, singleKeys = true): string[] {
  const store = createAppStore(
    { configuration: DEFAULT_CONFIGURATION, language: 'en', theme: 'system' },
    taskKnowledge,
  );
  const said: string[] = [];
  vi.spyOn(store.getState(), 'undo').mockImplementation(() => said.push('undo'));
  vi.spyOn(store.getState(), 'redo').mockImplementation(() => said.push('redo'));
  shortcutOf(
    key,
    singleKeys,
  )?.({ store, openDialog: ({ kind }) => said.push(kind), pin: () => said.push('pin') });
  return said;
}

/** As much of an element as selectors of one tag, attributes and :not() ask for. */
function element(tag: string, type?: string, isStepped = false): Focused {
  return {
    isContentEditable: false,
    matches: (selector) => {
      const [, name = '', not = ''] = /^([a-z]*)(?::not\((.*)\))?/.exec(selector)!;
      if (selector.startsWith('[')) return isStepped;
      return name === tag && !not.split(',').includes(`[type=${type}]`);
    },
  };
}

describe('keys that work everywhere', () => {
  it('are undo, redo and the list of keys', () => {
    expect(done(press('z', { ctrlKey: true }))).toEqual(['undo']);
    expect(done(press('Z', { metaKey: true, shiftKey: true }))).toEqual(['redo']);
    expect(done(press('y', { ctrlKey: true }))).toEqual(['redo']);
    expect(done(press('?', { shiftKey: true }))).toEqual(['help']);
    expect(done(press('？'))).toEqual(['help']);
  });

  it('of one character can be switched off; chords stay', () => {
    for (const { keys } of SINGLE_KEYS) {
      for (const key of keys) expect(shortcutOf(press(key), false), key).toBeNull();
    }
    expect(done(press('z', { ctrlKey: true }), false)).toEqual(['undo']);
  });

  it('leave other keys alone', () => {
    for (const key of ['a', 'z', 'd', 'Enter', '/'])
      expect(shortcutOf(press(key), true)).toBeNull();
    // ⌘Y is the browser's history; Alt writes characters.
    expect(shortcutOf(press('y', { metaKey: true }), true)).toBeNull();
    expect(shortcutOf(press('?', { altKey: true }), true)).toBeNull();
    expect(shortcutOf(press('?', { ctrlKey: true }), true)).toBeNull();
  });

  it('never fire while an input method composes', () => {
    expect(shortcutOf(press('?', { isComposing: true }), true)).toBeNull();
    // Safari ends the composition before the key that ended it.
    expect(shortcutOf(press('?', { keyCode: 229 }), true)).toBeNull();
    expect(shortcutOf(press('z', { ctrlKey: true, isComposing: true }), true)).toBeNull();
  });

  it('leave to a text field what is its own, and letters to a list', () => {
    expect(keysLeft(element('input', 'text'), true)).toBe('none');
    expect(keysLeft(element('textarea'), true)).toBe('none');
    expect(keysLeft({ ...element('div'), isContentEditable: true }, true)).toBe('none');
    expect(keysLeft(element('select'), true)).toBe('chords');
    expect(keysLeft(element('input', 'checkbox'), true)).toBe('all');
    expect(keysLeft(element('input', 'range'), true)).toBe('all');
    expect(keysLeft(element('button'), true)).toBe('all');
    expect(keysLeft(element('button'), false)).toBe('chords');
  });

  it('are undo for a number that arrows have changed', () => {
    expect(keysLeft(element('input', 'text', true), true)).toBe('chords');
  });

  it('are bound once each', () => {
    const all = SINGLE_KEYS.flatMap(({ keys }) => keys);
    expect(new Set(all).size).toBe(all.length);
    for (const key of all) expect(key).toBe(key.toLowerCase());
  });
});
