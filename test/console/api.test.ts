import { describe, expect, it } from 'vitest';
import { createConsoleApi, type ConsoleApi } from '../../src/console/api';
import { installConsoleApi } from '../../src/console/install';
import { connectMessageBridge, type MessageWindow } from '../../src/console/messageBridge';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import { BpttError } from '../../src/model/errors';
import { runOf } from '../../src/model/pins';
import { createResultStore } from '../../src/state/resultStore';
import { createSession } from '../../src/state/session';
import { createAppStore } from '../../src/state/store';
import { taskKnowledge } from '../../src/state/taskKnowledge';
import { buildProblem } from '../../src/tasks/buildProblem';
import { CPU, createFakeEngine, WEBGPU } from '../state/fakeEngine';

const VIEW = { ...DEFAULT_CONFIGURATION.view, step: 4 };
const D = { ...DEFAULT_CONFIGURATION, T: 20, H: 5, view: VIEW };
const PROBLEM = {
  ...{ T: 1, B: 1, I: 1, H: 1, O: 1 },
  ...{ activation: 'tanh', outputActivation: 'identity', loss: 'mse' },
  ...{ Wh: [1], Wx: [1], b: [0], Wy: [1], c: [0], x: [1], target: [0] },
};

/** The browser's own window can carry the bridge. */
export const windowIsMessageWindow = (window: Window): MessageWindow => window;

function open() {
  const client = createFakeEngine(() => 2);
  const store = createAppStore(
    { configuration: D, language: 'en', theme: 'system' },
    taskKnowledge,
  );
  const results = createResultStore((callback) => setTimeout(callback, 1));
  const session = createSession({ store, client, buildProblem, results });
  const shareUrl = () => 'https://example.org/#v=1';
  const api = createConsoleApi({ store, results, session, client, shareUrl });
  return { api, client, state: () => store.getState() };
}

async function rejection(call: Promise<unknown>): Promise<BpttError> {
  const error: unknown = await call.then(
    () => new Error('The call succeeded.'),
    (reason: unknown) => reason,
  );
  if (error instanceof BpttError) return error;
  throw error;
}

describe('window.bptt', () => {
  it('says which engine is ready', async () => {
    expect(await open().api.ready).toEqual({ engine: 'cpu', adapter: 'CPU', software: true });
  });

  it('evaluates on the engine in use, or on the one asked for', async () => {
    const { api, client } = open();
    expect((await api.evaluate(PROBLEM)).engine).toBe('cpu');
    expect((await api.evaluate(PROBLEM, { engine: 'reference' })).engine).toBe('reference');
    client.use(WEBGPU);
    expect((await api.evaluate(PROBLEM, {})).engine).toBe('webgpu');
  });

  it('analyzes beside the page’s own work', async () => {
    const { api, client } = open();
    await api.analyze(PROBLEM, { kind: 'jacobian', from: 0, to: 1 });
    await api.analyze(PROBLEM, { kind: 'meanField', activation: 'tanh', sigmaW: 1, sigmaB: 0 });
    expect(client.calls).toEqual(
      expect.arrayContaining(['analyze jacobian', 'analyze meanField']) as string[],
    );
  });

  it.each<[unknown, string, string]>([
    [undefined, '', 'The request must be a plain object, got nothing.'],
    [
      {},
      'kind',
      'kind must be one of lag, jacobian, lyapunov, contributions, spectrum, truncation, meanField',
    ],
    [{ kind: 'truncationSweep', every: 1, points: 5 }, 'kind', 'kind must be one of'],
    [{ kind: 'truncation' }, 'scheme', 'got nothing'],
    [{ kind: 'truncation', scheme: 'none' }, 'scheme', 'got the text "none"'],
    [{ kind: 'truncation', scheme: { kind: 'constructor' } }, 'scheme.kind', 'none, cuts, chunked'],
    [{ kind: 'truncation', scheme: { kind: 'none', every: 1 } }, 'scheme.every', 'Unknown key'],
    [{ kind: 'truncation', scheme: { kind: 'chunked' } }, 'scheme.every', 'got nothing'],
    [{ kind: 'truncation', scheme: { kind: 'reset', every: 0 } }, 'scheme.every', 'got 0'],
    [
      { kind: 'truncation', scheme: { kind: 'sliding', depth: 3, every: 4 } },
      'scheme.every',
      'from 1 to 3, got 4',
    ],
    [
      { kind: 'truncation', scheme: { kind: 'random', keep: 0, seed: 1 } },
      'scheme.keep',
      'from 0.000001 to 1, got 0',
    ],
    [
      { kind: 'truncation', scheme: { kind: 'random', keep: 0.5, seed: 2 ** 32 } },
      'scheme.seed',
      'got 4294967296',
    ],
    [{ kind: 'truncation', scheme: { kind: 'cuts', at: [1, 2] } }, 'scheme.at', 'at most T steps'],
    [
      { kind: 'truncation', scheme: { kind: 'cuts', at: [2] } },
      'scheme.at[0]',
      'from 1 to 1, got 2',
    ],
    [
      { kind: 'truncation', scheme: { kind: 'chunked', every: 2 }, samples: 5 },
      'samples',
      'draws of a random scheme',
    ],
    [
      { kind: 'truncation', scheme: { kind: 'random', keep: 0.5, seed: 1 }, samples: 0.5 },
      'samples',
      'from 1 to 1000000, got 0.5',
    ],
    [{ kind: 'singularValues', from: 0, to: 1 }, 'kind', 'kind must be one of'],
    [{ kind: '__proto__' }, 'kind', 'kind must be one of'],
    [{ kind: 'lag', from: 1 }, 'from', 'Unknown key "from"; lag has kind.'],
    [{ kind: 'jacobian', from: 1, to: 1 }, 'from', 'from 0 to 0, got 1'],
    [{ kind: 'jacobian', from: 0, to: 2 }, 'to', 'from 1 to 1, got 2'],
    [{ kind: 'jacobian', from: 0 }, 'to', 'got nothing'],
    [{ kind: 'lyapunov', skip: 0.5 }, 'skip', 'skip must be a whole number from 0 to 0, got 0.5'],
    [{ kind: 'meanField', activation: 'cos' }, 'activation', 'got the text "cos"'],
    [{ kind: 'meanField', activation: 'tanh', sigmaW: -1 }, 'sigmaW', 'from 0 to 1e6, got -1'],
    [{ kind: 'meanField', activation: 'tanh', sigmaW: 1, sigmaB: NaN }, 'sigmaB', 'got NaN'],
  ])('refuses the request %j', async (request, path, message) => {
    const error = await rejection(open().api.analyze(PROBLEM, request));
    expect(error).toMatchObject({ code: 'invalid-request', path });
    expect(error.message).toContain(message);
  });

  it('trains on the engine in use, or on the one asked for', async () => {
    const { api, client } = open();
    const sgd = { kind: 'sgd', lr: 0.1, steps: 7 };
    expect(await api.train(PROBLEM, sgd)).toMatchObject({ engine: 'cpu' });
    client.use(WEBGPU);
    expect((await api.train(PROBLEM, { ...sgd, kind: 'adam' })).losses.length).toBe(7);
    await api.train(PROBLEM, sgd, { engine: 'reference' });
    expect(client.calls.filter((call) => call.startsWith('train'))).toEqual([
      ...['train cpu sgd', 'train webgpu adam', 'train reference sgd'],
    ]);
  });

  it('a training is ended by its signal', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const training = open().api.train(PROBLEM, { kind: 'sgd', lr: 1, steps: 9 }, { signal });
    controller.abort();
    expect(await rejection(training)).toMatchObject({ code: 'aborted' });
  });

  it.each<[unknown, string, string]>([
    [undefined, '', 'The optimizer must be a plain object, got nothing.'],
    [{}, 'kind', 'kind must be one of sgd, rmsprop, adam; got nothing'],
    [{ kind: 'SGD', lr: 1, steps: 1 }, 'kind', 'got the text "SGD"'],
    [{ kind: '__proto__' }, 'kind', 'got the text'],
    [{ kind: 'sgd', steps: 1 }, 'lr', 'lr must be a number from 0 to 1000000, got nothing'],
    [{ kind: 'sgd', lr: NaN, steps: 1 }, 'lr', 'got NaN'],
    [{ kind: 'sgd', lr: -0.1, steps: 1 }, 'lr', 'got -0.1'],
    [{ kind: 'sgd', lr: '0.1', steps: 1 }, 'lr', 'got the text "0.1"'],
    [{ kind: 'sgd', lr: 0.1 }, 'steps', 'a whole number from 1 to 1000000, got nothing'],
    [{ kind: 'sgd', lr: 0.1, steps: 0 }, 'steps', 'got 0'],
    [{ kind: 'sgd', lr: 0.1, steps: 2.5 }, 'steps', 'got 2.5'],
    [{ kind: 'sgd', lr: 0.1, steps: 1_000_001 }, 'steps', 'got 1000001'],
    [{ kind: 'sgd', lr: 0.1, steps: 1, betas: [0, 0] }, 'betas', 'Unknown key "betas"; sgd has'],
    [{ kind: 'adam', lr: 0.1, steps: 1, momentum: 0.9 }, 'momentum', 'Unknown key'],
    [{ kind: 'adam', lr: 0.1, steps: 1, betas: [0.9] }, 'betas', 'got an array of 1'],
    [{ kind: 'adam', lr: 0.1, steps: 1, betas: [0.9, 1] }, 'betas[1]', 'below 1, got 1'],
    [{ kind: 'adam', lr: 0.1, steps: 1, betas: null }, 'betas', 'got null'],
    [{ kind: 'adam', lr: 0.1, steps: 1, amsgrad: 1 }, 'amsgrad', 'true or false, got 1'],
    [{ kind: 'adam', lr: 0.1, steps: 1, eps: -1 }, 'eps', 'got -1'],
    [{ kind: 'rmsprop', lr: 0.1, steps: 1, alpha: 1 }, 'alpha', 'below 1, got 1'],
    [{ kind: 'rmsprop', lr: 0.1, steps: 1, nesterov: true }, 'nesterov', 'Unknown key'],
    [{ kind: 'sgd', lr: 0.1, steps: 1, nesterov: true }, 'nesterov', 'a momentum above 0'],
    [
      { kind: 'sgd', lr: 0.1, steps: 1, nesterov: true, momentum: 0.9, dampening: 0.1 },
      'nesterov',
      'no dampening',
    ],
    [{ kind: 'sgd', lr: 0.1, steps: 1, clipNorm: 0 }, 'clipNorm', 'a positive number'],
    [{ kind: 'sgd', lr: 0.1, steps: 1, clipValue: Infinity }, 'clipValue', 'got Infinity'],
    [
      { kind: 'sgd', lr: 0.1, steps: 1, weightDecay: 0.1, weight_decay: 0.1 },
      'weight_decay',
      'give one of them',
    ],
  ])('refuses the optimizer %j', async (optimizer, path, message) => {
    const error = await rejection(open().api.train(PROBLEM, optimizer));
    expect(error).toMatchObject({ code: 'invalid-request', path });
    expect(error.message).toContain(message);
  });

  it('refuses a bad problem and bad options of a training', async () => {
    const { api } = open();
    const sgd = { kind: 'sgd', lr: 0.1, steps: 7 };
    const problem = await rejection(api.train({ ...PROBLEM, Wh: [] }, sgd));
    expect(problem).toMatchObject({ code: 'invalid-problem', path: 'Wh' });
    const engine = await rejection(api.train(PROBLEM, sgd, { engine: 'gpu' }));
    expect(engine).toMatchObject({ code: 'invalid-request', path: 'engine' });
    const signal = await rejection(api.train(PROBLEM, sgd, { signal: true }));
    expect(signal).toMatchObject({ code: 'invalid-request', path: 'signal' });
    const unknown = await rejection(api.train(PROBLEM, sgd, { onStep: 1 }));
    expect(unknown.message).toBe('Unknown option "onStep"; there is engine, signal.');
  });

  it('refuses a bad problem by code and path', async () => {
    const error = await rejection(open().api.evaluate({ ...PROBLEM, Wh: [1, 2] }));
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      code: 'invalid-problem',
      path: 'Wh',
      message: 'Wh needs 1 numbers (H×H = 1×1), got 2',
    });
  });

  it.each<[unknown, string]>([
    [{ engine: 'gpu' }, 'engine'],
    [{ engine: 1 }, 'engine'],
    [{ motor: 'cpu' }, 'motor'],
    ['cpu', ''],
    [null, ''],
  ])('refuses the options %j', async (options, path) => {
    const error = await rejection(open().api.evaluate(PROBLEM, options));
    expect(error).toMatchObject({ code: 'invalid-request', path });
  });

  it('says why WebGPU cannot be had', async () => {
    const { api, client } = open();
    const fallback = {
      code: 'webgpu-unavailable',
      path: '',
      message: 'no adapter',
      details: {},
    } as const;
    client.use({ ...CPU, fallback });
    const error = await rejection(api.evaluate(PROBLEM, { engine: 'webgpu' }));
    expect(error).toMatchObject({ code: 'webgpu-unavailable', path: 'engine' });
    expect(error.message).toContain('no adapter');
    expect(client.calls).not.toContain('evaluate webgpu');
  });

  it('gives a copy of the configuration with the language', async () => {
    const { api, state } = open();
    const config = await api.getConfig();
    expect(config).toEqual({ ...D, language: 'en' });
    (config.cuts as number[]).push(3);
    expect(state().configuration.cuts).toEqual([]);
  });

  it('changes the configuration like a control, undo included', async () => {
    const { api, state } = open();
    const config = await api.setConfig({ T: 30, cuts: [9, 4], language: 'zh-CN' });
    expect(config).toEqual({ ...D, T: 30, cuts: [4, 9], language: 'zh-CN' });
    expect(state().canUndo).toBe(true);
    state().undo();
    expect(await api.getConfig()).toMatchObject({ T: 20, cuts: [] });
    await api.setConfig(await api.getConfig());
  });

  it.each<[unknown, string]>([
    [{ color: 1 }, 'color'],
    [{ T: 30, B: 0 }, 'B'],
    [{ T: 30, language: 'fr' }, 'language'],
    [{ language: 'zh-CN', T: 0 }, 'T'],
    [[], ''],
    [undefined, ''],
  ])('refuses setConfig(%j) as a whole', async (partial, path) => {
    const { api } = open();
    const error = await rejection(api.setConfig(partial));
    expect(error).toMatchObject({ code: 'invalid-configuration', path });
    expect(await api.getConfig()).toEqual({ ...D, language: 'en' });
  });

  it('pins runs like the control: no run of the page’s own, one undo each, and in the link', async () => {
    const { api, client, state } = open();
    await api.getResult();
    const config = await api.getConfig();
    expect(config.pins).toEqual([]);
    const pin = { name: 'a', configuration: { ...runOf(config), gain: 0.5 } };
    const runs = client.calls.filter((call) => call === 'run').length;
    expect((await api.setConfig({ pins: [pin] })).pins).toEqual([pin]);
    await api.getResult();
    expect(client.calls.filter((call) => call === 'run')).toHaveLength(runs);
    state().undo();
    expect((await api.getConfig()).pins).toEqual([]);
    const incomplete = { name: 'a', configuration: { gain: 1 } };
    expect(await rejection(api.setConfig({ pins: [incomplete] }))).toMatchObject({
      code: 'invalid-configuration',
      path: 'pins.0.configuration.task',
    });
  });

  it('gives the result of the present configuration', async () => {
    const { api } = open();
    void api.setConfig({ T: 31 });
    const result = await api.getResult();
    expect(result).toMatchObject({
      engine: 'cpu',
      adapter: 'CPU',
      overflowAt: null,
      elapsed: 1,
      log2Norm: { dWx: 1, dWh: 2, db: 3, dWy: 4, dc: 5, dh0: 6 },
    });
    expect(result.lossPerStep).toHaveLength(31);
    expect(result.log2Norm.contribution).toHaveLength(31);
  });

  it('rejects getResult when the run failed', async () => {
    const { api, client } = open();
    client.breakWith(new BpttError('too-large', 'T', 'T fits up to 10.'));
    await api.setConfig({ T: 40 });
    expect(await rejection(api.getResult())).toMatchObject({ code: 'too-large', path: 'T' });
  });

  it('gives the link', async () => {
    expect(await open().api.shareUrl()).toBe('https://example.org/#v=1');
  });

  it('is installed once and cannot be replaced', () => {
    const window: { bptt?: ConsoleApi } = {};
    const { api } = open();
    installConsoleApi(window, api);
    expect(Object.isFrozen(window.bptt)).toBe(true);
    expect(Object.keys(window.bptt!)).toEqual([
      ...['ready', 'evaluate', 'analyze', 'train'],
      ...['getConfig', 'setConfig', 'getResult', 'shareUrl'],
    ]);
    expect(() => {
      'use strict';
      window.bptt = api;
    }).toThrow(TypeError);
  });
});

describe('the message bridge', () => {
  type Listener = Parameters<MessageWindow['addEventListener']>[1];

  function embed() {
    let listener: Listener | null = null;
    const window: MessageWindow = {
      addEventListener: (_, added) => (listener = added),
      removeEventListener: () => (listener = null),
    };
    const { api } = open();
    const disconnect = connectMessageBridge(window, api);
    const send = async (data: unknown, origin = 'https://school.example') => {
      const replies: unknown[] = [];
      const source = {
        postMessage: (message: unknown, options: unknown) => replies.push(message, options),
      };
      listener?.({ data, origin, source });
      await new Promise((resolve) => setTimeout(resolve, 20));
      return replies;
    };
    return { send, disconnect };
  }

  it('answers the sender, and its origin only', async () => {
    const { send, disconnect } = embed();
    expect(await send({ bptt: 1, id: 7, call: 'setConfig', args: [{ T: 30 }] })).toMatchObject([
      { bptt: 1, id: 7, result: { T: 30 } },
      { targetOrigin: 'https://school.example' },
    ]);
    expect(await send({ bptt: 1, id: 'a', call: 'ready' }, 'null')).toEqual([
      { bptt: 1, id: 'a', result: { engine: 'cpu', adapter: 'CPU', software: true } },
      { targetOrigin: '*' },
    ]);
    disconnect();
    expect(await send({ bptt: 1, id: 8, call: 'ready' })).toEqual([]);
  });

  it('sends errors as plain data', async () => {
    const { send } = embed();
    for (const call of ['evaluate', 'analyze', 'train']) {
      const [reply] = await send({ bptt: 1, id: 1, call, args: [{ T: 0 }] });
      expect(reply).toMatchObject({ id: 1, error: { code: 'invalid-problem', path: 'T' } });
      expect(structuredClone(reply)).toEqual(reply);
    }
  });

  it.each(['constructor', '__proto__', 'trane', '', 5])('refuses the call %s', async (call) => {
    const [reply] = await embed().send({ bptt: 1, id: 1, call, args: [] });
    expect(reply).toMatchObject({ error: { code: 'invalid-request', path: 'call' } });
  });

  it('refuses args that are no array', async () => {
    const [reply] = await embed().send({ bptt: 1, id: 1, call: 'getConfig', args: 'x' });
    expect(reply).toMatchObject({ error: { code: 'invalid-request', path: 'args' } });
  });

  it.each([
    'text',
    null,
    { bptt: 2, id: 1, call: 'ready' },
    { bptt: 1, call: 'ready' },
    { bptt: 1, id: 1, result: 5 },
    { id: 1, call: 'ready' },
  ])('ignores %j', async (data) => {
    expect(await embed().send(data)).toEqual([]);
  });
});
