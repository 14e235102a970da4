import { requireCheckable } from '../../model/checkWork';
import { BpttError, fromErrorRecord } from '../../model/errors';
import type { EngineKind } from '../../model/evaluation';
import type { Problem } from '../../model/problem';
import type { AnalysisRequest, AnalysisValue } from '../../model/analyses';
import type { AnalysisOptions, EngineChoice, EngineClient, EngineReady } from '../client';
import { ENGINE_ANALYSES } from './protocol';
import type { WorkerCall, WorkerCalls, WorkerMessage, WorkerRequest } from './protocol';

/** The part of Worker that is used; tests give their own. */
export interface WorkerPort {
  postMessage(message: WorkerRequest): void;
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

interface CallOptions {
  /** Of the type that this call's parts have */
  readonly onPart?: ((part: never) => void) | undefined;
  readonly pause?: AbortSignal | undefined;
  /** Names what a later call may supersede; null is never superseded */
  readonly key: string | null;
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface PendingCall extends CallOptions {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: BpttError) => void;
}

/** Promise.withResolvers, which Node 20 and older browsers lack. */
function deferred<V>() {
  let resolve: (value: V) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<V>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

/** Begins the keys of the page's own analyses. */
const ANALYSIS = 'analysis:';
const SUPERSEDED = 'Superseded by a later request.';
const CANCELLED = 'Cancelled.';

/** Calls and answers over one worker. */
class Channel {
  readonly #pending = new Map<number, PendingCall>();
  #nextId = 1;
  #failure: BpttError | null = null;

  constructor(
    readonly port: WorkerPort,
    onEngine: (engine: EngineReady, settled: boolean) => void,
    onFailure: (error: BpttError) => void,
  ) {
    port.onmessage = ({ data }) => {
      if (data.type === 'engine') {
        onEngine(data.engine, data.settled);
        return;
      }
      const pending = this.#pending.get(data.id);
      if (pending === undefined) return; // answered after it was superseded
      if (data.type === 'part') {
        pending.onPart?.(data.part as never);
        return;
      }
      if (data.type === 'progress') {
        pending.onProgress?.(data.done);
        return;
      }
      this.#pending.delete(data.id);
      if (data.type === 'value') pending.resolve(data.value);
      else pending.reject(fromErrorRecord(data.error));
    };
    port.onerror = (event) => {
      this.#failure = new BpttError(
        'worker-failed',
        '',
        `The engine's worker stopped: ${event.message || 'its script did not load'}. Reload the page.`,
      );
      for (const { reject } of this.#pending.values()) reject(this.#failure);
      this.#pending.clear();
      onFailure(this.#failure);
    };
  }

  call<C extends WorkerCall>(
    call: C,
    args: WorkerCalls[C]['args'],
    options: CallOptions,
  ): Promise<WorkerCalls[C]['value']> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (options.signal?.aborted) return Promise.reject(new BpttError('aborted', '', CANCELLED));
    const id = this.#nextId++;
    options.signal?.addEventListener('abort', () => this.#cancel(id, CANCELLED), { once: true });
    const { pause } = options;
    const onPause = () => this.port.postMessage({ type: 'pause', id });
    return new Promise((resolve, reject) => {
      this.#pending.set(id, {
        ...options,
        resolve: (value) => resolve(value as WorkerCalls[C]['value']),
        reject,
      });
      this.port.postMessage({ type: 'call', id, call, args } as WorkerRequest);
      if (pause?.aborted) onPause();
      else pause?.addEventListener('abort', onPause, { once: true });
    });
  }

  /** Rejects every pending request whose key begins so with 'aborted' and tells the worker. */
  supersede(prefix: string): void {
    for (const [id, { key }] of this.#pending) {
      if (key !== null && key.startsWith(prefix)) this.#cancel(id, SUPERSEDED);
    }
  }

  #cancel(id: number, reason: string): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return; // answered already
    this.#pending.delete(id);
    this.port.postMessage({ type: 'cancel', id });
    pending.reject(new BpttError('aborted', '', reason));
  }
}

/**
 * The page's side of the engine worker.
 * @param createWorker makes a worker running worker.ts; called once at once, and once more when
 *   something is first asked whose work on the CPU would otherwise hold up the page's own: the CPU
 *   or the reference engine, an analysis, a check, a training there.
 */
export function createWorkerClient(
  createWorker: () => WorkerPort,
  choice: EngineChoice,
): EngineClient {
  const listeners = new Set<(engine: EngineReady) => void>();
  const ready = deferred<EngineReady>();
  const settled = deferred<EngineReady>();
  // Whoever waits for them reports the failure; nobody has to wait.
  ready.promise.catch(() => undefined);
  settled.promise.catch(() => undefined);

  const start = (
    choice: EngineChoice,
    onEngine: (engine: EngineReady, settled: boolean) => void,
    onFailure: (error: BpttError) => void,
  ) => {
    const port = createWorker();
    const channel = new Channel(port, onEngine, onFailure);
    port.postMessage({ type: 'start', choice });
    return channel;
  };

  const main = start(
    choice,
    (engine, isSettled) => {
      inUse = engine;
      ready.resolve(engine);
      if (isSettled) settled.resolve(engine);
      for (const listener of listeners) listener(engine);
    },
    (error) => {
      ready.reject(error);
      settled.reject(error);
    },
  );
  let side: Channel | null = null;
  let inUse: EngineReady | null = null;
  let runs = 0;
  /** The page's own analyses whose key begins so. */
  const endAnalyses = (prefix: string) => {
    main.supersede(prefix);
    side?.supersede(prefix);
  };
  const sideChannel = () =>
    (side ??= start(
      'cpu',
      () => undefined,
      () => {
        side?.port.terminate();
        side = null; // the next evaluation starts a new one
      },
    ));

  /** The engine in use, unless its work would hold up the page's own. */
  const ofEngine = () => (inUse?.kind === 'webgpu' ? main : sideChannel());
  /**
   * For long work of many small passes: an emulated GPU is slower at it than the CPU engine, which has
   * a thread of its own (docs/performance.md). ?engine=webgpu insists.
   */
  const ofFaster = () => {
    const isWorthIt = inUse?.adapter.software === false || choice === 'webgpu';
    return inUse?.kind === 'webgpu' && isWorthIt ? main : sideChannel();
  };
  /** Of a request beside the page's own runs, which ends the one before it with the same key. */
  const beside = ({ key: name, onProgress, signal }: AnalysisOptions): CallOptions => {
    const key = name === undefined ? null : `${ANALYSIS}${name};`;
    if (key !== null) endAnalyses(key);
    return { key, onProgress, signal };
  };

  return {
    ready: ready.promise,
    settled: settled.promise,
    onEngineChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    run(problem, window, step) {
      main.supersede('run');
      main.supersede('look');
      endAnalyses(ANALYSIS);
      runs++;
      return main.call('run', { problem, window, step }, { key: 'run' });
    },
    cancelRun() {
      main.supersede('run');
    },
    look(window, step) {
      main.supersede('look');
      return main.call('look', { window, step }, { key: 'look' });
    },
    async view(window) {
      const { from: step, batchEntry } = window;
      const request = { window, step: { step, batchEntry } };
      return (await main.call('look', request, { key: null })).view;
    },
    evaluate(problem, engine: EngineKind) {
      const channel = engine === 'webgpu' ? main : sideChannel();
      return channel.call('evaluate', { problem, engine }, { key: null });
    },
    series(problem, request, options = {}) {
      return ofEngine().call('series', { problem, request }, beside(options));
    },
    analyze<R extends AnalysisRequest>(
      problem: Problem,
      request: R,
      options: AnalysisOptions = {},
    ): Promise<AnalysisValue<R>> {
      const channel = ENGINE_ANALYSES.includes(request.kind) ? ofEngine() : sideChannel();
      return channel.call('analyze', { problem, request }, beside(options));
    },
    async check(problem, options = {}, { key: name = '', onProgress, signal } = {}) {
      requireCheckable(problem, options.differences === true);
      const key = `${ANALYSIS}check ${name};`;
      endAnalyses(key);
      const at = runs;
      const shown = await main.call('tensors', null, { key, signal });
      // A run in the meantime has ended the check, but not what had not reached a channel yet.
      if (at !== runs) throw new BpttError('aborted', '', SUPERSEDED);
      return sideChannel().call('check', { shown, options }, { key, onProgress, signal });
    },
    train(problem, request, engine, { onProgress, signal } = {}) {
      const channel = engine === 'webgpu' ? main : sideChannel();
      const options = { key: null, onProgress, signal };
      return channel.call('train', { problem, request, engine }, options);
    },
    stretch(request, { onPart, pause, signal }) {
      return ofFaster().call('stretch', request, { key: null, onPart, pause, signal });
    },
    surface(request, options = {}) {
      const { onPart } = options;
      // Many short passes are what an emulated GPU is worst at: the CPU engine is many times faster.
      const channel = ofFaster();
      return channel.call('surface', request, { ...beside(options), onPart });
    },
    retryGpu() {
      main.port.postMessage({ type: 'retryGpu' });
    },
    dispose() {
      main.port.terminate();
      side?.port.terminate();
    },
  };
}
