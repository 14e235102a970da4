import { describe, it } from 'vitest';
import { streamingForward } from '../../../src/engine/gpu/kernels/forward';
import { groupsOf } from '../../../src/engine/gpu/packing';
import { recurrenceThreads } from '../../../src/engine/gpu/planner';
import { ACTIVATIONS } from '../../../src/model/kinds';
import { checkForward } from './recurrence';

const TANH = ACTIVATIONS.indexOf('tanh');

describe('forward', () => {
  it.each([
    [1, 1, 2],
    [2, 3, 1],
    [5, 1, 63],
    [3, 2, 64],
    [4, 3, 65],
    [2, 4, 257],
    [3, 1, 512],
    [64, 2, 7],
    [65, 3, 5],
  ])('T = %i, B = %i, H = %i', (T, B, H) =>
    checkForward(streamingForward(TANH, recurrenceThreads(groupsOf(H))), 'tanh', {
      ...{ T, B, H },
      chunks: [1],
    }),
  );

  it.each([4, 8, 16, 32, 64, 128])('%i threads', (threads) =>
    checkForward(streamingForward(TANH, threads), 'tanh', { T: 6, B: 2, H: 70, chunks: [1] }),
  );

  it.each(ACTIVATIONS)('%s, in three chunks', (activation) =>
    checkForward(streamingForward(ACTIVATIONS.indexOf(activation), 4), activation, {
      ...{ T: 9, B: 3, H: 6 },
      chunks: [1, 5, 6],
    }),
  );
});
