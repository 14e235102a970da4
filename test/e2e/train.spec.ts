import { TRAINING_CASES } from './support/cases';
import { getConfig, getResult, open, setConfig } from './support/playground';
import { expect, test } from './support/test';

/** The others, whose own tests run every case, on the first of them only. */
const ENGINES = ['webgpu', 'cpu', 'reference'] as const;

/** The largest relative difference of any entry; Infinity where one is not finite. */
function difference(actual: ArrayLike<number>, expected: readonly number[]): number {
  if (actual.length !== expected.length) return Infinity;
  const each = expected.map((value, i) => Math.abs(actual[i]! - value) / Math.abs(value));
  return each.every(Number.isFinite) ? Math.max(...each) : Infinity;
}

test('window.bptt.train: PyTorch’s losses and gradient norms on every engine', async ({ page }) => {
  await open(page);
  expect(TRAINING_CASES.length).toBeGreaterThanOrEqual(9);
  for (const [i, one] of TRAINING_CASES.entries()) {
    for (const engine of i === 0 ? ENGINES : ENGINES.slice(0, 1)) {
      const { losses, gradNorms, weights, ...rest } = await page.evaluate(
        async ([problem, optimizer, engine]) => {
          const trained = await window.bptt.train(problem, optimizer, { engine });
          // Playwright has no typed arrays.
          const plain = (value: Float64Array) => Array.from(value);
          const { Wx, Wh, b, Wy, c } = trained.weights;
          const weights = { Wx, Wh, b, Wy, c };
          return {
            engine: trained.engine,
            stop: trained.stop,
            losses: plain(trained.losses),
            gradNorms: plain(trained.gradNorms),
            weights: Object.values(weights).map(plain),
          };
        },
        [one, one.optimizer, engine] as const,
      );
      expect(rest, one.name).toEqual({ engine, stop: null });
      const what = `${one.name} on ${engine}`;
      expect(difference(losses, one.expected.losses), `losses of ${what}`).toBeLessThan(1e-3);
      expect(difference(gradNorms, one.expected.gradNorms), `norms of ${what}`).toBeLessThan(1e-2);
      const sizes = weights.map((values) => values.length);
      const { H } = one;
      expect(sizes[1]).toBe(H * H);
      expect(weights.flat().every(Number.isFinite)).toBe(true);
    }
  }
});

test('a training beside the page’s own work; refusals and a signal', async ({ page }) => {
  await open(page, './?engine=cpu');
  const one = TRAINING_CASES.find(({ name }) => name === 'train-sgd')!;
  const training = page.evaluate(
    async ([problem, optimizer]) => {
      const { losses } = await window.bptt.train(problem, { ...optimizer, steps: 2000 });
      return losses.length;
    },
    [one, one.optimizer] as const,
  );
  const before = (await getResult(page)).loss;
  await setConfig(page, { gain: 0.5 });
  expect((await getResult(page)).loss).not.toBe(before);
  expect(await training).toBe(2000);
  expect((await getConfig(page)).gain).toBe(0.5);

  const refusals = await page.evaluate(async (problem) => {
    const outcome = (call: Promise<unknown>) =>
      call.then(
        () => null,
        ({ code, path, message }: { code: string; path: string; message: string }) => ({
          ...{ code, path, message },
        }),
      );
    const controller = new AbortController();
    const { signal } = controller;
    const ended = window.bptt.train(problem, { kind: 'sgd', lr: 0.01, steps: 1e6 }, { signal });
    setTimeout(() => controller.abort(), 100);
    return [
      await outcome(window.bptt.train(problem, { kind: 'sgd', learningRate: 1, steps: 1 })),
      await outcome(ended),
    ];
  }, one);
  expect(refusals).toEqual([
    {
      ...{ code: 'invalid-request', path: 'learningRate' },
      message: expect.stringContaining('sgd has kind, lr, steps') as unknown,
    },
    { code: 'aborted', path: '', message: 'Cancelled.' },
  ]);
});
