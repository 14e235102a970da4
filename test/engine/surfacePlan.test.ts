import { describe, expect, it } from 'vitest';
import { planChunks } from '../../src/engine/gpu/planner';
import {
  assertSurfaceFits,
  planTile,
  surfaceBuffers,
  surfaceStepCost,
  surfaceThreads,
  surfaceWords,
  tileBuffers,
} from '../../src/engine/gpu/surfacePlan';

const SHAPES = [
  { T: 50, B: 1, I: 1, H: 1, O: 1 },
  { T: 96, B: 8, I: 2, H: 24, O: 1 },
  { T: 1000, B: 64, I: 64, H: 512, O: 64 },
  { T: 100_000, B: 1, I: 1, H: 2, O: 1 },
  { T: 3, B: 256, I: 512, H: 512, O: 512 },
];
const COSTS = [8e6, 1.6e8, 1e10];

describe('tiles of a surface', () => {
  it('no dispatch is above the cost of a submit, save one step of one point', () => {
    for (const shape of SHAPES) {
      for (const most of COSTS) {
        const tile = planTile(shape, 16_641, most);
        const stepCost = tile * shape.B * surfaceStepCost(shape);
        for (const { first, last } of planChunks(shape.T, stepCost, most)) {
          const cost = (last - first + 1) * stepCost;
          if (cost > most) expect([last - first, tile]).toEqual([0, 1]);
        }
      }
    }
  });

  it('fill a GPU before they cut time, and no more than was asked for', () => {
    const [small, middle, , long] = SHAPES;
    expect(planTile(small!, 81, 1e10)).toBe(81);
    // All steps of many points in one submit.
    expect(planTile(small!, 16_641, 1.6e8)).toBeGreaterThan(4000);
    expect(planTile(middle!, 16_641, 1.6e8) * middle!.B).toBeGreaterThanOrEqual(1024);
    expect(planTile(long!, 16_641, 1.6e8)).toBeGreaterThanOrEqual(1024);
  });

  it('keep the weights of a tile to some memory, whatever the network', () => {
    for (const shape of SHAPES) {
      const tile = planTile(shape, 16_641, 1e12);
      const { weights } = tileBuffers(shape, 16_641, tile);
      expect(weights).toBeLessThanOrEqual(Math.max(64 * 2 ** 20, surfaceWords(shape) * 16));
    }
  });
});

describe('what fits', () => {
  const limits = { largestBuffer: 2 ** 27, budget: 2 ** 30 };

  it('is said with the T that does', () => {
    const large = { T: 100_000, B: 256, I: 4, H: 8, O: 1 };
    const error = (() => {
      try {
        assertSurfaceFits(large, limits);
      } catch (thrown) {
        return thrown as { code: string; details: { fits: number } };
      }
      throw new Error('It fits.');
    })();
    expect(error.code).toBe('too-large');
    const { fits } = error.details;
    expect(fits).toBeGreaterThan(1000);
    expect(() => assertSurfaceFits({ ...large, T: fits }, limits)).not.toThrow();
    expect(() => assertSurfaceFits({ ...large, T: fits + 1 }, limits)).toThrow();
    expect(Math.max(...Object.values(surfaceBuffers({ ...large, T: fits })))).toBeLessThanOrEqual(
      limits.largestBuffer,
    );
  });

  it('is any network that the page can make, for a short sequence', () => {
    expect(() => assertSurfaceFits(SHAPES[4]!, limits)).not.toThrow();
  });
});

describe('threads of a workgroup', () => {
  it('are few kinds, and at least one for every group of units, up to 128', () => {
    const of = (H: number, software: boolean) => surfaceThreads({ ...SHAPES[0]!, H }, software);
    const kinds = new Set(Array.from({ length: 512 }, (_, i) => of(i + 1, false)));
    expect([...kinds]).toEqual([1, 4, 8, 32, 128]);
    for (const H of [1, 4, 5, 33, 130, 512]) {
      expect(of(H, false)).toBeGreaterThanOrEqual(Math.ceil(H / 4));
    }
    expect(of(512, true)).toBe(4);
  });
});
