import { describe, expect, it } from 'vitest';
import { combination, project } from '../../src/analysis/plane';
import { DEFAULT_CONFIGURATION, type Configuration } from '../../src/model/configuration';
import type { Problem } from '../../src/model/problem';
import { pointOnPlane } from '../../src/model/surface';
import { buildProblem } from '../../src/tasks/buildProblem';
import { axesOf, isSameSurface, type SurfaceAxes } from '../../src/ui/lab/surface/surfaceAxes';
import {
  centrePlace,
  coordinates,
  lossAt,
  movedPlace,
  placeAt,
  rangeOf,
  surfaceShades,
  UNITS,
  zoomed,
} from '../../src/ui/lab/surface/surfaceGeometry';
import { PASCANU_CHANGE, PASCANU_VIEW } from '../../src/ui/lab/surface/pascanu';
import { useSurfaceSettings, type AxisChoice } from '../../src/ui/lab/surface/surfaceSettings';
import { finestGrid } from '../../src/ui/lab/surface/surfaceSize';
import { randomProblem } from '../support/randomProblem';
import { referenceLoss } from '../support/surfaces';

const problem = randomProblem({ T: 5, B: 2, H: 4, I: 3, O: 2, seed: 9 });
const entry = (array: 'Wh' | 'b' | 'Wx', row: number, column: number): AxisChoice => ({
  ...{ kind: 'entry', array, row, column },
});
const settings = (x: AxisChoice, y: AxisChoice, range: readonly [number, number] | null = null) =>
  ({ plane: 'axes', x: { choice: x, range }, y: { choice: y, range: null } }) as const;
const axes = (of: Problem, ...args: Parameters<typeof settings>): SurfaceAxes => {
  const found = axesOf(of, settings(...args), undefined, []);
  if (typeof found === 'string') throw new Error(found);
  return found;
};

describe('the axes of a map', () => {
  it('count a weight by its own value', () => {
    const { x, y, window } = axes(problem, entry('Wh', 2, 1), entry('b', 3, 0), [-1, 3]);
    const value = problem.parameters.recurrentWeights[9]!;
    expect([x.from, x.to, x.offset]).toEqual([-1, 3, value]);
    expect(window.a).toEqual([-1 - value, 3 - value]);
    expect([x.entry, y.entry]).toEqual(['W_h[3,2]', 'b[4]']);
    // Around the present weight where nothing is said.
    expect((y.from + y.to) / 2).toBeCloseTo(problem.parameters.hiddenBias[3]!, 1);
  });

  it('keep to the array of a smaller network', () => {
    const small = randomProblem({ H: 1, I: 1, O: 1 });
    const { x, y } = axes(small, entry('Wh', 2, 1), entry('b', 3, 0));
    expect([x.entry, y.entry]).toEqual(['W_h', 'b']);
    expect(x.offset).toBe(small.parameters.recurrentWeights[0]);
  });

  it('count the gain by its factor', () => {
    const { x, plane } = axes(problem, { kind: 'gain' }, entry('b', 0, 0));
    expect([x.from, x.to, x.offset]).toEqual([0, 2, 1]);
    const doubled = pointOnPlane(problem.parameters, plane, 1, 0);
    expect(doubled.recurrentWeights[3]).toBe(2 * problem.parameters.recurrentWeights[3]!);
  });

  it('say why there is no plane', () => {
    const of = (x: AxisChoice, y: AxisChoice, gradient: Problem['parameters'] | null | undefined) =>
      axesOf(problem, settings(x, y), gradient, []);
    expect(of(entry('b', 1, 0), entry('b', 1, 0), undefined)).toBe('same');
    expect(of({ kind: 'gradient' }, { kind: 'gain' }, undefined)).toBe('waiting');
    expect(of({ kind: 'gradient' }, { kind: 'gain' }, null)).toBe('noGradient');
    expect(of({ kind: 'gradient' }, { kind: 'gain' }, problem.parameters)).toHaveProperty('plane');
    expect(of({ kind: 'random', seed: 1 }, { kind: 'random', seed: 1 }, null)).toBe('same');
    const training = {
      ...settings({ kind: 'gain' }, { kind: 'gain' }),
      plane: 'training',
    } as const;
    expect(axesOf(problem, training, null, [problem.parameters])).toBe('noRun');
  });

  it('hold a recorded run, counted from its first weights', () => {
    const at = (seed: number) => randomProblem({ T: 5, B: 2, H: 4, I: 3, O: 2, seed }).parameters;
    const training = {
      ...settings({ kind: 'gain' }, { kind: 'gain' }),
      plane: 'training',
    } as const;
    const run = [at(1), at(2), at(3)];
    const present = { ...problem, parameters: at(2) };
    const found = axesOf(present, training, null, run) as SurfaceAxes;
    expect(found.origin).toBe(run[0]);
    const [[a0, a1], [b0, b1]] = [found.window.a, found.window.b];
    const places = run.map((weights) => project(found.plane, found.origin, weights));
    for (const { a, b } of places) {
      expect([a0 < a, a < a1, b0 < b, b < b1]).toEqual([true, true, true, true]);
    }
    expect(found.here).toEqual([places[1]!.a, places[1]!.b]);
    // Of another network: not its own run.
    expect(axesOf(randomProblem({ H: 7 }), training, null, run)).toBe('noRun');
    // Thrown over a cliff at its end: the way there is what there is to see.
    const thrown = combination(1e6, at(7), 0, at(7));
    const before = axesOf(present, training, null, [...run, at(4)]) as SurfaceAxes;
    const after = axesOf(present, training, null, [...run, at(4), thrown]) as SurfaceAxes;
    expect(after.window).toEqual(before.window);
  });

  it('two maps are one where only their own two entries differ', () => {
    const plane = () => [entry('Wh', 0, 0), entry('b', 1, 0)] as const;
    const first = { problem, axes: axes(problem, ...plane()) };
    const moved = pointOnPlane(problem.parameters, first.axes.plane, 0.5, -1);
    const second = { ...problem, parameters: moved };
    const of = (other: Problem) => ({ problem: other, axes: axes(other, ...plane()) });
    expect(isSameSurface(first, of(second))).toBe(true);
    expect(isSameSurface(first, of({ ...second, activation: 'relu' }))).toBe(false);
    const elsewhere = pointOnPlane(
      moved,
      axes(problem, { kind: 'gain' }, entry('b', 0, 0)).plane,
      1,
      0,
    );
    expect(isSameSurface(first, of({ ...second, parameters: elsewhere }))).toBe(false);
    const others = { problem, axes: axes(problem, entry('Wh', 0, 1), entry('b', 1, 0)) };
    expect(isSameSurface(first, others)).toBe(false);
  });
});

describe('places on a map', () => {
  const map = axes(problem, { kind: 'gain' }, entry('b', 0, 0));

  it('lie on the lines of the grid that is there', () => {
    expect(placeAt(0, 0, 9)).toEqual({ i: 0, j: UNITS });
    expect(placeAt(0.13, 0.6, 9)).toEqual({ i: UNITS / 8, j: (3 * UNITS) / 8 });
    expect(placeAt(7, -3, 129)).toEqual({ i: UNITS, j: UNITS });
  });

  it('move by a line, and not beyond the edge', () => {
    expect(movedPlace({ i: 64, j: 64 }, 'ArrowUp', 1, 9)).toEqual({ i: 64, j: 80 });
    expect(movedPlace({ i: 64, j: 0 }, 'ArrowDown', 8, 129)).toEqual({ i: 64, j: 0 });
    expect(movedPlace({ i: 3, j: 0 }, 'End', 1, 129)).toEqual({ i: UNITS, j: 0 });
    expect(movedPlace({ i: 3, j: 0 }, 'x', 1, 129)).toBeNull();
  });

  it('have the numbers that the engine computed, and the centre is a = b = 0', () => {
    const losses = Float64Array.from({ length: 81 }, (_, k) => k);
    expect(lossAt({ size: 9, losses }, { i: 16, j: 32 })).toBe(2 * 9 + 1);
    expect(coordinates(map, { i: 0, j: UNITS })).toEqual([-1, map.window.b[1]]);
    const [a, b] = coordinates(map, centrePlace(map, 129));
    expect(Math.abs(a)).toBe(0);
    expect(Math.abs(b)).toBeLessThanOrEqual(4 / UNITS);
  });
});

describe('zooming', () => {
  it('keeps a part of the extent around a number, and stops where float32 does', () => {
    expect(zoomed({ from: -1, to: 3 }, 2, 0.5)).toEqual([1, 3]);
    expect(zoomed({ from: -1, to: 3 }, 1, 2)).toEqual([-3, 5]);
    expect(zoomed({ from: 1, to: 4 / 3 }, 1.1, 0.5)).toEqual([1.01667, 1.18333]);
    expect(zoomed({ from: 5, to: 5.0001 }, 5.00005, 0.5)).toEqual([5, 5.0001]);
  });
});

describe('colours of losses', () => {
  it('are logarithmic, the least few share one, and an overflow has none', () => {
    const losses = Float64Array.from({ length: 81 }, (_, k) => 2 ** k);
    losses[80] = Infinity;
    const range = rangeOf({ size: 9, losses })!;
    expect(range).toEqual({ low: 0, high: 79 });
    const shades = surfaceShades({ size: 9, losses }, range, 9);
    // From above: the last row of the grid first.
    expect(shades[8]).toBeNaN();
    expect(shades[0]).toBeCloseTo(72 / 79, 12);
    expect(shades[72]).toBe(0);
    losses[40] = 0;
    expect(surfaceShades({ size: 9, losses }, range, 9)[40]).toBe(0);
    expect(rangeOf({ size: 9, losses: new Float64Array(81).fill(Infinity) })).toBeNull();
  });
});

describe('the finest grid', () => {
  it('is coarser for longer work, and 17 at least', () => {
    expect(finestGrid(randomProblem({ T: 50, B: 1, H: 1, I: 1, O: 1 }), 'cpu')).toBe(129);
    const large = { ...randomProblem({ T: 3 }), T: 50_000, B: 64 };
    expect(finestGrid(large, 'cpu')).toBe(17);
    expect(finestGrid(large, 'gpu')).toBeGreaterThanOrEqual(17);
  });
});

describe('figure 6 of Pascanu, Mikolov and Bengio', () => {
  const configuration = { ...DEFAULT_CONFIGURATION, ...PASCANU_CHANGE } as Configuration;
  const set = buildProblem(configuration);

  it('is their recurrence, but for where it starts away from w = 6', () => {
    const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));
    const paper = (w: number, b: number) => {
      let x = 0.5;
      for (let t = 0; t < 50; t++) x = w * sigmoid(x) + b;
      return (sigmoid(x) - 0.7) ** 2;
    };
    // What W_x adds in every step, by which the biases differ.
    const shift = set.parameters.inputWeights[0]! * set.inputs[1]!;
    expect(shift).toBeCloseTo(-0.0732, 3);
    for (const b of [-1, -2, -3.1, -3.4, -4]) {
      const parameters = {
        ...set.parameters,
        recurrentWeights: Float64Array.of(6),
        hiddenBias: Float64Array.of(b - shift),
      };
      expect(referenceLoss({ ...set, parameters })).toBeCloseTo(paper(6, b), 4);
    }
  });

  it('has its cliff inside the map', () => {
    const state = { ...useSurfaceSettings.getState(), ...PASCANU_VIEW };
    const { x, y, window } = axesOf(set, state, undefined, []) as SurfaceAxes;
    expect([x.entry, y.entry]).toEqual(['W_h', 'b']);
    const across = Array.from({ length: 65 }, (_, k) => {
      const b = window.b[0] + (k / 64) * (window.b[1] - window.b[0]);
      const { first, second } = (axesOf(set, state, undefined, []) as SurfaceAxes).plane;
      return referenceLoss({
        ...set,
        parameters: pointOnPlane(set.parameters, { first, second }, 0, b),
      });
    });
    const jumps = across.slice(1).map((loss, k) => Math.abs(loss - across[k]!));
    expect(Math.max(...jumps)).toBeGreaterThan(0.2);
  });
});
