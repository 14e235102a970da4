import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import { runOf } from '../../src/model/pins';
import { decode, encode } from '../../src/share/link';
import { connectPersistence, readBoot, type Page } from '../../src/state/persistence';
import { createAppStore } from '../../src/state/store';
import { taskKnowledge } from '../../src/state/taskKnowledge';
import { createFakePage, type FakePage } from './fakePage';

const HOME = 'https://example.org/bptt/';
const VIEW = { ...DEFAULT_CONFIGURATION.view, step: 9 };
const LINK = { ...DEFAULT_CONFIGURATION, T: 33, cuts: [5], view: VIEW };

/** The browser's own window is a Page. */
export const windowIsPage = (window: Window): Page => window;

function boot(address: string, languages?: string[]) {
  return readBoot(createFakePage(address, languages), taskKnowledge);
}

function open(page: FakePage) {
  const started = readBoot(page, taskKnowledge);
  const store = createAppStore(started, taskKnowledge);
  const persistence = connectPersistence(store, page, started, taskKnowledge);
  return { store, persistence, state: () => store.getState() };
}

describe('readBoot', () => {
  it('shows the default at the bare address and writes nothing', () => {
    const page = createFakePage(HOME);
    open(page);
    page.wait(1000);
    expect(page.written).toEqual([]);
    expect(boot(HOME)).toEqual({
      configuration: DEFAULT_CONFIGURATION,
      language: 'en',
      theme: 'system',
      singleKeys: true,
      engineChoice: 'automatic',
      embed: false,
      notice: null,
    });
  });

  it('opens a link', () => {
    expect(boot(`${HOME}#${encode(LINK)}`)).toMatchObject({ configuration: LINK, notice: null });
  });

  it.each([
    [`v=1&T=x`, 'invalid-link'],
    [`v=99&T=5`, 'link-too-new'],
    [encode({ ...DEFAULT_CONFIGURATION, loss: 'crossEntropy' }), 'invalid-link'],
  ])('shows the default and says why for %s', (fragment, code) => {
    const { configuration, notice } = boot(`${HOME}#${fragment}`);
    expect(configuration).toBe(DEFAULT_CONFIGURATION);
    expect(notice).toMatchObject({ code, details: { raw: fragment } });
  });

  it('opens a link with pins, and refuses one whose pin does not fit its own task', () => {
    const pinned = (change: object) => ({
      ...LINK,
      pins: [{ name: 'a', configuration: { ...runOf(LINK), ...change } }],
    });
    const good = pinned({ gain: 0.5 });
    expect(boot(`${HOME}#${encode(good)}`)).toMatchObject({ configuration: good, notice: null });
    const bad = boot(`${HOME}#${encode(pinned({ loss: 'crossEntropy' }))}`);
    expect(bad.configuration).toBe(DEFAULT_CONFIGURATION);
    expect(bad.notice).toMatchObject({ code: 'invalid-link' });
    expect(bad.notice!.message).toContain('pins.0.configuration.loss');
  });

  it('takes a place on the page for no link', () => {
    expect(boot(`${HOME}#controls`).notice).toBeNull();
  });

  it('guesses the language from the browser, unless the address says it', () => {
    expect(boot(HOME, ['fr', 'zh-TW', 'en']).language).toBe('zh-CN');
    expect(boot(HOME, ['fr']).language).toBe('en');
    expect(boot(HOME, []).language).toBe('en');
    expect(boot(`${HOME}?lang=zh-CN`).language).toBe('zh-CN');
    expect(boot(`${HOME}?lang=xx`, ['zh']).language).toBe('zh-CN');
  });

  it('reads ?engine and ?embed', () => {
    expect(boot(`${HOME}?engine=cpu&embed`)).toMatchObject({ engineChoice: 'cpu', embed: true });
    expect(boot(`${HOME}?engine=quantum`)).toMatchObject({
      engineChoice: 'automatic',
      notice: { code: 'invalid-request', path: 'engine' },
    });
  });
});

describe('the address', () => {
  it('follows the store after a pause, once', () => {
    const page = createFakePage(`${HOME}?engine=cpu`);
    const { state } = open(page);
    state().change({ T: 50 });
    page.wait(200);
    state().change({ view: { step: 2 } });
    page.wait(200);
    expect(page.written).toEqual([]);
    page.wait(100);
    expect(page.written).toEqual([`/bptt/?engine=cpu#${encode(state().configuration)}`]);
    state().setTheme('dark');
    page.wait(1000);
    expect(page.written).toHaveLength(1);
  });

  it('is written at once when the page goes', () => {
    const page = createFakePage(HOME);
    const { state } = open(page);
    state().change({ T: 50 });
    page.hide();
    expect(page.location.hash).toBe(`#${encode(state().configuration)}`);
  });

  it('is tried again later when the browser refuses', () => {
    const page = createFakePage(HOME);
    const { state } = open(page);
    page.failure = new Error('SecurityError: more than 100 times per 30 seconds');
    state().change({ T: 50 });
    page.wait(300);
    page.failure = null;
    page.wait(4000);
    expect(page.written).toEqual([]);
    page.wait(1000);
    expect(page.location.hash).toBe(`#${encode(state().configuration)}`);
    expect(state().notice).toBeNull();
  });

  it('stays, with a notice, while the data do not fit a link', () => {
    const page = createFakePage(HOME);
    const { state } = open(page);
    const values = Array.from({ length: 199_999 }, (_, i) => Math.sin(i + 0.1) * 1e-300);
    values.push(1e-3);
    const source = { name: 'long', values: values.concat() };
    const Wh = Array.from({ length: 250_000 }, (_, i) => Math.sin(i + 0.1));
    state().change({ task: { kind: 'series', source }, H: 500, arrays: { Wh } });
    page.wait(300);
    expect(page.written).toEqual([]);
    expect(state().notice).toMatchObject({ code: 'too-large' });
    state().undo();
    page.wait(300);
    expect(page.written).toHaveLength(1);
    expect(state().notice).toBeNull();
  });

  it('is complete for sharing: fragment and language, nothing of this visit', () => {
    const page = createFakePage(`${HOME}?engine=cpu&embed#${encode(LINK)}`);
    const { persistence, state } = open(page);
    state().setLanguage('zh-CN');
    const url = new URL(persistence.shareUrl());
    expect(url.search).toBe('?lang=zh-CN');
    expect(`${url.origin}${url.pathname}`).toBe(HOME);
    expect(decode(url.hash.slice(1))).toEqual({ ok: true, configuration: LINK });
  });

  it('follows a change of language where it names one', () => {
    const page = createFakePage(`${HOME}?embed&lang=en`);
    const { state } = open(page);
    state().setLanguage('zh-CN');
    page.wait(300);
    expect(page.location.search).toBe('?embed&lang=zh-CN');
  });

  it('is left alone after dispose', () => {
    const page = createFakePage(HOME);
    const { state, persistence } = open(page);
    persistence.dispose();
    state().change({ T: 50 });
    page.go(encode(LINK));
    page.wait(1000);
    expect(page.written).toEqual([]);
    expect(state().configuration.T).toBe(50);
  });
});

describe('a link pasted into the same tab', () => {
  it('is opened as one undoable change when nothing can be lost', () => {
    const page = createFakePage(HOME);
    const { state } = open(page);
    page.go(encode(LINK));
    expect(state().configuration).toEqual(LINK);
    state().undo();
    expect(state().configuration.T).toBe(96);
    page.wait(300);
    expect(page.location.hash).toBe(`#${encode(state().configuration)}`);
  });

  it('that comes just after an edit is not overwritten before it is opened', () => {
    const page = createFakePage(HOME);
    const { state } = open(page);
    state().change({ T: 50 });
    // The address has changed; the browser's event is still to come.
    page.history.replaceState(null, '', `#${encode(LINK)}`);
    page.wait(300);
    expect(state().pendingLink).toEqual({ configuration: LINK });
    expect(page.location.hash).toBe(`#${encode(LINK)}`);
  });

  it('asks when there are edits; the address is the link until the answer', () => {
    const page = createFakePage(HOME);
    const { state } = open(page);
    state().change({ T: 50 });
    page.wait(300);
    page.go(encode(LINK));
    page.wait(300);
    expect(state().configuration.T).toBe(50);
    expect(state().pendingLink).toEqual({ configuration: LINK });
    expect(page.location.hash).toBe(`#${encode(LINK)}`);
    state().keepMine();
    page.wait(300);
    expect(page.location.hash).toBe(`#${encode(state().configuration)}`);
    page.go(encode(LINK));
    state().acceptLink();
    expect(state().configuration).toEqual(LINK);
  });

  it('is explained when it is bad, until a good one comes', () => {
    const page = createFakePage(HOME);
    const { state } = open(page);
    page.go('v=1&T=oops');
    expect(state().notice).toMatchObject({ code: 'invalid-link' });
    expect(state().configuration).toBe(DEFAULT_CONFIGURATION);
    page.go(encode(LINK));
    expect(state().notice).toBeNull();
    page.go('controls');
    expect(state().configuration).toEqual(LINK);
  });
});

describe('shareUrl', () => {
  it('is the address of the configuration given, in the language now', () => {
    const { persistence, state } = open(createFakePage(HOME));
    state().setLanguage('zh-CN');
    expect(persistence.shareUrl(LINK)).toBe(`${HOME}?lang=zh-CN#${encode(LINK)}`);
    expect(persistence.shareUrl()).toBe(`${HOME}?lang=zh-CN#${encode(DEFAULT_CONFIGURATION)}`);
  });
});

describe('remembered settings', () => {
  it('are theme, language and whether single keys work', () => {
    const page = createFakePage(HOME);
    const { state } = open(page);
    state().setTheme('dark');
    state().setLanguage('zh-CN');
    expect(readBoot(page, taskKnowledge)).toMatchObject({ theme: 'dark', language: 'zh-CN' });
    expect(readBoot(page, taskKnowledge).singleKeys).toBe(true);
    state().setSingleKeys(false);
    expect(readBoot(page, taskKnowledge).singleKeys).toBe(false);
    state().setSingleKeys(true);
    expect(readBoot(page, taskKnowledge).singleKeys).toBe(true);
  });

  it('are neither read nor written when embedded', () => {
    const page = createFakePage(`${HOME}?embed`);
    page.storage.set('bptt.theme', 'dark');
    const { state } = open(page);
    expect(state().theme).toBe('system');
    state().setTheme('light');
    expect([...page.storage]).toEqual([['bptt.theme', 'dark']]);
  });

  it('are a convenience: a browser that refuses storage shows the page all the same', () => {
    const page = createFakePage(HOME);
    page.failure = new Error('SecurityError');
    const { state } = open(page);
    state().setTheme('dark');
    expect(state().theme).toBe('dark');
  });

  it('that are damaged are ignored', () => {
    const page = createFakePage(HOME);
    page.storage.set('bptt.theme', 'purple');
    page.storage.set('bptt.language', '__proto__');
    page.storage.set('bptt.singleKeys', 'perhaps');
    expect(readBoot(page, taskKnowledge)).toMatchObject({
      ...{ theme: 'system', language: 'en', singleKeys: true },
    });
  });
});
