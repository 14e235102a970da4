import { describe, expect, it, vi } from 'vitest';
import type { EngineReady } from '../../src/engine/client';
import type { WorkerMessage, WorkerRequest } from '../../src/engine/worker/protocol';
import { createWorkerClient, type WorkerPort } from '../../src/engine/worker/workerClient';
import { trainingRequestFromInput } from '../../src/model/trainingRequest';
import { randomProblem } from '../support/randomProblem';

const PROBLEM = randomProblem({ T: 3 });
const WINDOW = { from: 1, to: 3, columns: 8, rows: 8, batchEntry: 0 };
const STEP = { step: 1, batchEntry: 0 };
const CPU: EngineReady = {
  kind: 'cpu',
  adapter: { name: 'CPU', software: true },
  fallback: null,
};

class FakePort implements WorkerPort {
  readonly sent: WorkerRequest[] = [];
  onmessage: WorkerPort['onmessage'] = null;
  onerror: WorkerPort['onerror'] = null;
  terminate = vi.fn();
  postMessage(message: WorkerRequest) {
    this.sent.push(message);
  }
  answer(message: WorkerMessage) {
    this.onmessage!({ data: message } as MessageEvent<WorkerMessage>);
  }
  calls(name: string) {
    return this.sent.filter((message) => message.type === 'call' && message.call === name) as {
      id: number;
    }[];
  }
}

function open() {
  const ports: FakePort[] = [];
  const client = createWorkerClient(() => {
    const port = new FakePort();
    ports.push(port);
    return port;
  }, 'automatic');
  return { client, ports, main: ports[0]! };
}

describe('the worker client', () => {
  it('is ready with the first engine and settled with the last', async () => {
    const { client, main } = open();
    expect(main.sent[0]).toEqual({ type: 'start', choice: 'automatic' });
    main.answer({ type: 'engine', engine: CPU, settled: false });
    expect(await client.ready).toBe(CPU);
    const gpu: EngineReady = { ...CPU, kind: 'webgpu' };
    main.answer({ type: 'engine', engine: gpu, settled: true });
    expect(await client.settled).toBe(gpu);
  });

  it.each([
    ['a GPU trains', 'automatic', { kind: 'webgpu', software: false }, 'main'],
    [
      'an emulated GPU leaves it to the CPU',
      'automatic',
      { kind: 'webgpu', software: true },
      'side',
    ],
    ['unless it was asked for', 'webgpu', { kind: 'webgpu', software: true }, 'main'],
    ['without one the CPU trains', 'webgpu', { kind: 'cpu', software: true }, 'side'],
  ] as const)('%s', (_, choice, { kind, software }, where) => {
    const ports: FakePort[] = [];
    const client = createWorkerClient(() => {
      ports.push(new FakePort());
      return ports[ports.length - 1]!;
    }, choice);
    const engine: EngineReady = { kind, adapter: { name: 'x', software }, fallback: null };
    ports[0]!.answer({ type: 'engine', engine, settled: true });
    const plan = trainingRequestFromInput({ kind: 'sgd', lr: 1, steps: 1 }).plan;
    const request = { problem: PROBLEM, plan, from: null, until: 1, most: 8, fresh: null };
    void client.stretch(request, { onPart: () => undefined });
    expect(ports[where === 'main' ? 0 : 1]!.calls('stretch')).toHaveLength(1);
  });

  it('the last run wins; an overtaken one is cancelled and its late answer ignored', async () => {
    const { client, main } = open();
    const first = client.run(PROBLEM, WINDOW, STEP);
    const look = client.look(WINDOW, STEP);
    const second = client.run(PROBLEM, WINDOW, STEP);
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    await expect(look).rejects.toMatchObject({ code: 'aborted' });
    const [one, two] = main.calls('run');
    expect(main.sent).toContainEqual({ type: 'cancel', id: one!.id });
    main.answer({ type: 'value', id: one!.id, value: 'late' });
    main.answer({ type: 'value', id: two!.id, value: 'picture' });
    expect(await second).toBe('picture');
  });

  it('a refusal arrives as a BpttError with code and path', async () => {
    const { client, main } = open();
    const run = client.run(PROBLEM, WINDOW, STEP);
    const error = { code: 'too-large', path: 'T', message: 'T = 7 fits.', details: { fits: 7 } };
    main.answer({ type: 'error', id: main.calls('run')[0]!.id, error } as WorkerMessage);
    await expect(run).rejects.toMatchObject({ ...error, name: 'BpttError' });
  });

  it('evaluations on the CPU and the reference have a worker of their own', async () => {
    const { client, ports, main } = open();
    const reference = client.evaluate(PROBLEM, 'reference');
    const cpu = client.evaluate(PROBLEM, 'cpu');
    void client.evaluate(PROBLEM, 'webgpu').catch(() => undefined);
    expect(ports).toHaveLength(2);
    expect(main.calls('evaluate')).toHaveLength(1);
    const [one, two] = ports[1]!.calls('evaluate');
    ports[1]!.answer({ type: 'value', id: two!.id, value: 'second' });
    ports[1]!.answer({ type: 'value', id: one!.id, value: 'first' });
    expect([await reference, await cpu]).toEqual(['first', 'second']);
  });

  it('trainings go where evaluations go; nothing but their signal ends them', async () => {
    const { client, ports, main } = open();
    const request = trainingRequestFromInput({ kind: 'adam', lr: 0.01, steps: 3 });
    const controller = new AbortController();
    const parts: number[] = [];
    const gpu = client.train(PROBLEM, request, 'webgpu', {
      signal: controller.signal,
      onProgress: (part) => parts.push(part),
    });
    const cpu = client.train(PROBLEM, request, 'cpu');
    void client.run(PROBLEM, WINDOW, STEP).catch(() => undefined);
    const [onMain] = main.calls('train');
    expect(main.sent).not.toContainEqual({ type: 'cancel', id: onMain!.id });
    main.answer({ type: 'progress', id: onMain!.id, done: 0.5 });
    expect(parts).toEqual([0.5]);
    const [onSide] = ports[1]!.calls('train');
    ports[1]!.answer({ type: 'value', id: onSide!.id, value: 'trained' });
    expect(await cpu).toBe('trained');
    controller.abort();
    await expect(gpu).rejects.toMatchObject({ code: 'aborted' });
    expect(main.sent).toContainEqual({ type: 'cancel', id: onMain!.id });
  });

  it('a worker that stops rejects everything, at once and later', async () => {
    const { client, main } = open();
    const run = client.run(PROBLEM, WINDOW, STEP);
    main.onerror!({ message: 'boom' } as ErrorEvent);
    await expect(run).rejects.toMatchObject({ code: 'worker-failed' });
    await expect(client.ready).rejects.toMatchObject({ code: 'worker-failed' });
    await expect(client.run(PROBLEM, WINDOW, STEP)).rejects.toMatchObject({
      code: 'worker-failed',
    });
  });
});

describe('the loss surface', () => {
  const GPU: EngineReady = {
    ...{ kind: 'webgpu', fallback: null },
    adapter: { name: 'a GPU', software: false },
  };
  const plane = { first: PROBLEM.parameters, second: PROBLEM.parameters };
  const request = {
    problem: PROBLEM,
    plane,
    window: { a: [0, 1], b: [0, 1] },
    finest: 17,
  } as const;

  it('tells its grids, and ends with the next of its key or the next run', async () => {
    const { client, main } = open();
    main.answer({ type: 'engine', engine: GPU, settled: true });
    const parts: unknown[] = [];
    const options = { key: 'surface', onPart: (part: unknown) => parts.push(part) };
    const first = client.surface(request, options);
    const second = client.surface(request, options);
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    const [one, two] = main.calls('surface');
    const grid = { size: 9, losses: new Float64Array(81) };
    main.answer({ type: 'part', id: one!.id, part: grid });
    expect(parts).toEqual([]);
    main.answer({ type: 'part', id: two!.id, part: grid });
    expect(parts).toEqual([grid]);
    void client.run(PROBLEM, WINDOW, STEP).catch(() => undefined);
    await expect(second).rejects.toMatchObject({ code: 'aborted' });
  });

  it('is computed on the CPU, beside the page’s own work, where the GPU is emulated', () => {
    const { client, main, ports } = open();
    main.answer({ type: 'engine', engine: { ...CPU, kind: 'webgpu' }, settled: true });
    void client.surface(request).catch(() => undefined);
    expect(main.calls('surface')).toEqual([]);
    expect(ports[1]!.sent[0]).toEqual({ type: 'start', choice: 'cpu' });
    expect(ports[1]!.calls('surface').length).toBe(1);
  });
});
