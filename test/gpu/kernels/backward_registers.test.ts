import { describe, it } from 'vitest';
import { registerBackward } from '../../../src/engine/gpu/kernels/backward_registers';
import { checkBackward } from './recurrence';

const small = registerBackward({ HIDDEN_GROUPS: 2, ROW_BLOCKS: 2, THREADS: 1 });
const split = registerBackward({ HIDDEN_GROUPS: 3, ROW_BLOCKS: 1, THREADS: 3 });

describe('backward_registers', () => {
  it.each([
    // T, B, H, groups of units a thread owns
    [2, 3, 1, 1],
    [5, 2, 4, 1],
    [7, 3, 30, 1],
    [3, 1, 31, 2],
    [6, 2, 63, 2],
    [4, 3, 64, 2],
    [5, 1, 65, 1],
    [65, 2, 7, 1],
  ])('T = %i, B = %i, H = %i, %i groups a thread', (T, B, H, blocks) => {
    const groups = Math.ceil(H / 4);
    const layout = { HIDDEN_GROUPS: groups, ROW_BLOCKS: blocks, THREADS: groups / blocks };
    return checkBackward(registerBackward(layout), { T, B, H, chunks: [1] });
  });

  it.each([3, 30, 300, 30_000])('exponents within ±%i, in chunks', (range) =>
    checkBackward(small, { T: 40, B: 3, H: 6, chunks: [1, 9, 10, 33] }, { range }),
  );

  it.each([1, 2, 8, 9, 13])('a state that overflowed at step %i', (firstOverflow) =>
    checkBackward(split, { T: 13, B: 2, H: 9, chunks: [1, 9] }, { firstOverflow, range: 4 }),
  );

  it.each([
    [2, 0],
    [3, 30_000],
  ])('%i lanes, exponents within ±%i, in chunks', (lanes, range) =>
    checkBackward(small, { T: 40, B: 3, H: 6, chunks: [1, 9, 10, 33] }, { range, lanes }),
  );
});
