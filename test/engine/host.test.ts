import { describe, expect, it } from 'vitest';
import type { EngineReady } from '../../src/engine/client';
import type { Engine, PictureRequest, Run, Surveyor, Trainer } from '../../src/engine/interface';
import { createEngineHost, type GpuConnectionParts } from '../../src/engine/worker/host';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { BpttError } from '../../src/model/errors';
import type { Problem } from '../../src/model/problem';
import { trainingRequestFromInput } from '../../src/model/trainingRequest';
import { deferred } from '../support/deferred';
import { randomProblem } from '../support/randomProblem';

const problem = randomProblem();
const picture: PictureRequest = {
  window: { from: 1, to: 2, columns: 2, rows: 2, batchEntry: 0 },
  step: 1,
  batchEntry: 0,
};
const live = () => new AbortController().signal;
const lost = () => new BpttError('device-lost', '', 'gone');
const turns = async (count = 5) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setTimeout(resolve, 0));
};

interface FakeGpu {
  readonly engine: Engine & Trainer & Surveyor;
  readonly parts: GpuConnectionParts;
  readonly ran: Problem[];
  disposed: boolean;
  lose(reason?: string): void;
  /** Until released, runs wait; a loss rejects them. */
  hold(): void;
  /** What runs reject with */
  failure: BpttError | null;
}

function fakeGpu(name: string): FakeGpu {
  const loss = deferred<string>();
  const waiting: ((error: BpttError) => void)[] = [];
  let held = false;
  const cpu = createCpuEngine();
  const fake: FakeGpu = {
    engine: {
      kind: 'webgpu',
      adapter: { name, software: false },
      async run(problem: Problem): Promise<Run> {
        fake.ran.push(problem);
        if (held) await new Promise<never>((_, reject) => waiting.push(reject));
        if (fake.failure) throw fake.failure;
        const run = await cpu.run(problem);
        return Object.assign(run, { summary: { ...run.summary, engine: 'webgpu' as const } });
      },
      async train(...args) {
        if (fake.failure) throw fake.failure;
        return cpu.train(...args);
      },
      async survey(...args) {
        if (fake.failure) throw fake.failure;
        return {
          ...(await cpu.survey(...args)),
          losses: () => Promise.resolve(Float64Array.of(7)),
        };
      },
      dispose() {
        fake.disposed = true;
      },
    },
    parts: undefined as unknown as GpuConnectionParts,
    ran: [],
    disposed: false,
    failure: null,
    hold: () => (held = true),
    lose(reason = 'reset') {
      fake.failure = lost();
      for (const reject of waiting) reject(lost());
      loss.resolve(reason);
    },
  };
  return Object.assign(fake, { parts: { engine: fake.engine, lost: loss.promise } });
}

type Connection = FakeGpu | BpttError | Promise<FakeGpu>;

function hostWith(connections: Connection[], choice: 'automatic' | 'webgpu' | 'cpu' = 'automatic') {
  const announced: (EngineReady & { settled: boolean })[] = [];
  let connects = 0;
  const host = createEngineHost({
    choice,
    createCpu: createCpuEngine,
    async connectGpu() {
      const next = await connections[connects++];
      if (next === undefined) throw new BpttError('webgpu-unavailable', 'adapter', 'none left');
      if (next instanceof BpttError) throw next;
      return next.parts;
    },
    onEngine: (engine, settled) => announced.push({ ...engine, settled }),
  });
  const run = async () => {
    const result = await host.run(problem, live(), picture);
    result.dispose();
    return result.summary.engine;
  };
  return { host, announced, run, connects: () => connects };
}

const noAdapter = new BpttError('webgpu-unavailable', 'adapter', 'no adapter');

describe('start', () => {
  it('the CPU serves first and is announced as unsettled; then WebGPU, settled', async () => {
    const arriving = deferred<FakeGpu>();
    const { announced, run } = hostWith([arriving.promise]);
    expect(announced).toEqual([
      { kind: 'cpu', adapter: { name: 'CPU', software: true }, fallback: null, settled: false },
    ]);
    expect(await run()).toBe('cpu');
    const gpu = fakeGpu('one');
    arriving.resolve(gpu);
    await turns();
    expect(announced.slice(1)).toEqual([
      { kind: 'webgpu', adapter: { name: 'one', software: false }, fallback: null, settled: true },
    ]);
    // Warmed up with what the page shows.
    expect(gpu.ran).toEqual([problem]);
    expect(await run()).toBe('webgpu');
  });

  it('without an adapter the CPU stays, with the reason', async () => {
    const { announced, run } = hostWith([noAdapter], 'webgpu');
    await turns();
    expect(announced.at(-1)).toMatchObject({
      ...{ kind: 'cpu', settled: true },
      fallback: { code: 'webgpu-unavailable', path: 'adapter' },
    });
    expect(await run()).toBe('cpu');
  });

  it('choice cpu never connects', async () => {
    const { announced, run, connects } = hostWith([fakeGpu('one')], 'cpu');
    expect(await run()).toBe('cpu');
    await turns();
    expect(connects()).toBe(0);
    expect(announced).toMatchObject([{ kind: 'cpu', fallback: null, settled: true }]);
  });

  it.each([
    ['too-large', 'webgpu'],
    ['out-of-memory', 'webgpu'],
    ['shader-error', 'cpu'],
  ] as const)('a warm-up that ends with %s leaves %s', async (code, kind) => {
    const arriving = deferred<FakeGpu>();
    const { announced, run } = hostWith([arriving.promise]);
    await run();
    const gpu = fakeGpu('one');
    gpu.failure = new BpttError(code, '', 'for a test');
    arriving.resolve(gpu);
    await turns();
    const fallback = kind === 'cpu' ? { code } : null;
    expect(announced.at(-1)).toMatchObject({ kind, settled: true, fallback });
  });
});

describe('a lost device', () => {
  it('is replaced once; the run in flight is made again and answers', async () => {
    const [first, second] = [fakeGpu('first'), fakeGpu('second')];
    const { announced, run, connects } = hostWith([first, second]);
    await turns();
    first.hold();
    const running = run();
    await turns(1);
    first.lose();
    expect(await running).toBe('webgpu');
    expect(second.ran).toContain(problem);
    expect(first.disposed).toBe(true);
    expect(connects()).toBe(2);
    expect(announced.at(-1)).toMatchObject({ kind: 'webgpu', adapter: { name: 'second' } });
  });

  it('lost again, the CPU takes over and answers, with the reason', async () => {
    const [first, second, third] = [fakeGpu('first'), fakeGpu('second'), fakeGpu('third')];
    const { announced, run, connects } = hostWith([first, second, third]);
    await turns();
    first.lose();
    await turns();
    second.hold();
    const running = run();
    await turns(1);
    second.lose('hung');
    expect(await running).toBe('cpu');
    await turns();
    expect(connects()).toBe(2);
    expect(announced.at(-1)).toMatchObject({
      ...{ kind: 'cpu', settled: true },
      fallback: { code: 'device-lost', message: expect.stringContaining('hung') as string },
    });
  });

  it('retryGpu connects again, and a later loss is recovered from once more', async () => {
    const gpus = ['first', 'second', 'third', 'fourth'].map(fakeGpu);
    const { host, announced, run } = hostWith(gpus);
    await turns();
    gpus[0]!.lose();
    await turns();
    gpus[1]!.lose();
    await turns();
    expect(announced.at(-1)!.kind).toBe('cpu');
    host.retryGpu();
    await turns();
    expect(announced.at(-1)).toMatchObject({
      kind: 'webgpu',
      adapter: { name: 'third' },
      fallback: null,
    });
    gpus[2]!.lose();
    await turns();
    expect(announced.at(-1)).toMatchObject({ kind: 'webgpu', adapter: { name: 'fourth' } });
    expect(await run()).toBe('webgpu');
  });

  it('an error other than loss is the caller’s', async () => {
    const gpu = fakeGpu('one');
    const { run } = hostWith([gpu]);
    await turns();
    gpu.failure = new BpttError('too-large', 'T', 'too long');
    await expect(run()).rejects.toMatchObject({ code: 'too-large' });
  });

  it('a request overtaken while the device was replaced is aborted', async () => {
    const [first, second] = [fakeGpu('first'), fakeGpu('second')];
    const { host } = hostWith([first, second]);
    await turns();
    first.hold();
    const controller = new AbortController();
    const running = host.run(problem, controller.signal, picture);
    await turns(1);
    controller.abort();
    first.lose();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('generations', () => {
  it('a connection that arrives after a newer attempt is disposed and never announced', async () => {
    const slow = deferred<FakeGpu>();
    const [stale, newer] = [fakeGpu('stale'), fakeGpu('newer')];
    const { host, announced } = hostWith([slow.promise, newer]);
    host.retryGpu();
    await turns();
    slow.resolve(stale);
    await turns();
    expect(stale.disposed).toBe(true);
    expect(announced.map(({ adapter }) => adapter.name)).toEqual(['CPU', 'newer']);
  });

  it('the loss of a replaced device changes nothing', async () => {
    const [first, second] = [fakeGpu('first'), fakeGpu('second')];
    const { host, announced, connects } = hostWith([first, second]);
    await turns();
    host.retryGpu();
    await turns();
    const before = announced.length;
    first.lose();
    await turns();
    expect(announced.length).toBe(before);
    expect(connects()).toBe(2);
  });
});

describe('evaluations', () => {
  it('each engine answers under its own name', async () => {
    const { host } = hostWith([fakeGpu('one')]);
    const reference = await host.evaluate(problem, 'reference');
    for (const kind of ['reference', 'cpu', 'webgpu'] as const) {
      const evaluation = await host.evaluate(problem, kind);
      expect(evaluation.engine).toBe(kind);
      expect(evaluation.loss / reference.loss).toBeCloseTo(1, 4);
    }
  });

  it('WebGPU waits for the connection under way', async () => {
    const arriving = deferred<FakeGpu>();
    const { host } = hostWith([arriving.promise]);
    const evaluating = host.evaluate(problem, 'webgpu');
    await turns();
    arriving.resolve(fakeGpu('one'));
    expect((await evaluating).engine).toBe('webgpu');
  });

  it('WebGPU that is not there is refused with the reason, never replaced', async () => {
    const { host } = hostWith([noAdapter]);
    await expect(host.evaluate(problem, 'webgpu')).rejects.toMatchObject({
      code: 'webgpu-unavailable',
      message: expect.stringContaining('no adapter') as string,
    });
  });

  it('choice cpu connects for an evaluation that asks for WebGPU, once', async () => {
    const { host, announced, connects } = hostWith([fakeGpu('one')], 'cpu');
    await host.evaluate(problem, 'cpu');
    expect(connects()).toBe(0);
    await host.evaluate(problem, 'webgpu');
    await host.evaluate(problem, 'webgpu');
    expect(connects()).toBe(1);
    expect(announced.map(({ kind }) => kind)).toEqual(['cpu']);
  });
});

describe('trainings', () => {
  const request = trainingRequestFromInput({ kind: 'sgd', lr: 0.01, steps: 12 });
  const none = () => undefined;

  it('each engine trains under its own name, with progress to the end', async () => {
    const { host } = hostWith([fakeGpu('one')]);
    const reference = await host.train(problem, request, 'reference', live(), none);
    for (const kind of ['reference', 'cpu', 'webgpu'] as const) {
      const parts: number[] = [];
      const result = await host.train(problem, request, kind, live(), (part) => parts.push(part));
      expect(result).toMatchObject({ engine: kind, stop: null });
      expect(result.losses.length).toBe(12);
      expect(parts.at(-1)).toBe(1);
      result.losses.forEach((loss, i) => expect(loss / reference.losses[i]!).toBeCloseTo(1, 4));
      expect(result.weights.Wh.length).toBe(problem.H ** 2);
    }
  });

  it('a training that stops early says why; what was not done is NaN', async () => {
    const { host } = hostWith([noAdapter]);
    const relu: Problem = { ...problem, activation: 'relu' };
    const wild = trainingRequestFromInput({ kind: 'sgd', lr: 1e5, steps: 20 });
    const { losses, gradNorms, weights, stop } = await host.train(relu, wild, 'cpu', live(), none);
    expect(stop).toMatchObject({ reason: 'non-finite' });
    expect(stop!.message).toContain('smaller lr');
    for (const values of [losses, gradNorms]) {
      expect(values.length).toBe(20);
      values.forEach((v, i) => expect(Number.isNaN(v)).toBe(i >= stop!.step));
    }
    expect(weights.Wx.every(Number.isFinite)).toBe(true);
  });

  it('is ended by its signal', async () => {
    const { host } = hostWith([fakeGpu('one')]);
    const long = trainingRequestFromInput({ kind: 'sgd', lr: 0.01, steps: 1_000_000 });
    for (const kind of ['cpu', 'reference', 'webgpu'] as const) {
      const controller = new AbortController();
      const training = host.train(problem, long, kind, controller.signal, none);
      setTimeout(() => controller.abort(), 20);
      await expect(training).rejects.toMatchObject({ code: 'aborted' });
    }
  });

  it('WebGPU that is not there is refused with the reason', async () => {
    const { host } = hostWith([noAdapter]);
    await expect(host.train(problem, request, 'webgpu', live(), none)).rejects.toMatchObject({
      code: 'webgpu-unavailable',
    });
  });
});

describe('the loss surface', () => {
  const plane = { first: problem.parameters, second: problem.parameters };
  const surveyed = async (host: ReturnType<typeof hostWith>['host']) =>
    (await (await host.survey(problem, plane, live())).losses(Float64Array.of(0, 0)))[0];

  it('is computed by the engine in use', async () => {
    const { host } = hostWith([fakeGpu('one')]);
    expect(await surveyed(host)).toBe(7);
    const { host: without } = hostWith([noAdapter]);
    const run = await without.run(problem, live());
    expect(await surveyed(without)).toBeCloseTo(run.summary.totalLoss, 6);
  });
});
