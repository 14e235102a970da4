import { describe, expect, it } from 'vitest';
import {
  packLayout,
  packWeights,
  parameterLayout,
  unpackWeights,
  weightVectors,
} from '../../src/engine/gpu/parameterLayout';
import { STORAGE_STRUCTS } from '../../src/engine/gpu/structs';
import { PARAMETER_NAMES } from '../../src/model/optimizer';
import { randomProblem } from '../support/randomProblem';

const SHAPES = [
  { T: 1, B: 1, I: 1, H: 1, O: 1 },
  { T: 1, B: 1, I: 5, H: 9, O: 3 },
  { T: 1, B: 1, I: 4, H: 64, O: 130 },
  { T: 1, B: 1, I: 512, H: 512, O: 512 },
];

describe.each(SHAPES)('the layout of I = $I, H = $H, O = $O', (shape) => {
  const layout = parameterLayout(shape);
  const parts = PARAMETER_NAMES.map((name) => layout.arrays[name]);

  it('has no part that overlaps another, and all begin at multiples of 256 bytes', () => {
    for (const extents of [
      parts.map(({ gradient }) => gradient),
      [...parts.map(({ values }) => values), ...Object.values(layout.transposed), layout.moments],
    ]) {
      let end = 0;
      for (const { first, count } of extents) {
        expect(first % 16).toBe(0);
        expect(first).toBeGreaterThanOrEqual(end);
        end = first + count;
      }
    }
  });

  it('gives every block a lane and every lane a workgroup', () => {
    let [lane, workgroup] = [0, 0];
    for (const own of parts) {
      expect([own.firstLane, own.firstWorkgroup]).toEqual([lane, workgroup]);
      expect(own.lanes).toBeLessThanOrEqual(Math.min(1024, own.rowGroups * own.columnGroups));
      lane += own.lanes;
      workgroup += Math.ceil(own.lanes / 64);
    }
    expect([layout.lanes, layout.workgroups]).toEqual([lane, workgroup]);
  });

  it('is packed member by member', () => {
    const words = packLayout(layout);
    const members = STORAGE_STRUCTS.ParameterArray.map(([name]) => name);
    expect(words.length).toBe(6 * members.length);
    const valueOf = (entry: number, name: (typeof members)[number]) =>
      words[entry * members.length + members.indexOf(name)];
    expect(valueOf(2, 'columns')).toBe(1);
    expect(valueOf(1, 'transposed')).toBe(0);
    expect(valueOf(3, 'transposed')).toBe(layout.transposed.outputWeights.first);
    expect(valueOf(5, 'transposed')).toBe(layout.moments.first);
    expect(valueOf(5, 'first_lane')).toBe(layout.lanes);
  });
});

it('what is packed comes back, weights and moments', () => {
  const { parameters, ...shape } = randomProblem({ I: 5, H: 9, O: 3 });
  const layout = parameterLayout(shape);
  const other = randomProblem({ I: 5, H: 9, O: 3, seed: 2 }).parameters;
  const packed = packWeights(layout, parameters, [null, other]);
  expect(packed.length).toBe(4 * weightVectors(layout, 2));
  for (const name of PARAMETER_NAMES) {
    expect([...unpackWeights(layout, packed)[name]]).toEqual([...parameters[name]]);
    expect([...unpackWeights(layout, packed, 1)[name]]).toEqual([...other[name]]);
    expect(unpackWeights(layout, packed, 0)[name].every((v) => v === 0)).toBe(true);
  }
});
