import { BpttError, fromErrorRecord } from '../../model/errors';
import type { EngineKind } from '../../model/evaluation';
import type { EngineChoice, EngineClient, EngineReady } from '../client';
import type { WorkerCall, WorkerCalls, WorkerMessage, WorkerRequest } from './protocol';

/** The part of Worker that is used; tests give their own. */
export interface WorkerPort {
  postMessage(message: WorkerRequest): void;
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

interface PendingCall {
  readonly call: WorkerCall;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: BpttError) => void;
}

const SUPERSEDED = 'Superseded by a later request.';

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
  ): Promise<WorkerCalls[C]['value']> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, {
        call,
        resolve: (value) => resolve(value as WorkerCalls[C]['value']),
        reject,
      });
      this.port.postMessage({ type: 'call', id, call, args } as WorkerRequest);
    });
  }

  /** Rejects every pending request of this kind with 'aborted' and tells the worker. */
  supersede(call: WorkerCall): void {
    for (const [id, pending] of this.#pending) {
      if (pending.call !== call) continue;
      this.#pending.delete(id);
      this.port.postMessage({ type: 'cancel', id });
      pending.reject(new BpttError('aborted', '', SUPERSEDED));
    }
  }
}

/**
 * The page's side of the engine worker.
 * @param createWorker makes a worker running worker.ts; called once at once, and once more when
 *   the console API first asks for the CPU or the reference engine, whose work would otherwise hold
 *   up the page's own.
 */
export function createWorkerClient(
  createWorker: () => WorkerPort,
  choice: EngineChoice,
): EngineClient {
  const listeners = new Set<(engine: EngineReady) => void>();
  const ready = Promise.withResolvers<EngineReady>();
  const settled = Promise.withResolvers<EngineReady>();
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
  const sideChannel = () =>
    (side ??= start(
      'cpu',
      () => undefined,
      () => {
        side?.port.terminate();
        side = null; // the next evaluation starts a new one
      },
    ));

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
      return main.call('run', { problem, window, step });
    },
    cancelRun() {
      main.supersede('run');
    },
    look(window, step) {
      main.supersede('look');
      return main.call('look', { window, step });
    },
    evaluate(problem, engine: EngineKind) {
      const channel = engine === 'webgpu' ? main : sideChannel();
      return channel.call('evaluate', { problem, engine });
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
