import type { StoreApi } from 'zustand/vanilla';
import type { EngineClient } from '../engine/client';
import type { Configuration } from '../model/configuration';
import type { ConfigurationChange } from '../model/configurationSchema';
import { describeValue, isPlainObject, printable } from '../model/describeValue';
import { BpttError, fromErrorRecord, toErrorRecord } from '../model/errors';
import { analysisRequestFromInput } from '../model/analysisRequest';
import type { PublicAnalyses } from '../model/analyses';
import type { EngineKind, Evaluation } from '../model/evaluation';
import { problemFromInput } from '../model/problemFromInput';
import { trainingRequestFromInput } from '../model/trainingRequest';
import type { TrainingResult } from '../model/trainingResult';
import type { Session } from '../state/session';
import type { AppState, Language, ResultStore } from '../state/types';

/** `window.bptt`; described for its users in docs/console-api.md. */
export interface ConsoleApi {
  /** The engine in use first. */
  readonly ready: Promise<EngineDescription>;
  /** One forward and backward pass over the caller's own problem, beside the page's work. */
  evaluate(problem: unknown, options?: unknown): Promise<Evaluation>;
  /** What the gradient laboratory computes, for the caller's own problem. */
  analyze(problem: unknown, request: unknown): Promise<PublicAnalysis>;
  /** Trains the caller's own problem, beside the page's work. */
  train(problem: unknown, optimizer: unknown, options?: unknown): Promise<TrainingResult>;
  getConfig(): Promise<PublicConfiguration>;
  /** A change of some keys, as one undoable edit; resolves to the new configuration. */
  setConfig(partial: unknown): Promise<PublicConfiguration>;
  /** The numbers of what the page shows, once they belong to the present configuration. */
  getResult(): Promise<PublicResult>;
  /** The link that the Share button gives. */
  shareUrl(): Promise<string>;
}

type PublicAnalysis = PublicAnalyses[keyof PublicAnalyses]['value'];

interface EngineDescription {
  readonly engine: 'webgpu' | 'cpu';
  readonly adapter: string;
  readonly software: boolean;
}

type PublicConfiguration = Configuration & { readonly language: Language };

interface PublicResult {
  readonly engine: EngineKind;
  readonly adapter: string;
  readonly loss: number;
  /** w_t ℓ_t [T] */
  readonly lossPerStep: Float64Array;
  /** log2 of Frobenius norms over the batch; −Infinity only for exact zeros */
  readonly log2Norm: {
    readonly h: Float64Array;
    readonly dh: Float64Array;
    readonly delta: Float64Array;
    /** ‖Σ_n δ_t h_{t−1}ᵀ‖_F [T], each step's part of dWh */
    readonly contribution: Float64Array;
    readonly dWx: number;
    readonly dWh: number;
    readonly db: number;
    readonly dWy: number;
    readonly dc: number;
    readonly dh0: number;
  };
  readonly overflowAt: number | null;
  /** Milliseconds of the pass, readback included. */
  readonly elapsed: number;
}

export interface ConsoleParts {
  readonly store: StoreApi<AppState>;
  readonly results: ResultStore;
  readonly session: Pick<Session, 'settled'>;
  readonly client: Pick<EngineClient, 'ready' | 'evaluate' | 'analyze' | 'train'>;
  readonly shareUrl: () => string;
}

const ENGINES: readonly EngineKind[] = ['webgpu', 'cpu', 'reference'];
const LANGUAGES: readonly Language[] = ['en', 'zh-CN'];

/** Every rejection is a BpttError with a code, a path and a message that says what to do. */
export function createConsoleApi(parts: ConsoleParts): ConsoleApi {
  const { store, results, session, client, shareUrl } = parts;
  const ready = client.ready.then(({ kind, adapter }) => ({
    engine: kind,
    adapter: adapter.name,
    software: adapter.software,
  }));
  // Whoever awaits `ready` gets the reason; a page on which nobody does has shown it already.
  ready.catch(() => undefined);

  const configuration = (): PublicConfiguration => {
    const { configuration, language } = store.getState();
    return structuredClone({ ...configuration, language });
  };

  /** The engine asked for, or the one in use. */
  const engineFor = async (wanted: EngineKind | undefined): Promise<EngineKind> => {
    const first = await client.ready;
    const status = store.getState().engine;
    const inUse = status.state === 'ready' ? status : first;
    if (wanted === 'webgpu' && inUse.kind !== 'webgpu' && inUse.fallback !== null) {
      throw new BpttError(
        'webgpu-unavailable',
        'engine',
        `WebGPU is not available here (${inUse.fallback.message}). ` +
          "Use engine 'cpu' or 'reference', or a browser with WebGPU.",
      );
    }
    return wanted ?? inUse.kind;
  };

  return {
    ready,
    evaluate: (input, options) =>
      typed(async () => {
        const problem = problemFromInput(input);
        const wanted = engineOf(optionsFrom(options, ['engine']));
        return client.evaluate(problem, await engineFor(wanted));
      }),
    analyze: (input, wanted) =>
      typed(async () => {
        const problem = problemFromInput(input);
        const request = analysisRequestFromInput(wanted, problem);
        await client.ready;
        return client.analyze(problem, request);
      }),
    train: (input, optimizer, options) =>
      typed(async () => {
        const problem = problemFromInput(input);
        const request = trainingRequestFromInput(optimizer);
        const given = optionsFrom(options, ['engine', 'signal']);
        const wanted = engineOf(given);
        const signal = signalOf(given);
        const engine = await engineFor(wanted);
        return client.train(problem, request, engine, signal ? { signal } : {});
      }),
    getConfig: () => typed(configuration),
    setConfig: (partial) =>
      typed(() => {
        const { language, change } = splitLanguage(partial);
        store.getState().change(change);
        if (language !== null) store.getState().setLanguage(language);
        return configuration();
      }),
    getResult: () =>
      typed(async () => {
        await session.settled();
        const error = results.error();
        if (error !== null) throw fromErrorRecord(error);
        return publicResult(results);
      }),
    shareUrl: () => typed(shareUrl),
  };
}

/** Runs a call and lets nothing but a BpttError out of it. */
async function typed<V>(call: () => V | Promise<V>): Promise<V> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof BpttError ? error : fromErrorRecord(toErrorRecord(error));
  }
}

function invalidRequest(path: string, message: string): BpttError {
  return new BpttError('invalid-request', path, message);
}

/** The options of a call, none of them unknown. */
function optionsFrom(options: unknown, known: readonly string[]): Record<string, unknown> {
  if (options === undefined) return {};
  if (!isPlainObject(options)) {
    throw invalidRequest('', `The options must be a plain object, got ${describeValue(options)}.`);
  }
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const name = printable(unknown);
    throw invalidRequest(name, `Unknown option "${name}"; there is ${known.join(', ')}.`);
  }
  return options;
}

function signalOf({ signal }: Record<string, unknown>): AbortSignal | undefined {
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  const got = describeValue(signal);
  throw invalidRequest('signal', `signal must be an AbortSignal, got ${got}`);
}

function engineOf({ engine }: Record<string, unknown>): EngineKind | undefined {
  if (engine === undefined) return undefined;
  const found = ENGINES.find((kind) => kind === engine);
  if (found !== undefined) return found;
  const choices = ENGINES.join(', ');
  throw invalidRequest('engine', `engine must be one of ${choices}; got ${describeValue(engine)}`);
}

/** `language` is checked here; the rest is checked by the store, like every other edit. */
function splitLanguage(partial: unknown): {
  language: Language | null;
  change: ConfigurationChange;
} {
  if (!isPlainObject(partial)) {
    const got = describeValue(partial);
    throw new BpttError('invalid-configuration', '', `setConfig takes a plain object, got ${got}.`);
  }
  const { language: wanted, ...change } = partial;
  if (wanted === undefined) return { language: null, change };
  const language = LANGUAGES.find((known) => known === wanted);
  if (language !== undefined) return { language, change };
  throw new BpttError(
    'invalid-configuration',
    'language',
    `language must be one of ${LANGUAGES.join(', ')}; got ${describeValue(wanted)}`,
  );
}

function publicResult(results: ResultStore): PublicResult {
  const result = results.get();
  if (result === null) {
    throw new BpttError('aborted', '', 'The page closed before there was a result.');
  }
  const { engine, adapter, totalLoss, overflowAt, series, log2Gradient, elapsed } = result.summary;
  return structuredClone({
    engine,
    adapter: adapter.name,
    loss: totalLoss,
    lossPerStep: series.stepLosses,
    log2Norm: {
      h: series.log2State,
      dh: series.log2StateGradient,
      delta: series.log2ErrorSignal,
      contribution: series.log2Contribution,
      dWx: log2Gradient.inputWeights,
      dWh: log2Gradient.recurrentWeights,
      db: log2Gradient.hiddenBias,
      dWy: log2Gradient.outputWeights,
      dc: log2Gradient.outputBias,
      dh0: log2Gradient.initialState,
    },
    overflowAt,
    elapsed,
  });
}
