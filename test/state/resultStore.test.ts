import { describe, expect, it, vi } from 'vitest';
import { createResultStore } from '../../src/state/resultStore';
import { animationFrames } from '../../src/state/animationFrames';
import type { Result } from '../../src/state/types';

const RESULT = {} as Omit<Result, 'id'>;
const ERROR = { code: 'too-large', path: 'T', message: 'Too large.', details: {} } as const;

function open() {
  let frames: (() => void)[] = [];
  const results = createResultStore((callback) => frames.push(callback));
  const drawFrame = () => {
    const due = frames;
    frames = [];
    for (const callback of due) callback();
    return due.length;
  };
  return { results, drawFrame };
}

describe('the result store', () => {
  it('publishes only the newest of a frame, with rising ids', () => {
    const { results, drawFrame } = open();
    const listener = vi.fn();
    const stop = results.subscribe(listener);
    results.begin();
    results.publish(RESULT);
    results.publish(RESULT);
    expect(results.get()).toBeNull();
    expect(drawFrame()).toBe(1);
    expect(results.get()?.id).toBe(2);
    expect(listener).toHaveBeenCalledTimes(1);
    stop();
    results.publish(RESULT);
    drawFrame();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('is pending from the beginning of a run to the frame that shows it', () => {
    const { results, drawFrame } = open();
    expect(results.isPending()).toBe(false);
    results.begin();
    expect(results.isPending()).toBe(true);
    drawFrame();
    results.publish(RESULT);
    drawFrame();
    expect(results.isPending()).toBe(true);
    results.settle();
    expect(results.isPending()).toBe(true);
    drawFrame();
    expect(results.isPending()).toBe(false);
  });

  it('keeps the last good result beside an error', () => {
    const { results, drawFrame } = open();
    results.publish(RESULT);
    drawFrame();
    const good = results.get();
    results.fail(ERROR);
    drawFrame();
    expect(results.get()).toBe(good);
    expect(results.error()).toBe(ERROR);
    results.publish(RESULT);
    drawFrame();
    expect(results.error()).toBeNull();
  });
});

describe('waiting for the drawing', () => {
  it('is over when all that draws has told so', async () => {
    const { results, drawFrame } = open();
    results.publish(RESULT);
    drawFrame();
    results.tellDrawn();
    results.publish(RESULT);
    let isOver = false;
    const waiting = results.whenDrawn().then(() => (isOver = true));
    await Promise.resolve();
    expect(isOver).toBe(false);
    drawFrame();
    results.tellDrawn();
    await waiting;
    expect(isOver).toBe(true);
  });

  it('is over before it begins where a result is drawn as soon as it is published', async () => {
    vi.useFakeTimers();
    const { results, drawFrame } = open();
    for (let id = 1; id <= 2; id++) {
      results.publish(RESULT);
      drawFrame();
      results.tellDrawn();
      let isOver = false;
      void results.whenDrawn().then(() => (isOver = true));
      await vi.advanceTimersByTimeAsync(0);
      expect(isOver).toBe(true);
    }
    vi.useRealTimers();
  });

  it('is over at once where nothing draws, and after a while where it does not come to it', async () => {
    vi.useFakeTimers();
    const { results, drawFrame } = open();
    results.publish(RESULT);
    await results.whenDrawn();
    drawFrame();
    results.tellDrawn();
    results.publish(RESULT);
    let isOver = false;
    void results.whenDrawn().then(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(900);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(isOver).toBe(true);
    vi.useRealTimers();
  });
});

describe('animationFrames', () => {
  function open() {
    const frames: (() => void)[] = [];
    const timers: (() => void)[] = [];
    const nextFrame = animationFrames({
      requestAnimationFrame: (callback) => frames.push(callback),
      setTimeout: (callback) => timers.push(callback),
    });
    return { frames, timers, nextFrame };
  }

  it('calls at once, but not synchronously, when the last call is long ago', async () => {
    const { frames, nextFrame } = open();
    const callback = vi.fn();
    nextFrame(callback);
    expect(callback).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(callback).toHaveBeenCalledTimes(1);
    expect(frames).toHaveLength(0);
  });

  it('within a frame of the last call waits for the next, and calls once where none comes', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { frames, timers, nextFrame } = open();
    nextFrame(vi.fn());
    await Promise.resolve();
    const callback = vi.fn();
    nextFrame(callback);
    await Promise.resolve();
    expect(callback).not.toHaveBeenCalled();
    timers[0]!();
    frames[0]!();
    expect(callback).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });
});
