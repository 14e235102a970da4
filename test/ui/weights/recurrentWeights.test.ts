import { describe, expect, it, vi } from 'vitest';
import type { Complex } from '../../../src/analysis/complex';
import { spectrum, type Spectrum } from '../../../src/analysis/spectrum';
import { turning, type Turning } from '../../../src/analysis/turning';
import { DEFAULT_CONFIGURATION, type Configuration } from '../../../src/model/configuration';
import { createAppStore } from '../../../src/state/store';
import { taskKnowledge } from '../../../src/state/taskKnowledge';
import type { ConfigurationChange } from '../../../src/state/types';
import { buildProblem } from '../../../src/tasks/buildProblem';
import { createEigenvalueEditor, type MovedView } from '../../../src/ui/weights/eigenvalueEditor';
import { nearestHandle } from '../../../src/ui/weights/eigenvalueKeys';
import { createScaler, shownQuantity, type Scaled } from '../../../src/ui/weights/radiusScaling';
import { weightArrayOf } from '../../../src/ui/weights/weightArrays';
import { gaussian, spectralDistance } from '../../support/matrices';

vi.mock('../../../src/ui/app/context', () => ({}));

/** A page's store and what its edits need, with answers at once or held back. */
function openPage(change: Partial<Configuration>) {
  const configuration: Configuration = { ...DEFAULT_CONFIGURATION, ...change };
  const store = createAppStore({ configuration, language: 'en', theme: 'system' }, taskKnowledge);
  const getConfiguration = () => store.getState().configuration;
  return {
    start: configuration,
    state: () => store.getState(),
    getConfiguration,
    change: (edit: ConfigurationChange, gesture?: string) => store.getState().change(edit, gesture),
    /** W_h as the next run has it */
    weights: () => buildProblem(getConfiguration()).parameters.recurrentWeights,
    measured: () =>
      spectrum(buildProblem(getConfiguration()).parameters.recurrentWeights, configuration.H),
  };
}
const asArray = (size: number, seed: number) => ({ Wh: Array.from(gaussian(size, seed)) });

describe('setting ρ and σ_max', () => {
  /** With the spectrum of the first matrix at hand, as the page has it when it is at rest. */
  async function openScaler(change: Partial<Configuration>) {
    const page = openPage(change);
    const asked: Scaled[] = [];
    const first = weightArrayOf(page.start, 'Wh').values;
    const known = await page.measured();
    const scale = createScaler({
      ...page,
      getSpectrum: ({ values, rows }) => (values === first ? known : spectrum(values, rows)),
      onScaled: (scaled) => asked.push(scaled),
    });
    return { ...page, scale, asked };
  }

  it.each(['spectralRadius', 'largestSingularValue'] as const)(
    '%s is what was asked for, at every size and from every kind of matrix',
    async (quantity) => {
      for (const change of [
        { H: 1 },
        { H: 2, arrays: { Wh: [0.9, 5, 0, 0.9] } },
        { H: 2, arrays: { Wh: [0.5, -2, 0.3, 0.7] } },
        { H: 3, initialiser: { kind: 'gaussian', angle: 0 } },
        { H: 3, arrays: { Wh: [1, 1, 0, 0, 1, 1, 0, 0, 1] } },
        { H: 24 },
        { H: 24, initialiser: { kind: 'gaussian', angle: 0 } },
        { H: 24, edits: [{ array: 'Wh', index: 5, value: 2 }] },
        { H: 24, arrays: asArray(24, 9) },
      ] as const) {
        for (const target of [0.001, 0.35, 1, 1.2345, 700]) {
          const page = await openScaler(change);
          page.scale(quantity, target);
          expect(page.asked).toHaveLength(1);
          const measured = await page.measured();
          expect(measured[quantity] / target).toBeCloseTo(1, 5);
          expect(shownQuantity(quantity, measured, false, page.asked[0]!)).toBe(target);
          page.state().undo();
          expect(page.getConfiguration()).toEqual(page.start);
          expect(page.state().canUndo).toBe(false);
        }
      }
    },
  );

  it('keeps to the gain while it can, from the beginning of the gesture on', async () => {
    const page = await openScaler({ H: 24 });
    for (const target of [0.5, 300, 0.013, 7, 0.95]) page.scale('spectralRadius', target, 'drag');
    expect(page.getConfiguration().arrays).toEqual({});
    expect(page.getConfiguration().gain).toBeCloseTo(0.95, 6);
    page.state().undo();
    expect(page.getConfiguration()).toEqual(page.start);
    expect(page.state().canUndo).toBe(false);
  });

  it('accumulates no rounding over a drag, nor over edits one by one', async () => {
    const page = await openScaler({ H: 24, arrays: asArray(24, 3) });
    const before = Array.from(page.weights());
    const radius = (await page.measured()).spectralRadius;
    for (let i = 1; i < 500; i++) page.scale('spectralRadius', 0.1 + (i % 97) / 31, `${i}`);
    page.scale('spectralRadius', radius, 'last');
    expect(Array.from(page.weights())).toEqual(before);
  });

  it('waits for the spectrum of the very matrix, and takes the newest wish', async () => {
    const page = openPage({ H: 3, arrays: asArray(3, 5) });
    let finish: (answer: Spectrum | null) => void = () => undefined;
    const asked: Scaled[] = [];
    const scale = createScaler({
      ...page,
      getSpectrum: () => new Promise((resolve) => (finish = resolve)),
      onScaled: (scaled) => asked.push(scaled),
    });
    scale('largestSingularValue', 0.4, 'drag');
    scale('largestSingularValue', 0.8, 'drag');
    expect(page.getConfiguration()).toBe(page.state().configuration);
    expect(page.state().canUndo).toBe(false);
    finish(await page.measured());
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect((await page.measured()).largestSingularValue).toBeCloseTo(0.8, 6);

    // Somebody else's edit in between: nothing is scaled by another matrix's number.
    page.change({ arrays: asArray(3, 6) });
    scale('largestSingularValue', 0.4);
    page.change({ arrays: asArray(3, 7) });
    const present = page.getConfiguration();
    finish(await page.measured());
    await Promise.resolve();
    await Promise.resolve();
    expect(page.getConfiguration()).toBe(present);
    // An overtaken computation leaves the field usable.
    scale('largestSingularValue', 0.4);
    finish(null);
    await Promise.resolve();
    await Promise.resolve();
    scale('largestSingularValue', 0.3);
    finish(await page.measured());
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect((await page.measured()).largestSingularValue).toBeCloseTo(0.3, 6);
  });

  it('does nothing where no factor could', async () => {
    const page = await openScaler({ H: 2, arrays: { Wh: [1, -1, 1, -1] } });
    page.scale('spectralRadius', 1);
    expect(page.state().canUndo).toBe(false);
    page.scale('largestSingularValue', 1);
    expect((await page.measured()).largestSingularValue).toBeCloseTo(1, 6);
  });

  it('shows five digits of what was measured, where that is not what was asked for', () => {
    const measured = { spectralRadius: 0.123456, largestSingularValue: 2 } as Spectrum;
    const scaled = {
      spectralRadius: 0.2,
      largestSingularValue: 2,
      asked: 'spectralRadius',
    } as Scaled;
    expect(shownQuantity('spectralRadius', measured, false, null)).toBe(0.12346);
    expect(shownQuantity('spectralRadius', measured, false, scaled)).toBe(0.12346);
    expect(shownQuantity('spectralRadius', measured, true, scaled)).toBe(0.2);
    expect(shownQuantity('spectralRadius', measured, true, null)).toBe(0.12346);
  });
});

describe('moving eigenvalues', () => {
  function openEditor(change: Partial<Configuration>) {
    const page = openPage(change);
    const moved: MovedView[] = [];
    const requests: ((answer: Turning | null) => void)[] = [];
    const editor = createEigenvalueEditor({
      ...page,
      getTurning: () => new Promise((resolve) => requests.push(resolve)),
      onMoved: (view) => moved.push(view),
    });
    const answer = async () => {
      const found = await turning(page.weights(), page.getConfiguration().H);
      requests.splice(0).forEach((resolve) => resolve(found));
      await Promise.resolve();
      await Promise.resolve();
    };
    const take = (at: Complex) =>
      editor.take((eigenvalues, handles) => nearestHandle(eigenvalues, handles, at));
    return { ...page, editor, moved, take, answer, requests };
  }

  it('H = 2: a drag is one entry and W_h has what it asked for', async () => {
    const page = openEditor({ H: 2, arrays: { Wh: [0.5, -0.6, 0.4, 0.5] } });
    const [re, im] = (await page.measured()).eigenvalues[0]!;
    const hand = page.take([re, im]);
    for (let i = 1; i <= 20; i++) hand.pull([0.01 * i, 0.02 * i], 0.005, 'drag');
    const { eigenvalues } = await page.measured();
    const to = [re + 0.2, im + 0.4] as const;
    expect(spectralDistance(eigenvalues, [to, [to[0], -to[1]]])).toBeLessThan(1e-7);
    expect(page.moved.at(-1)!.array.values).toEqual(page.weights());
    page.state().undo();
    expect(page.getConfiguration()).toEqual(page.start);
  });

  it('H = 2: where a pair met does not depend on which of its moves became edits', () => {
    const drag = (becomesEdit: boolean) => {
      const page = openEditor({ H: 2, arrays: { Wh: [0.5, -0.5, 0.5, 0.5] } });
      const hand = page.take([0.5, 0.5]);
      // Onto the axis and along it
      hand.pass([-0.3, -0.5], 0.01);
      if (becomesEdit) hand.pull([-0.3, -0.5], 0.01, 'drag');
      expect(page.state().canUndo).toBe(becomesEdit);
      hand.pass([0.1, -0.5], 0.01);
      hand.pull([0.1, -0.5], 0.01, 'drag');
      return { eigenvalues: page.moved.at(-1)!.eigenvalues.flat(), weights: page.weights() };
    };
    expect(drag(true).eigenvalues).toEqual([0.6, 0, 0.2, 0]);
    expect(drag(false)).toEqual(drag(true));
  });

  it('key by key it goes back to the very beginning', () => {
    const page = openEditor({ H: 2, arrays: { Wh: [0.5, -0.6, 0.4, 0.5] } });
    const before = Array.from(page.weights());
    let at: Complex = [0.5, 0.5];
    const press = (by: Complex) => {
      page.take(at).pull(by, 0.005, `${page.moved.length}`);
      const view = page.moved.at(-1)!;
      at = view.eigenvalues[view.at]!;
    };
    for (let i = 0; i < 60; i++) press([0, -0.01]); // onto the axis and through it
    for (let i = 0; i < 60; i++) press([0, 0.01]);
    page.weights().forEach((v, i) => expect(v).toBeCloseTo(before[i]!, 2));
    expect(page.moved.some(({ eigenvalues }) => eigenvalues[0]![1] === 0)).toBe(true);
  });

  it('waits for the decomposition, once, and then is where the hand is by now', async () => {
    const page = openEditor({ H: 24, arrays: asArray(24, 3) });
    const before = (await page.measured()).eigenvalues;
    const from = before.find(([, im]) => im > 0.2)!;
    page.editor.prepare();
    const hand = page.take(from);
    hand.pull([0.1, 0], 0.01, 'drag');
    hand.pull([0, 0.1], 0.01, 'drag');
    expect(page.state().canUndo).toBe(false);
    await page.answer();
    hand.pull([-0.1, 0.1], 0.01, 'drag');
    expect(page.requests).toHaveLength(0);
    expect(page.moved).toHaveLength(2);
    const view = page.moved.at(-1)!;
    const chosen = view.eigenvalues[view.at]!;
    expect(chosen[0]).toBeCloseTo(from[0] - 0.1, 10);
    expect(chosen[1]).toBeCloseTo(from[1] + 0.1, 10);
    const { eigenvalues } = await page.measured();
    expect(spectralDistance(eigenvalues, page.moved.at(-1)!.eigenvalues)).toBeLessThan(1e-5);
    // The next hand goes on from the same beginning.
    page.take(chosen).pull([0.1, -0.1], 0.01, 'again');
    expect(page.requests).toHaveLength(0);
    page.weights().forEach((v, i) => expect(v).toBeCloseTo(page.start.arrays.Wh![i]!, 6));
    page.state().undo();
    page.state().undo();
    expect(page.getConfiguration()).toEqual(page.start);
    // After that it is another matrix.
    page.editor.prepare();
    expect(page.requests).toHaveLength(1);
  });

  it('only scaling keeps the link short; turning and back returns to the gain', async () => {
    const page = openEditor({ H: 6 });
    const [re, im] = (await page.measured()).eigenvalues.find((value) => value[1] > 0.1)!;
    const hand = page.take([re, im]);
    await page.answer();
    // A quarter turn and half the length; back, and half the length alone.
    hand.pull([-0.5 * im - re, 0.5 * re - im], 0.01, 'drag');
    expect(page.getConfiguration().arrays.Wh).toBeDefined();
    hand.pull([-0.5 * re, -0.5 * im], 0.01, 'drag');
    expect(page.getConfiguration().arrays).toEqual({});
    expect(page.getConfiguration().gain).toBeCloseTo(0.475, 7);
    const identity = openEditor({ H: 6, initialiser: { kind: 'identity', angle: 0 } });
    const real = identity.take([0.95, 0]);
    await identity.answer();
    real.pull([-0.45, 0], 0.01, 'drag');
    expect(identity.getConfiguration().arrays).toEqual({});
    expect(identity.getConfiguration().gain).toBeCloseTo(0.5, 7);
  });

  it('drops what was meant for a matrix that is no longer there', async () => {
    const page = openEditor({ H: 6 });
    const hand = page.take([0.5, 0.5]);
    hand.pull([0.1, 0], 0.01, 'drag');
    page.change({ gain: 1.2 });
    const present = page.getConfiguration();
    await page.answer();
    expect(page.getConfiguration()).toBe(present);
  });

  it('says when there is nothing to take', async () => {
    const page = openEditor({ H: 6, gain: 0 });
    page.take([0, 0]).pull([0.1, 0], 0.01, 'drag');
    await page.answer();
    expect(page.moved.at(-1)!.blocked).toBe('zero');
    expect(page.state().canUndo).toBe(false);
  });
});
