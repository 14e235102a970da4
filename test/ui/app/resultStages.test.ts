import { describe, expect, it } from 'vitest';
import type { Result } from '../../../src/state/types';
import { createPace } from '../../../src/ui/app/pace';
import { createResultStages, STAGE } from '../../../src/ui/app/resultStages';

/** Results, frames and a clock that the test moves; `cost`: milliseconds of one listener. */
function page(cost: number) {
  let result: Result | null = null;
  let now = 0;
  const listeners: (() => void)[] = [];
  const frames: (() => void)[] = [];
  const drawn: string[] = [];
  const told: number[] = [];
  const clock = () => now;
  const draw = (work: () => void) => work();
  const stages = createResultStages(
    {
      get: () => result,
      subscribe: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
      tellDrawn: () => told.push(result!.id),
    },
    createPace(
      (callback) => frames.push(callback),
      () => false,
      clock,
      draw,
    ),
    clock,
    draw,
  );
  return {
    drawn,
    told,
    stages,
    frames,
    add: (stage: number) =>
      stages.subscribe(stage, () => {
        now += cost;
        drawn.push(`${stage}:${result!.id}`);
      }),
    publish: (id: number) => {
      result = { id } as Result;
      for (const listener of listeners) listener();
    },
    tell: () => listeners.forEach((listener) => listener()),
    frame: () => {
      now += 16;
      frames.shift()?.();
    },
  };
}

describe('the stages of a result', () => {
  it('draw at once, in order, what fits a frame', () => {
    const { add, publish, drawn, frame, frames } = page(1);
    for (const stage of [2, 0, 1]) add(stage);
    publish(1);
    expect(drawn).toEqual(['0:1', '1:1', '2:1']);
    frame();
    expect(frames).toHaveLength(0);
  });

  it('go on in the next frame where a machine is slow', () => {
    const { add, publish, drawn, frame } = page(10);
    for (const stage of [0, 1, 2]) add(stage);
    publish(1);
    expect(drawn).toEqual(['0:1']);
    for (let i = 0; i < 3; i++) frame();
    expect(drawn).toEqual(['0:1', '1:1', '2:1']);
  });

  it('take turns: none starves while a result comes in every frame, and all end with the newest', () => {
    const { add, publish, drawn, frame } = page(10);
    for (const stage of [0, 1, 2]) add(stage);
    for (let id = 1; id <= 9; id++) {
      publish(id);
      frame();
    }
    const turns = [0, 1, 2].map((stage) => drawn.filter((d) => d.startsWith(`${stage}:`)).length);
    expect(Math.min(...turns)).toBeGreaterThanOrEqual(3);
    for (let i = 0; i < 6; i++) frame();
    expect(drawn.slice(-3).sort()).toEqual(['0:9', '1:9', '2:9']);
  });

  it('beside the tracks draw ten times a second, and the last result in any case', () => {
    const { add, publish, drawn, frame } = page(0);
    add(STAGE.timeline);
    add(STAGE.panel);
    for (let id = 1; id <= 20; id++) {
      publish(id);
      frame();
    }
    for (let i = 0; i < 8; i++) frame();
    const of = (stage: number) => drawn.filter((d) => d.startsWith(`${stage}:`));
    expect(of(STAGE.timeline)).toHaveLength(20);
    expect(of(STAGE.panel).length).toBeLessThanOrEqual(5);
    expect(of(STAGE.panel).at(-1)).toBe(`${STAGE.panel}:20`);
  });

  it('are not called where only something else than the result has changed, or after they left', () => {
    const { add, publish, tell, drawn } = page(1);
    const leave = add(0);
    publish(1);
    tell();
    expect(drawn).toEqual(['0:1']);
    leave();
    publish(2);
    expect(drawn).toEqual(['0:1']);
  });

  it('tell when all tracks show a result, whatever else of the page is still due', () => {
    const { add, publish, told, frame } = page(10);
    for (const stage of [0, 1, STAGE.overlay, STAGE.header, STAGE.panel]) add(stage);
    publish(1);
    for (let i = 0; i < 2; i++) frame();
    expect(told).toEqual([]);
    frame();
    expect(told).toEqual([1]);
  });
});
