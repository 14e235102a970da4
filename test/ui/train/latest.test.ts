import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLatest } from '../../../src/ui/lab/train/latest';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Answers after `time` milliseconds each. */
function slow(time: number) {
  const begun: { question: number; at: number }[] = [];
  const told: string[] = [];
  let running = 0;
  let mostRunning = 0;
  const start = performance.now();
  const latest = createLatest<number, string>({
    async answer(question) {
      begun.push({ question, at: performance.now() - start });
      mostRunning = Math.max(mostRunning, ++running);
      await new Promise((resolve) => setTimeout(resolve, time));
      running--;
      if (question < 0) throw new Error(`no ${question}`);
      return `answer ${question}`;
    },
    onAnswer: (answer) => told.push(answer),
    onError: (error) => told.push((error as Error).message),
  });
  return { latest, begun, told, mostRunning: () => mostRunning };
}

describe('the latest question', () => {
  it('is answered at once', async () => {
    const { latest, told, begun } = slow(10);
    latest.ask(1, 500);
    await vi.advanceTimersByTimeAsync(10);
    expect(begun).toEqual([{ question: 1, at: 0 }]);
    expect(told).toEqual(['answer 1']);
  });

  it('twice a second at most, one at a time, and the last one always', async () => {
    for (const time of [10, 700]) {
      const { latest, told, begun, mostRunning } = slow(time);
      // Weights that change five times a second, for four seconds
      for (let i = 0; i < 20; i++) {
        latest.ask(i, 500);
        await vi.advanceTimersByTimeAsync(200);
      }
      await vi.advanceTimersByTimeAsync(2000);
      expect(mostRunning()).toBe(1);
      const gaps = begun.slice(1).map(({ at }, i) => at - begun[i]!.at);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(Math.max(500, time));
      expect(begun.length).toBeLessThanOrEqual(4000 / Math.max(500, time) + 2);
      expect(told.at(-1)).toBe('answer 19');
      // Each is the newest of its time: in between, some were passed over.
      const questions = begun.map(({ question }) => question);
      expect(questions).toEqual([...questions].sort((a, b) => a - b));
      expect(questions.length).toBeLessThan(12);
    }
  });

  it('comes sooner where it may', async () => {
    const { latest, begun } = slow(10);
    latest.ask(1, 500);
    await vi.advanceTimersByTimeAsync(50);
    latest.ask(2, 500);
    latest.ask(3, 100);
    await vi.advanceTimersByTimeAsync(500);
    expect(begun.map(({ question }) => question)).toEqual([1, 3]);
    expect(begun[1]!.at).toBe(100);
  });

  it('is asked after a failure too', async () => {
    const { latest, told } = slow(10);
    latest.ask(-1, 100);
    latest.ask(2, 100);
    await vi.advanceTimersByTimeAsync(200);
    expect(told).toEqual(['no -1', 'answer 2']);
  });

  it('is neither asked nor told after the end', async () => {
    const { latest, told, begun } = slow(10);
    latest.ask(1, 100);
    latest.ask(2, 100);
    latest.stop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual([]);
    expect(begun.length).toBe(1);
  });
});
