import { describe, expect, it } from 'vitest';
import { connect } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import { randomProblem } from '../support/randomProblem';
import { asSlow } from './support';

async function ownEngine(sources = shaderSources) {
  const { device, adapter } = await connect(navigator.gpu);
  return { device, engine: new GpuEngine({ device, adapter, sources }) };
}

describe('a lost device', () => {
  it('rejects the run in flight with its code', async () => {
    const { device, engine } = await ownEngine();
    const running = engine.run(randomProblem({ T: 5000, B: 2, H: 32 }));
    // The rejection may come before this test waits for it.
    running.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 20));
    device.destroy();
    await expect(running).rejects.toMatchObject({ code: 'device-lost' });
    engine.dispose();
  });

  it('rejects later runs, and reading from a finished one, with its code', async () => {
    const { device, engine } = await ownEngine();
    const problem = randomProblem();
    const run = await engine.run(problem);
    device.destroy();
    await device.lost;
    await expect(engine.run(problem)).rejects.toMatchObject({ code: 'device-lost' });
    await expect(run.tensors()).rejects.toMatchObject({ code: 'device-lost' });
    await expect(run.lagMap()).rejects.toMatchObject({ code: 'device-lost' });
    run.dispose();
    engine.dispose();
  });

  it('ends a lag map under way with its code', async () => {
    const { device, adapter } = await connect(navigator.gpu);
    const engine = new GpuEngine({ device, adapter: asSlow(adapter), sources: shaderSources });
    const run = await engine.run(randomProblem({ T: 400, B: 2, H: 32 }));
    const running = run.lagMap({ onProgress: () => device.destroy() });
    await expect(running).rejects.toMatchObject({ code: 'device-lost' });
    run.dispose();
    engine.dispose();
  });

  it('another device serves', async () => {
    const first = await ownEngine();
    first.device.destroy();
    await first.device.lost;
    const second = await ownEngine();
    const run = await second.engine.run(randomProblem());
    expect(run.summary.totalLoss).toBeGreaterThan(0);
    run.dispose();
    second.engine.dispose();
    second.device.destroy();
  });
});

describe('a broken shader', () => {
  it.each([
    ['overflow.wgsl', 'var over = false;', 'var over = nothing;'],
    ['common/scaled.wgsl', 'let m = abs(v);', 'let m = abs(v) + 1u;'],
  ])('%s is named with its line', async (file, from, to) => {
    const source = shaderSources[file]!;
    expect(source.split(from).length).toBe(2);
    const line = source.slice(0, source.indexOf(from)).split('\n').length;
    const { device, engine } = await ownEngine({
      ...shaderSources,
      [file]: source.replace(from, to),
    });
    const running = engine.run(randomProblem());
    await expect(running).rejects.toMatchObject({
      code: 'shader-error',
      message: expect.stringContaining(`shaders/${file}:${line}:`) as string,
    });
    engine.dispose();
    device.destroy();
  });

  it('is reported without an uncaught GPU error, and another try fails the same way', async () => {
    const { device, engine } = await ownEngine({ ...shaderSources, 'affine.wgsl': 'fn main() {' });
    const uncaught: string[] = [];
    device.addEventListener('uncapturederror', ({ error }) => uncaught.push(error.message));
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(engine.run(randomProblem())).rejects.toMatchObject({ code: 'shader-error' });
    }
    expect(uncaught).toEqual([]);
    engine.dispose();
    device.destroy();
  });
});

describe('ownership', () => {
  it('every buffer an engine creates is destroyed with it', async () => {
    const { device, engine } = await ownEngine();
    const alive = new Set<GPUBuffer>();
    let created = 0;
    const createBuffer = device.createBuffer.bind(device);
    device.createBuffer = (descriptor) => {
      const buffer = createBuffer(descriptor);
      const destroy = buffer.destroy.bind(buffer);
      buffer.destroy = () => {
        alive.delete(buffer);
        destroy();
      };
      alive.add(buffer);
      created++;
      return buffer;
    };
    let most = 0;
    for (let i = 0; i < 50; i++) {
      // Ten sizes in turn, and pictures too.
      const problem = randomProblem({ T: 5 + (i % 10), H: 3 + (i % 5), seed: i });
      const window = { from: 1, to: 5, columns: 3, rows: 2, batchEntry: 0 };
      const run = await engine.run(problem, undefined, { window, step: 2, batchEntry: 1 });
      if (i % 3 === 0) await run.view(window);
      most = Math.max(most, alive.size);
      run.dispose();
      run.dispose(); // twice does no harm
    }
    // An aborted run gives its buffers back as well.
    const controller = new AbortController();
    const aborted = engine.run(randomProblem({ T: 3000, H: 40 }), controller.signal);
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    // A run that nobody disposed goes with its engine.
    await engine.run(randomProblem({ T: 4 }));

    expect(created).toBeGreaterThan(100);
    expect(most).toBeLessThan(created / 2);
    engine.dispose();
    expect([...alive].map(({ label }) => label)).toEqual([]);
    device.destroy();
  });
});
