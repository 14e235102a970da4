import { describe, it } from 'vitest';
import { streamingBackward } from '../../../src/engine/gpu/kernels/backward';
import { groupsOf } from '../../../src/engine/gpu/packing';
import { recurrenceThreads } from '../../../src/engine/gpu/planner';
import { checkBackward } from './recurrence';

describe('backward', () => {
  it.each([
    [1, 2, 3],
    [2, 3, 1],
    [5, 1, 63],
    [3, 2, 64],
    [4, 3, 65],
    [2, 4, 257],
    [3, 1, 512],
    [64, 2, 7],
    [65, 3, 5],
  ])('T = %i, B = %i, H = %i', (T, B, H) =>
    checkBackward(streamingBackward(recurrenceThreads(groupsOf(H))), { T, B, H, chunks: [1] }),
  );

  it.each([4, 8, 16, 32, 64, 128])('%i threads', (threads) =>
    checkBackward(streamingBackward(threads), { T: 6, B: 2, H: 70, chunks: [1] }),
  );

  it.each([3, 30, 300, 30_000])('exponents within ±%i, in chunks', (range) =>
    checkBackward(streamingBackward(4), { T: 40, B: 3, H: 6, chunks: [1, 9, 10, 33] }, { range }),
  );

  it.each([1, 2, 8, 9, 13])('a state that overflowed at step %i', (firstOverflow) =>
    checkBackward(
      streamingBackward(4),
      { T: 13, B: 2, H: 9, chunks: [1, 9] },
      { firstOverflow, range: 4 },
    ),
  );

  it.each([
    [2, 0],
    [3, 30],
    [5, 30_000],
  ])('%i lanes, exponents within ±%i, in chunks', (lanes, range) =>
    checkBackward(
      streamingBackward(4),
      { T: 40, B: 3, H: 6, chunks: [1, 9, 10, 33] },
      { range, lanes },
    ),
  );
});
