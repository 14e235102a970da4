import { describe, expect, it } from 'vitest';
import { createPace } from '../../../src/ui/app/pace';

/** Frames and a clock that the test moves. */
function machine(frameLength = 16, isPressed = true) {
  let now = 0;
  const frames: (() => void)[] = [];
  const done: string[] = [];
  const pace = createPace(
    (callback) => frames.push(callback),
    () => isPressed,
    () => now,
    (draw) => draw(),
  );
  const spend = (name: string, cost: number) => () => {
    now += cost;
    done.push(name);
  };
  return {
    pace,
    done,
    frames,
    spend,
    /** Whether it is done at once */
    soon: (owner: object, name: string, cost: number) => {
      const before = done.length;
      pace.soon(owner, spend(name, cost));
      return done.slice(before).includes(name);
    },
    /** What is done in the next frame */
    frame: () => {
      now += frameLength;
      const before = done.length;
      frames.shift()?.();
      return done.slice(before);
    },
  };
}

/** A member with `count` pieces, all of one kind. */
function pieces(count: number, work: () => void) {
  const kind = {};
  let left = count;
  return {
    next: () => (left > 0 ? kind : null),
    work: () => {
      left--;
      work();
    },
  };
}

describe('the pace of the page', () => {
  it('does at once what is asked where nothing has been done for the next frame', () => {
    const { soon, done } = machine();
    expect(soon({}, 'edit', 3)).toBe(true);
    expect(done).toEqual(['edit']);
  });

  it('does only the newest task of an owner', () => {
    const { soon, frame } = machine();
    const [slider, chart] = [{}, {}];
    soon(chart, 'chart', 20);
    expect(soon(slider, '1', 3)).toBe(false);
    expect(soon(slider, '2', 3)).toBe(false);
    expect(frame()).toEqual([]); // The chart has taken its time.
    expect(frame()).toEqual(['2']);
  });

  it('finishes a task on demand, and once', () => {
    const { pace, soon, frame, done } = machine();
    const slider = {};
    soon({}, 'chart', 20);
    soon(slider, 'edit', 3);
    pace.finish(slider);
    pace.finish(slider);
    expect(done).toEqual(['chart', 'edit']);
    frame();
    expect(frame()).toEqual([]);
  });

  it('puts into a frame what is expected to fit', () => {
    const { pace, spend, frame, done } = machine();
    const ask = pace.join(pieces(6, spend('piece', 3)));
    ask();
    // 3 + 3, and a third one would be over 8.
    expect(done).toHaveLength(2);
    expect(frame()).toEqual([]); // That was for this frame.
    expect(frame()).toHaveLength(2);
    expect(frame()).toHaveLength(2);
  });

  it('takes turns: neither edits in every frame nor drawing starves the other', () => {
    const { pace, spend, soon, frame, done } = machine(40);
    const slider = {};
    pace.join(pieces(100, spend('draw', 20)))();
    for (let i = 0; i < 20; i++) {
      soon(slider, 'edit', 20);
      frame();
    }
    const count = (name: string) => done.filter((entry) => entry === name).length;
    expect(count('edit')).toBeGreaterThanOrEqual(7);
    expect(count('draw')).toBeGreaterThanOrEqual(7);
  });

  it('does less in a frame while frames are late, and more again when they are not', () => {
    const late = machine(40);
    late.pace.join(pieces(1000, late.spend('piece', 1)))();
    for (let i = 0; i < 6; i++) late.frame();
    expect(late.frame()).toHaveLength(2);

    const quick = machine(16);
    quick.pace.join(pieces(1000, quick.spend('piece', 1)))();
    for (let i = 0; i < 6; i++) quick.frame();
    expect(quick.frame()).toHaveLength(8);
  });

  it('takes no pause for a late frame outside of a drag', () => {
    const { pace, spend, soon, frame } = machine(100, false);
    for (let i = 0; i < 10; i++) {
      soon({}, 'result', 1);
      frame();
    }
    expect(pace.isLate()).toBe(false);
    pace.join(pieces(20, spend('piece', 1)))();
    expect(frame()).toEqual([]);
    expect(frame()).toHaveLength(8);
  });

  it('lets what only follows rest while frames are late, and comes to it in the end', () => {
    const { pace, spend, soon, frame, done } = machine(40);
    const [slider, map] = [{}, {}];
    for (let i = 0; i < 30; i++) {
      soon(slider, 'edit', 4);
      pace.follow(map, spend('map', 4));
      frame();
    }
    const count = (name: string) => done.filter((entry) => entry === name).length;
    expect(pace.isLate()).toBe(true);
    expect(count('edit')).toBeGreaterThanOrEqual(20);
    expect(count('map')).toBeLessThanOrEqual(12);
    for (let i = 0; i < 6; i++) frame();
    expect(done.at(-1)).toBe('map');
  });

  it('comes back for what is not due yet', () => {
    const { pace, frame, done, frames } = machine(16, false);
    let isDue = false;
    pace.join({
      next: () => (done.length > 0 ? null : isDue ? {} : 'later'),
      work: () => done.push('due'),
    })();
    expect(frame()).toEqual([]);
    isDue = true;
    expect(frame()).toEqual(['due']);
    expect(frames).toHaveLength(0); // Nothing left: no frame is asked for.
  });

  it('goes on after work that throws', () => {
    const { pace, soon, frame } = machine();
    expect(() =>
      pace.soon({}, () => {
        throw new Error('refused');
      }),
    ).toThrow('refused');
    soon({}, 'next', 1);
    frame();
    expect(soon({}, 'after', 1)).toBe(true);
  });
});
