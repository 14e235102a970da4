import { describe, expect, it } from 'vitest';
import type { Complex } from '../../../src/analysis/complex';
import { spectrum } from '../../../src/analysis/spectrum';
import { turning } from '../../../src/analysis/turning';
import type { Reals } from '../../../src/model/problem';
import {
  eigenvaluesOf,
  handlesOf,
  largeGrip,
  moveEigenvalue,
  smallGrip,
  type Grip,
  type Moved,
} from '../../../src/ui/weights/eigenvalueGrip';
import { eigenvalueCommand, nearestHandle } from '../../../src/ui/weights/eigenvalueKeys';
import { gaussian, rounded, spectralDistance } from '../../support/matrices';

const TOLERANCE = 0.005;
const gripOf = (matrix: Reals, size: number) => smallGrip(matrix, size)!;

/** Pulls one eigenvalue along a path; the last position, and what was measured there. */
async function pulled(grip: Grip, at: number, ...path: Complex[]) {
  let now: Moved = { grip, at, blocked: null, matrix: new Float32Array(), factor: null };
  for (const to of path) now = moveEigenvalue(now.grip, now.at, to, TOLERANCE);
  const measured = (await spectrum(now.matrix, Math.sqrt(now.matrix.length))).eigenvalues;
  expect(spectralDistance(measured, eigenvaluesOf(now.grip))).toBeLessThan(2e-6);
  return { ...now, eigenvalues: eigenvaluesOf(now.grip) };
}

describe('one weight', () => {
  it('is its eigenvalue, which stays real', async () => {
    const grip = gripOf(Float64Array.of(-0.5), 1);
    expect(eigenvaluesOf(grip)).toEqual([[-0.5, 0]]);
    const result = await pulled(grip, 0, [0.25, 0.3]);
    expect(Array.from(result.matrix)).toEqual([0.25]);
    expect(result.blocked).toBe('single');
    expect((await pulled(grip, 0, [0.25, 0])).blocked).toBeNull();
  });
});

describe('a pair', () => {
  const turn = gripOf(rounded([0.5, -0.6, 0.4, 0.5]), 2);

  it('goes where one of the two is pulled', async () => {
    const { eigenvalues, at } = await pulled(turn, 1, [0.2, -0.7]);
    expect(at).toBe(1);
    expect(eigenvalues[1]).toEqual([0.2, -0.7]);
    expect(eigenvalues[0]).toEqual([0.2, 0.7]);
  });

  it('changes halves in hand', async () => {
    const { eigenvalues, at } = await pulled(turn, 0, [0.2, 0.5], [0.2, -0.4]);
    expect(at).toBe(1);
    expect(eigenvalues[at]).toEqual([0.2, -0.4]);
  });

  it('meets on the axis, comes apart there, and leaves where it meets again', async () => {
    const landed = await pulled(turn, 1, [0.3, -0.2], [0.3, -0.003]);
    expect(landed.eigenvalues).toEqual([
      [0.3, 0],
      [0.3, 0],
    ]);
    const apart = await pulled(landed.grip, landed.at, [0.4, 0.002], [0.8, 0]);
    expect(apart.eigenvalues[apart.at]).toEqual([0.8, 0]);
    expect(apart.eigenvalues[1 - apart.at]).toEqual([0.3, 0]);

    const blocked = await pulled(apart.grip, apart.at, [0.7, 0.5]);
    expect(blocked.blocked).toBe('axis');
    expect(blocked.eigenvalues[blocked.at]).toEqual([0.7, 0]);
    expect(blocked.eigenvalues[1 - blocked.at]).toEqual([0.3, 0]);

    const near = await pulled(blocked.grip, blocked.at, [0.302, 0]);
    expect(near.eigenvalues).toEqual([
      [0.3, 0],
      [0.3, 0],
    ]);
    const off = await pulled(near.grip, near.at, [0.3, 0.4]);
    expect(off.blocked).toBeNull();
    expect(off.eigenvalues[off.at]).toEqual([0.3, 0.4]);
  });

  it('comes back to the matrix it began with, whatever was between', async () => {
    const start = eigenvaluesOf(turn)[0]!;
    const there = [[0.1, 0.3], [0.1, 0], [-0.6, 0], [0.1, 0], [0.1, 0.2], start] as const;
    const { matrix } = await pulled(turn, 0, ...there);
    [0.5, -0.6, 0.4, 0.5].forEach((v, i) => expect(matrix[i]).toBeCloseTo(v, 6));
  });

  it('real ones pass one another', async () => {
    const grip = gripOf(rounded([0.9, 5, 0, 0.2]), 2);
    const { eigenvalues } = await pulled(grip, 0, [0.5, 0], [0.2, 0], [-0.4, 0]);
    expect(eigenvalues).toEqual([
      [-0.4, 0],
      [expect.closeTo(0.2, 6), 0],
    ]);
  });

  it('a defective matrix, and zero, can be taken too', async () => {
    const jordan = gripOf(rounded([0.9, 5, 0, 0.9]), 2);
    const { matrix } = await pulled(jordan, 0, [0.5, 0]);
    expect(Array.from(matrix)).toEqual([expect.closeTo(0.9, 6), 5, 0, 0.5]);
    const zero = gripOf(new Float64Array(4), 2);
    expect(handlesOf(zero)).toEqual([0, 1]);
    const { eigenvalues } = await pulled(zero, 0, [0, 0.5]);
    expect(eigenvalues[0]).toEqual([0, 0.5]);
  });

  it('stays within reach', async () => {
    const { eigenvalues } = await pulled(turn, 0, [5, 4e6]);
    expect(eigenvalues[0]).toEqual([5, 1000]);
  });
});

describe('more than two', () => {
  const grip = async (matrix: Reals, size: number) =>
    largeGrip(matrix, await turning(matrix, size));

  it('follow the one in hand: scaled and turned by the same', async () => {
    const start = await grip(gaussian(7, 4), 7);
    const before = eigenvaluesOf(start);
    for (const at of [before.findIndex(([, im]) => im > 0), before.findIndex(([, im]) => im < 0)]) {
      const [re, im] = before[at]!;
      const to: Complex = [
        0.5 * (re * Math.cos(0.4) - im * Math.sin(0.4)),
        0.5 * (re * Math.sin(0.4) + im * Math.cos(0.4)),
      ];
      const moved = moveEigenvalue(start, at, to, TOLERANCE);
      expect(moved.blocked).toBeNull();
      expect(moved.factor).toBeNull();
      const now = eigenvaluesOf(moved.grip);
      expect(spectralDistance([now[at]!], [to])).toBeLessThan(1e-12);
      now.forEach((value, i) =>
        expect(Math.hypot(...value)).toBeCloseTo(0.5 * Math.hypot(...before[i]!), 10),
      );
      const measured = (await spectrum(moved.matrix, 7)).eigenvalues;
      expect(spectralDistance(measured, now)).toBeLessThan(1e-5);
    }
  });

  it('go on from where they are: two moves are one', async () => {
    const start = await grip(gaussian(7, 4), 7);
    const at = eigenvaluesOf(start).findIndex(([, im]) => im > 0);
    const first = moveEigenvalue(start, at, [0.1, 0.9], TOLERANCE);
    const second = moveEigenvalue(first.grip, at, [-0.4, 0.2], TOLERANCE);
    const direct = moveEigenvalue(start, at, [-0.4, 0.2], TOLERANCE);
    expect(Array.from(second.matrix)).toEqual(Array.from(direct.matrix));
    // Through 0 as well, where nothing but the beginning knows the way back
    const zero = moveEigenvalue(second.grip, at, [0, 0], TOLERANCE);
    expect(zero.matrix.every((v) => v === 0)).toBe(true);
    const again = moveEigenvalue(zero.grip, at, [-0.4, 0.2], TOLERANCE);
    expect(Array.from(again.matrix)).toEqual(Array.from(direct.matrix));
  });

  it('a real one scales, also through 0; off the axis it says why not', async () => {
    const matrix = rounded([0.5, 0, 0, 0, 0, -1, 0, 1, 0]);
    const start = await grip(matrix, 3);
    const at = eigenvaluesOf(start).findIndex(([, im]) => im === 0);
    const moved = moveEigenvalue(start, at, [-0.25, 0.2], TOLERANCE);
    expect(moved.blocked).toBe('onlyReal');
    expect(moved.factor).toBe(-0.5);
    expect(Array.from(moved.matrix)).toEqual(Array.from(matrix, (v) => -0.5 * v + 0));
    // The pair goes on from the negative factor without a leap.
    const pair = eigenvaluesOf(moved.grip).findIndex(([, im]) => im > 0);
    const on = moveEigenvalue(moved.grip, pair, eigenvaluesOf(moved.grip)[pair]!, TOLERANCE);
    expect(on.matrix.map((v, i) => Math.abs(v - moved.matrix[i]!)).every((d) => d < 1e-6)).toBe(
      true,
    );
  });

  it('real spectra, and what cannot be turned, are scaled along their own line', async () => {
    const symmetric = rounded([1, 0.2, 0, 0.2, -0.5, 0.1, 0, 0.1, 0.3]);
    const start = await grip(symmetric, 3);
    const moved = moveEigenvalue(start, 0, [0.5, 0.5], TOLERANCE);
    expect(moved.blocked).toBe('real');
    expect(moved.factor).toBeCloseTo(0.5 / eigenvaluesOf(start)[0]![0], 12);
    const chain = rounded([0, 1, 1, 0, -1, 0, 0, 1, 0, 0, 0, 1, 0, 0, -1, 0]);
    const defective = await grip(chain, 4);
    const onlyScaled = moveEigenvalue(defective, 0, [0.7, 0.5], TOLERANCE);
    expect(onlyScaled.blocked).toBe('dependent');
    expect(onlyScaled.factor).toBeCloseTo(0.5, 6);
    const inLine = moveEigenvalue(defective, 0, [0, 0.5], TOLERANCE);
    expect(inLine.blocked).toBeNull();
  });

  it('the smallest, and those of a nilpotent matrix, are no handles', async () => {
    const matrix = rounded([1, 0, 0, 0, 0.5, 0, 0, 0, 1e-4]);
    expect(handlesOf(await grip(matrix, 3))).toEqual([0, 1]);
    expect(handlesOf(await grip(rounded([0, 1, 0, 0, 0, 1, 0, 0, 0]), 3))).toEqual([]);
  });

  it('stay within reach', async () => {
    const start = await grip(gaussian(7, 4), 7);
    const moved = moveEigenvalue(start, 0, [900, 900], TOLERANCE);
    const largest = Math.max(...eigenvaluesOf(moved.grip).map((value) => Math.hypot(...value)));
    expect(largest).toBeLessThanOrEqual(1000.001);
  });
});

describe('the keys of the plane', () => {
  const EIGENVALUES: Complex[] = [
    [0.9, 0],
    [0.5, 0.2],
    [0.5, -0.2],
    [0.1, 0],
    [0.1, 0],
  ];
  const press = (
    key: string,
    at: number | null,
    held: 'shiftKey' | 'altKey' | 'ctrlKey' | null = null,
  ) => {
    const none = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };
    return eigenvalueCommand({ ...none, ...(held && { [held]: true }), key }, EIGENVALUES, at);
  };

  it('move by .01, ten times that, a tenth', () => {
    expect(press('ArrowUp', null)).toEqual({ kind: 'move', by: [0, 0.01] });
    expect(press('ArrowLeft', null, 'shiftKey')).toEqual({ kind: 'move', by: [-0.1, 0] });
    expect(press('ArrowRight', null, 'altKey')).toEqual({ kind: 'move', by: [0.001, 0] });
    expect(press('ArrowRight', null, 'ctrlKey')).toBeNull();
    expect(press('a', null)).toBeNull();
  });

  it('choose the next and the one before, round and round, equal ones once', () => {
    expect(press('PageDown', null)).toEqual({ kind: 'choose', at: 0 });
    expect(press(']', 0)).toEqual({ kind: 'choose', at: 1 });
    expect(press('[', 1)).toEqual({ kind: 'choose', at: 0 });
    expect(press('PageDown', 4)).toEqual({ kind: 'choose', at: 0 });
    expect(press('PageDown', 3)).toEqual({ kind: 'choose', at: 0 });
    expect(press('PageUp', 0)).toEqual({ kind: 'choose', at: 4 });
    expect(press('Home', 3)).toEqual({ kind: 'choose', at: 0 });
    expect(press('End', null)).toEqual({ kind: 'choose', at: 4 });
    expect(nearestHandle(EIGENVALUES, [1, 3], [0.8, 0])).toBe(1);
    expect(nearestHandle(EIGENVALUES, [], [0.8, 0])).toBeNull();
  });
});
