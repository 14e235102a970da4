import { describe, it } from 'vitest';
import { registerForward } from '../../../src/engine/gpu/kernels/forward_registers';
import { ACTIVATIONS } from '../../../src/model/kinds';
import { checkForward } from './recurrence';

const TANH = ACTIVATIONS.indexOf('tanh');

describe('forward_registers', () => {
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
    return checkForward(registerForward(TANH, layout), 'tanh', { T, B, H, chunks: [1] });
  });

  it.each(ACTIVATIONS)('%s, in three chunks', (activation) =>
    checkForward(
      registerForward(ACTIVATIONS.indexOf(activation), {
        ...{ HIDDEN_GROUPS: 2, ROW_BLOCKS: 2, THREADS: 1 },
      }),
      activation,
      { T: 9, B: 3, H: 6, chunks: [1, 5, 6] },
    ),
  );
});
