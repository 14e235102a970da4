import { describe, expect, it } from 'vitest';
import type { StretchPart, StretchRequest } from '../../src/engine/client';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { runStretch } from '../../src/engine/training/stretch';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import { trainingPlan } from '../../src/model/training';
import { endOfStride, mostSnapshots, snapshotStride } from '../../src/model/trainingHistory';
import { startingOptimizer } from '../../src/model/trainingSettings';
import { buildProblem } from '../../src/tasks/buildProblem';
import { freshBatches } from '../../src/tasks/freshBatches';

const CONFIGURATION = { ...DEFAULT_CONFIGURATION, T: 12, B: 2, H: 5 };
const REQUEST: StretchRequest = {
  problem: buildProblem(CONFIGURATION),
  plan: trainingPlan(startingOptimizer('adam'), { clipNorm: 1 }),
  from: null,
  until: 60,
  most: 8,
  fresh: null,
};

function follow(request: StretchRequest, onPart: (part: StretchPart) => void = () => undefined) {
  const pause = new AbortController();
  const stop = new AbortController();
  const parts: StretchPart[] = [];
  const end = runStretch(createCpuEngine(), request, {
    batches: request.fresh && freshBatches(request.fresh),
    pause: pause.signal,
    signal: stop.signal,
    onPart(part) {
      parts.push(part);
      onPart(part);
    },
  });
  const losses = () => parts.flatMap(({ records }) => records.flatMap((r) => [...r.losses]));
  return { end, pause, stop, parts, losses };
}

describe('a stretch of training', () => {
  it('tells every record once, in order, and snapshots ever farther apart', async () => {
    const { end, parts } = follow(REQUEST);
    const { state, stop } = await end;
    expect(stop).toBeNull();
    expect(state.step).toBe(60);
    let next = 0;
    for (const { from, losses } of parts.flatMap(({ records }) => records)) {
      expect(from).toBe(next);
      next += losses.length;
    }
    expect(next).toBe(60);
    const steps = parts.flatMap(({ snapshots }) => snapshots.map(({ step }) => step));
    expect(steps).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56],
    ]);
  });

  it('paused and gone on with, it is the training that was never paused', async () => {
    const whole = follow(REQUEST);
    const first = follow({ ...REQUEST, until: 1_000_000 }, ({ snapshots }) => {
      if (snapshots.some(({ step }) => step >= 20)) first.pause.abort();
    });
    const { state } = await first.end;
    expect(state.step).toBeGreaterThanOrEqual(20);
    const until = state.step + 40;
    const second = follow({ ...REQUEST, from: state, until });
    const joined = [...first.losses(), ...second.losses()];
    const reached = (await second.end).state;
    expect(reached.step).toBe(until);
    await whole.end;
    const count = Math.min(60, until);
    expect([...first.losses(), ...second.losses()].length).toBe(until);
    expect(joined.slice(0, state.step)).toEqual(first.losses());
    expect([...first.losses(), ...second.losses()].slice(0, count)).toEqual(
      whole.losses().slice(0, count),
    );
  });

  it('fresh data are those of the next data seeds', async () => {
    const { end, losses } = follow({ ...REQUEST, fresh: CONFIGURATION, until: 2 });
    const { state } = await end;
    const other = buildProblem({ ...CONFIGURATION, dataSeed: CONFIGURATION.dataSeed + 2 });
    const third = follow({ ...REQUEST, from: state, problem: other, until: 3 });
    const onwards = follow({ ...REQUEST, from: state, fresh: CONFIGURATION, until: 3 });
    await Promise.all([third.end, onwards.end]);
    expect(onwards.losses()).toEqual(third.losses());
    expect(losses()[0]).not.toBe(losses()[1]);
  });

  it('an engine that goes is a lost device', async () => {
    const engine = createCpuEngine();
    const never = new AbortController().signal;
    const running = runStretch(
      engine,
      { ...REQUEST, until: 1_000_000 },
      { batches: null, pause: never, signal: never, onPart: () => engine.dispose() },
    );
    await expect(running).rejects.toMatchObject({ code: 'device-lost' });
  });

  it('ends with aborted when it is given up, and tells a checkpoint on the way', async () => {
    const { end, stop, parts } = follow({ ...REQUEST, until: 1_000_000 }, ({ checkpoint }) => {
      if (checkpoint !== null) stop.abort();
    });
    await expect(end).rejects.toMatchObject({ code: 'aborted' });
    const checkpoint = parts.findLast((part) => part.checkpoint !== null)!.checkpoint!;
    expect(checkpoint.step).toBeGreaterThan(0);
    const onwards = await follow({ ...REQUEST, from: checkpoint, until: checkpoint.step + 1 }).end;
    expect(onwards.state.step).toBe(checkpoint.step + 1);
  });
});

describe('which snapshots are kept', () => {
  it('never more than asked for, at both ends of every stride', () => {
    for (let step = 1; step < 5000; step++) {
      const stride = snapshotStride(step, 10);
      expect(Math.floor(step / stride)).toBeLessThanOrEqual(10);
      expect(snapshotStride(endOfStride(step, 10), 10)).toBe(snapshotStride(step + 1, 10));
      expect(endOfStride(step, 10)).toBeGreaterThan(step);
    }
  });

  it('fewer where the weights are many', () => {
    expect(mostSnapshots(600)).toBe(160);
    expect(mostSnapshots(512 * 600)).toBe(40);
    expect(mostSnapshots(1e8)).toBe(12);
  });
});
