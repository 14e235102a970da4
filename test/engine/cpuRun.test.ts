import { afterAll, describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { ScaledVector } from '../../src/engine/interface';
import { toEvaluation } from '../../src/model/evaluation';
import { timesPowerOfTwo } from '../../src/model/scaled';
import { slope } from '../../src/reference/activations';
import { forward } from '../../src/reference/forward';
import { referencePass } from '../../src/reference/pass';
import { expectClose } from '../support/compare';
import { chain } from '../support/problems';
import { randomProblem } from '../support/randomProblem';

const engine = createCpuEngine();
afterAll(() => engine.dispose());

const plain = ({ mantissas, exponent }: ScaledVector): number[] =>
  Array.from(mantissas, (m) => timesPowerOfTwo(m, exponent));

describe('inspect', () => {
  const problem = randomProblem({ T: 6, B: 3, I: 2, H: 5, O: 4, cuts: [3], seed: 41 });
  const { B, H, O, parameters } = problem;
  const reference = toEvaluation('reference', referencePass(problem));
  const states = forward(problem);

  it.each([
    { step: 1, n: 2 },
    { step: 2, n: 0 },
    { step: 4, n: 1 },
    { step: 6, n: 2 },
  ])('gives every number of step $step, entry $n', async ({ step, n }) => {
    const run = await engine.run(problem);
    const detail = await run.inspect(step, n);
    const row = (step - 1) * B + n;
    const of = (values: ArrayLike<number>, width: number, r = row) =>
      Array.prototype.slice.call(values, r * width, (r + 1) * width) as number[];
    const previous = step === 1 ? of(problem.initialState, H, n) : of(reference.h, H, row - B);
    expect([...detail.inputs]).toEqual(of(problem.inputs, 2));
    expectClose(detail.previousState, previous, 1e-6, 'h_{t−1}');
    expectClose(detail.preActivations, of(states.preActivations, H), 1e-5, 'a');
    expectClose(detail.state, of(reference.h, H), 1e-5, 'h');
    expectClose(
      plain(detail.slopes),
      of(states.preActivations, H).map((a) => slope('tanh', a)),
      1e-5,
      'slopes',
    );
    expectClose(detail.logits, of(states.logits, O), 1e-5, 'z');
    expectClose(detail.outputs, of(reference.y, O), 1e-5, 'y');
    expect(problem.targets.kind === 'dense' && of(problem.targets.values, O)).toEqual([
      ...detail.target,
    ]);
    expect(detail.stepLoss).toBeCloseTo(reference.lossPerStep[step - 1]!, 5);
    expectClose(plain(detail.stateGradient), of(reference.dh, H), 1e-5, 'e');
    expectClose(plain(detail.errorSignal), of(reference.delta, H), 1e-5, 'δ');

    const carried = new Float64Array(H);
    if (step < 6 && step + 1 !== 3) {
      const next = of(reference.delta, H, row + B);
      for (let i = 0; i < H; i++) {
        for (let j = 0; j < H; j++) {
          carried[j]! += parameters.recurrentWeights[i * H + j]! * next[i]!;
        }
      }
    }
    expectClose(plain(detail.carried), carried, 1e-5, 'carried');
    const sum = plain(detail.injected).map((v, i) => v + carried[i]!);
    expectClose(sum, of(reference.dh, H), 1e-5, 'injected + carried = e');
    run.dispose();
  });

  it('shows a class target as one-hot', async () => {
    const run = await engine.run(randomProblem({ loss: 'crossEntropy', seed: 42 }));
    const { target } = await run.inspect(3, 1);
    expect([...target].sort()).toEqual([0, 0, 0, 1]);
  });

  it('shows the overflowed state, and NaN for what was not computed', async () => {
    const run = await engine.run(
      chain(50, 9, { activation: 'relu', initialState: 1, lossEverywhere: true }),
    );
    const at = await run.inspect(39, 0);
    expect(at.state[0]).toBeGreaterThan(1e37);
    expect(at.errorSignal.mantissas[0]).toBeNaN();
    expect(at.stepLoss).toBeNaN();
    expect((await run.inspect(40, 0)).state[0]).toBeNaN();
    const last = await run.inspect(38, 0);
    expect(plain(last.carried)).toEqual([0]);
    expect(plain(last.errorSignal)[0]).toBeGreaterThan(1e36);
  });

  it.each([
    [0, 0],
    [7, 0],
    [1.5, 0],
    [1, 3],
    [1, -1],
    [NaN, 0],
  ])('refuses step %f, entry %f', async (step, n) => {
    const run = await engine.run(problem);
    await expect(run.inspect(step, n)).rejects.toMatchObject({ code: 'invalid-request' });
  });
});

describe('view', () => {
  const problem = randomProblem({ T: 10, B: 2, I: 3, H: 5, O: 4, loss: 'crossEntropy', seed: 43 });
  const window = { from: 3, to: 9, columns: 100, rows: 100, batchEntry: 1 };

  it('gives single values where there is room', async () => {
    const run = await engine.run(problem);
    const view = await run.view(window);
    const { h, y, delta } = toEvaluation('cpu', await run.tensors());
    for (const map of [view.inputs, view.states, view.outputs, view.targets]) {
      expect(map.columns).toBe(7);
      expect(map.minimum).toEqual(map.maximum);
    }
    const row = (5 - 1) * 2 + 1;
    const at = (step: number, unit: number) => unit * 7 + (step - 3);
    expect(view.states.minimum[at(5, 2)]).toBe(h[row * 5 + 2]);
    expect(view.outputs.minimum[at(5, 3)]).toBe(y[row * 4 + 3]);
    expect(view.inputs.minimum[at(5, 1)]).toBe(Math.fround(problem.inputs[row * 3 + 1]!));
    expect(view.log2ErrorSignals.minimum[at(5, 4)]).toBeCloseTo(
      Math.log2(Math.abs(delta[row * 5 + 4]!)),
      5,
    );
    const target = problem.targets.kind === 'class' ? problem.targets.indices[row]! : -1;
    for (let o = 0; o < 4; o++) {
      expect(view.targets.minimum[at(5, o)]).toBe(o === target ? 1 : 0);
    }
  });

  it.each([
    { ...window, from: 0 },
    { ...window, to: 11 },
    { ...window, from: 5, to: 4 },
    { ...window, batchEntry: 2 },
    { ...window, columns: 0 },
    { ...window, rows: 1.5 },
  ])('refuses %o', async (bad) => {
    const run = await engine.run(problem);
    await expect(run.view(bad)).rejects.toMatchObject({ code: 'invalid-request' });
  });
});

describe('the life of a run', () => {
  const long = randomProblem({ T: 4000, B: 4, H: 64, seed: 44 });

  it('is over after dispose', async () => {
    const run = await engine.run(randomProblem());
    run.dispose();
    await expect(run.tensors()).rejects.toMatchObject({ code: 'aborted' });
    await expect(run.inspect(1, 0)).rejects.toMatchObject({ code: 'aborted' });
  });

  it('does not begin when the signal has fired', async () => {
    await expect(engine.run(long, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  });

  it('lets the event loop turn and stops when the signal fires', async () => {
    const controller = new AbortController();
    let turns = 0;
    const timer = setInterval(() => {
      turns++;
      controller.abort();
    }, 5);
    const started = performance.now();
    await expect(engine.run(long, controller.signal)).rejects.toMatchObject({ code: 'aborted' });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    // A whole run takes several times as long; a stretch is 30 ms.
    const stopped = performance.now() - started;
    const whole = await engine.run(long);
    expect(stopped).toBeLessThan(whole.summary.elapsed);
    whole.dispose();
  });

  it('ends with the engine', async () => {
    const other = createCpuEngine();
    const finished = await other.run(randomProblem());
    const pending = other.run(long);
    other.dispose();
    await expect(pending).rejects.toMatchObject({ code: 'aborted' });
    await expect(
      finished.view({ from: 1, to: 2, columns: 1, rows: 1, batchEntry: 0 }),
    ).rejects.toThrow();
    await expect(other.run(randomProblem())).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('the size guard', () => {
  it('refuses what does not fit and names what does', async () => {
    const problem = { ...randomProblem(), T: 100_000, B: 256, H: 512 };
    await expect(engine.run(problem)).rejects.toMatchObject({
      code: 'too-large',
      path: 'T',
      // 4 bytes × 256 × (3 + 4·512 + 2·4 + 3) + 8 per step
      details: {
        largestT: Math.floor((2 ** 30 - 4 * (256 * 512 + 1024 * 519 + 512 * 516)) / 2111496),
      },
    });
  });

  it('says so when no T fits', async () => {
    const problem = { ...randomProblem(), H: 40_000 };
    await expect(engine.run(problem)).rejects.toMatchObject({
      code: 'too-large',
      details: { largestT: 0 },
    });
  });
});
