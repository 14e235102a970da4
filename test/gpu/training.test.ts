import { describe, expect, it } from 'vitest';
import { connect } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import { createReferenceTrainer } from '../../src/engine/training/reference';
import { trainingPlan } from '../../src/model/training';
import { expectClose } from '../support/compare';
import { randomProblem } from '../support/randomProblem';
import { train } from '../support/trainings';
import { describeTraining, SGD, SMALL } from '../support/trainingScenarios';
import { gpuEngine } from './support';

const engine = () => gpuEngine().then((shared) => shared.engine);
const TINY = randomProblem({ T: 3, B: 1, I: 1, H: 2, O: 1, seed: 3 });

describeTraining(engine, { tolerance: 1e-4, manyUpdates: 300 });

/** A device that counts the buffers that live. */
async function countingEngine() {
  const { device, adapter } = await connect(navigator.gpu);
  const live = new Set<GPUBuffer>();
  let created = 0;
  let submits = 0;
  const createBuffer = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = createBuffer(descriptor);
    live.add(buffer);
    created++;
    const destroy = buffer.destroy.bind(buffer);
    buffer.destroy = () => {
      live.delete(buffer);
      return destroy();
    };
    return buffer;
  };
  const submit = device.queue.submit.bind(device.queue);
  device.queue.submit = (commands) => {
    submits++;
    return submit(commands);
  };
  const own = new GpuEngine({ device, adapter, sources: shaderSources });
  return { engine: own, device, live, created: () => created, submits: () => submits };
}

describe('on the GPU', () => {
  it('1000 updates: several a submit, no buffer is made on the way, all are freed', async () => {
    const { engine, device, live, created, submits } = await countingEngine();
    const training = await engine.train(TINY, trainingPlan(SGD));
    let updates = 0;
    const onRecords = ({ losses }: { losses: Float64Array }) => (updates += losses.length);
    await training.advance(500, { onRecords });
    const [before, beforeSubmits, kept] = [created(), submits(), live.size];
    await training.advance(500, { onRecords });
    expect(updates).toBe(1000);
    expect(created()).toBe(before);
    expect(live.size).toBe(kept);
    // A busy machine makes small ones.
    expect(submits() - beforeSubmits).toBeLessThan(500);
    training.dispose();
    engine.dispose();
    expect(live.size).toBe(0);
    device.destroy();
  });

  it('trainings side by side are one batch: they share their submits, each with its own numbers', async () => {
    const { engine, device, submits } = await countingEngine();
    const plans = [SGD, { ...SGD, lr: 0.003 }, { ...SGD, momentum: 0 }].map((optimizer) =>
      trainingPlan(optimizer, { clipNorm: 2 }),
    );
    const together = await Promise.all(plans.map((plan) => engine.train(SMALL, plan)));
    const losses: number[][] = plans.map(() => []);
    const before = submits();
    const stops = await Promise.all(
      together.map((training, i) =>
        training.advance(60, { onRecords: (records) => losses[i]!.push(...records.losses) }),
      ),
    );
    const shared = submits() - before;
    expect(stops).toEqual([null, null, null]);
    let apart = 0;
    for (const [i, plan] of plans.entries()) {
      const from = submits();
      const alone = await train(engine, SMALL, plan, 60);
      apart += submits() - from;
      expect(losses[i]).toEqual(alone.losses);
      expect((await together[i]!.state()).parameters).toEqual(alone.state.parameters);
    }
    expect(shared).toBeLessThan(apart);
    for (const training of together) training.dispose();
    engine.dispose();
    device.destroy();
  });

  it('one that pauses, ends or is given up does not hold up the others', async () => {
    const { engine, device } = await countingEngine();
    const start = () => engine.train(SMALL, trainingPlan(SGD));
    const [short, paused, given, long] = await Promise.all([start(), start(), start(), start()]);
    const controller = new AbortController();
    const ends = [
      short.advance(3),
      paused.advance(10_000, { signal: controller.signal }),
      given.advance(10_000),
      long.advance(120),
    ] as const;
    expect(await ends[0]).toBeNull();
    controller.abort();
    await expect(ends[1]).rejects.toMatchObject({ code: 'aborted' });
    given.dispose();
    await expect(ends[2]).rejects.toMatchObject({ code: 'aborted' });
    expect(await ends[3]).toBeNull();
    expect(long.step).toBe(120);
    await paused.advance(2);
    for (const training of [short, paused, long]) training.dispose();
    engine.dispose();
    device.destroy();
  });

  it('data that cannot be made fail their own training, and not the one beside it', async () => {
    const { engine, device } = await countingEngine();
    const { inputs, targets } = SMALL;
    const failing = await engine.train(SMALL, trainingPlan(SGD), {
      batches(update) {
        if (update === 20) throw new RangeError('no data');
        return { inputs, targets };
      },
    });
    const other = await engine.train(SMALL, trainingPlan(SGD));
    const ends = [failing.advance(60), other.advance(60)] as const;
    await expect(ends[0]).rejects.toThrow('no data');
    expect(await ends[1]).toBeNull();
    expect(other.step).toBe(60);
    failing.dispose();
    other.dispose();
    engine.dispose();
    device.destroy();
  });

  it('a training that is aborted or refused leaves no buffer behind', async () => {
    const { engine, device, live } = await countingEngine();
    const controller = new AbortController();
    const training = await engine.train(SMALL, trainingPlan(SGD));
    const advancing = training.advance(100_000, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(advancing).rejects.toMatchObject({ code: 'aborted' });
    expect(training.step).toBeLessThan(100_000);
    training.dispose();
    const staging = live.size;
    const starting = engine.train(SMALL, trainingPlan(SGD), { signal: controller.signal });
    await expect(starting).rejects.toMatchObject({ code: 'aborted' });
    const huge = { ...SMALL, T: 100_000, B: 256, H: 512 };
    await expect(engine.train(huge, trainingPlan(SGD))).rejects.toMatchObject({
      code: 'too-large',
    });
    expect(live.size).toBe(staging);
    engine.dispose();
    expect(live.size).toBe(0);
    device.destroy();
  });

  it('records of more updates than the ring has room for', async () => {
    const { losses } = await train(await engine(), TINY, trainingPlan(SGD), 700);
    const expected = await train(createReferenceTrainer(), TINY, trainingPlan(SGD), 700);
    expectClose(losses, expected.losses, 1e-4, 'losses');
  });

  it('an update that takes many submits, the unrolled loops, and a pause inside it', async () => {
    const problem = randomProblem({ T: 2500, B: 2, I: 2, H: 32, O: 2, gain: 0.5, seed: 71 });
    const plan = trainingPlan({ ...SGD, lr: 1e-4 });
    const expected = await train(createReferenceTrainer(), problem, plan, 2);
    const training = await (await engine()).train(problem, plan);
    const losses: number[] = [];
    for (let tries = 0; training.step < 3; tries++) {
      const controller = new AbortController();
      // Fires between two submits of the same update.
      if (tries < 3) setTimeout(() => controller.abort(), 5);
      await training
        .advance(3 - training.step, {
          signal: controller.signal,
          onRecords: (records) => losses.push(...records.losses),
        })
        .catch((error: unknown) => expect(error).toMatchObject({ code: 'aborted' }));
    }
    training.dispose();
    expect(losses.length).toBe(3);
    expectClose(losses.slice(0, 2), expected.losses, 1e-4, 'losses');
  });

  it('runs of the engine beside it change neither', async () => {
    const shared = await engine();
    const plan = trainingPlan(SGD);
    const alone = await train(shared, SMALL, plan, 200);
    const other = randomProblem({ T: 300, B: 2, H: 12, seed: 72 });
    const lossAlone = await shared.run(other);
    const beside = train(shared, SMALL, plan, 200);
    for (let i = 0; i < 3; i++) {
      const run = await shared.run(other);
      expect(run.summary.totalLoss).toBe(lossAlone.summary.totalLoss);
      run.dispose();
    }
    lossAlone.dispose();
    const { losses, state } = await beside;
    expect(losses).toEqual(alone.losses);
    expect(state.parameters).toEqual(alone.state.parameters);
  });

  it('a lost device ends it with its code', async () => {
    const { engine, device } = await countingEngine();
    const training = await engine.train(SMALL, trainingPlan(SGD));
    const advancing = training.advance(1e6);
    advancing.catch(() => undefined);
    setTimeout(() => device.destroy(), 30);
    await expect(advancing).rejects.toMatchObject({ code: 'device-lost' });
    await expect(training.advance(1)).rejects.toMatchObject({ code: 'device-lost' });
    await expect(engine.train(SMALL, trainingPlan(SGD))).rejects.toMatchObject({
      code: 'device-lost',
    });
    engine.dispose();
  });

  it('what the GPU refuses is an error, not an end', async () => {
    const { engine, device, live } = await countingEngine();
    const training = await engine.train(SMALL, trainingPlan(SGD));
    [...live].find(({ label }) => label === 'gradients')!.destroy();
    await expect(training.advance(5)).rejects.toMatchObject({ code: 'gpu-error' });
    await expect(training.advance(5)).rejects.toMatchObject({ code: 'gpu-error' });
    expect(training.step).toBe(0);
    engine.dispose();
    device.destroy();
  });

  it('goes on from a state of the CPU, and the reverse', async () => {
    const { createCpuEngine } = await import('../../src/engine/cpu/engine');
    const cpu = createCpuEngine();
    const plan = trainingPlan({
      ...{ kind: 'rmsprop', lr: 0.002, alpha: 0.9, eps: 1e-6, weightDecay: 0, momentum: 0.5 },
      centered: false,
    });
    const whole = await train(cpu, SMALL, plan, 20);
    const first = await train(cpu, SMALL, plan, 7);
    const second = await train(await engine(), SMALL, plan, 6, { from: first.state });
    const third = await train(cpu, SMALL, plan, 7, { from: second.state });
    const losses = [...first.losses, ...second.losses, ...third.losses];
    expectClose(losses, whole.losses, 1e-4, 'losses');
    expect(third.state.step).toBe(20);
  });
});
