import type { StoreApi } from 'zustand/vanilla';
import type { EngineChoice } from '../engine/client';
import { DEFAULT_CONFIGURATION, type Configuration } from '../model/configuration';
import { fitConfiguration, type TaskKnowledge } from '../model/configurationRules';
import { printable } from '../model/describeValue';
import { BpttError, toErrorRecord, type ErrorRecord } from '../model/errors';
import { decode, encode, type LinkProblem } from '../share/link';
import { memoryOf, type Page } from './page';
import type { AppState, Language, Theme } from './types';

export type { Page } from './page';

/** What the address and the remembered settings say when the page opens. */
export interface Boot {
  readonly configuration: Configuration;
  readonly language: Language;
  readonly theme: Theme;
  readonly singleKeys: boolean;
  readonly engineChoice: EngineChoice;
  readonly embed: boolean;
  /** A bad link or query; the page then shows the default. */
  readonly notice: ErrorRecord | null;
}

export interface Persistence {
  /** The address of a configuration, the present one by default. Throws BpttError 'too-large'. */
  readonly shareUrl: (configuration?: Configuration) => string;
  /** Writes what is still waiting, then stops listening. */
  readonly dispose: () => void;
}

const THEME_KEY = 'bptt.theme';
const LANGUAGE_KEY = 'bptt.language';
const SINGLE_KEYS_KEY = 'bptt.singleKeys';
const THEMES: readonly Theme[] = ['light', 'dark', 'system'];
const ENGINES: readonly EngineChoice[] = ['automatic', 'webgpu', 'cpu'];
const WRITE_DELAY = 300;
/** Safari refuses more than 100 history entries in 30 s. */
const THROTTLED_DELAY = 5000;

/** Reads the address once; writes nothing. */
export function readBoot(page: Page, knowledge: TaskKnowledge): Boot {
  const query = new URLSearchParams(page.location.search);
  const embed = query.has('embed');
  const memory = memoryOf(page, !embed);
  const link = readLink(fragmentOf(page), knowledge);
  const engine = query.get('engine') ?? 'automatic';
  const engineChoice = ENGINES.find((choice) => choice === engine);
  const remembered = memory.read(THEME_KEY);
  return {
    configuration: link !== null && link.ok ? link.configuration : DEFAULT_CONFIGURATION,
    language:
      languageOf(query.get('lang') ?? '') ??
      languageOf(memory.read(LANGUAGE_KEY) ?? '') ??
      page.navigator.languages.map(languageOf).find((language) => language !== null) ??
      'en',
    theme: THEMES.find((theme) => theme === remembered) ?? 'system',
    singleKeys: memory.read(SINGLE_KEYS_KEY) !== 'off',
    engineChoice: engineChoice ?? 'automatic',
    embed,
    notice: link !== null && !link.ok ? link.notice : noticeOfEngine(engineChoice, engine),
  };
}

/** 'zh-CN' for every Chinese, 'en' for every English; null for what is neither. */
function languageOf(tag: string): Language | null {
  const [primary] = tag.toLowerCase().split('-');
  if (primary === 'zh') return 'zh-CN';
  return primary === 'en' ? 'en' : null;
}

function noticeOfEngine(choice: EngineChoice | undefined, given: string): ErrorRecord | null {
  if (choice !== undefined) return null;
  const message = `?engine must be ${ENGINES.join(', ')}, got "${printable(given)}".`;
  return { code: 'invalid-request', path: 'engine', message, details: {} };
}

function fragmentOf(page: Page): string {
  return page.location.hash.replace(/^#/, '');
}

type OpenedLink =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly notice: ErrorRecord };

/** null for no link: nothing, or the name of a place on the page ("#controls"). */
function readLink(fragment: string, knowledge: TaskKnowledge): OpenedLink | null {
  if (!fragment.includes('=')) return null;
  const decoded = decode(fragment);
  if (!decoded.ok) return { ok: false, notice: noticeOfLink(decoded.problems, fragment) };
  try {
    return { ok: true, configuration: fitConfiguration(decoded.configuration, knowledge) };
  } catch (error) {
    const { path, message } = toErrorRecord(error);
    return { ok: false, notice: noticeOfLink([{ path, message, code: 'invalid-link' }], fragment) };
  }
}

function noticeOfLink(problems: readonly LinkProblem[], raw: string): ErrorRecord {
  const code = problems[0]?.code ?? 'invalid-link';
  const message = problems.map((problem) => problem.message).join(' ');
  return { code, path: '', message, details: { problems: problems.length, raw } };
}

/**
 * Keeps the address, the theme and the language in step with the store, and opens links that arrive
 * while the page is open. The only module that touches location, history or localStorage.
 */
export function connectPersistence(
  store: StoreApi<AppState>,
  page: Page,
  boot: Boot,
  knowledge: TaskKnowledge,
): Persistence {
  const memory = memoryOf(page, !boot.embed);
  let written = fragmentOf(page);
  let timer: number | null = null;
  let tooLarge: ErrorRecord | null = null;

  /** The fragment of the store, or null (said once) when the user's data do not fit a link. */
  function presentFragment(): string | null {
    try {
      const fragment = encode(store.getState().configuration);
      if (tooLarge !== null && store.getState().notice === tooLarge)
        store.getState().setNotice(null);
      tooLarge = null;
      return fragment;
    } catch (error) {
      if (!(error instanceof BpttError)) throw error;
      if (tooLarge === null) {
        tooLarge = toErrorRecord(error);
        store.getState().setNotice(tooLarge);
      }
      return null;
    }
  }

  function write(): void {
    timer = null;
    // A link may be there whose hashchange is still to come.
    if (fragmentOf(page) !== written) openAddress();
    // While the dialog asks, the address stays the link's: reloading opens the link.
    if (store.getState().pendingLink !== null) return;
    const fragment = presentFragment();
    if (fragment === null) return;
    const query = queryOf(page, store.getState().language);
    if (fragment === written && query === page.location.search) return;
    try {
      page.history.replaceState(null, '', `${page.location.pathname}${query}#${fragment}`);
      written = fragment;
    } catch {
      // Safari throttles history by an exception. Nothing is lost: the store has the truth and the
      // next attempt writes all of it.
      writeIn(THROTTLED_DELAY);
    }
  }

  function writeIn(milliseconds: number): void {
    if (timer !== null) page.clearTimeout(timer);
    timer = page.setTimeout(write, milliseconds);
  }

  function flush(): void {
    if (timer === null) return;
    page.clearTimeout(timer);
    write();
  }

  function openAddress(): void {
    const fragment = fragmentOf(page);
    if (fragment === written) return;
    const link = readLink(fragment, knowledge);
    if (link === null) return;
    written = fragment;
    const state = store.getState();
    if (!link.ok) return state.setNotice(link.notice);
    const code = state.notice?.code;
    if (code === 'invalid-link' || code === 'link-too-new') state.setNotice(null);
    state.openLink(link.configuration);
  }

  const unsubscribe = store.subscribe((state, before) => {
    if (state.theme !== before.theme) memory.write(THEME_KEY, state.theme);
    if (state.language !== before.language) memory.write(LANGUAGE_KEY, state.language);
    if (state.singleKeys !== before.singleKeys) {
      memory.write(SINGLE_KEYS_KEY, state.singleKeys ? 'on' : 'off');
    }
    if (
      state.configuration !== before.configuration ||
      state.language !== before.language ||
      state.pendingLink !== before.pendingLink
    ) {
      writeIn(WRITE_DELAY);
    }
  });
  page.addEventListener('hashchange', openAddress);
  page.addEventListener('pagehide', flush);

  return {
    shareUrl(configuration = store.getState().configuration) {
      const { language } = store.getState();
      const [base] = page.location.href.split(/[?#]/);
      return `${base}?lang=${language}#${encode(configuration)}`;
    },
    dispose() {
      flush();
      unsubscribe();
      page.removeEventListener('hashchange', openAddress);
      page.removeEventListener('pagehide', flush);
    },
  };
}

/** The address's query, where ?lang follows the language chosen since; other parts stay. */
function queryOf(page: Page, language: Language): string {
  const query = new URLSearchParams(page.location.search);
  if (!query.has('lang') || query.get('lang') === language) return page.location.search;
  query.set('lang', language);
  // URLSearchParams writes ?embed as ?embed=.
  return `?${query.toString().replace(/=(?=&|$)/g, '')}`;
}
