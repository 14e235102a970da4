import { describeValue, isPlainObject } from '../model/describeValue';
import { BpttError, toErrorRecord } from '../model/errors';
import type { ConsoleApi } from './api';

/** The part of a window the bridge needs. */
export interface MessageWindow {
  addEventListener(type: 'message', listener: (event: IncomingMessage) => void): void;
  removeEventListener(type: 'message', listener: (event: IncomingMessage) => void): void;
}

interface IncomingMessage {
  readonly data: unknown;
  readonly origin: string;
  readonly source: object | null;
}

interface Receiver {
  postMessage(message: unknown, options: { targetOrigin: string }): void;
}

/** The calls by name; nothing else of the object can be reached. */
const CALLS: Record<string, (api: ConsoleApi, args: readonly unknown[]) => Promise<unknown>> = {
  ready: (api) => api.ready,
  evaluate: (api, args) => api.evaluate(args[0], args[1]),
  analyze: (api, args) => api.analyze(args[0], args[1]),
  train: (api, args) => api.train(args[0], args[1], args[2]),
  getConfig: (api) => api.getConfig(),
  setConfig: (api, args) => api.setConfig(args[0]),
  getResult: (api) => api.getResult(),
  shareUrl: (api) => api.shareUrl(),
};

/**
 * Answers {bptt: 1, id, call, args} with {bptt: 1, id, result | error}, to the sender only. For
 * pages opened with ?embed: whoever embeds the page may drive it.
 */
export function connectMessageBridge(window: MessageWindow, api: ConsoleApi): () => void {
  const answer = (event: IncomingMessage) => {
    const { data } = event;
    // Other messages, replies of another page among them, are not for us and get no answer.
    if (!isPlainObject(data) || data['bptt'] !== 1 || !Object.hasOwn(data, 'call')) return;
    const { id } = data;
    if (!isReceiver(event.source) || (typeof id !== 'string' && typeof id !== 'number')) return;
    const receiver = event.source;
    // A sandboxed or file: page has the origin "null", which cannot be addressed by name.
    const targetOrigin = event.origin === 'null' || event.origin === '' ? '*' : event.origin;
    const reply = (content: object) =>
      receiver.postMessage({ bptt: 1, id, ...content }, { targetOrigin });
    perform(api, data['call'], data['args']).then(
      (result) => reply({ result }),
      (error: unknown) => reply({ error: toErrorRecord(error) }),
    );
  };
  window.addEventListener('message', answer);
  return () => window.removeEventListener('message', answer);
}

function isReceiver(source: unknown): source is Receiver {
  return typeof source === 'object' && source !== null && 'postMessage' in source;
}

async function perform(api: ConsoleApi, name: unknown, args: unknown): Promise<unknown> {
  const call = typeof name === 'string' && Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
  if (call === undefined) {
    const known = Object.keys(CALLS).join(', ');
    const message = `call must be one of ${known}; got ${describeValue(name)}`;
    throw new BpttError('invalid-request', 'call', message);
  }
  if (args !== undefined && !Array.isArray(args)) {
    const message = `args must be an array, got ${describeValue(args)}`;
    throw new BpttError('invalid-request', 'args', message);
  }
  return call(api, args ?? []);
}
