import { describe, expect, it } from 'vitest';
import type { WorkerMessage, WorkerRequest } from '../../src/engine/worker/protocol';
import { createWorkerClient, type WorkerPort } from '../../src/engine/worker/workerClient';
import { chain } from '../support/problems';

const PROBLEM = chain(3, 0.5);
const WINDOW = { from: 1, to: 3, columns: 3, rows: 1, batchEntry: 0 };
const STEP = { step: 1, batchEntry: 0 };

class FakeWorker implements WorkerPort {
  onmessage: WorkerPort['onmessage'] = null;
  onerror: WorkerPort['onerror'] = null;
  readonly received: WorkerRequest[] = [];

  postMessage(message: WorkerRequest): void {
    this.received.push(message);
  }

  terminate(): void {
    this.onmessage = null;
  }

  send(message: WorkerMessage): void {
    this.onmessage?.({ data: message } as MessageEvent<WorkerMessage>);
  }

  use(kind: 'webgpu' | 'cpu'): void {
    const adapter = { name: kind, software: kind === 'cpu' };
    this.send({ type: 'engine', engine: { kind, adapter, fallback: null }, settled: true });
  }

  /** Names of the calls, in order. */
  get calls(): string[] {
    return this.received.flatMap((m) => (m.type === 'call' ? [m.call] : []));
  }

  get cancelled(): number[] {
    return this.received.flatMap((m) => (m.type === 'cancel' ? [m.id] : []));
  }
}

function open(kind: 'webgpu' | 'cpu') {
  const workers: FakeWorker[] = [];
  const client = createWorkerClient(() => {
    workers.push(new FakeWorker());
    return workers.at(-1)!;
  }, 'automatic');
  workers[0]!.use(kind);
  return { client, main: workers[0]!, side: () => workers[1]! };
}

const code = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: { code: string }) => error.code,
  );

describe('analyses of the worker client', () => {
  it('run the engine’s own on the GPU, and all else beside it', () => {
    const { client, main, side } = open('webgpu');
    void client.analyze(PROBLEM, { kind: 'lag' });
    void client.analyze(PROBLEM, { kind: 'contributions' });
    void client.analyze(PROBLEM, { kind: 'lyapunov' });
    expect(main.calls).toEqual(['analyze', 'analyze']);
    expect(side().calls).toEqual(['analyze']);
  });

  it('leave the page’s worker alone on the CPU engine', () => {
    const { client, main, side } = open('cpu');
    void client.analyze(PROBLEM, { kind: 'lag' });
    expect(main.calls).toEqual([]);
    expect(side().calls).toEqual(['analyze']);
  });

  it('tell progress to whoever asked', async () => {
    const { client, side } = open('cpu');
    const done: number[] = [];
    const onProgress = (part: number) => void done.push(part);
    const answer = client.analyze(PROBLEM, { kind: 'lyapunov' }, { onProgress });
    side().send({ type: 'progress', id: 1, done: 0.25 });
    side().send({ type: 'progress', id: 9, done: 0.5 });
    side().send({ type: 'value', id: 1, value: { exponents: [] } });
    expect(await answer).toEqual({ exponents: [] });
    expect(done).toEqual([0.25]);
  });

  it('of the page end with the next of their key and with the next run, others never', async () => {
    const { client, side } = open('cpu');
    const request = { kind: 'lyapunov' } as const;
    const console = client.analyze(PROBLEM, request);
    const first = code(client.analyze(PROBLEM, request, { key: 'a' }));
    const other = code(client.analyze(PROBLEM, request, { key: 'ab' }));
    const second = code(client.analyze(PROBLEM, request, { key: 'a' }));
    expect(await first).toBe('aborted');
    expect(side().cancelled).toEqual([2]);
    client.run(PROBLEM, WINDOW, STEP).catch(() => undefined);
    expect(await Promise.all([other, second])).toEqual(['aborted', 'aborted']);
    side().send({ type: 'value', id: 1, value: 'kept' });
    expect(await console).toBe('kept');
  });

  it('check what the page shows, away from the page’s worker', async () => {
    const { client, main, side } = open('webgpu');
    const answer = client.check(PROBLEM, { differences: true });
    expect(main.calls).toEqual(['tensors']);
    main.send({ type: 'value', id: 1, value: 'shown' });
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(side().received.at(-1)).toMatchObject({
      call: 'check',
      args: { shown: 'shown', options: { differences: true } },
    });
    side().send({ type: 'value', id: 1, value: 'report' });
    expect(await answer).toBe('report');
  });

  it('give a check up with the next run, also between its two halves', async () => {
    const { client, main, side } = open('webgpu');
    const first = code(client.check(PROBLEM));
    client.run(PROBLEM, WINDOW, STEP).catch(() => undefined);
    expect(await first).toBe('aborted');
    const second = code(client.check(PROBLEM));
    main.send({ type: 'value', id: 3, value: 'shown' });
    client.run(PROBLEM, WINDOW, STEP).catch(() => undefined);
    expect(await second).toBe('aborted');
    expect(side()).toBeUndefined();
  });

  it('run a pinned problem where it does not hold up the page, until the next run', async () => {
    const request = { columns: 8, batchEntry: 0 };
    const gpu = open('webgpu');
    void gpu.client.series(PROBLEM, request);
    expect(gpu.main.calls).toEqual(['series']);
    const { client, main, side } = open('cpu');
    const scripted = client.series(PROBLEM, request);
    const own = code(client.series(PROBLEM, request, { key: 'pin' }));
    expect(main.calls).toEqual([]);
    expect(side().received.at(-1)).toMatchObject({
      call: 'series',
      args: { problem: PROBLEM, request },
    });
    client.run(PROBLEM, WINDOW, STEP).catch(() => undefined);
    expect(await own).toBe('aborted');
    side().send({ type: 'value', id: 1, value: 'series' });
    expect(await scripted).toBe('series');
  });
});
